"""Histograms and saturation."""

import numpy as np
import pytest
from runs import run

from lstm_edu import LSTM, plotting


def test_bars_are_the_shares_of_the_values(trace):
    ax = plotting.histogram(trace, "f", bins=10)
    counts, edges = np.histogram(trace.f, np.linspace(0, 1, 11))
    heights = [bar.get_height() for bar in ax.patches]
    np.testing.assert_allclose(heights, counts / trace.f.size, rtol=1e-12)
    np.testing.assert_allclose([bar.get_x() for bar in ax.patches], edges[:-1])
    assert sum(heights) == pytest.approx(1)


def test_the_mean_is_a_line_and_a_number(trace):
    ax = plotting.histogram(trace, "o")
    assert ax.lines[0].get_xdata()[0] == pytest.approx(trace.o.mean())
    assert f"mean {trace.o.mean():.2f}" in [text.get_text() for text in ax.texts]


def test_a_state_is_spread_about_zero(trace):
    ax = plotting.histogram(trace, "c", bins=8)
    low, high = ax.get_xlim()
    assert low == -high
    assert high >= np.abs(trace.c).max()
    assert sum(bar.get_height() for bar in ax.patches) == pytest.approx(1)


def test_masked_steps_do_not_count():
    mask = np.ones((2, 9), bool)
    mask[1, 4:] = False
    masked = run(mask=mask)
    ax = plotting.histogram(masked, "i", bins=10)
    counts, _ = np.histogram(masked.i[mask], np.linspace(0, 1, 11))
    heights = np.array([bar.get_height() for bar in ax.patches])
    np.testing.assert_allclose(heights * masked.i[mask].size, counts, atol=1e-9)


def test_dots_are_the_shares_of_time_open_and_shut(trace):
    ax = plotting.saturation(trace, "i", low=0.3, high=0.6)
    (dots,) = ax.collections
    expected = np.stack([(trace.i > 0.6).mean(axis=(0, 1)), (trace.i < 0.3).mean(axis=(0, 1))])
    np.testing.assert_allclose(dots.get_offsets(), expected.T)
    assert ax.get_xlabel() == "time open (> 0.6)"
    assert ax.get_ylabel() == "time shut (< 0.3)"


@pytest.mark.parametrize("draw", [plotting.histograms, plotting.saturations])
def test_panels_have_one_gate_each(records, draw):
    assert list(draw(records["lstm"])) == ["i", "f", "o"]
    assert list(draw(records["gru"])) == ["update", "reset"]
    with pytest.raises(ValueError, match=r"RNNRecord.* has no gates"):
        draw(records["rnn"])


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda t: plotting.histogram(t, "w"), "quantity is 'w'"),
        (lambda t: plotting.histogram(t, bins=1), "bins is 1"),
        (lambda t: plotting.saturation(t, "c"), "gate is 'c'; expected one of i, f, o"),
        (lambda t: plotting.saturation(t, low=0.9, high=0.1), "low is 0.9 and high is 0.1"),
    ],
)
def test_senseless_arguments_are_refused(trace, draw, message):
    with pytest.raises(ValueError, match=message):
        draw(trace)


def test_a_gate_that_leaves_0_to_1_is_drawn_whole():
    wild = LSTM(*run().params, recurrent_activation="linear")(run().x)
    assert wild.f.min() < 0 < 1 < wild.f.max()
    bars = plotting.histogram(wild, "f").patches
    assert sum(bar.get_height() for bar in bars) == pytest.approx(1)
    low, high = plotting.heatmap(wild, "f").images[0].get_clim()
    assert low == -high < -1
    assert plotting.unit_lines(wild, 0, "f").get_ylim()[0] < 0
