"""Pictures of plain numbers: curves and matrices."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_edu import plotting
from lstm_edu.colours import colours

X = [1, 10, 100]
SERIES = {"LSTM": [3.0, 2.0, 1.0], "RNN": [1.0, np.nan, 1.05]}


def test_curves_are_the_data_with_their_names_in_their_colours():
    ax = plotting.curves(X, SERIES, xscale="log", tones={"LSTM": "c"}, marks=True)
    for line, values in zip(ax.lines, SERIES.values(), strict=True):
        np.testing.assert_array_equal(line.get_xdata(), X)
        np.testing.assert_array_equal(line.get_ydata(), values)
    assert ax.get_xscale() == "log"
    assert {text.get_text(): to_hex(text.get_color()) for text in ax.texts} == {
        "LSTM": colours().text["c"],
        "RNN": colours().muted,
    }


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_names_do_not_cover_each_other(scale):
    ax = plotting.curves(X, {"a": [1, 2, 1], "b": [1, 1, 1], "c": [9, 1, 1]}, yscale=scale)
    heights = sorted(text.xy[1] for text in ax.texts)
    assert np.diff(heights).min() > 0.05
    assert heights[-1] <= 1


def test_a_band_lies_around_its_curve():
    ax = plotting.curves(X, {"a": [1, 2, 3]}, spread={"a": ([0, 1, 2], [2, 3, 4])})
    (band,) = ax.collections
    assert band.get_datalim(ax.transData).y0 == 0


@pytest.mark.parametrize(
    ("x", "series", "said"),
    [
        (X, {}, "0 series"),
        (X, {str(k): X for k in range(7)}, "7 series"),
        (X, {"a": [1, 2]}, "a has shape"),
    ],
)
def test_curves_that_cannot_be_drawn(x, series, said):
    with pytest.raises(ValueError, match=said):
        plotting.curves(x, series)


def test_matrices_share_a_scale_and_show_each_number():
    values = {"left": [[1.0, -2.0], [0.0, 0.5]], "right": [[0.25, 0.0]]}
    panels = plotting.matrices(values, digits=1)
    for title, matrix in values.items():
        mesh = panels[title].collections[0]
        np.testing.assert_array_equal(mesh.get_array(), matrix)
        assert (mesh.norm.vmin, mesh.norm.vmax) == (-2.0, 2.0)
    assert [text.get_text() for text in panels["left"].texts] == ["1.0", "−2.0", "0.0", "0.5"]
    assert panels.svg() == plotting.matrices(values, digits=1).svg()


@pytest.mark.parametrize("bad", [{}, {"a": [1.0]}, {"a": [[np.nan]]}, {"a": np.empty((0, 3))}])
def test_matrices_that_cannot_be_drawn(bad):
    with pytest.raises(ValueError, match="matrix"):
        plotting.matrices(bad)
