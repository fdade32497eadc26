"""GateHeatmap in a browser: worked by hand, it shows NumPy's numbers."""

import re

import pytest
from looking import figure, overflow, violations
from repaint import FRAME, repaint
from single import assert_a_picture_stands

from lstm_edu import exported
from lstm_edu.colours import colours
from lstm_edu.figures import GateHeatmap
from lstm_edu.trace import Trace

LINE = "To be, or not to be: that is the question:"


@pytest.fixture(scope="module")
def trace():
    return exported.load("shakespeare").trace(LINE)


def heat(**traits):
    return GateHeatmap(
        "shakespeare", **({"text": LINE, "time": 21, "unit": 57, "name": "heat"} | traits)
    )


def cursor(page, name="heat"):
    """Return where the cursor says it stands: unit, time (from 0), value as written."""
    told = figure(page, name).get_by_role("slider").get_attribute("aria-valuetext")
    unit, time, value = re.fullmatch(r"unit (\d+), character (\d+) of .* ([−+.\d]+)", told).groups()
    return int(unit), int(time) - 1, value


def written(value, signed, digits=3):
    """Return a number as the figures write it."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return f"−{text}" if value < 0 else f"+{text}" if signed else text


def number(trace, quantity, unit, time, digits=3):
    return written(getattr(trace, quantity)[0, time, unit], quantity in "gch", digits)


def test_keys_read_off_numpys_numbers(show, trace):
    page = show(heat())
    shown = figure(page, "heat")
    shown.get_by_role("slider").focus()
    time, unit = 21, 57
    for key, by in {
        "ArrowRight": (1, 0),
        "ArrowDown": (0, 1),
        "ArrowUp": (0, -1),
        "End": (19, 0),
    }.items():
        page.keyboard.press(key)
        time, unit = time + by[0], unit + by[1]
        for quantity in Trace.quantities:
            page.keyboard.press(quantity)
            assert cursor(page) == (unit, time, number(trace, quantity, unit, time))
            reading = f"{quantity} = {number(trace, quantity, unit, time)}"
            assert shown.locator(".lstm-heat-reading").inner_text() == reading
    values = [number(trace, quantity, unit, time, 2) for quantity in Trace.quantities]
    assert shown.locator(".lstm-thumb-value").all_inner_texts() == values


@pytest.mark.parametrize("sort", ["index", "half-life"])
def test_a_click_and_a_drag_choose_the_cell_below_the_pointer(show, trace, sort):
    page = show(heat(sort=sort))
    box = figure(page, "heat").locator(".lstm-heat-cells").bounding_box()
    order = range(128) if sort == "index" else (-trace.half_life()).argsort(kind="stable").tolist()

    def point(time, row):
        x = box["x"] + (time + 0.5) * box["width"] / len(LINE)
        return x, box["y"] + (row + 0.5) * box["height"] / 128

    page.mouse.move(*point(3, 100))
    page.mouse.down()
    assert cursor(page) == (order[100], 3, number(trace, "f", order[100], 3))
    page.mouse.move(*point(30, 5), steps=4)
    page.mouse.up()
    page.mouse.move(*point(1, 1))
    assert cursor(page) == (order[5], 30, number(trace, "f", order[5], 30))


def test_the_buttons_step_through_the_rows_in_the_order_shown(show, trace):
    page = show(heat(sort="half-life"))
    shown = figure(page, "heat")
    order = (-trace.half_life()).argsort(kind="stable").tolist()
    shown.get_by_role("button", name="Unit below").click()
    assert cursor(page)[0] == order[order.index(57) + 1]
    for key, last in (("Unit above", order[0]), ("Unit below", order[-1])):
        box = shown.locator(".lstm-heat-cells").bounding_box()
        row = 0.5 if last == order[0] else 127.5
        page.mouse.click(box["x"] + 5, box["y"] + row * box["height"] / 128)
        assert cursor(page)[0] == last
        idle = {
            name: shown.get_by_role("button", name=name).get_attribute("aria-disabled")
            for name in ("Unit above", "Unit below")
        }
        assert idle == {name: "true" if name == key else None for name in idle}


def test_the_cells_have_the_colours_of_the_page_and_follow_its_theme(show, trace):
    page = show(heat(gate="f"))
    pixel = """([x, y]) => {
        const canvas = document.querySelector(".lstm-heat-cells");
        const across = Math.floor((x + 0.5) * canvas.width / 42);
        const down = Math.floor((y + 0.5) * canvas.height / 128);
        return [...canvas.getContext("2d").getImageData(across, down, 1, 1).data].slice(0, 3);
    }"""
    forget = trace.f[0]
    time, unit = divmod(int(forget.argmax()), 128)
    shut_time, shut = divmod(int(forget.argmin()), 128)
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        page.wait_for_timeout(100)
        for place, colour in {
            (time, unit): colours(theme).text["f"],
            (shut_time, shut): colours(theme).background,
        }.items():
            expected = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
            shown = page.evaluate(pixel, list(place))
            assert max(abs(a - b) for a, b in zip(shown, expected, strict=True)) <= 3


def test_a_typed_line_is_read_by_the_network(show):
    page = show(heat())
    shown = figure(page, "heat")
    field = shown.get_by_label("Type your own line")
    field.fill("O Romeo, Romeo!")
    own = exported.load("shakespeare").trace("O Romeo, Romeo!")
    assert cursor(page) == (57, 14, number(own, "f", 57, 14))
    field.fill("O Romeo 😀")
    assert "“😀”, character 9" in shown.get_by_role("alert").inner_text()
    assert cursor(page) == (57, 14, number(own, "f", 57, 14))
    shown.get_by_role("button", name="Original text").click()
    assert shown.get_by_role("alert").count() == 0
    assert cursor(page)[:2] == (57, 21)


def test_links_and_addresses_set_it(show, trace):
    prose = '<p><a href="#heat?time=5&unit=3&gate=c&sort=mean&evil=%3Cb%3E">look here</a></p>'
    page = show(heat(), prose=prose, state="#heat?time=7&gate=o")
    assert cursor(page) == (57, 7, number(trace, "o", 57, 7))
    page.get_by_text("look here").click()
    assert cursor(page) == (3, 5, number(trace, "c", 3, 5))
    page.go_back()
    assert cursor(page)[1] == 7


def test_a_hostile_address_is_only_text(show):
    page = show(
        heat(),
        state="#heat?time=1e9&unit=-1&gate=toString&text=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    )
    assert cursor(page)[:2] == (57, 21)
    assert "“<”, character 1" in figure(page, "heat").get_by_role("alert").inner_text()
    assert page.locator("main img:visible").count() == 0


def test_figures_of_a_group_move_together(show, trace):
    page = show(heat(group="g"), heat(group="g", name="other", gate="c"))
    figure(page, "heat").get_by_role("slider").focus()
    page.keyboard.press("Home")
    assert cursor(page, "other") == (57, 0, number(trace, "c", 57, 0))


@pytest.mark.parametrize("width", [1280, 390, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible_and_keeps_its_width(show, theme, width):
    page = show(heat(sort="half-life"), theme=theme, width=width)
    figure(page, "heat").get_by_label("Type your own line").fill("Ö")
    figure(page, "heat").get_by_text("Keys").click()
    assert overflow(page) == []
    assert violations(page) == []


def test_on_paper_and_without_javascript_its_picture_stands(show, browser):
    page = show(heat())
    assert_a_picture_stands(page, browser)


@pytest.mark.timing
def test_a_move_is_painted_within_a_frame(show, record_property):
    page = show(heat())
    sideways, up_and_down = (repaint(page, "#heat [role=slider]", keys) for keys in ("key", "bend"))
    milliseconds = max(sideways.median, up_and_down.median)
    record_property("repaint GateHeatmap", round(milliseconds, 1))
    assert milliseconds <= FRAME
