"""The WordTagger in a page: typed into, asked about words by hand and by keys, beside NumPy."""

import sys

import numpy as np
import pytest
from building import ROOT
from looking import overflow, too_small, violations
from repaint import FRAME, MARGIN, TWO_FRAMES, repaint
from single import Module, assert_a_picture_stands, go, opener

from lstm_edu.figures import WordTagger

sys.path.append(str(ROOT / "tests" / "figures"))
from random_taggers import KEPT, tagger

NAME = "tagger"
EXAMPLES = (
    {"text": "Le chat dort.", "marked": 2, "gold": ["Agent", "Agent", "O", "O"]},
    "Le chat. Le zorglub dort.",
)
LONG = ("Le chat dort. Il ronfle, le zorglub! " * 40).strip()


def labels(**traits):
    return WordTagger(tagger(8), **{"examples": EXAMPLES, "name": NAME, "unit": 1} | traits)


def keeps(**traits):
    examples = [{"text": LONG, "reference": "Le chat dort."}]
    return WordTagger(tagger(9, KEPT), **{"examples": examples, "name": NAME, "best": 2} | traits)


@pytest.fixture
def show(browser, tmp_path):
    """A function that opens a page with a WordTagger alone."""
    with opener(browser, tmp_path, labels()) as open_:
        yield open_


def part(page, selector):
    return page.locator(f"#{NAME} {selector}")


def agrees(page, **traits):
    """Compare what is shown with NumPy: all labels at the cursor, and both directions there."""
    figure = labels(**traits)
    data = part(page, ".lstm-tagger").evaluate("element => ({...element.dataset})")
    answer = np.array(data["answer"].split(), float)
    np.testing.assert_allclose(answer, figure.answer(), rtol=0, atol=1e-12)
    network, inside = figure._network(), []
    step = figure.time + (figure.marked <= figure.time)
    for layer in network.cells:
        trace = network.trace(figure.text, layer, marked=figure.marked)
        at = trace.c.shape[1] - 1 - step if layer.endswith("backward") else step
        inside += [getattr(trace, name)[0, at, figure.unit] for name in "ifgoch"]
    found = np.array(data["inside"].split(), float)
    np.testing.assert_allclose(found, inside, rtol=0, atol=1e-12)
    brackets = part(page, ".lstm-tagged").first.locator(".lstm-tag:not([data-colour=none])")
    names = brackets.locator(".lstm-tag-name").all_inner_texts()
    assert names == [f"{span.label} {span.probability:.2f}" for span in figure.spans()]
    cursor = part(page, ".lstm-tagged [data-now]")
    assert cursor.get_attribute("data-word") == str(figure.time)


def test_its_numbers_are_numpys_by_hand_and_by_keys(show):
    page = show(height=1400)
    agrees(page)
    words = part(page, ".lstm-tagged").first.locator(".lstm-tagged-word")
    words.nth(1).click()
    agrees(page, marked=1, time=1)
    words.nth(3).hover()
    agrees(page, marked=1, time=3)
    page.mouse.move(5, 5)
    agrees(page, marked=1, time=1)
    part(page, "").get_by_role("button", name="backward").click()
    part(page, "textarea").fill("Le zorglub dort")
    agrees(page, text="Le zorglub dort", marked=1, time=2)
    assert "“zorglub”" in part(page, ".lstm-tagger-unknown").inner_text()
    part(page, "select").select_option("1")
    agrees(page, text=EXAMPLES[1], marked=0)
    page.get_by_role("button", name="Reset").click()
    agrees(page)
    assert part(page, ".lstm-tagger-gold").is_visible()

    strip = page.get_by_role("slider", name="Words of the text")
    strip.focus()
    for key in ("ArrowRight", "Enter", "End", "ArrowDown"):
        page.keyboard.press(key)
    agrees(page, marked=1, time=3, unit=2)
    assert strip.get_attribute("aria-valuetext").startswith("., word 4 of 4; ")
    for key in ("ArrowLeft", "Space", "Home"):
        page.keyboard.press(key)
    agrees(page, marked=2, time=0, unit=2)
    module = Module(page, labels())
    module.set(marked=0)
    module.click("[data-word='1']")
    assert module.saved()[-1]["marked"] == 1
    assert module.end() == [0, 0]


def test_it_keeps_what_numpy_keeps(show):
    page = show(figures=[keeps()])
    for setting in ({"select": "words"}, {"select": "sentences"}, {"threshold": 0.4}):
        go(page, NAME, "&".join(f"{name}={value}" for name, value in setting.items()))
        figure = keeps(**setting)
        if "threshold" in setting:
            part(page, "").get_by_role("button", name="by probability").click()
        kept = part(page, ".lstm-tagger").get_attribute("data-kept")
        assert kept == " ".join(map(str, figure.kept()))
        assert part(page, ".lstm-tagger-kept").first.inner_text() == figure.summary()
    part(page, "").get_by_role("slider", name="kept from").focus()
    page.keyboard.press("ArrowRight")
    kept = keeps(threshold=0.45).kept()
    assert part(page, ".lstm-tagger").get_attribute("data-kept") == " ".join(map(str, kept))
    go(page, NAME, "marked=2&select=<b>&best=99&text=<img src=x onerror=throw(1)>")
    assert part(page, ".lstm-live img").count() == 0


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_everyone_can_read_it(show, browser, theme, width):
    page = show(figures=[labels(), keeps(name="keeper")], theme=theme, width=width)
    assert overflow(page) == []
    page.locator("#keeper summary").first.click()
    page.get_by_text("Keys", exact=True).first.click()
    part(page, "textarea").fill("Le zorglub dort, le chat ronfle dort")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 900})
    assert overflow(page) == []
    for name in (NAME, "keeper"):
        assert too_small(page.locator(f"#{name} .lstm-live")) == []


def test_a_picture_stands_for_it(show, browser):
    assert_a_picture_stands(show(), browser)


@pytest.mark.timing
def test_a_cursor_move_is_painted_within_a_frame(show):
    """A text of 360 words, close to the longest that it reads, all units unfolded."""
    page = show(f"#{NAME}?time=200", figures=[keeps()], reduced_motion="reduce")
    part(page, "summary").first.click()
    found = repaint(page, f"#{NAME} .lstm-tagged", "key")
    assert found.median <= MARGIN * FRAME, found
    found = repaint(page, f"#{NAME} textarea", "type")
    assert found.median <= MARGIN * TWO_FRAMES, found
