"""What the benches that look at pages share with the tests: the book, built, and a browser."""

import sys
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "book"))


def built_book():
    """Return the folder of the book's pages; it is built where it is older than its sources."""
    from building import HTML, build, is_fresh

    if not is_fresh():
        tell("building the book")
        build()
    return HTML


@contextmanager
def chromium():
    """Yield the browser that the tests drive.

    Raises
    ------
    SystemExit
        None is installed; the message says how to install one.
    """
    from browsers import HOW, find_browser, options

    path = find_browser()
    if path is None:
        sys.exit(HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options())
        yield browser
        browser.close()


def tell(what):
    """Say on stderr what is being measured."""
    print(f"  {what}", file=sys.stderr, flush=True)
