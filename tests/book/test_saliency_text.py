"""The SaliencyText in a page: worked by hand and by keys, and its numbers beside NumPy's."""

from urllib.parse import quote

import numpy as np
import pytest
from looking import figure, overflow, violations
from single import driven, opener

from lstm_edu import exported
from lstm_edu.figures import GateHeatmap, SaliencyText
from lstm_edu.saliency import saliency

LINE = "Alas, poor Yorick! I knew him, Horatio: a fellow of infinite jest,"
NETWORK = exported.load("shakespeare")


def text(**traits):
    return SaliencyText("shakespeare", **{"text": LINE, "time": 63, "name": "why"} | traits)


@pytest.fixture
def explain(browser, tmp_path):
    """A function that opens a page with a SaliencyText alone, from the file system."""
    with opener(browser, tmp_path, text()) as open_:
        yield open_


def add(page, folder, figure_html):
    """Put another figure below the first, and open the page again."""
    path = folder / "page.html"
    whole = path.read_text("utf-8").replace("</main>", figure_html + "</main>")
    path.write_text(whole, "utf-8")
    page.reload()


def data(page):
    return page.locator(".lstm-saliency").first.evaluate("element => ({...element.dataset})")


def shows(page, time, output, measure="product", line=LINE):
    """Hold what the figure shows against NumPy's gradients."""
    page.wait_for_function("document.querySelector('.lstm-saliency').dataset.reached === '0'")
    found = data(page)
    assert found["output"] == output
    expected = saliency(NETWORK, line, time, output, measure=measure)
    values = np.array(found["values"].split(), float)
    np.testing.assert_allclose(values, expected[: time + 1], rtol=0, atol=1e-10)
    p = NETWORK.answers(line)[time][NETWORK.labels.index(output)]
    assert float(found["p"]) == pytest.approx(p, abs=1e-12)


def likeliest(time, line=LINE):
    return NETWORK.top(line[: time + 1], 1)[0][0]


def test_pointing_shows_and_a_click_holds(explain):
    page = explain()
    shows(page, 63, likeliest(63))
    tokens = page.locator(".lstm-token")
    tokens.nth(21).hover()
    shows(page, 21, likeliest(21))
    page.locator("h1").hover()
    shows(page, 63, likeliest(63))
    tokens.nth(21).click()
    page.locator("h1").hover()
    shows(page, 21, likeliest(21))
    guess = page.locator(".lstm-guess").nth(2)
    third = NETWORK.top(LINE[:22], 3)[2][0]
    guess.hover()
    shows(page, 21, third)
    page.locator("h1").hover()
    shows(page, 21, likeliest(21))
    guess.click()
    tokens.nth(40).hover()
    shows(page, 40, third)


def test_the_tint_is_the_number(explain):
    page = explain()
    values = saliency(NETWORK, LINE, 63)
    sizes = page.locator(".lstm-token").evaluate_all(
        "cells => cells.map((cell) => [Number(cell.style.getPropertyValue('--size')),"
        " cell.dataset.sign])"
    )
    shares = np.abs(values) / np.abs(values).max()
    np.testing.assert_allclose([size for size, _ in sizes], shares, rtol=0, atol=5e-4)
    signs = ["negative" if value < 0 else "positive" for value in values]
    assert [sign for _, sign in sizes] == signs


def test_keys_alone_can_do_it(explain):
    page = explain()
    strip = page.get_by_role("slider", name="Text")
    strip.focus()
    page.keyboard.press("Home")
    for _ in range(17):
        page.keyboard.press("ArrowRight")
    shows(page, 17, likeliest(17))
    assert strip.get_attribute("aria-valuetext") == f"character 18 of {len(LINE)}, !"
    page.keyboard.press("ArrowDown")
    shows(page, 17, NETWORK.top(LINE[:18], 2)[1][0])
    for _ in range(2):
        page.keyboard.press("Tab")
    page.locator(".lstm-guess").first.focus()
    page.keyboard.press("q")
    shows(page, 17, "q")
    page.get_by_role("button", name="what really comes").press("Enter")
    shows(page, 17, LINE[18])
    page.get_by_role("button", name="size").press("Enter")
    shows(page, 17, LINE[18], "norm")
    page.get_by_role("button", name="Reset").press("Enter")
    shows(page, 63, likeliest(63))


def test_a_line_of_ones_own_and_one_that_it_cannot_read(explain):
    page = explain()
    field = page.get_by_label("Type your own line")
    field.fill("To be, or not to b")
    shows(page, 17, likeliest(17, "To be, or not to b"), line="To be, or not to b")
    field.fill("naïve")
    alert = page.locator(".lstm-saliency [role=alert]")
    assert "has never seen “ï”, character 3 of this text" in alert.text_content()
    field.fill("a" * 401)
    assert "401 characters; the figure reads 400 at most" in alert.text_content()
    shows(page, 17, likeliest(17, "To be, or not to b"), line="To be, or not to b")


def test_a_long_text_is_led_back_to_its_first_character(explain):
    page = explain()
    line = ((LINE + " ") * 6)[:400]
    page.get_by_label("Type your own line").fill(line)
    shows(page, 399, likeliest(399, line), line=line)


def test_links_and_hostile_addresses(explain):
    page = explain(f"#why?time=21&output=e&measure=norm&text={quote(LINE[:40])}")
    shows(page, 21, "e", "norm", LINE[:40])
    hostile = "#why?time=1e9&output=<img src=x onerror=throw(1)>&measure=x&text=%F0%9F%98%80"
    page = explain(hostile)
    shows(page, 63, likeliest(63))
    assert page.locator(".lstm-saliency img").count() == 0


def test_hostile_traits_are_told_and_the_page_goes_on(explain, tmp_path):
    page = explain()
    add(page, tmp_path, text(name="other").html().replace('"product"', '"<b>"'))
    assert "Its measure is “<b>”" in page.locator("#other [role=alert]").text_content()
    shows(page, 63, likeliest(63))


def test_figures_of_a_group_share_text_and_cursor(explain, tmp_path):
    page = explain()
    heat = GateHeatmap("shakespeare", text=LINE, time=63, name="heat", group="same")
    add(page, tmp_path, text(name="other", group="same").html() + heat.html())
    cursor = figure(page, "heat").get_by_role("slider").first
    cursor.wait_for()
    other = figure(page, "other")
    other.locator(".lstm-token").nth(30).click()
    assert "character 31 of" in cursor.get_attribute("aria-valuetext")
    page.mouse.move(0, 0)  # what the pointer rests on would be shown instead
    cursor.press("Home")
    assert other.get_by_role("slider").get_attribute("aria-valuenow") == "1"
    assert other.get_by_label("Type your own line").count() == 0
    shows(page, 63, likeliest(63))


def test_a_finger_can_do_it(explain):
    page = explain(width=360, has_touch=True)
    assert overflow(page) == []
    page.locator(".lstm-token").nth(30).tap()
    shows(page, 30, likeliest(30))
    page.locator(".lstm-guess").nth(1).tap()
    shows(page, 30, NETWORK.top(LINE[:31], 2)[1][0])
    for button in page.locator(".lstm-saliency button:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24, button.text_content()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(explain, theme, width):
    page = explain(theme=theme, width=width, reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_role("button", name="size").click()
    page.locator(".lstm-token").nth(50).click()
    page.get_by_label("Type your own line").fill("ï")
    assert violations(page) == []
    assert overflow(page) == []


def test_its_module_moves_with_a_kernel(explain):
    # A network that does not come with the package, so that the state holds its weights.
    own = SaliencyText(NETWORK.annotated(provenance={}), text=LINE, time=63)
    found = driven(explain(), own, {"time": 21}, ".lstm-guess:nth-of-type(2)")
    values = np.array(found["shown"]["values"].split(), float)
    np.testing.assert_allclose(values, saliency(NETWORK, LINE, 21)[:22], rtol=0, atol=1e-10)
    saved = found["saved"][-1]
    assert (saved["time"], saved["output"]) == (21, NETWORK.top(LINE[:22], 2)[1][0])
    assert found["left"] == [0, 0]
