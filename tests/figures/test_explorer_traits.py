"""The Python half of the GateExplorer: its numbers, their bounds, and the step that they make."""

import doctest
import json
import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu import LSTMParams, lstm_step
from lstm_edu.figures import GateExplorer, gate_explorer
from lstm_edu.figures.base import STATIC

GATES = "ifgo"
BOUNDS = {"x": 2, "h": 1, "c": 3} | {f"{gate}_{part}": 8 for gate in GATES for part in "wub"}


def params(figure):
    w, u, b = ([getattr(figure, f"{gate}_{part}") for gate in GATES] for part in "wub")
    return LSTMParams(np.array([w]), np.array([u]), np.array(b))


class TestTraits:
    def test_its_numbers_are_its_whole_state(self):
        assert set(GateExplorer().traits(sync=True, state=True)) == set(BOUNDS)
        assert GateExplorer().name == "gate-explorer"

    @pytest.mark.parametrize(("trait", "most"), BOUNDS.items())
    def test_it_takes_numbers_within_their_bounds(self, trait, most):
        for value in (-most, 0, most, np.float32(0.5), np.int64(1)):
            figure = GateExplorer(**{trait: value})
            assert getattr(figure, trait) == value
            assert type(getattr(figure, trait)) is float

    @pytest.mark.parametrize(("trait", "most"), BOUNDS.items())
    @pytest.mark.parametrize("wrong", [1.001, -1.001, np.nan, np.inf, "1", None, True, [1.0]])
    def test_it_refuses_anything_else(self, trait, most, wrong):
        value = wrong * most if isinstance(wrong, float) else wrong
        figure = GateExplorer()
        before = getattr(figure, trait)
        message = rf"^{trait} is {re.escape(repr(value))}; expected a number from -{most} to {most}"
        with pytest.raises(TraitError, match=message):
            setattr(figure, trait, value)
        assert getattr(figure, trait) == before
        with pytest.raises(TraitError, match=message):
            GateExplorer(**{trait: value})

    def test_it_refuses_what_it_does_not_have(self):
        with pytest.raises(TypeError, match="has no 'f_bias'; expected c, f_b, f_u, f_w"):
            GateExplorer(f_bias=1)
        with pytest.raises(TraitError, match="lower-case letters"):
            GateExplorer(name="Two words")

    def test_the_browser_moves_it(self):
        figure = GateExplorer()
        figure.set_state({"f_b": 6, "x": -0.25})
        assert (figure.f_b, figure.x) == (6.0, -0.25)


class TestStep:
    def test_it_is_the_step_that_the_book_reads(self):
        figure = GateExplorer(x=-1.5, h=0.25, c=-2, g_w=3, o_u=-7.5, f_b=0.125)
        x, h, c = (np.array([getattr(figure, name)]) for name in "xhc")
        step = lstm_step(x, h, c, params(figure))
        for name, expected in step._asdict().items():
            found = getattr(figure.trace, name)
            assert found.dtype == np.float64
            np.testing.assert_allclose(found, expected[None, None], rtol=0, atol=1e-15)

    @pytest.mark.parametrize("name", GateExplorer.presets)
    def test_a_preset_does_what_its_name_says(self, name):
        figure = GateExplorer(**GateExplorer.presets[name])
        now = {quantity: getattr(figure.trace, quantity).item() for quantity in "ifgoch"}
        {
            "remember": lambda: np.testing.assert_allclose(now["c"], figure.c, atol=0.02),
            "overwrite": lambda: np.testing.assert_allclose(now["c"], now["g"], atol=0.02),
            "forget": lambda: np.testing.assert_allclose(now["c"], 0, atol=0.02),
            "hide": lambda: np.testing.assert_allclose(now["h"], 0, atol=0.02),
        }[name]()
        assert name != "hide" or now["c"] > 0.5

    def test_repr_and_description_tell_it(self):
        figure = GateExplorer(c=-0.5)
        assert (
            repr(figure) == "GateExplorer(x=1, h=0.5, c=-0.5, i=0.777, f=0.818, g=0.604, o=0.690)"
        )
        assert "keeps 0.818 of its old state -0.500" in figure.description()


class TestPage:
    def test_it_holds_state_and_picture(self):
        figure = GateExplorer(name="one", f_b=6)
        html = figure.html()
        assert html == GateExplorer(name="one", f_b=6).html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert state == {trait: getattr(figure, trait) for trait in BOUNDS}
        assert 'id="one" data-figure="GateExplorer"' in html

    def test_the_picture_is_the_cell_alone(self):
        picture = GateExplorer().picture()
        assert "what is kept" in picture
        assert "step 1 of 1" not in picture
        assert "whole text" not in picture

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "GateExplorer.mjs").read_text("utf-8")
        assert (STATIC / "figures" / "GateExplorer.js").exists()


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(gate_explorer)
    assert failures == 0
    assert tests > 0
