"""The Python half of the GradientFlow, and its numbers: NumPy's Jacobians are the browser's."""

import doctest
import json
import re
from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pytest
from test_backward import case_of, written
from traitlets import TraitError

from lstm_edu import GRU, LSTM, RNN, exported
from lstm_edu.figures import GradientFlow, gradient_flow
from lstm_edu.figures.base import STATIC
from lstm_edu.figures.gradient_flow import TEXT, fate_of

BOUNDS = {"scale": (0, 3), "forget_bias": (-2, 6), "length": (2, 200), "seed": (0, 9999)}


def record_of(layer=LSTM, steps=20, batch=1, **options):
    """Return the run of a small network."""
    x = np.random.default_rng(1).normal(size=(batch, steps, 3))
    return layer.create(3, 5, seed=0, dtype=np.float64, **options)(x)


class TestArithmetic:
    @pytest.mark.parametrize("kind", [LSTM, RNN])
    def test_jacobians_are_numpys(self, engine, kind):
        options = [{}] * 8 + [{"activation": name} for name in ("relu", "linear", "softsign")]
        if kind is LSTM:
            options += [{"recurrent_activation": "hard_sigmoid"}]
        cases = [case_of(kind, seed, **chosen)[:3] for seed, chosen in enumerate(options)]
        answers = engine(*(written(*case, []) | {"kind": "hearing"} for case in cases))
        for (layer, x, states), answer in zip(cases, answers, strict=True):
            norms = layer(x, *states).gradient_norms()
            for name, found in answer.items():
                found = np.array([-np.inf if power is None else power for power in found])
                expected = getattr(norms, name)[0]
                seen = expected > 1e-300
                np.testing.assert_allclose(10.0 ** found[seen], expected[seen], rtol=1e-10)
                assert (found[~seen] < -299).all()

    def test_the_networks_of_a_seed_are_the_pages(self, engine):
        states = [
            {"scale": 1.0, "forget_bias": 1.0, "length": 60, "seed": 2},
            {"scale": 0.5, "forget_bias": -2.0, "length": 37, "seed": 0},
            {"scale": 0.9, "forget_bias": 3.0, "length": 200, "seed": 9999},
            {"scale": 1.3, "forget_bias": 0.25, "length": 2, "seed": 41},
            {"scale": 0.0, "forget_bias": 6.0, "length": 80, "seed": 7},
        ]
        answers = engine(*({"kind": "flow", "state": state} for state in states))
        for state, answer in zip(states, answers, strict=True):
            flow = GradientFlow(**state).flow()
            for name, found in answer.items():
                found = [-np.inf if power is None else power for power in found]
                np.testing.assert_allclose(
                    10.0 ** np.array(found),
                    getattr(flow, name),
                    rtol=1e-10,
                    err_msg=f"{name} {state}",
                )

    def test_it_is_what_the_jacobians_of_its_networks_say(self):
        figure = GradientFlow(scale=0.8, forget_bias=2, length=30, seed=5)
        rnn, lstm, x = figure.networks()
        assert (x.shape, rnn.units, lstm.units) == ((1, 30, 8), 12, 12)
        np.testing.assert_allclose(
            rnn.params.recurrent_kernel @ rnn.params.recurrent_kernel.T,
            0.64 * np.eye(12),
            atol=1e-14,
        )
        np.testing.assert_array_equal(lstm.params.bias[12:24], 2.0)
        expected = np.linalg.norm(lstm.cell_jacobians(lstm(x))[0], 2, axis=(1, 2))
        np.testing.assert_allclose(figure.flow().lstm, expected, rtol=1e-12)

    def test_equal_characters_are_equal_numbers(self):
        _, _, x = GradientFlow(length=200).networks()
        vectors = {}
        for character, vector in zip(TEXT, x[0], strict=True):
            assert vectors.setdefault(character, tuple(vector)) == tuple(vector)
        assert len(set(vectors.values())) == len(set(TEXT))

    def test_presets_do_what_they_are_called(self):
        fates = {
            name: (fate_of(flow.rnn), fate_of(flow.lstm))
            for name, preset in GradientFlow.presets.items()
            for flow in [GradientFlow(**preset).flow()]
        }
        assert fates["vanish"][0] == ("lost", 7)
        assert fates["explode"][0].kind == "explodes"
        assert fates["open"][1] == ("all", 59)
        # With a forget bias of 0 the LSTM hears less than the plain RNN; with Keras' 1, more.
        assert fates["shut"][1].heard < fates["shut"][0].heard
        assert fates["keras"][1].heard > fates["keras"][0].heard


class TestTraits:
    def test_its_state_is_its_traits(self):
        assert set(GradientFlow().traits(sync=True, state=True)) == {*BOUNDS, "traces"}
        assert GradientFlow().name == "gradient-flow"

    @pytest.mark.parametrize(("trait", "bounds"), BOUNDS.items())
    def test_numbers_stay_within_their_bounds(self, trait, bounds):
        for value in bounds:
            assert getattr(GradientFlow(**{trait: value}), trait) == value
        for wrong in (bounds[0] - 1, bounds[1] + 1, np.nan, "1", None, True):
            with pytest.raises(TraitError, match=f"^{trait} is .*expected a (whole )?number from"):
                GradientFlow(**{trait: wrong})

    def test_a_length_is_whole(self):
        with pytest.raises(TraitError, match=r"length is 2\.5; expected a whole number"):
            GradientFlow(length=2.5)

    def test_the_browser_moves_it(self):
        figure = GradientFlow(traces={"own": record_of()})
        figure.set_state({"scale": 2, "length": 12, "traces": figure.traces})
        assert (figure.scale, figure.length) == (2.0, 12)


class TestTraces:
    @pytest.mark.parametrize(
        ("layer", "memory"), [(LSTM, "c"), (RNN, "h"), (GRU, "h")], ids=["lstm", "rnn", "gru"]
    )
    def test_norms_are_those_of_the_record(self, layer, memory):
        record = record_of(layer)
        figure = GradientFlow(traces={"own": record})
        plain = figure.traces["own"]
        assert plain["memory"] == memory
        assert plain["tokens"] is None
        expected = np.linalg.norm(record.to_layer().cell_jacobians(record)[0], 2, axis=(1, 2))
        np.testing.assert_allclose(plain["norms"], expected, rtol=5.1e-6)
        np.testing.assert_array_equal(figure.flow().own["own"], plain["norms"])
        assert f"own {fate_of(expected).heard}" in repr(figure)

    def test_a_trained_network_hears_its_line(self):
        model = exported.load("shakespeare")
        trace = model.trace("To be, or not to be", next(iter(model.lstms)))
        plain = GradientFlow(traces={"Shakespeare": trace}).traces["Shakespeare"]
        assert plain["tokens"] == list("To be, or not to be")
        assert min(plain["norms"]) > 1e-3

    @pytest.mark.parametrize(
        ("traces", "message"),
        [
            ([record_of()], "traces is a list; expected a dict of records by name"),
            ({"own": 3}, "'own' is a int; expected the Trace or Record"),
            ({"own": record_of().h}, "'own' is a ndarray; expected"),
            ({"own": record_of(batch=2)}, "'own' holds 2 examples; a line is of one"),
            ({"own": record_of(steps=201)}, "'own' has 201 steps; expected 2 to 200"),
            ({"own": record_of(steps=1)}, "'own' has 1 steps; expected 2 to 200"),
            ({"own": record_of().select(unit=[0, 1])}, "'own' holds no params"),
            ({"": record_of()}, "a trace is called ''; expected a name"),
            ({7: record_of()}, "a trace is called 7"),
            ({"n" * 31: record_of()}, "expected a name of 1 to 30 characters"),
            ({str(k): record_of() for k in range(7)}, "holds 7 records; a figure tells 6"),
            ({"own": {"norms": [1.0, np.nan]}}, "the norms of 'own' holds nan"),
            ({"own": {"norms": [[1.0]]}}, "own has shape"),
            ({"own": {"norms": [-1.0, 1.0]}}, "go down to -1.0"),
            ({"own": {"norms": [1.0, 1.0], "tokens": ["a"]}}, "do not fit"),
        ],
    )
    def test_it_says_what_it_cannot_draw(self, traces, message):
        with pytest.raises((TraitError, ValueError, TypeError), match=message):
            GradientFlow(traces=traces)

    def test_numbers_that_are_none_are_refused(self):
        record = record_of()
        with pytest.raises(ValueError, match="f of 'own' holds nan at index"):
            GradientFlow(traces={"own": replace(record, f=np.full_like(record.f, np.nan))})
        bias = np.full_like(record.params.bias, np.inf)
        with pytest.raises(ValueError, match="bias of 'own' holds inf"):
            GradientFlow(traces={"own": replace(record, params=record.params._replace(bias=bias))})

    def test_shapes_that_do_not_fit_are_refused(self):
        record = record_of()
        other = LSTM.create(3, 6, dtype=np.float64).params
        with pytest.raises(ValueError, match="expected"):
            GradientFlow(traces={"own": replace(record, params=other)})

    def test_a_gradient_that_overflows_is_refused(self):
        rnn = RNN(np.zeros((1, 1)), np.full((1, 1), 1e200), activation="linear")
        with pytest.raises(ValueError, match="the norms of 'own' holds"):
            GradientFlow(traces={"own": rnn(np.zeros((1, 5, 1)))})

    def test_one_that_vanishes_is_nought(self):
        rnn = RNN(np.zeros((1, 1)), np.full((1, 1), 1e-200))
        figure = GradientFlow(traces={"own": rnn(np.zeros((1, 5, 1)))})
        np.testing.assert_allclose(figure.traces["own"]["norms"], [0, 0, 0, 1e-200, 1], rtol=1e-12)
        assert "own" in figure.picture()


class TestPage:
    def test_it_holds_state_and_picture(self):
        figure = GradientFlow(name="one", scale=0.7, length=30)
        html = figure.html()
        assert html == GradientFlow(name="one", scale=0.7, length=30).html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert state == {
            **{trait: getattr(figure, trait) for trait in BOUNDS},
            "traces": {},
        }
        svg = unquote(re.search(r"utf-8,([^\"]+)", html)[1])
        assert "steps back" in svg

    @pytest.mark.parametrize("length", [2, 100, 101, 200])
    def test_its_picture_holds_the_letters_where_there_is_room(self, length):
        record = replace(record_of(), tokens=tuple("abcdefghijklmnopqrst"))
        svg = GradientFlow(length=length, scale=0, traces={"own": record}).picture()
        assert (svg.count(">LSTM<") == 2) == (length <= 100)
        assert "nan" not in svg.lower()

    def test_repr_and_description_tell_it(self):
        figure = GradientFlow(length=50, forget_bias=3)
        assert repr(figure) == (
            "GradientFlow(scale=1, forget_bias=3, length=50, seed=2: "
            f"RNN {fate_of(figure.flow().rnn)}, LSTM 49)"
        )
        assert "The LSTM hears all 49 steps." in figure.description()

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "GradientFlow.mjs").read_text("utf-8")
        assert (STATIC / "figures" / "GradientFlow.js").exists()


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(gradient_flow)
    assert failures == 0
    assert tests > 0
