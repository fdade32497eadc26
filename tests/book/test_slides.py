"""Slides, as a teacher shows them."""

import pytest
from building import ROOT
from looking import figure, overflow, until, violations
from lstm_book.slides import write

REVEAL = ROOT / "js" / "node_modules" / "reveal.js"
NOW = "Reveal.getIndices().h"


@pytest.fixture(scope="module")
def decks(book):
    """The slides of each chapter, by its name."""
    return {path.stem: path for path in write(book, REVEAL)}


@pytest.fixture
def show_slides(open_page, decks):
    def open_(name, **how):
        page = open_page(f"slides/{name}", mount=False, **how)
        until(page, "typeof Reveal !== 'undefined' && Reveal.isReady()")
        return page

    return open_


def test_each_chapter_has_slides_and_each_slide_a_heading(decks, book):
    chapters = {path.stem for path in (book / "book").glob("[0-9]_*.html")}
    assert set(decks) == chapters
    for path in decks.values():
        text = path.read_text("utf-8")
        assert text.count("<section>") == text.count("<div class=slide>") > 3
        assert "$" not in text.partition("<body>")[0]


@pytest.mark.parametrize("files", [False, True], ids=["http", "file"])
def test_keys_turn_the_slides_and_show_the_text(show_slides, files):
    page = show_slides("4_mathematics", files=files)
    assert page.get_by_role("heading", level=1).is_visible()
    last = page.evaluate("Reveal.getTotalSlides()") - 1
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.evaluate(NOW) == 3
    notes = page.locator("section.present .notes")
    assert notes.get_attribute("open") is None
    page.keyboard.press("t")
    assert notes.get_attribute("open") is not None
    page.wait_for_load_state("networkidle")
    page.reload()
    until(page, f"typeof Reveal !== 'undefined' && Reveal.isReady() && {NOW} === 3")
    page.keyboard.press("End")
    assert page.evaluate(NOW) == last


def test_a_figure_moves_on_its_slide_and_keeps_the_arrow_keys(show_slides):
    page = show_slides("2_concepts")
    page.keyboard.press("ArrowRight")
    unit = figure(page, page.locator("section.present .lstm-figure").get_attribute("id"))
    knob = unit.get_by_role("slider").first
    knob.wait_for()
    before = unit.inner_text()
    knob.focus()
    page.keyboard.press("ArrowRight")
    assert unit.inner_text() != before
    assert page.evaluate(NOW) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_read_them(show_slides, theme):
    page = show_slides("2_concepts", theme=theme, width=1280, height=720)
    for number in (0, 1, 3, 5):
        page.evaluate("number => Reveal.slide(number)", number)
        page.wait_for_timeout(100)
        assert violations(page) == []
        assert overflow(page) == []
