"""What the pages point at: it is there, and pictures say what they show."""

import re
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from building import toc

PAGES = [*toc(), "search"]


@cache
def soup(path):
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@cache
def anchors(path):
    return {element["id"] for element in soup(path).find_all(id=True)}


@cache
def figures(path):
    return {element["id"] for element in soup(path).select(".lstm-figure[id]")}


@pytest.mark.parametrize("name", PAGES)
def test_internal_links_resolve(book, name):
    page = book / f"{name}.html"
    lost = []
    for element in soup(page).find_all(["a", "link", "script", "img", "use"]):
        address = element.get("href") or element.get("src") or ""
        parts = urlsplit(address)
        if parts.scheme or not address:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not target.is_file():
            lost.append(address)
        elif "?" in parts.fragment:
            if parts.fragment.partition("?")[0] not in figures(target):
                lost.append(f"{address} names no figure")
        elif parts.fragment and unquote(parts.fragment) not in anchors(target):
            lost.append(f"{address} names no place")
    assert lost == []


@pytest.mark.parametrize("name", PAGES)
def test_pictures_say_what_they_show(book, name):
    for image in soup(book / f"{name}.html").find_all("img"):
        alt = image.get("alt", "")
        assert len(alt.split()) >= 4, f"{alt!r} is no description of {image.get('src', '')[:80]}"
        assert not re.search(r"\.(svg|png|jpe?g)$|^Picture:|^_images", alt)


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique(book, name):
    ids = [element["id"] for element in soup(book / f"{name}.html").find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", toc())
def test_page_loads_the_figures_only_where_there_are_some(book, name):
    page = soup(book / f"{name}.html")
    scripts = [script["src"] for script in page.find_all("script", src=True)]
    assert any("page.js" in source for source in scripts) == bool(page.select(".lstm-figure"))


def test_first_address_leads_to_the_first_page(book):
    assert f"url={toc()[0]}.html" in (book / "index.html").read_text("utf-8")
