"""The Python half of the CrossEntropy: its traits, and its losses beside those of the package."""

import doctest
import json
import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu.figures import CrossEntropy, cross_entropy
from lstm_edu.figures.live import STATIC
from lstm_edu.losses import cross_entropy_on_logits, cross_entropy_on_probabilities

RANDOM = np.random.default_rng(3)


class TestTraits:
    def test_they_are_its_whole_state(self):
        figure = CrossEntropy()
        expected = {"mode", "probabilities", "logits", "target", "smoothing"}
        assert set(figure.traits(sync=True, state=True)) == expected
        assert figure.name == "cross-entropy"
        assert figure.probabilities == (0.1, 0.2, 0.1, 0.5, 0.1)

    @pytest.mark.parametrize(
        "given",
        [[0, 0, 0, 1, 0], np.full(5, 0.2), (0.5, 0.5, 0, 0, 0), np.full(5, 0.2, np.float32)],
    )
    def test_a_list_is_kept_as_floats(self, given):
        figure = CrossEntropy(probabilities=given)
        assert figure.probabilities == tuple(float(number) for number in given)
        assert {type(number) for number in figure.probabilities} == {float}

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ([0.5, 0.5], "5 numbers"),
            ([[0.2] * 5], "5 numbers"),
            ("0.2,0.2,0.2,0.2,0.2", "5 numbers"),
            (["0.2"] * 5, "5 numbers"),
            ([True, False, False, False, False], "5 numbers"),
            ([[0.2], 0.2, 0.2, 0.2, 0.2], "5 numbers"),
            (None, "5 numbers"),
            ([0.2, 0.2, 0.2, 0.2, 0.3], "numbers from 0 that sum to 1"),
            ([-0.2, 0.4, 0.2, 0.2, 0.4], "numbers from 0 that sum to 1"),
            ([np.nan] * 5, "numbers from 0 that sum to 1"),
        ],
    )
    def test_other_probabilities_are_refused(self, given, expected):
        figure = CrossEntropy()
        message = rf"^probabilities is {re.escape(repr(given))}; expected {expected}"
        with pytest.raises(TraitError, match=message):
            figure.probabilities = given
        assert figure.probabilities == (0.1, 0.2, 0.1, 0.5, 0.1)

    @pytest.mark.parametrize("far", [1001, -1e9, np.nan, np.inf])
    def test_logits_have_bounds(self, far):
        with pytest.raises(TraitError, match="expected numbers from -1000 to 1000"):
            CrossEntropy(logits=[0, 0, 0, 0, far])
        assert CrossEntropy(logits=[0, 0, 0, -1000, 1000]).logits[3] == -1000

    @pytest.mark.parametrize(
        "wrong", [{"target": 5}, {"target": -1}, {"smoothing": 0.6}, {"mode": "both"}]
    )
    def test_the_rest_has_bounds_too(self, wrong):
        with pytest.raises(TraitError):
            CrossEntropy(**wrong)

    def test_the_browser_moves_it_with_lists_written_out(self):
        figure = CrossEntropy()
        assert figure.get_state("logits") == {"logits": "0.0,0.7,0.0,1.6,0.0"}
        figure.set_state({"probabilities": "1e-7,0.2,0.2,0.2,0.4", "mode": "logits"})
        assert figure.probabilities[0] == 1e-7
        for hostile in ("<img src=x>", "1,2", "1,1,1,1,1", "__import__('os')", None, {"a": 1}):
            with pytest.raises(TraitError):
                figure.set_state({"probabilities": hostile})
        assert figure.probabilities[0] == 1e-7


class TestLoss:
    @pytest.mark.parametrize("target", range(5))
    def test_it_is_that_of_the_package(self, target):
        q = RANDOM.dirichlet(np.ones(5))
        figure = CrossEntropy(probabilities=q, target=target)
        expected, _ = cross_entropy_on_probabilities(q, np.array(target))
        assert figure.loss == pytest.approx(expected, abs=1e-14)
        assert figure.entropy == 0

    @pytest.mark.parametrize("size", [1, 30, 1000])
    @pytest.mark.parametrize("target", range(5))
    def test_on_logits_too_with_its_gradient(self, target, size):
        z = RANDOM.uniform(-size, size, 5)
        figure = CrossEntropy(mode="logits", logits=z, target=target)
        expected, gradient = cross_entropy_on_logits(z, np.array(target))
        assert figure.loss == pytest.approx(expected, rel=1e-13)
        np.testing.assert_allclose(figure.gradient, gradient, rtol=0, atol=1e-15)

    def test_smoothing_mixes_the_losses_of_all_classes(self):
        z = RANDOM.normal(size=5)
        figure = CrossEntropy(mode="logits", logits=z, target=1, smoothing=0.3)
        each = [cross_entropy_on_logits(z, np.array(k))[0] for k in range(5)]
        assert figure.p.sum() == pytest.approx(1, abs=1e-15)
        assert figure.loss == pytest.approx(figure.p @ each, abs=1e-14)
        assert figure.divergence == pytest.approx(figure.loss - figure.entropy, abs=1e-14)
        assert figure.divergence > 0

    def test_a_perfect_prediction_still_costs_the_entropy(self):
        figure = CrossEntropy(smoothing=0.5, probabilities=[0.1, 0.1, 0.1, 0.6, 0.1])
        assert figure.loss == pytest.approx(figure.entropy, abs=1e-15)

    def test_nothing_is_infinitely_wrong(self):
        wrong = CrossEntropy(probabilities=[1, 0, 0, 0, 0])
        assert wrong.loss == np.inf
        assert "infinite" in wrong.description()
        assert CrossEntropy(probabilities=[0, 0, 0, 1, 0]).loss == 0


class TestPage:
    def test_it_holds_state_and_picture(self):
        figure = CrossEntropy(name="one", smoothing=0.1)
        html = figure.html()
        assert html == CrossEntropy(name="one", smoothing=0.1).html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert state == {
            "mode": "probabilities",
            "probabilities": "0.1,0.2,0.1,0.5,0.1",
            "logits": "0.0,0.7,0.0,1.6,0.0",
            "target": 3,
            "smoothing": 0.1,
        }

    @pytest.mark.parametrize(
        "traits",
        [{}, {"smoothing": 0.5}, {"probabilities": [1, 0, 0, 0, 0]}, {"mode": "logits"}],
    )
    def test_the_picture_tells_the_loss(self, traits):
        figure = CrossEntropy(**traits)
        told = f"{figure.loss:.3f}" if np.isfinite(figure.loss) else "∞"
        assert f"loss {told} nats" in figure.picture()
        assert repr(figure).startswith(f"CrossEntropy(mode={figure.mode!r}, target='o'")

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "CrossEntropy.mjs").read_text("utf-8")
        assert (STATIC / "figures" / "CrossEntropy.js").exists()


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(cross_entropy)
    assert failures == 0
    assert tests > 0
