"""The ForecastPlayground in a page: its past bent by hand and by keys, and its numbers NumPy's."""

import json

import numpy as np
import pytest
from looking import overflow, too_small, violations
from single import driven, go, opener

from lstm_edu import exported
from lstm_edu.figures import ForecastPlayground

NAME = "forecast-playground"
AT_ONCE = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@pytest.fixture
def play(browser, tmp_path):
    """A function that opens a page with a ForecastPlayground alone, from the file system."""
    with opener(browser, tmp_path, ForecastPlayground(now=624)) as open_:
        yield open_


def shown(page):
    """Return the exact past and forecast that the figure shows, and its bends."""
    data = page.locator(".lstm-forecast").evaluate("element => ({...element.dataset})")
    numbers = {name: np.array(data[name].split(), float) for name in ("past", "forecast")}
    return numbers | {"bends": data.get("bends", "none")}


def agrees(page, **traits):
    """Compare what is shown with NumPy."""
    figure, found = ForecastPlayground(**traits), shown(page)
    np.testing.assert_allclose(found["past"], figure.past, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found["forecast"], figure.forecasts["LSTM"], rtol=0, atol=1e-9)
    assert found["bends"] == figure.bends
    return figure


def grip(page):
    """Return where in the window the brush stands on the line."""
    box = page.locator(".lstm-forecast-plot circle").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pull(page, up, right=0):
    """Take hold of the line at the brush, and pull it."""
    page.locator(".lstm-forecast-plot").scroll_into_view_if_needed()
    x, y = grip(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y - up / 2)
    page.mouse.move(x + right, y - up)
    held = grip(page)
    page.mouse.up()
    return (x + right, y - up), held


def errors(page):
    return page.locator(".lstm-readings output").all_text_contents()


def test_its_forecasts_are_numpys(play):
    page = play()
    random = np.random.default_rng(0)
    model = exported.load("demand")
    for _ in range(20):
        bends = ";".join(
            f"{random.integers(1, 145)},{random.integers(1, 97)},{random.normal(0, 3):.3f}"
            for _ in range(random.integers(1, 5))
        )
        traits = {"now": int(random.integers(480, 1153)), "bends": bends, "brush": 20}
        go(page, NAME, f"now={traits['now']}&brush=20&bends={bends}")
        agrees(page, model=model, **traits)


def test_the_line_follows_the_hand_and_the_forecast_answers(play):
    page = play()
    before = shown(page)["forecast"]
    wanted, held = pull(page, up=40, right=-20)
    assert held == pytest.approx(wanted, abs=2.5)
    bends = shown(page)["bends"]
    at, width, height = map(float, bends.split(","))
    assert width == 8
    assert height > 1
    figure = agrees(page, now=624, bends=bends)
    assert np.abs(figure.forecasts["LSTM"] - before).max() > 0.02
    told = page.locator(".lstm-told-state").text_content()
    assert "than for the past as it was" in told
    again = pull(page, up=-30)
    assert again[1] == pytest.approx(again[0], abs=2.5)
    assert shown(page)["bends"].startswith(f"{bends};{at:g},8,-")


def test_a_drag_beside_the_line_bends_nothing(play):
    page = play()
    box = page.locator(".lstm-forecast-plot").bounding_box()
    # In the future, and above the first night.
    for across, down in ((0.8, 0.4), (0.08, 0.15)):
        x, y = box["x"] + across * box["width"], box["y"] + down * box["height"]
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 30, y + 30)
        page.mouse.up()
    assert shown(page)["bends"] == "none"


def test_the_brush_goes_where_the_pointer_is_on_the_line(play):
    page = play()
    x, y = grip(page)
    value = page.get_by_role("slider", name="Brush along the past").get_attribute
    assert value("aria-valuenow") == "-6"
    page.mouse.move(x - 6, y)
    page.mouse.move(x - 9, y)
    assert value("aria-valuenow") in ("-8", "-9")
    assert shown(page)["bends"] == "none"


def test_bends_are_undone_one_by_one_and_all_at_once(play):
    page = play()
    for up in (30, -20, 25):
        pull(page, up)
    bends = shown(page)["bends"].split(";")
    assert len(bends) == 3
    page.get_by_role("button", name="Undo bend").click()
    agrees(page, now=624, bends=";".join(bends[:2]))
    page.get_by_role("button", name="Reset").click()
    agrees(page, now=624)
    assert page.get_by_role("button", name="Undo bend").get_attribute("aria-disabled") == "true"


def test_keys_alone_can_do_it(play):
    page = play()
    page.get_by_role("slider", name="Brush along the past").focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    for _ in range(5):
        page.keyboard.press("]")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    bends = shown(page)["bends"]
    at, width, height = map(float, bends.split(","))
    assert (at, width) == (6 + 48 - 1, 13)
    assert height == pytest.approx(2.9 * 0.02 * 20.1, rel=0.1)
    agrees(page, now=624, bends=bends)
    page.keyboard.press("u")
    agrees(page, now=624)


def test_what_came_is_shown_when_asked(play):
    page = play()
    truth = page.locator(".lstm-forecast-plot path.truth")
    assert errors(page) == ["?", "?", "?"]
    assert not truth.get_attribute("d")
    page.get_by_role("button", name="Show what came").click()
    expected = ForecastPlayground(now=624).errors
    assert errors(page) == [f"{expected[name]:.2f} GW" for name in ("LSTM", "season", "same")]
    assert truth.get_attribute("d")
    page.keyboard.press("r")
    assert errors(page) == ["?", "?", "?"]


def test_another_day_is_chosen_among_those_held_out(play):
    page = play()
    date = page.locator(".lstm-forecast-date")
    assert "17 August 2000" in date.text_content()
    page.get_by_role("button", name="A day later").click()
    assert "18 August 2000" in date.text_content()
    agrees(page, now=672)
    earlier = page.get_by_role("button", name="A day earlier")
    for _ in range(4):
        earlier.click()
    assert "14 August 2000" in date.text_content()
    assert earlier.get_attribute("aria-disabled") == "true"
    agrees(page, now=480)
    go(page, NAME, "now=1152")
    assert "not known yet" in page.locator(".lstm-forecast").text_content()
    agrees(page, now=1152)


def test_hostile_addresses_do_nothing(play):
    page = play(f"#{NAME}?now=1e9&brush=0&bends=1,8,<img src=x onerror=throw(1)>&truth=1&model=x")
    agrees(page, now=624)
    go(page, NAME, "now=999999&bends=" + ";".join(["1,8,1"] * 41))
    agrees(page, now=624)
    go(page, NAME, "now=40000&brush=96")
    agrees(page, now=1152)


def test_a_finger_bends_the_line_and_scrolls_beside_it(play):
    page = play(width=360, has_touch=True)
    assert overflow(page) == []
    action = "element => getComputedStyle(element).touchAction"
    assert page.locator(".lstm-forecast-plot path.band").evaluate(action) == "none"
    assert page.locator(".lstm-forecast-plot").evaluate(action) == "auto"
    page.locator(".lstm-forecast-plot").scroll_into_view_if_needed()
    x, y = grip(page)
    session = page.context.new_cdp_session(page)
    for kind, up in (("touchStart", 0), ("touchMove", 20), ("touchMove", 40), ("touchEnd", None)):
        points = [] if up is None else [{"x": x, "y": y - up}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.evaluate(AT_ONCE)
    bends = shown(page)["bends"]
    assert float(bends.split(",")[2]) > 1
    agrees(page, now=624, bends=bends)
    assert too_small(page.locator(".lstm-forecast")) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(play, theme, width):
    page = play(theme=theme, width=width, reduced_motion="reduce")
    assert violations(page) == []
    go(page, NAME, "bends=14,12,4;60,20,-3&truth=shown&brush=30")
    page.get_by_text("Keys", exact=True).click()
    assert violations(page) == []
    page.locator(".lstm-slider .lstm-chip").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert "no width of the brush" in page.locator(".lstm-forecast [role=alert]").text_content()
    go(page, NAME, "now=1152")
    assert violations(page) == []
    assert overflow(page) == []


def test_its_module_moves_with_a_kernel(play):
    """As anywidget loads it: from a blob, with a model that others write to."""
    page = play()
    # A model that the package does not hold stands in the state itself.
    model = exported.load("demand").annotated(scores={})
    figure = ForecastPlayground(model, now=500, bends="5,8,2")
    assert "layers" in json.loads(json.dumps(figure.state()))["model"]
    found = driven(
        page, figure, {"bends": "9,8,-2", "truth": "shown"}, ".lstm-forecast .day button"
    )
    figure.bends = "9,8,-2"
    forecast = np.array(found["shown"]["forecast"].split(), float)
    np.testing.assert_allclose(forecast, figure.forecasts["LSTM"], rtol=0, atol=1e-9)
    assert found["saved"] == []  # a day earlier there is too little to read
    assert found["left"] == [0, 0]
