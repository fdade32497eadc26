"""The overview of chapter 6 and the page of all results: every record is on both."""

import pytest

from lstm_edu import results


def text(locator):
    """Return the text of an element, with plain spaces in place of those that hold together."""
    return " ".join(locator.inner_text().split())


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_all_results_on_one_page(open_page, theme, width):
    page = open_page("book/6_applications/results", theme=theme, width=width)
    tables = page.locator("table.lstm-results")
    assert tables.count() == len(results.names())
    for name in results.names():
        section = page.locator(f"#results-{name}")
        record = results.load(name)
        assert str(record.verdict()) in text(section)
        assert section.locator("tbody tr").count() == len(record.rows)


def test_the_overview_leads_to_the_pages(open_page):
    page = open_page("book/6_applications/0_overview", width=390)
    said = text(page.locator("main"))
    for name in results.names():
        assert str(results.load(name).verdict()) in said
    page.locator("main").get_by_role("link", name="6.7 Time series").click()
    page.wait_for_url("**/7_time_series.html")
