from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_edu import plotting
from lstm_edu.colours import colours


def drawn(ax, count):
    return ax.lines[:count]


def test_lines_are_the_data_of_each_unit_and_quantity_in_turn(trace):
    lines = drawn(plotting.unit_lines(trace, [2, -1], "fc", example=1), 4)
    expected = [trace.f[1, :, 2], trace.c[1, :, 2], trace.f[1, :, 6], trace.c[1, :, 6]]
    for line, values in zip(lines, expected, strict=True):
        np.testing.assert_array_equal(line.get_xdata(), range(9))
        np.testing.assert_array_equal(line.get_ydata(), values)
    assert lines[0].get_linestyle() != lines[2].get_linestyle()
    assert lines[0].get_linestyle() == lines[1].get_linestyle()


def test_each_line_bears_its_name_in_its_colour(trace):
    ax = plotting.unit_lines(trace, 3, ["f", "h"])
    assert {text.get_text(): to_hex(text.get_color()) for text in ax.texts} == {
        "f": colours().text["f"],
        "h": colours().text["h"],
    }
    several = plotting.unit_lines(trace, [3, 4])
    assert {text.get_text() for text in several.texts} == {"c, unit 3", "c, unit 4"}


def test_names_of_lines_that_end_together_do_not_cover_each_other(trace):
    ax = plotting.unit_lines(trace, 0, "ifo")
    heights = sorted(text.xy[1] for text in ax.texts)
    assert np.diff(heights).min() > 0.05 * np.ptp(ax.get_ylim())


def test_a_gate_has_its_whole_range_and_a_state_its_zero(trace):
    assert plotting.unit_lines(trace, 0, "f").get_ylim() == pytest.approx((-0.02, 1.02))
    zero = plotting.unit_lines(trace, 0, "c").lines[-1]
    assert set(zero.get_ydata()) == {0}


def test_quantities_of_other_layers_go_by_their_names(records):
    ax = plotting.unit_lines(records["gru"], 1, "update")
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), records["gru"].update[0, :, 1])


def test_without_tokens_steps_are_numbered(trace):
    ax = plotting.unit_lines(replace(trace, tokens=None), 0)
    assert ax.get_xlabel() == "time step"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((7,), "unit is 7"),
        (([],), r"units is \[\]"),
        ((range(7),), "7 units were given; more than 6 are not told apart"),
        ((0, "cx"), "quantity is 'x'"),
    ],
)
def test_senseless_arguments_are_refused(trace, arguments, message):
    with pytest.raises(ValueError, match=message):
        plotting.unit_lines(trace, *arguments)
