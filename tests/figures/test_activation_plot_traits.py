"""The Python half of the ActivationPlot: its traits, and the numbers that it tells."""

import doctest
import json
import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu.activations import ACTIVATIONS
from lstm_edu.figures import ActivationPlot, activation_plot
from lstm_edu.figures.activation_plot_picture import from_axis, to_axis
from lstm_edu.figures.live import STATIC

NAMES = ("sigmoid", "tanh", "hard_sigmoid", "softsign")


class TestTraits:
    def test_they_are_its_whole_state(self):
        figure = ActivationPlot()
        assert set(figure.traits(sync=True, state=True)) == {"activation", "z"}
        assert (figure.name, figure.activation, figure.z) == ("activation-plot", "sigmoid", 1.0)

    @pytest.mark.parametrize("z", [-10_000, 10_000, 0, np.float32(0.5), np.int64(3)])
    def test_z_is_kept_as_a_float(self, z):
        figure = ActivationPlot(z=z)
        assert figure.z == z
        assert type(figure.z) is float

    @pytest.mark.parametrize("z", [10_001, -1e9, np.nan, np.inf, "1", None, True, [1.0]])
    def test_other_z_are_refused(self, z):
        message = rf"^z is {re.escape(repr(z))}; expected a number from -10000 to 10000\.$"
        with pytest.raises(TraitError, match=message):
            ActivationPlot(z=z)

    @pytest.mark.parametrize("name", ["relu", "softmax", "", None, "__proto__"])
    def test_other_activations_are_refused(self, name):
        figure = ActivationPlot(activation="tanh")
        with pytest.raises(TraitError, match="activation"):
            figure.activation = name
        assert figure.activation == "tanh"

    def test_the_browser_moves_it(self):
        figure = ActivationPlot()
        figure.set_state({"activation": "tanh", "z": -800})
        assert (figure.activation, figure.z, figure.value, figure.slope) == ("tanh", -800, -1, 0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("z", [-800, -40.5, -1.25, 0, 0.3, 7, 10_000])
def test_value_and_slope_are_those_of_the_package(name, z):
    figure = ActivationPlot(activation=name, z=z)
    assert figure.value == ACTIVATIONS[name](float(z))
    assert figure.slope == ACTIVATIONS[name].derivative(float(z))
    assert f"{figure.value:.4g}" in figure.description()


class TestPage:
    def test_it_holds_state_and_picture(self):
        figure = ActivationPlot(name="one", z=-100)
        html = figure.html()
        assert html == ActivationPlot(name="one", z=-100).html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert state == {"activation": "sigmoid", "z": -100.0}
        assert 'id="one" data-figure="ActivationPlot"' in html

    @pytest.mark.parametrize("name", NAMES)
    def test_the_picture_tells_value_and_slope(self, name):
        picture = ActivationPlot(activation=name, z=0.5).picture()
        assert picture.startswith("<?xml")
        assert f"{ActivationPlot(activation=name, z=0.5).value:.4g}" in picture
        assert "NaN" not in picture

    def test_its_axis_goes_there_and_back(self):
        z = np.array([-10_000.0, -709.8, -6, -5.99, 0, 0.01, 6.01, 10_000])
        at = to_axis(z)
        np.testing.assert_allclose(from_axis(at), z, rtol=1e-12)
        assert (np.diff(at) > 0).all()
        assert (at[0], at[-1]) == pytest.approx((-1, 1))

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "ActivationPlot.mjs").read_text("utf-8")
        assert (STATIC / "figures" / "ActivationPlot.js").exists()


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(activation_plot)
    assert failures == 0
    assert tests > 0
