import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_edu import GRU, Trace

from .cells import random_layer, run


def trace_of(*units, **options):
    """Return a trace whose cell states are given unit by unit, one character a step: # is on."""
    c = np.array([[mark == "#" for mark in unit] for unit in units], float).T[None]
    other = np.full(c.shape, 0.5)
    return Trace(**dict.fromkeys("ifgoh", other) | {"c": c} | options)


def test_exact_is_on_throughout_and_off_beside():
    found = trace_of(
        "..###...",
        ".####...",
        "..####..",
        "..#.#...",
        "#.###..#",
        "........",
    ).units_on(2, 5)
    assert [(each.unit, each.exact) for each in found] == [
        (0, True),
        (4, True),
        (1, False),
        (2, False),
        (3, False),
        (5, False),
    ]
    assert [each.overlap for each in found] == pytest.approx([1, 3 / 5, 3 / 4, 3 / 4, 2 / 3, 0])
    assert [(each.inside, each.outside) for each in found[:3]] == [(3, 0), (3, 2), (3, 1)]
    assert found[1].places == ((0, 1), (2, 5), (7, 8))
    assert found[-1].places == ()


def test_at_the_ends_of_the_text_there_is_no_step_beside():
    trace = trace_of("##...###", "########")
    assert [each.exact for each in trace.units_on(0, 2)] == [True, False]
    assert trace.units_on(5, 8)[0] == (0, True, 3 / 5, 3, 2, ((0, 2), (5, 8)))
    assert trace.units_on(0, 8)[0].unit == 1


def test_masked_steps_count_as_if_they_were_not_there():
    trace = dataclasses.replace(
        trace_of(".#.##", ".####"), mask=np.array([[True, True, False, True, False]])
    )
    found = trace.units_on(1, 4)
    assert [(each.unit, each.exact, each.inside) for each in found] == [(0, True, 2), (1, True, 2)]
    assert found[0].places == ((1, 4),)
    with pytest.raises(ValueError, match="Steps 2 to 2 are all masked"):
        trace.units_on(2, 3)


def test_equal_to_the_threshold_is_off_on_either_side():
    trace = trace_of("..##..")
    assert trace.units_on(2, 4, 1.0)[0].inside == 0
    assert trace.units_on(2, 4, 0.0, direction="below")[0].outside == 0
    (only,) = trace.units_on(0, 2, 0.5, direction="below")
    assert (only.exact, only.places) == (True, ((0, 2), (4, 6)))


@given(st.data())
def test_it_says_what_its_words_say(data):
    time, units = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 5))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    start = data.draw(st.integers(0, time - 1))
    stop = data.draw(st.integers(start + 1, time))
    h = rng.normal(size=(2, time, units))
    trace = Trace(**dict.fromkeys("ifgoc", np.full(h.shape, 0.5)), h=h)
    direction = data.draw(st.sampled_from(["above", "below"]))
    found = trace.units_on(start, stop, 0.3, of="h", direction=direction, example=1)
    assert sorted(each.unit for each in found) == list(range(units))
    keys = [(not each.exact, -each.overlap, each.unit) for each in found]
    assert keys == sorted(keys)
    for each in found:
        values = h[1, :, each.unit]
        on = {
            t for t in range(time) if (values[t] > 0.3 if direction == "above" else values[t] < 0.3)
        }
        marked = set(range(start, stop))
        assert each.exact == (marked <= on and not on & {start - 1, stop})
        assert each.overlap == len(on & marked) / len(on | marked)
        assert (each.inside, each.outside) == (len(on & marked), len(on - marked))
        assert {t for place in each.places for t in range(*place)} == on
        assert all(a[1] < b[0] for a, b in zip(each.places, each.places[1:], strict=False))


def test_a_gru_is_searched_by_its_memory():
    record = run(random_layer(GRU))
    assert record.units_on(1, 3, 0.1) == record.units_on(1, 3, 0.1, of="h")


@pytest.mark.parametrize(
    ("error", "message", "given"),
    [
        (ValueError, "start is 8; expected a whole number from 0 to 7", {"start": 8}),
        (ValueError, "stop is 2; expected a whole number from 3 to 8", {"start": 2, "stop": 2}),
        (TypeError, "start is 1.5", {"start": 1.5}),
        (ValueError, "threshold is nan", {"threshold": np.nan}),
        (ValueError, "of is 'z'; expected one of i, f, g, o, c, h", {"of": "z"}),
        (ValueError, "direction is 'up'", {"direction": "up"}),
        (ValueError, "example is 1", {"example": 1}),
    ],
)
def test_what_does_not_fit_is_refused(error, message, given):
    with pytest.raises(error, match=message):
        trace_of("........").units_on(**({"start": 0, "stop": 8} | given))
