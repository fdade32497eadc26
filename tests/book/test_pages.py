"""Every page of the book, as a reader meets it."""

import pytest
from building import toc
from looking import WINDOW, overflow, until, violations
from opening import mount_figures, pages

LIGHT_ENOUGH = 1_200_000  # bytes, decoded, without the models
PAGES = [*toc(), "search"]
#: The page and all that it loaded, each with its size, decoded.
LOADED = """["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .map(({ name, decodedBodySize }) => [name, decodedBodySize])"""
#: Whether the figures stand that begin unasked: those in view or near it.
AT_REST = """[...document.querySelectorAll(".lstm-figure:not(.lstm-mounted)")]
    .every((figure) => figure.getBoundingClientRect().top > innerHeight + 600)"""

every_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module", params=PAGES)
def opened(request, browser, book, site):
    """A page over http, opened once for all that is asked of it; and what it loads unasked."""
    with pages(browser, book, site) as open_:
        page = open_(request.param, mount=False, fresh=True, reduced_motion="reduce")
        page.evaluate("document.fonts.ready")
        until(page, AT_REST)
        loaded = dict(page.evaluate(LOADED))
        mount_figures(page)
        yield page, loaded


@pytest.fixture(scope="module")
def page(opened):
    """The page alone, with every figure on it mounted."""
    return opened[0]


def by(page, theme):
    """Wait until the page shows itself so."""
    page.emulate_media(media="screen", color_scheme=theme)
    until(page, f"document.documentElement.dataset.theme === '{theme}'")


def assert_whole(page):
    """All is there; that the console is quiet and no other host is asked, `pages` asserts."""
    live, figures = page.locator(".lstm-figure.lstm-mounted"), page.locator(".lstm-figure")
    assert live.count() == figures.count()
    assert page.locator(".lstm-message:visible").count() == 0
    assert page.locator(".lstm-fallback:visible").count() == 0
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"STIX Two Text\"')")
    assert page.evaluate("[...document.fonts].filter(face => face.status === 'error').length") == 0


def test_page_is_whole(page):
    assert_whole(page)


def test_page_is_light(opened, request, record_property):
    _, sizes = opened
    total = sum(size for url, size in sizes.items() if "/lstm/models/" not in url)
    record_property(f"weight {request.node.callspec.params['opened']}", round(total / 1000))
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert min(sizes.values()) > 0, "of another host no size is told"
    assert total <= LIGHT_ENOUGH, heaviest


def test_axe_finds_no_violation_by_day_and_by_night(page):
    by(page, "light")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    by(page, "dark")
    assert violations(page, rules=WINDOW) == []


def test_page_does_not_scroll_sideways(page):
    for width in (1280, 1024, 768, 390, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == [], width


def test_page_prints_by_day_with_pictures_for_figures(page):
    by(page, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    until(page, "document.documentElement.dataset.theme === 'light'")
    assert page.locator(".lstm-live:visible").count() == 0
    shown = page.locator(".lstm-fallback > *:visible").count()
    assert shown == page.locator(".lstm-figure").count()
    assert not page.locator(".book-side").is_visible()
    by(page, "light")


@every_page
def test_page_is_whole_from_the_file_system(open_page, name):
    assert_whole(open_page(name, files=True))


@every_page
def test_page_works_without_javascript(open_page, name):
    page = open_page(name, java_script_enabled=False)
    assert page.locator("main h1").is_visible()
    assert page.locator(".book-chapters").is_visible()
    for picture in page.locator(".lstm-fallback img").all():
        assert picture.is_visible()
        assert picture.bounding_box()["width"] > 300
    page.set_viewport_size({"width": 390, "height": 900})
    assert not page.locator(".book-chapters").is_visible()
    page.get_by_role("button", name="Contents").click()
    assert page.locator(".book-chapters").is_visible()
