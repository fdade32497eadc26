"""The page on semantic roles: its tagger is asked of another verb, and agrees with NumPy."""

import numpy as np
import pytest
from looking import figure, overflow, until, violations

from lstm_edu import exported

PAGE = "book/6_applications/3_roles"
TOLD = "words => document.querySelector('#live .lstm-tagger').innerText.includes(words)"
ANSWER = "() => document.querySelector('#live .lstm-tagger').dataset.answer"


def agrees(page, text, marked, word):
    """Compare what the figure says of a word with NumPy."""
    expected = exported.load("roles").answers(text, marked=marked)[word]
    found = np.array(page.evaluate(ANSWER).split(), float)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_the_page_at_work(open_page):
    page = open_page(PAGE)
    said = page.locator("main").inner_text()
    assert "Not better than a rule" in said[:900]
    assert "CC BY-SA 4.0" in said
    table = page.locator("table.lstm-results")
    assert "best" in table.get_by_role("row", name="preposition").inner_text()
    live = figure(page, "live")
    assert live.locator(".lstm-tagger-gold").is_visible()
    text = "Luc pense que Marie a mangé une pomme dans la cuisine."
    page.get_by_role("link", name="the hammer broke the window").click()
    until(page, TOLD, "Instrument")
    agrees(page, "Le marteau a cassé la fenêtre", 3, 1)
    for link, marked, word in (("who thinks what?", 1, 0), ("who ate what, and where?", 5, 7)):
        page.get_by_role("link", name=link).click()
        until(page, f"() => location.hash.endsWith('marked={marked}&time={word}')")
        until(page, TOLD, "cuisine")
        agrees(page, text, marked, word)
    words = live.locator(".lstm-tagged").first.locator(".lstm-tagged-word")
    words.nth(1).click()
    page.mouse.move(5, 5)  # what is under it is looked at, and a new bracket moves the words
    agrees(page, text, 1, 1)
    live.locator("textarea").fill("Le zorglub a vendu trois livres à Marie")
    assert "zorglub" in live.inner_text()
    words.nth(3).click()
    page.mouse.move(5, 5)
    agrees(page, "Le zorglub a vendu trois livres à Marie", 3, 3)
    question = page.locator("#q-split")
    question.get_by_role("button", name="Higher").click()
    assert "whether your users will bring new verbs" in question.inner_text()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_everyone_can_read_it(open_page, theme, width):
    page = open_page(PAGE, theme=theme, width=width)
    assert overflow(page) == []
    assert violations(page, within=".lstm-figure") == []
