"""The page on characters: the network writes on, and the units found are where it says."""

from looking import figure, overflow, until, violations

PAGE = "book/6_applications/8_characters"


def test_the_page_at_work(open_page):
    page = open_page(PAGE)
    assert "Counting beats it" in page.locator("main").inner_text()[:1000]
    live = figure(page, "live")
    field = live.get_by_role("textbox", name="Type anything")
    before = field.input_value()
    page.get_by_role("link", name="timid").click()
    until(page, "() => location.hash === '#live?temperature=0.2'")
    live.get_by_role("button", name="Write on", exact=True).click()
    until(
        page,
        "before => document.querySelector('#live textarea, #live input[type=text]').value.length"
        " > before + 5",
        len(before),
    )
    page.get_by_role("link", name="unit 124").click()
    heat, step = figure(page, "heat"), figure(page, "step")
    until(page, "() => /124/.test(document.querySelector('#step .lstm-live').textContent)")
    assert "124" in heat.inner_text()
    page.get_by_role("link", name="what resets it").click()
    pressed = step.get_by_role("button", name="2 forget gate")
    until(page, "() => location.hash.startsWith('#step')")
    assert pressed.get_attribute("aria-pressed") == "true"
    assert violations(page) == []


def test_the_page_at_night_on_a_phone(open_page):
    page = open_page(PAGE, theme="dark", width=390)
    assert overflow(page) == []
    assert violations(page) == []
