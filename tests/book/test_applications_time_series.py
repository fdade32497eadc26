"""The page on electricity demand: its forecaster answers to a bent past, its record stands."""

import re

from looking import figure, until, violations

PAGE = "book/6_applications/7_time_series"


def expected(page):
    """Return what the network expects of the next 24 hours, as the figure says it."""
    return page.evaluate(
        "() => document.querySelector('#forecast .lstm-live')"
        ".textContent.match(/expects ([^ ]+)/)[1]"
    )


def test_the_page_at_work(open_page):
    page = open_page(PAGE)
    first = page.locator("main p").nth(1).inner_text()
    assert "does not win" in page.locator("main").inner_text()[:1200], first
    table = page.locator("table.lstm-results")
    assert table.count() == 2
    assert "best" in table.first.get_by_role("row", name="linear autoregression").inner_text()
    before = expected(page)
    page.get_by_role("link", name="a hot evening").click()
    until(page, "() => location.hash.includes('bends=12,8,4')")
    until(
        page,
        "before => !document.querySelector('#forecast .lstm-live').textContent"
        ".includes(`expects ${before} `)",
        before,
    )
    assert float(expected(page)) > float(before)
    page.get_by_role("link", name="Undo it").click()
    until(
        page,
        "before => document.querySelector('#forecast .lstm-live').textContent"
        ".includes(`expects ${before} `)",
        before,
    )
    page.get_by_role("link", name="show what came").click()
    shown = figure(page, "forecast")
    shown.get_by_role("button", name=re.compile("Hide")).wait_for()
    gates = figure(page, "gates")
    gates.get_by_role("button", name="Unit below").click()
    assert violations(page, within=".lstm-figure") == []
