from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_hex
from runs import run

from lstm_edu import LSTM, PeepholeLSTM, plotting
from lstm_edu.colours import colours
from lstm_edu.plotting.anatomy import moment
from lstm_edu.plotting.anatomy_text import around
from lstm_edu.plotting.canvas import WIDEST, fixed, mix, signed


def texts(ax):
    return [text.get_text() for text in ax.texts]


def widths(ax, colour):
    """Line widths in pixels of the drawing; the figure is 540 points and 720 pixels wide."""
    return [line.get_linewidth() / 0.75 for line in ax.lines if to_hex(line.get_color()) == colour]


@pytest.mark.parametrize(("time", "unit", "example"), [(0, 0, 0), (5, 3, 1), (8, 6, 0)])
def test_the_sums_are_what_the_gates_squash(trace, time, unit, example):
    now = moment(trace, time, unit, example)
    logit = {gate: np.log(getattr(now, gate) / (1 - getattr(now, gate))) for gate in "ifo"}
    logit["g"] = np.arctanh(now.g)
    for gate, parts in now.sums.items():
        assert sum(parts) == pytest.approx(logit[gate], rel=1e-9)
    assert now.c == pytest.approx(now.kept + now.written, rel=1e-12)
    assert now.h == pytest.approx(now.o * now.squashed, rel=1e-12)


@pytest.mark.parametrize(("time", "unit"), [(0, 0), (5, 3), (8, 6)])
def test_every_number_stands_in_the_picture(trace, time, unit):
    ax = plotting.anatomy(trace, time, unit, example=1)
    found = texts(ax)
    now = moment(trace, time, unit, 1)
    for value in (now.i, now.f, now.o):
        assert fixed(value) in found
    for value in (now.g, now.before, now.kept, now.written, now.c, now.squashed, now.h):
        assert signed(value) in found
    for parts in now.sums.values():
        for value in (*parts, sum(parts)):
            assert signed(value) in found
    assert f"step {time + 1} of 9" in found
    assert f"unit {unit}, tint: its cell state" in found


def test_a_pipe_is_as_wide_as_its_value(trace):
    ax = plotting.anatomy(trace, 4, 2)
    now = moment(trace, 4, 2)
    fill = colours().fill
    for gate in "ifo":
        assert widths(ax, fill[gate])[0] == pytest.approx(1.2 + getattr(now, gate) * (WIDEST - 1.2))
    assert max(widths(ax, fill["h"])) == pytest.approx(1.2 + abs(now.h) * (WIDEST - 1.2))


def test_a_negative_flow_is_hollow(trace):
    time, unit = np.argwhere(trace.g[0] < -0.5)[0]
    shades = colours()
    core = mix(shades.fill["g"], shades.background, 0.16)
    assert len(widths(plotting.anatomy(trace, time, unit), core)) == 1
    time, unit = np.argwhere(trace.g[0] > 0.5)[0]
    assert widths(plotting.anatomy(trace, time, unit), core) == []


@pytest.mark.parametrize(
    ("step", "strong"),
    [(1, {"input", "candidate"}), (2, {"forget"}), (4, {"output"}), (0, {"input", "forget"})],
)
def test_the_rest_of_the_drawing_steps_back(trace, step, strong):
    ax = plotting.anatomy(trace, 3, 1, step=step)
    alpha = {text.get_text(): text.get_alpha() for text in ax.texts}
    for name in ("input", "forget", "candidate", "output"):
        assert (alpha[name] == 1) == (step == 0 or name in strong)


def test_without_weights_the_sums_are_left_out(trace):
    bare = plotting.anatomy(replace(trace, x=None, params=None), 3, 1)
    assert "bias" not in texts(bare)
    assert bare.get_ylim()[0] < plotting.anatomy(trace, 3, 1).get_ylim()[0]


def test_a_long_text_is_shown_about_the_present_step():
    long = run(tokens=tuple("abcdefghij" * 12))
    strip = [
        text for text in texts(plotting.anatomy(long, 60, 0)) if len(text) == 1 and text.islower()
    ]
    assert len(strip) < 60
    assert "step 61 of 120" in texts(plotting.anatomy(long, 60, 0))
    words = run(tokens=tuple(f"word{k}" for k in range(30)))
    assert "word17" in texts(plotting.anatomy(words, 17, 0))
    assert "word0" not in texts(plotting.anatomy(words, 29, 0))


def test_the_line_is_the_cell_state_over_the_whole_text(trace):
    ax = plotting.anatomy(trace, 3, 1)
    line = next(line for line in ax.lines if len(line.get_xdata()) == 9)
    correlation = np.corrcoef(line.get_ydata(), trace.c[0, :, 1])[0, 1]
    assert correlation == pytest.approx(-1)  # y grows downwards


@pytest.mark.parametrize(("value", "text"), [(-0.5, "−0.500"), (-0.0004, "0.000"), (2, "2.000")])
def test_numbers_have_a_real_minus_and_no_negative_zero(value, text):
    assert fixed(value) == text
    assert signed(value) == ("+" + text if value > 0.0005 else text)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"time": 9}, ValueError, "time is 9"),
        ({"unit": 7}, ValueError, "unit is 7"),
        ({"step": 6}, ValueError, "step is 6; expected a whole number from 0 to 5"),
        ({"unit": 1.5}, TypeError, "unit is 1.5"),
    ],
)
def test_senseless_arguments_are_refused(trace, arguments, error, message):
    with pytest.raises(error, match=message):
        plotting.anatomy(trace, **{"time": 0, "unit": 0, **arguments})


def test_only_the_cell_that_is_drawn_is_accepted(records):
    for record in (records["gru"], run(PeepholeLSTM)):
        with pytest.raises(TypeError, match="expected that of an LSTM"):
            plotting.anatomy(record, 0, 0)


def test_a_masked_step_says_that_it_was_skipped():
    mask = np.ones((2, 9), bool)
    mask[0, 4] = False
    masked = run(mask=mask)
    assert "unit 1, masked step: c and h are carried over" in texts(plotting.anatomy(masked, 4, 1))
    assert "unit 1, tint: its cell state" in texts(plotting.anatomy(masked, 4, 1, example=1))


def test_the_activations_go_by_their_own_names():
    layer = LSTM(*run().params, activation="softsign", recurrent_activation="hard_sigmoid")
    found = texts(plotting.anatomy(layer(run().x), 4, 1))
    assert found.count("softsign") == 2
    assert found.count("hard_σ") == 3
    assert texts(plotting.anatomy(run(), 4, 1)).count("σ") == 3


def test_the_strip_keeps_the_present_token_amid_what_fits():
    widths = [10.0] * 20
    assert around(10, widths, 55) == (8, 12)
    assert around(0, widths, 55) == (0, 4)
    assert around(19, widths, 55) == (15, 19)
    assert around(3, widths, 1000) == (0, 19)
    assert around(3, [10, 10, 90, 10, 10], 45) == (3, 4)
    assert around(0, [500.0, 10.0], 300) == (0, 0)
