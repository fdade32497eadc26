import re

import pytest
from small import results

from lstm_edu.results import Collection, collection, load, names, outcomes, overview, save, store


@pytest.fixture
def two(monkeypatch, tmp_path):
    """Two records of a page and one of another, in place of those that come along."""
    other = [("small_extra", "7_small"), ("small", "7_small"), ("first", "4_first")]
    for name, page in other:
        save(results(name=name, page=page, title=f"On {name} & more"), tmp_path)
    files = {path.stem: path for path in tmp_path.glob("*.json")}
    monkeypatch.setattr(store, "_files", lambda: files)
    return tmp_path


def test_records_come_in_the_order_of_their_pages_and_the_pages_own_first(two):
    assert names() == ["first", "small", "small_extra"]
    found = collection.by_page()
    assert [[each.name for each in several] for several in found.values()] == [
        ["first"],
        ["small", "small_extra"],
    ]


def test_the_overview_links_to_the_pages_that_are_there(two):
    (two / "7_small.ipynb").touch()
    lines = overview(two).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("- **6.4 On first & more.** How much? **The network loses.** GRU")
    assert lines[1].startswith("- **[6.7 On small & more](7_small.ipynb).** How much?")
    assert lines[2].startswith("  - On small_extra & more: How much? **The network loses.**")
    assert outcomes() == {"wins": 0, "level": 0, "loses": 3}


def test_the_collection_shows_all_with_seconds_and_licences(two):
    html = Collection()._repr_html_()
    assert html.count("<table") == html.count("<h2>") == 3
    assert "On first &amp; more" in html
    assert html.count("Licence: MIT") == html.count(">seconds</th>") == 3
    assert str(Collection()).count("loses to a straight line") == 3


def test_every_record_that_comes_along_is_in_both():
    html, listed = Collection()._repr_html_(), overview()
    for each in map(load, names()):
        assert f'id="results-{each.name}"' in html
        assert str(each.verdict()) in listed
    assert len(re.findall("<section", html)) == len(names())


def test_every_page_of_a_record_is_one_of_the_nine():
    assert {load(name).page for name in names()} <= set(collection.PAGES)
