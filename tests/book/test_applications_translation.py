"""The page on translation, and its Translator: worked by hand and by keys, its numbers NumPy's."""

import numpy as np
import pytest
from looking import figure, overflow, too_small, until, violations
from repaint import FRAME, MARGIN, repaint
from single import Module, assert_a_picture_stands, go, opener

from lstm_edu import translator
from lstm_edu.figures import Translator

PAGE = "book/6_applications/2_translation"
NAME = "translator"
WRITES = "text => document.querySelector('.lstm-translator-whole b').textContent === text"


@pytest.fixture(scope="module")
def network():
    return translator.load("chinese")


@pytest.fixture
def play(browser, tmp_path):
    """A function that opens a page with a Translator alone, from the file system."""
    with opener(browser, tmp_path, Translator("chinese", time=0)) as open_:
        yield open_


def agrees(page, network, text, beam, time=None, shown=None):
    """Compare what is shown, by the first translator of the page, with NumPy."""
    expected = network(text, beam)
    until(page, WRITES, expected.text)
    shown = shown or page
    data = shown.locator(".lstm-translator").evaluate("element => ({...element.dataset})")
    assert tuple(map(int, data["ids"].split())) == expected.ids
    found = np.array(data["attention"].split(), float)
    np.testing.assert_allclose(found, expected.weights.ravel(), rtol=0, atol=1e-12)
    strip = shown.get_by_role("slider", name="Token that is written")
    at = len(expected.ids) - 1 if time is None else time
    assert strip.get_attribute("aria-valuenow") == str(at + 1)
    p = expected.p[at, expected.ids[at]]
    said = shown.locator(".lstm-told-state").text_content()
    assert f"{p:.2f}" in said or p > 0.995 or p < 0.01
    looked = expected.source.pieces[int(expected.weights[at].argmax())]
    assert (looked if looked != translator.SPECIAL[1] else "end") in said


def test_it_translates_what_is_typed(play, network):
    page = play()
    agrees(page, network, "Open the file in a new tab", 1, time=0)
    page.locator(".lstm-type input").fill("Close all notebooks")
    agrees(page, network, "Close all notebooks", 1)
    page.get_by_role("button", name="4", exact=True).click()
    agrees(page, network, "Close all notebooks", 4)
    page.locator(".lstm-type input").fill("Show the Zyxwv panel")
    agrees(page, network, "Show the Zyxwv panel", 4)
    assert "“Zyxwv”" in page.locator(".lstm-translator-note").inner_text()
    assert page.locator(".lstm-translator-source [data-unknown]").inner_text() == "Zyxwv"
    page.locator(".lstm-type input").fill(" ")
    assert "no word" in page.get_by_role("alert").inner_text()
    agrees(page, network, "Show the Zyxwv panel", 4)
    page.get_by_role("button", name="Reset").click()
    agrees(page, network, "Open the file in a new tab", 1, time=0)
    assert page.locator(".lstm-translator-note").is_hidden()


def test_it_is_worked_by_keys_and_by_hand(play, network):
    text = "Open the file in a new tab"
    page = play()
    page.get_by_role("slider", name="Token that is written").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    agrees(page, network, text, 1, time=2)
    page.keyboard.press("End")
    agrees(page, network, text, 1)
    page.keyboard.press("5")
    agrees(page, network, text, 5)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()
    page.keyboard.press("Space")
    page.keyboard.press("1")
    matrix = page.get_by_role("slider", name="Row of the attention")
    canvas = page.locator(".lstm-attention canvas").bounding_box()
    rows = int(matrix.get_attribute("aria-valuemax"))
    high = canvas["height"] / rows
    page.mouse.move(canvas["x"] + 20, canvas["y"] + 1.5 * high)
    page.mouse.down()
    page.mouse.move(canvas["x"] + 30, canvas["y"] + 3.5 * high)
    page.mouse.up()
    agrees(page, network, text, 1, time=3)


def test_hostile_addresses_do_nothing(play, network):
    page = play(f"#{NAME}?beam=9&time=1e9&model=x&text=")
    agrees(page, network, "Open the file in a new tab", 1, time=0)
    go(page, NAME, "text=<img src=x onerror=throw(1)>&beam=2&time=9999")
    agrees(page, network, "<img src=x onerror=throw(1)>", 2)


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390), ("light", 360)])
def test_everyone_can_read_it(play, browser, theme, width):
    page = play(theme=theme, width=width, reduced_motion="reduce")
    go(page, NAME, "text=Show the Zyxwv panel&beam=3&time=2")
    page.get_by_text("Keys", exact=True).click()
    assert overflow(page) == []
    assert too_small(page.locator(".lstm-translator")) == []
    assert violations(page) == []
    if width == 1280:
        assert_a_picture_stands(page, browser)


def test_its_module_moves_with_a_kernel(play, network):
    page = play()
    # A translator that the package does not hold stands in the state itself.
    module = Module(page, Translator(network.annotated(scores={}), text="Open"))
    module.set(text="Close all", beam=2)
    whole = module.root.locator(".lstm-translator-whole b")
    assert whole.text_content() == network("Close all", 2).text
    module.click("button:text-is('4')")
    assert module.saved()[-1]["beam"] == 4
    assert module.end() == [0, 0]


@pytest.mark.timing
def test_a_move_is_painted_within_a_frame(play, record_property):
    page = play(reduced_motion="reduce")
    found = repaint(page, ".lstm-tokens")
    record_property("table repaint Translator", f"{'Translator':20} {found.median:5.1f} ms")
    assert found.median <= FRAME * MARGIN


def test_the_page_at_work(open_page, network):
    page = open_page(PAGE)
    assert "it loses" in page.locator("main").inner_text()[:1500]
    assert "BSD 3-Clause" in page.locator("main").inner_text()
    best = page.locator("table.lstm-results").first.get_by_role("row", name="beam of 4")
    assert "best" in best.inner_text()
    shown = figure(page, "live")
    agrees(page, network, "Restart the kernel and run all cells", 4, time=2, shown=shown)
    page.get_by_role("link", name="a word that it never learned").click()
    agrees(page, network, "Show the foobar panel", 1, shown=shown)
    assert "“foobar”" in shown.inner_text()
    assert violations(page, within=".lstm-figure") == []
