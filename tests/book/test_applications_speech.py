"""The page on spoken digits: its listener answers to an edited recording, its record stands."""

from looking import figure, until, violations

PAGE = "book/6_applications/6_speech"
HEARS = "words => document.querySelector('#live .lstm-told-state').textContent.includes(words)"


def test_the_page_at_work(open_page):
    page = open_page(PAGE)
    begins = page.locator("main").inner_text()[:1200]
    assert "recordings in 600" in begins
    assert "a voice that nobody trained on" in begins
    assert "CC BY-SA 4.0" in page.locator("main").inner_text()
    table = page.locator("table.lstm-results")
    assert "best" in table.get_by_role("row", name="LSTM in both directions").inner_text()
    assert page.evaluate(HEARS, "hears “seven”")
    page.get_by_role("link", name="one played backwards").click()
    until(page, HEARS, "Said was “one”; the network hears “nine”")
    page.get_by_role("link", name="its middle is silent").click()
    until(page, HEARS, "Said was “eight”; the network hears “six”")
    page.get_by_role("link", name="a five").click()
    until(page, HEARS, "hears “five”")
    shown = figure(page, "live")
    shown.get_by_role("slider", name="How much of the other").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    until(page, HEARS, "hears “nine”")
    page.get_by_role("link", name="the input gates").click()
    until(page, HEARS, "Said was “six”; the network hears “six”")
    assert shown.locator("[aria-pressed=true]", has_text="input").count() == 1
    question = page.locator("#q-split")
    question.get_by_role("button", name="By speaker").click()
    assert "Here that is the voice" in question.inner_text()
    assert violations(page, within=".lstm-figure") == []
