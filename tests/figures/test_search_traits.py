"""Marking a stretch and searching for units: the Python half, and the browser's arithmetic."""

import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu import LSTM, exported
from lstm_edu.figures import CellStepper, GateHeatmap
from lstm_edu.figures.search import MOST
from lstm_edu.trace import Trace

LINE = "Alas, poor Yorick! I knew him, Horatio:"
FIGURES = (CellStepper, GateHeatmap)


@pytest.mark.parametrize("figure", FIGURES)
class TestMark:
    def test_nothing_is_marked_at_first(self, figure):
        shown = figure("shakespeare", text=LINE)
        assert not shown.marked
        assert (shown.mark_start, shown.mark_stop) == (-1, -1)
        with pytest.raises(ValueError, match=r"nothing is marked; .*figure\.mark"):
            shown.units_on()

    def test_it_is_a_slice_of_the_text(self, figure):
        shown = figure("shakespeare", text=LINE, mark_start=26, mark_stop=29)
        assert LINE[shown.mark_start : shown.mark_stop] == "him"
        shown.mark(11, 17)
        assert LINE[shown.mark_start : shown.mark_stop] == "Yorick"
        shown.mark()
        assert not shown.marked

    @pytest.mark.parametrize(
        ("message", "given"),
        [
            ("makes the mark 3 to -1; expected a slice of 39 steps", {"mark_start": 3}),
            ("makes the mark 3 to 3", {"mark_start": 3, "mark_stop": 3}),
            ("makes the mark 3 to 40", {"mark_start": 3, "mark_stop": 40}),
            ("makes the mark -2 to 3", {"mark_start": -2, "mark_stop": 3}),
            ("'mark_start' trait", {"mark_start": "3"}),
            ("threshold is nan; expected a number from -1e+06 to 1e+06", {"threshold": np.nan}),
            ("threshold is 2000000.0", {"threshold": 2 * MOST}),
            ("direction", {"direction": "sideways"}),
        ],
    )
    def test_what_does_not_fit_is_refused(self, figure, message, given):
        with pytest.raises(TraitError, match=re.escape(message)):
            figure("shakespeare", text=LINE, **given)

    def test_a_refused_mark_changes_nothing(self, figure):
        shown = figure("shakespeare", text=LINE, mark_start=2, mark_stop=4)
        for start, stop in ((5, 2), (0, 99)):
            with pytest.raises(TraitError):
                shown.mark(start, stop)
            assert (shown.mark_start, shown.mark_stop) == (2, 4)
        with pytest.raises(TraitError):
            shown.mark_stop = 2
        assert (shown.mark_start, shown.mark_stop) == (2, 4)

    def test_a_text_too_short_for_it_takes_it_off(self, figure):
        shown = figure("shakespeare", text=LINE, mark_start=11, mark_stop=17)
        shown.text = LINE[:17]
        assert shown.marked
        shown.text = LINE[:16]
        assert (shown.mark_start, shown.mark_stop) == (-1, -1)

    def test_the_browser_moves_it(self, figure):
        shown = figure("shakespeare", text=LINE, mark_start=2, mark_stop=4)
        shown.set_state(
            {"mark_start": 11, "mark_stop": 17, "threshold": -0.25, "direction": "below"}
        )
        assert (shown.mark_start, shown.mark_stop) == (11, 17)
        assert (shown.threshold, shown.direction) == (-0.25, "below")
        shown.set_state({"text": "Alas", "time": 3, "mark_start": -1, "mark_stop": -1})
        assert not shown.marked

    def test_it_is_stored_in_the_page(self, figure):
        state = figure("shakespeare", text=LINE, mark_start=11, mark_stop=17, threshold=2).state()
        told = {name: state[name] for name in ("mark_start", "mark_stop", "threshold", "direction")}
        assert told == {"mark_start": 11, "mark_stop": 17, "threshold": 2.0, "direction": "above"}


def test_the_heatmap_searches_by_what_it_shows_and_the_stepper_by_a_state():
    trace = exported.load("shakespeare").trace(LINE)
    given = {"text": LINE, "mark_start": 26, "mark_stop": 29, "threshold": 0.3}
    for quantity in Trace.quantities:
        found = GateHeatmap("shakespeare", gate=quantity, **given).units_on()
        assert found == trace.units_on(26, 29, 0.3, of=quantity)
    for state in ("c", "h"):
        found = CellStepper("shakespeare", of=state, direction="below", **given).units_on()
        assert found == trace.units_on(26, 29, 0.3, of=state, direction="below")
    with pytest.raises(TraitError, match="of"):
        CellStepper("shakespeare", of="f", **given)


def test_a_trace_can_be_searched_without_a_model():
    lstm = LSTM.create(input_dim=3, units=4, seed=0)
    trace = lstm(np.random.default_rng(1).normal(size=(1, 9, 3)).astype(np.float32))
    shown = GateHeatmap(trace=trace, gate="h", threshold=0.1, mark_start=2, mark_stop=5)
    assert shown.units_on() == trace.units_on(2, 5, 0.1, of="h")


def test_the_picture_sorts_by_likeness_and_shows_the_mark():
    given = {"text": LINE, "gate": "c", "threshold": 2}
    plain = GateHeatmap("shakespeare", **given)
    marked = GateHeatmap("shakespeare", sort="likeness", mark_start=26, mark_stop=29, **given)
    assert marked.picture() != plain.picture()
    assert marked.picture().count("stroke-dasharray: ") == 2
    assert "sorted by likeness" in marked.description()
    told = "Marked: steps 27 to 29; above 2 exactly there: units 82, 117, 119."
    assert marked.description().endswith(told)
    none = GateHeatmap("shakespeare", mark_start=0, mark_stop=1, **(given | {"threshold": 1e3}))
    assert none.description().endswith("exactly there: no unit.")
    unmarked = GateHeatmap("shakespeare", sort="likeness", **given)
    assert unmarked.picture() == plain.picture()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_browser_finds_the_same_units_in_the_same_order(engine, dtype):
    random = np.random.default_rng(5)
    lstm = LSTM.create(3, 40, seed=2, dtype=dtype)
    traces = [
        lstm(random.normal(scale=3, size=(1, steps, 3)).astype(dtype)) for steps in (1, 2, 23, 60)
    ]
    cases = []
    for trace in traces * 12:
        steps = trace.shape[1]
        start = int(random.integers(steps))
        marking = {
            "mark_start": start,
            "mark_stop": int(random.integers(start, min(steps, start + 6))) + 1,
            "threshold": round(float(random.uniform(-0.3, 0.6)), 2),
            "direction": str(random.choice(["above", "below"])),
        }
        quantity = str(random.choice(Trace.quantities))
        cases.append((trace, quantity, marking))
    answers = engine(
        *(
            {"kind": "units_on", "trace": trace.to_dict(), "quantity": quantity, "marking": marking}
            for trace, quantity, marking in cases
        )
    )
    exact = 0
    for (trace, quantity, marking), answer in zip(cases, answers, strict=True):
        start, stop, threshold, direction = marking.values()
        found = trace.units_on(start, stop, threshold, quantity, direction)
        own = [each._asdict() | {"places": list(map(list, each.places))} for each in found]
        assert answer["found"] == own
        assert answer["order"] == [each.unit for each in found]
        exact += sum(each.exact for each in found)
    assert exact > 40
