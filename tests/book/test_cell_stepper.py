"""CellStepper in the book's chapter 3: stepped by hand, it shows NumPy's numbers."""

import math

import pytest
from looking import figure, only, until, violations
from opening import pages
from repaint import FRAME, repaint
from single import go

from lstm_edu import exported

CHAPTER = "book/3_algorithm"
LINE = "To be, or not to be: that is the question:"
TIME, UNIT = 20, 118  # where the chapter sets the figure

#: What the equation of each step of the algorithm is about: its left-hand side comes first.
MADE = {1: "i", 2: "f", 3: "c", 4: "o", 5: "h"}


@pytest.fixture(scope="module")
def model():
    return exported.load("shakespeare")


@pytest.fixture(scope="module")
def chapter(browser, book, site):
    """The chapter, opened once."""
    with pages(browser, book, site) as open_:
        yield open_(CHAPTER)


@pytest.fixture
def page(chapter):
    """The chapter, with the figure as it stands there."""
    chapter.evaluate("history.replaceState(null, '', location.pathname)")  # or nothing is new in it
    go(chapter, "stepper", f"time={TIME}&unit={UNIT}&step=0")
    return chapter


@pytest.fixture
def shown(page):
    """The figure in the chapter."""
    return figure(page, "stepper")


@pytest.fixture(scope="module")
def narrow(browser, book, site):
    """The chapter on a phone, opened once, with all but the figure taken out of it."""
    with pages(browser, book, site) as open_:
        page = open_(CHAPTER, width=390, reduced_motion="reduce")
        only(page, "#stepper")
        yield page


def numbers(shown):
    """Return the numbers of the equations on show."""
    texts = shown.locator(".lstm-equation .lstm-value:visible").all_inner_texts()
    return [float(text.strip("()").replace("−", "-")) for text in texts]


def position(shown):
    """Return where the figure stands: character, from 0, and unit."""
    told = shown.get_by_role("slider", name="Position in the text").get_attribute("aria-valuenow")
    value = told or shown.get_by_role("slider", name="Position in the text").input_value()
    unit = shown.get_by_role("slider", name="Unit", exact=True).get_attribute("aria-valuenow")
    return int(value), int(unit)


def agrees(shown, trace, time, unit):
    """Assert that the figure stands there, and that each step's first number is NumPy's."""
    assert position(shown) == (time, unit)
    for step, quantity in MADE.items():
        shown.get_by_role("button", name=f"{step} ").click()
        value = getattr(trace, quantity)[0, time, unit]
        assert numbers(shown)[0] == pytest.approx(value, abs=0.00051), (quantity, time, unit)
    shown.get_by_role("button", name="0 whole").click()


def test_clicks_step_through_numpys_numbers(shown, model):
    trace = model.trace(LINE)
    agrees(shown, trace, TIME, UNIT)
    for button, time, unit in (
        ("Next", TIME + 1, UNIT),
        ("Previous", TIME, UNIT),
        ("Last", len(LINE) - 1, UNIT),
        ("Next unit", len(LINE) - 1, UNIT + 1),
        ("First", 0, UNIT + 1),
        ("Previous unit", 0, UNIT),
    ):
        shown.get_by_role("button", name=button, exact=True).click()
        agrees(shown, trace, time, unit)


def test_keys_alone_step_by_character_and_by_unit(page, shown, model):
    trace = model.trace(LINE)
    shown.get_by_role("slider", name="Text, tinted").focus()
    for key, time in (("ArrowRight", TIME + 1), ("End", len(LINE) - 1), ("Home", 0)):
        page.keyboard.press(key)
        agrees(shown, trace, time, UNIT)
        shown.get_by_role("slider", name="Text, tinted").focus()
    shown.get_by_role("slider", name="Unit", exact=True).focus()
    page.keyboard.press("ArrowRight")
    agrees(shown, trace, 0, UNIT + 1)


def test_the_equation_of_the_cell_state_can_be_checked_by_hand(shown):
    shown.get_by_role("button", name="3 ").click()
    for _ in range(8):
        c, f, before, i, g = numbers(shown)
        assert round(f * before + i * g, 3) == pytest.approx(c, abs=1e-9)
        shown.get_by_role("button", name="Next", exact=True).click()
    shown.get_by_role("button", name="5 ").click()
    h, o, c = numbers(shown)
    assert round(o * math.tanh(c), 3) == pytest.approx(h, abs=1e-9)


def test_a_typed_line_is_read_at_once_and_a_strange_character_is_named(shown, model):
    typed = "O Romeo, Romeo! wherefore art thou Romeo?"
    shown.get_by_label("Type your own line").fill(typed)
    agrees(shown, model.trace(typed), len(typed) - 1, UNIT)
    shown.get_by_label("Type your own line").fill("Romeo 🌹")
    assert "🌹" in shown.locator(".lstm-message:visible").inner_text()
    shown.get_by_role("button", name="Original text").click()
    assert position(shown)[1] == UNIT
    assert shown.get_by_label("Type your own line").input_value() == LINE


def test_links_in_the_prose_and_the_address_set_it(page, shown, open_page):
    page.get_by_role("link", name="on into “that”").click()
    assert position(shown) == (24, UNIT)
    assert shown.get_by_role("button", name="3 ").get_attribute("aria-pressed") == "true"
    other = figure(open_page(f"{CHAPTER}#stepper?time=7&unit=3&step=2"), "stepper")
    assert position(other) == (7, 3)
    hostile = figure(open_page(f"{CHAPTER}#stepper?time=1e9&unit=<img>&step=-1"), "stepper")
    assert position(hostile) == (TIME, UNIT)


def test_the_heatmap_follows(page, shown):
    shown.get_by_role("button", name="Next", exact=True).click()
    told = figure(page, "heatmap").get_by_role("slider").first.get_attribute("aria-valuetext")
    assert f"unit {UNIT}, character {TIME + 2} of" in told


@pytest.mark.parametrize("step", range(6))
def test_axe_finds_no_violation_at_any_step(narrow, step):
    go(narrow, "stepper", f"step={step}")
    chosen = figure(narrow, "stepper").locator("button[aria-pressed=true]", has_text=f"{step} ")
    assert chosen.is_visible()
    for theme in ("light", "dark"):
        narrow.emulate_media(color_scheme=theme)
        until(narrow, f"document.documentElement.dataset.theme === '{theme}'")
        assert violations(narrow, within="#stepper") == []


@pytest.mark.timing
def test_a_move_of_the_slider_repaints_within_one_frame(open_page, record_property):
    page = open_page(CHAPTER, reduced_motion="reduce")
    slider = "#stepper .lstm-live input[aria-label='Position in the text']"
    found = repaint(page, slider, "range", moves=30, rounds=5)
    record_property("repaint CellStepper with its heatmap", round(found.median, 1))
    assert found.median <= FRAME, found
