"""The search for units in a browser: a stretch is marked by hand, and NumPy's units are listed."""

import functools
import json
import re

import numpy as np
import pytest
from looking import figure, overflow, violations
from repaint import FRAME, repaint
from single import Module

from lstm_edu import LSTM, exported
from lstm_edu.figures import CellStepper, GateHeatmap

LINE = "Alas, poor Yorick! I knew him, Horatio:"
KINDS = {"heat": GateHeatmap, "stepper": CellStepper}
#: The quantity that each figure is asked for here.
BY = {"heat": {"gate": "c"}, "stepper": {"of": "c"}}


@pytest.fixture(scope="module")
def trace():
    return exported.load("shakespeare").trace(LINE)


@pytest.fixture
def show(show):
    """The same, without motion where nothing else is said."""
    return functools.partial(show, reduced_motion="reduce")


def searched(name, **traits):
    """Return a figure over the line, by its short name."""
    given = {"text": LINE, "name": name, "time": 3, "unit": 57, "threshold": 1.0}
    return KINDS[name]("shakespeare", **(given | BY[name] | traits))


def panel(page, name):
    return figure(page, name).locator(".lstm-search")


def listed(page, name):
    """Return what the list says: unit, exact, overlap and other places, row by row."""
    found = []
    for row in panel(page, name).locator("button.lstm-search-row:visible").all():
        said = row.text_content()
        match = re.fullmatch(r"unit (\d+)exact ([✓–])overlap ([\d.]+)elsewhere (\d+)", said)
        unit, exact, overlap, elsewhere = match.groups()
        found.append((int(unit), exact == "✓", float(overlap), int(elsewhere)))
    return found


def expected(trace, start, stop, threshold, of="c", direction="above"):
    """Return what the list should say."""
    return [
        (
            found.unit,
            found.exact,
            pytest.approx(found.overlap, abs=0.0050001),
            sum(b <= start or a >= stop for a, b in found.places),
        )
        for found in trace.units_on(start, stop, threshold, of, direction)[:8]
    ]


def framed(page, name):
    """Return the marked text, and below which characters there is a bar."""
    marked, on = (
        figure(page, name)
        .locator(".lstm-tokens")
        .evaluate(
            """(strip) => ["data-marked", "data-on"].map((name) =>
            [...strip.querySelectorAll(".lstm-token")].flatMap((token, at) =>
                token.hasAttribute(name) ? [at] : []))"""
        )
    )
    return "".join(LINE[at] for at in marked), on


def token(page, name, at):
    """Return the middle of a character of the strip."""
    box = figure(page, name).locator(".lstm-token").nth(at).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, stop):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*stop, steps=5)
    page.mouse.up()


@pytest.mark.parametrize("name", KINDS)
def test_a_drag_over_the_text_marks_it_and_lists_numpys_units(show, trace, name):
    page = show(searched(name))
    assert not panel(page, name).is_visible()
    figure(page, name).get_by_role("button", name="Find units").click()
    assert framed(page, name)[0] == "Alas"
    assert listed(page, name) == expected(trace, 0, 4, 1.0)
    drag(page, token(page, name, 11), token(page, name, 16))
    assert framed(page, name)[0] == "Yorick"
    assert listed(page, name) == expected(trace, 11, 17, 1.0)
    drag(page, token(page, name, 28), token(page, name, 26))
    assert framed(page, name)[0] == "him"
    page.mouse.click(*token(page, name, 4))
    assert framed(page, name)[0] == ","
    assert listed(page, name) == expected(trace, 4, 5, 1.0)


def test_a_drag_below_the_heatmap_marks_too(show, trace):
    page = show(searched("heat"))
    figure(page, "heat").get_by_role("button", name="Find units").click()
    box = figure(page, "heat").locator(".lstm-heat-cells").bounding_box()

    def below(at):
        return box["x"] + (at + 0.5) * box["width"] / len(LINE), box["y"] + box["height"] + 30

    drag(page, below(31), below(37))
    assert framed(page, "heat")[0] == "Horatio"
    stretch = figure(page, "heat").locator(".lstm-heat-stretch").bounding_box()
    cell = box["width"] / len(LINE)
    assert stretch["x"] == pytest.approx(box["x"] + 31 * cell, abs=1)
    assert stretch["width"] == pytest.approx(7 * cell, abs=1)
    drag(page, (below(5)[0], box["y"] + 9), (below(8)[0], box["y"] + 9))
    assert framed(page, "heat")[0] == "Horatio"


@pytest.mark.parametrize("name", KINDS)
def test_a_finger_marks(show, trace, name):
    page = show(searched(name), width=360, has_touch=True)
    figure(page, name).get_by_role("button", name="Find units").tap()
    figure(page, name).locator(".lstm-tokens").scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)
    (x, y), (end, _) = token(page, name, 11), token(page, name, 16)

    def send(kind, *at):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*at]})

    send("touchStart", {"x": x, "y": y})
    for step in range(1, 9):
        send("touchMove", {"x": x + (end - x) * step / 8, "y": y})
    send("touchEnd")
    assert framed(page, name)[0] == "Yorick"
    assert listed(page, name) == expected(trace, 11, 17, 1.0)


@pytest.mark.parametrize("name", KINDS)
def test_keys_alone_mark_and_choose(show, trace, name):
    page = show(searched(name))
    figure(page, name).get_by_role("button", name="Find units").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    assert framed(page, name)[0] == LINE[5:11]
    assert listed(page, name) == expected(trace, 5, 11, 1.0)
    row = panel(page, name).locator("button.lstm-search-row").nth(2)
    row.focus()
    page.keyboard.press("Enter")
    best = trace.units_on(5, 11, 1.0)[2]
    on = [at for place in best.places for at in range(*place)]
    assert framed(page, name)[1] == on
    told = panel(page, name).inner_text()
    assert f"Unit {best.unit} is on at {best.inside} of the 6 marked" in told
    assert f"at {best.outside} of the 33 others" in told
    assert row.get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("name", KINDS)
def test_the_threshold_is_moved_typed_and_turned(show, trace, name):
    page = show(searched(name, mark_start=26, mark_stop=29))
    search = panel(page, name)
    search.get_by_role("slider", name="threshold").focus()
    page.keyboard.press("ArrowRight")
    assert listed(page, name) == expected(trace, 26, 29, 1.05)
    chip = search.get_by_role("spinbutton", name="threshold")
    chip.dblclick()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    assert listed(page, name) == expected(trace, 26, 29, 2.0)
    assert "“him”, and off just before and just after: 3 of 128 units." in search.inner_text()
    search.get_by_role("button", name="below").click()
    assert chip.inner_text() == "−2.00"
    assert listed(page, name) == expected(trace, 26, 29, -2.0, direction="below")
    chip.dblclick()
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    assert "“99” is not on the scale." in search.inner_text()


def test_the_stepper_searches_h_too_and_the_heatmap_what_it_shows(show, trace):
    given = {"mark_start": 26, "mark_stop": 29, "threshold": 0.3}
    page = show(searched("stepper", **given), searched("heat", **given))
    panel(page, "stepper").get_by_role("button", name="h", exact=True).click()
    assert listed(page, "stepper") == expected(trace, 26, 29, 0.3, "h")
    for quantity in "ifgoh":
        figure(page, "heat").get_by_role("slider", name="Unit and").focus()
        page.keyboard.press(quantity)
        assert listed(page, "heat") == expected(trace, 26, 29, 0.3, quantity)


def test_sorted_by_likeness_the_rows_stand_as_listed(show, trace):
    page = show(searched("heat", sort="likeness", mark_start=26, mark_stop=29, unit=82))
    order = [found.unit for found in trace.units_on(26, 29, 1.0)]
    box = figure(page, "heat").locator(".lstm-heat-cells").bounding_box()
    for row in (0, 7, 64, 127):
        page.mouse.click(box["x"] + 20, box["y"] + (row + 0.5) * box["height"] / 128)
        told = figure(page, "heat").get_by_role("slider", name="Unit and")
        assert told.get_attribute("aria-valuetext").startswith(f"unit {order[row]}, ")


@pytest.mark.parametrize("name", KINDS)
def test_where_no_unit_is_on_it_says_what_to_try(show, name):
    page = show(searched(name, mark_start=26, mark_stop=29, threshold=900))
    assert (
        "No unit is above 900.00 anywhere in “him”: lower the threshold."
        in panel(page, name).inner_text()
    )


def test_links_and_addresses_mark(show, trace):
    prose = '<p><a href="#heat?mark_start=11&mark_stop=17&threshold=0.5">Yorick</a></p>'
    page = show(searched("heat"), prose=prose, state="#heat?mark_start=26&mark_stop=29&gate=h")
    assert framed(page, "heat")[0] == "him"
    page.get_by_text("Yorick").first.click()
    assert framed(page, "heat")[0] == "Yorick"
    assert listed(page, "heat") == expected(trace, 11, 17, 0.5, "h")


@pytest.mark.parametrize(
    "state",
    [
        "mark_start=9&mark_stop=4",
        "mark_start=0&mark_stop=4000",
        "mark_start=3",
        "mark_start=<b>&mark_stop=1e9&threshold=Infinity&direction=constructor",
        "mark_start=-1&mark_stop=3&threshold=--1",
    ],
)
@pytest.mark.parametrize("name", KINDS)
def test_a_hostile_address_marks_nothing(show, name, state):
    page = show(searched(name), state=f"#{name}?{state}")
    assert not panel(page, name).is_visible()
    assert figure(page, name).locator("[data-marked]").count() == 0
    figure(page, name).get_by_role("button", name="Find units").click()
    assert framed(page, name)[0] == "Alas"


def stored(traits):
    """Return what puts traits into the state that a page holds, and takes the search's own out."""

    def change(path):
        html = path.read_text("utf-8")
        text = re.search(r'<script type="application/json">(.*?)</script>', html).group(1)
        state = json.loads(text)
        for key in ("mark_start", "mark_stop", "threshold", "direction", "of"):
            state.pop(key, None)
        given = json.dumps(state | traits).replace("<", "\\u003c")
        path.write_text(html.replace(text, given), "utf-8")

    return change


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "traits", [{}, {"mark_start": 9, "mark_stop": 3}, {"mark_start": 0, "mark_stop": 4000}]
)
def test_a_state_without_marks_or_with_an_impossible_one_stands(show, trace, name, traits):
    page = show(searched(name), change=stored(traits))
    assert not panel(page, name).is_visible()
    figure(page, name).get_by_role("button", name="Find units").click()
    assert listed(page, name) == expected(trace, 0, 4, 0.5)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "traits",
    [
        {"mark_start": "<img src=x onerror=alert(1)>"},
        {"mark_stop": 1e300},
        {"threshold": "NaN"},
        {"direction": ["above"]},
    ],
)
def test_a_hostile_state_is_refused_in_words(show, name, traits):
    page = show(searched(name), change=stored(traits))
    said = figure(page, name).get_by_role("alert").inner_text()
    assert f"Its {next(iter(traits))} is " in said
    assert page.locator("main img:visible").count() <= 1


def test_figures_of_a_group_share_the_mark(show, trace):
    page = show(searched("stepper", group="g"), searched("heat", group="g"))
    figure(page, "heat").get_by_role("button", name="Find units").click()
    drag(page, token(page, "heat", 11), token(page, "heat", 16))
    assert framed(page, "stepper")[0] == "Yorick"
    assert not panel(page, "stepper").is_visible()
    panel(page, "heat").get_by_role("slider", name="threshold").focus()
    page.keyboard.press("ArrowRight")
    figure(page, "stepper").get_by_role("button", name="Find units").click()
    assert listed(page, "stepper") == listed(page, "heat")
    assert listed(page, "heat") == expected(trace, 11, 17, 1.05)
    figure(page, "stepper").get_by_role("button", name="Find units").click()
    assert not panel(page, "heat").is_visible()


@pytest.mark.parametrize("kind", [CellStepper, GateHeatmap])
def test_a_recorded_run_is_searched_without_a_model(show, kind):
    lstm = LSTM.create(input_dim=3, units=5, seed=0)
    run = lstm(np.random.default_rng(1).normal(size=(1, 12, 3)).astype(np.float32))
    by = {"gate": "h"} if kind is GateHeatmap else {"of": "h"}
    shown = kind(trace=run, name="own", threshold=0.05, mark_start=2, mark_stop=6, **by)
    page = show(shown)
    assert listed(page, "own") == expected(run, 2, 6, 0.05, "h")
    assert "steps 3 to 6" in panel(page, "own").inner_text()


@pytest.mark.parametrize("width", [1280, 390, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_it_is_accessible_and_keeps_its_width(show, name, theme, width):
    page = show(searched(name, mark_start=26, mark_stop=29), theme=theme, width=width)
    assert violations(page) == []
    panel(page, name).locator("button.lstm-search-row").nth(1).click()
    panel(page, name).get_by_role("spinbutton", name="threshold").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert violations(page) == []
    assert overflow(page) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", KINDS)
def test_nothing_jumps_while_the_threshold_moves(show, name, width):
    page = show(searched(name, mark_start=26, mark_stop=29), width=width)
    height = "() => document.documentElement.scrollHeight"
    panel(page, name).get_by_role("slider", name="threshold").focus()
    heights = set()
    for key in ("Home", "PageUp", "End", "PageDown", *["ArrowLeft"] * 3):
        page.keyboard.press(key)
        heights.add(page.evaluate(height))
    assert len(heights) == 1


@pytest.mark.parametrize("kind", [CellStepper, GateHeatmap])
def test_its_module_marks_with_a_kernel(show, kind):
    shown = kind("shakespeare", text=LINE, time=3, unit=57)
    # A kernel sends the network itself, where a page names it.
    module = Module(show(searched("heat")), shown, model=shown.model)
    module.set(mark_start=26, mark_stop=29, threshold=2)
    search = module.root.locator(".lstm-search")
    assert search.get_attribute("hidden") is None
    assert "“him”" in search.text_content()
    module.click(".lstm-search button.lstm-search-row")
    module.click(".lstm-find")
    left, saved = module.end(), module.saved()
    assert saved[0]["mark_start"] == 26
    assert (saved[-1]["mark_start"], saved[-1]["mark_stop"]) == (-1, -1)
    assert left[0] == 0


@pytest.mark.timing
@pytest.mark.parametrize("name", KINDS)
def test_a_move_of_the_threshold_is_painted_within_a_frame(show, record_property, name):
    page = show(searched(name, mark_start=11, mark_stop=17))
    milliseconds = repaint(page, ".lstm-search .lstm-range", "range").median
    record_property(f"repaint search in {KINDS[name].__name__}", round(milliseconds, 1))
    assert milliseconds <= FRAME
