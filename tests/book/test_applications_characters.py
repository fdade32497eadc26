"""The page on characters: the network writes on, and the units found are where it says."""

from looking import figure, until, violations

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
    heat = figure(page, "heat")
    until(page, "() => /124/.test(document.querySelector('#heat .lstm-live').textContent)")
    page.get_by_role("link", name="what resets it").click()
    until(page, "() => location.hash.startsWith('#heat?gate=f')")
    assert heat.get_by_role("button", name="forget").get_attribute("aria-pressed") == "true"
    assert violations(page, within=".lstm-figure") == []
