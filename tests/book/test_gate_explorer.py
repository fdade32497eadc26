"""The GateExplorer in a page: worked by hand and by keys, and its numbers beside NumPy's."""

from urllib.parse import urlencode

import numpy as np
import pytest
from looking import in_the_way, overflow, too_small, violations
from single import driven, opener

from lstm_edu.figures import GateExplorer

BOUNDS = {"x": 2, "h": 1, "c": 3} | {f"{gate}_{part}": 8 for gate in "ifgo" for part in "wub"}


@pytest.fixture
def explore(browser, tmp_path):
    """A function that opens a page with a GateExplorer alone, from the file system."""
    with opener(browser, tmp_path, GateExplorer()) as open_:
        yield open_


def shown(page):
    """Return the exact numbers that the figure shows."""
    data = page.locator(".lstm-gate-explorer").evaluate("element => ({...element.dataset})")
    return {name: float(data[name]) for name in "ifgoch"}


def computed(**state):
    """Return what NumPy makes of a state."""
    trace = GateExplorer(**state).trace
    return {name: getattr(trace, name).item() for name in "ifgoch"}


def number(page, label):
    """Return a number that can be dragged, at its first place in the equations."""
    return page.locator(".lstm-sums").get_by_role("spinbutton", name=label).first


def drag(page, locator, right):
    """Drag something sideways from its middle."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y)
    page.mouse.move(x + right, y)
    page.mouse.up()


def test_its_numbers_are_numpys(explore):
    page = explore()
    random = np.random.default_rng(0)
    for _ in range(25):
        state = {name: float(random.uniform(-most, most)) for name, most in BOUNDS.items()}
        page.evaluate("hash => { location.hash = hash }", f"gate-explorer?{urlencode(state)}")
        expected = computed(**state)
        page.wait_for_function(
            "c => Math.abs(document.querySelector('.lstm-gate-explorer').dataset.c - c) < 1e-9",
            arg=expected["c"],
        )
        assert shown(page) == pytest.approx(expected, rel=0, abs=1e-12)


def test_every_number_can_be_dragged(explore):
    page = explore()
    drag(page, number(page, "weight W of the forget gate"), -20)
    assert shown(page) == pytest.approx(computed(f_w=-0.6), abs=1e-12)
    drag(page, number(page, "cell state c of the step before"), -40)
    assert shown(page) == pytest.approx(computed(f_w=-0.6, c=-0.5), abs=1e-12)
    page.get_by_role("button", name="Reset").click()
    assert shown(page) == pytest.approx(computed(), abs=1e-12)


def test_a_thermometer_and_a_point_follow_the_pointer(explore):
    page = explore()
    tube = page.get_by_role("slider", name="input x")
    tube.click(position={"x": 10, "y": 15})
    assert tube.get_attribute("aria-valuenow") == "-2"
    assert shown(page) == pytest.approx(computed(x=-2), abs=1e-12)
    curve = page.get_by_role("slider", name="forget gate, along its curve")
    before = shown(page)["f"]
    drag(page, curve, 0)
    point = curve.locator(".point").bounding_box()
    box = curve.bounding_box()
    middle = point["x"] + point["width"] / 2
    assert middle == pytest.approx(box["x"] + box["width"] / 2, abs=2)
    assert shown(page)["f"] != before
    drag(page, curve, -60)
    moved = curve.locator(".point").bounding_box()
    assert moved["x"] - point["x"] == pytest.approx(-60, abs=2)


def test_keys_alone_can_do_it(explore):
    page = explore()
    page.get_by_role("button", name="hide").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert shown(page) == pytest.approx(computed(x=0.9), abs=1e-12)
    for _ in range(3 + 4):
        page.keyboard.press("Tab")
    focus = page.locator(":focus")
    assert focus.get_attribute("aria-label") == "weight W of the input gate"
    page.keyboard.press("Enter")
    page.keyboard.type("-1.25")
    page.keyboard.press("Enter")
    assert shown(page) == pytest.approx(computed(x=0.9, i_w=-1.25), abs=1e-12)
    assert focus.get_attribute("aria-valuenow") == "-1.25"


def test_what_does_not_fit_is_refused_in_the_figure(explore):
    page = explore()
    number(page, "bias b of the output gate").dblclick()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    alert = page.locator(".lstm-gate-explorer [role=alert]")
    assert "“12” does not fit the bias b of the output gate" in alert.text_content()
    page.keyboard.press("Escape")
    assert alert.is_hidden()
    assert shown(page) == pytest.approx(computed(), abs=1e-12)


@pytest.mark.parametrize("preset", GateExplorer.presets)
def test_presets_are_pythons(explore, preset):
    page = explore()
    button = page.get_by_role("button", name=preset)
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert shown(page) == pytest.approx(computed(**GateExplorer.presets[preset]), abs=1e-12)
    linked = explore(f"#gate-explorer?{urlencode(GateExplorer.presets[preset])}")
    assert shown(linked) == shown(page)


def test_hostile_addresses_do_nothing(explore):
    page = explore("#gate-explorer?f_b=9&x=1e1&c=<img src=x onerror=throw(1)>&h=NaN&__proto__=1")
    assert shown(page) == pytest.approx(computed(), abs=1e-12)


def test_a_finger_scrolls_the_page_and_hits_every_number(explore):
    page = explore(width=360, has_touch=True)
    assert overflow(page) == []
    ui = page.locator(".lstm-gate-explorer")
    assert too_small(ui) == []
    assert in_the_way(ui) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(explore, theme, width):
    page = explore(theme=theme, width=width, reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_role("button", name="overwrite").click()
    number(page, "weight U of the candidate").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert violations(page) == []
    assert overflow(page) == []


def test_without_motion_all_is_drawn_at_once(explore):
    page = explore(reduced_motion="reduce")
    steps = """() => {
        const level = document.querySelector('.lstm-curve[data-tone="i"] .level');
        const heights = [];
        document.querySelector(".lstm-presets button").click();
        heights.push(level.getAttribute("height"));
        return new Promise((done) =>
            setTimeout(() => done([...heights, level.getAttribute("height")]), 400));
    }"""
    at_once, later = page.evaluate(steps)
    assert at_once == later


def test_its_module_moves_with_a_kernel(explore):
    figure = GateExplorer()
    found = driven(explore(), figure, {"f_b": -6}, ".lstm-presets button")
    assert float(found["shown"]["c"]) == pytest.approx(computed(f_b=-6)["c"], abs=1e-12)
    (saved,) = found["saved"]
    assert saved == {**figure.state(), "f_b": 6, "i_b": -6, "name": "live"}
    assert found["left"] == [0, 0]
