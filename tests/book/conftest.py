"""A browser that looks at the built book.

A test asks for ``open_page`` and says which page, how wide, by day or by night::

    def test_something(open_page):
        page = open_page("book/3_algorithm", theme="dark", width=390)
        figure(page, "stepper").get_by_role("button", name="Next").click()

What comes back is a Playwright page with every figure on it mounted. When the test ends, the page
must have logged no error, missed no file and asked no other host for anything, whatever the test
was about. ``looking`` holds what tests ask of a page (``figure`` is from there). Other
fixtures: ``book`` (the folder of the built pages), ``site`` (their address on
loopback), ``browser`` (the Chromium that all tests of a process share), ``show``
(opens figures outside the book).
"""

import os
import sys

import pytest
from browsers import HOW, NONE, find_browser, options
from building import ROOT, built
from hosting import hosted
from opening import pages
from playwright.sync_api import sync_playwright
from single import opener

sys.path.append(str(ROOT / "book" / "_ext"))


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The folder of the built pages."""
    base = tmp_path_factory.getbasetemp()
    try:
        return built(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    except (RuntimeError, TimeoutError) as failure:
        pytest.fail(str(failure), pytrace=False)


@pytest.fixture(scope="session")
def site(book):
    """The address of the built pages on loopback, without a slash at its end."""
    with hosted(book) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """An installed Chromium; without one the test is skipped, or fails under REQUIRE_BROWSER=1."""
    path = find_browser()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(HOW, pytrace=False)
        pytest.skip(NONE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=options())
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, book, site):
    """A function that opens a page of the book; ``pages`` says how."""
    with pages(browser, book, site) as open_:
        yield open_


@pytest.fixture
def show(browser, tmp_path):
    """A function that opens a page with these figures alone; ``single.opener`` says how else."""
    with opener(browser, tmp_path) as open_:
        yield lambda *figures, state="", **how: open_(state, figures=figures, **how)


def pytest_terminal_summary(terminalreporter):
    """Say loudly that nobody looked; how heavy the pages are, and how long a move takes."""
    write = terminalreporter.write_line
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    if any(NONE in str(getattr(report, "longrepr", "")) for report in reports):
        terminalreporter.write_sep("!", "NO BROWSER", red=True, bold=True)
        write(HOW, red=True, bold=True)
    told = [told for report in reports for told in getattr(report, "user_properties", ())]
    for name, kilobytes in sorted({pair for pair in told if pair[0].startswith("weight ")}):
        write(f"{name.removeprefix('weight ')}: {kilobytes} kB decoded, without its models")
    for _, line in sorted({pair for pair in told if pair[0].startswith("table ")}):
        write(line)
