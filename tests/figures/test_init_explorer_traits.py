"""The Python half of the InitExplorer: its traits, and that it draws what the page draws."""

import doctest
import json
import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu import LSTM
from lstm_edu.figures import InitExplorer, init_explorer, page_random
from lstm_edu.figures.init_explorer_picture import density
from lstm_edu.figures.live import STATIC
from lstm_edu.figures.page_random import PageRandom
from lstm_edu.initializers import SCHEMES

BOUNDS = {
    "gain": (0.25, 4),
    "forget_bias": (-3, 6),
    "units": (4, 96),
    "input_dim": (1, 128),
    "seed": (0, 9999),
}
STATES = [
    {"scheme": scheme, "gain": gain, "forget_bias": bias, "units": units, "input_dim": inputs}
    for scheme, gain, bias, units, inputs in zip(
        SCHEMES,
        (1, 0.5, 4, 2, 1.25),
        (1, -3, 6, 0, 2.5),
        (24, 8, 5, 33, 4),
        (9, 40, 1, 7, 64),
        strict=True,
    )
]


class TestTraits:
    def test_they_are_its_whole_state(self):
        assert set(InitExplorer().traits(sync=True, state=True)) == {"scheme", *BOUNDS}
        assert InitExplorer().name == "init-explorer"

    @pytest.mark.parametrize("trait", BOUNDS)
    def test_numbers_stay_within_their_bounds(self, trait):
        for value in BOUNDS[trait]:
            assert getattr(InitExplorer(**{trait: value}), trait) == value
        least, most = BOUNDS[trait]
        figure = InitExplorer()
        before = getattr(figure, trait)
        for wrong in (least - 0.01, most + 1, np.nan, np.inf, "1", None, True, [1]):
            message = rf"^{trait} is {re.escape(repr(wrong))}; expected a (whole )?number from "
            with pytest.raises(TraitError, match=message):
                setattr(figure, trait, wrong)
            with pytest.raises(TraitError, match=message):
                InitExplorer(**{trait: wrong})
        assert getattr(figure, trait) == before

    def test_there_is_no_half_a_unit(self):
        with pytest.raises(
            TraitError, match=r"units is 12\.5; expected a whole number from 4 to 96"
        ):
            InitExplorer(units=12.5)
        assert InitExplorer(units=np.int64(12)).units == 12

    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_a_scheme_brings_its_forget_bias(self, scheme):
        own = 1 if scheme == "keras" else 0
        assert InitExplorer(scheme=scheme).forget_bias == own
        assert InitExplorer(scheme=scheme, forget_bias=2.5).forget_bias == 2.5
        with pytest.raises(TraitError):
            InitExplorer(scheme="xavier")

    def test_it_refuses_what_it_does_not_have(self):
        with pytest.raises(TypeError, match="has no 'scale'; expected forget_bias, gain"):
            InitExplorer(scale=1)


class TestNetwork:
    @pytest.mark.parametrize("state", STATES, ids=SCHEMES)
    def test_the_page_draws_it_too(self, engine, state):
        figure = InitExplorer(**state, seed=17)
        (page,) = engine({"kind": "beginning", "state": {**state, "seed": 17}})
        kernel, recurrent_kernel, bias = figure.lstm.params
        own = {"kernel": kernel, "recurrentKernel": recurrent_kernel, "bias": bias}
        own["x"] = figure.trace.x
        for name, values in own.items():
            np.testing.assert_allclose(page[name], values.ravel(), rtol=0, atol=1e-13, err_msg=name)

    @pytest.mark.parametrize("state", STATES, ids=SCHEMES)
    def test_what_the_page_shows_is_numpys(self, engine, state):
        (page,) = engine({"kind": "beginning", "state": {**state, "seed": 3}})
        units = state["units"]
        # From the page's own numbers, through the LSTM of the package.
        lstm = LSTM(
            np.reshape(page["kernel"], (-1, 4 * units)),
            np.reshape(page["recurrentKernel"], (units, 4 * units)),
            np.array(page["bias"], float),
        )
        trace = lstm(np.reshape(page["x"], (1, -1, state["input_dim"])))
        for gate in "ifgoch":
            found = np.reshape(page[gate], trace.shape[1:])
            np.testing.assert_allclose(found, getattr(trace, gate)[0], rtol=0, atol=1e-12)
        f = trace.f
        np.testing.assert_allclose(page["each"], trace.half_life(), rtol=1e-10)
        np.testing.assert_allclose(page["half"], np.log(0.5) / np.log(f).mean(), rtol=1e-10)
        np.testing.assert_allclose(
            [page["mean"], page["deviation"]], [f.mean(), f.std()], rtol=1e-10
        )
        np.testing.assert_allclose(page["quantiles"], np.quantile(f, [0.1, 0.5, 0.9]), rtol=1e-10)
        assert InitExplorer(**state, seed=3).half_life == pytest.approx(page["half"], rel=1e-10)

    def test_keras_own_beginning_keeps_three_quarters_and_pytorchs_a_half(self):
        keras, torch = InitExplorer(), InitExplorer(scheme="torch")
        assert keras.trace.f.mean() == pytest.approx(0.73, abs=0.02)
        assert torch.trace.f.mean() == pytest.approx(0.5, abs=0.02)
        assert torch.half_life < 1 < 2 < keras.half_life

    def test_one_more_on_the_bias_multiplies_the_memory(self):
        lives = [InitExplorer(forget_bias=bias).half_life for bias in range(-3, 7)]
        times = np.divide(lives[1:], lives[:-1])
        assert (times > 1.3).all()
        assert times[-1] == pytest.approx(np.e, rel=0.05)

    def test_a_gain_scales_the_weights_and_not_the_biases(self):
        once, twice = (InitExplorer(scheme="torch", gain=gain).lstm.params for gain in (1, 2))
        np.testing.assert_allclose(twice.kernel, 2 * once.kernel)
        np.testing.assert_allclose(twice.recurrent_kernel, 2 * once.recurrent_kernel)
        np.testing.assert_array_equal(twice.bias, once.bias)


class TestRandom:
    def test_draws_go_on_where_the_last_one_stopped(self):
        parts, whole = PageRandom(5), PageRandom(5)
        found = np.concatenate([parts.standard_normal(3), parts.standard_normal(4)])
        np.testing.assert_array_equal(found, whole.standard_normal(7))
        even, all_even = PageRandom(2**32 - 1), PageRandom(2**32 - 1)
        found = np.concatenate([even.uniform(0, 1, 2), even.uniform(0, 1, 3)])
        np.testing.assert_array_equal(found, all_even.uniform(0, 1, 5))

    def test_they_have_the_moments_of_their_distributions(self):
        even, bell = PageRandom(1).uniform(-1, 3, 50_000), PageRandom(2).standard_normal(50_000)
        assert (even.min(), even.max()) == pytest.approx((-1, 3), abs=1e-3)
        assert (even.mean(), even.var()) == pytest.approx((1, 16 / 12), abs=0.02)
        assert (bell.mean(), bell.var()) == pytest.approx((0, 1), abs=0.02)


class TestPicture:
    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("kind", ["kernel", "recurrent_kernel"])
    def test_the_density_is_that_of_the_weights(self, scheme, kind):
        figure = InitExplorer(scheme=scheme, units=48, input_dim=40)
        weights = getattr(figure.lstm.params, kind)
        end = 1.05 * np.abs(weights).max()
        places = np.linspace(-end, end, 4001)
        values = density(places, scheme, kind, *weights.shape)
        step = places[1] - places[0]
        assert values.sum() * step == pytest.approx(1, abs=0.005)
        spread = np.sqrt((values * places**2).sum() * step)
        assert spread == pytest.approx(weights.std(), rel=0.02)

    def test_it_is_the_same_every_time(self):
        figure = InitExplorer(scheme="torch", seed=4)
        assert figure.html() == InitExplorer(scheme="torch", seed=4).html()
        assert figure.html() != InitExplorer(scheme="torch", seed=5).html()

    def test_repr_and_description_tell_it(self):
        figure = InitExplorer(units=32)
        assert (
            repr(figure)
            == "InitExplorer(scheme='keras', gain=1, forget_bias=1, units=32, input_dim=32, seed=0)"
        )
        assert f"half of what a unit holds is left after {figure.half_life:.3g} steps" in (
            figure.description()
        )

    def test_the_page_holds_its_state(self):
        html = InitExplorer(name="one", forget_bias=3).html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert state == {
            "scheme": "keras",
            "gain": 1.0,
            "forget_bias": 3.0,
            "units": 64,
            "input_dim": 32,
            "seed": 0,
        }
        assert 'id="one" data-figure="InitExplorer"' in html
        assert (STATIC / "figures" / "InitExplorer.js").exists()
        assert "export" in (STATIC / "InitExplorer.mjs").read_text("utf-8")


@pytest.mark.parametrize("module", [init_explorer, page_random])
def test_its_docstring_tells_the_truth(module):
    failures, tests = doctest.testmod(module)
    assert failures == 0
    assert tests > 0
