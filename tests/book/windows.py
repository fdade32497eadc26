"""Windows of the browser, lent to one test after another: one costs more than what it shows."""

from playwright.sync_api import Error

#: So many are kept that no test has: as many kinds as the tests of a file take turns with.
KEPT = 6
_kept = []
#: Takes out of a window what pages keep there: the colours that a reader chose, the slide.
FORGET = "try { localStorage.clear(); sessionStorage.clear(); } catch { /* it keeps nothing */ }"


def lend(browser, **how):
    """Return an empty page in a window of its own, new, or as good as new.

    Parameters
    ----------
    browser
        Where to open it.
    **how
        What Playwright's ``new_context`` takes.
    """
    kept = [page for kind, page in _kept if kind == kind_of(browser, how)]
    if kept:
        page = kept[0]
        _kept.remove((kind_of(browser, how), page))
    else:
        page = browser.new_context(**how).new_page()
    page.set_default_timeout(15_000)
    return page


def take_back(browser, page, **how):
    """Empty a window and keep it for the next test; close it where a test has left traces in it.

    Parameters
    ----------
    browser, **how
        As it was lent.
    page
        What ``lend`` returned.
    """
    try:
        page.evaluate(FORGET)
        # Another document: with the old one go its scripts, its workers and its state.
        page.goto("about:blank")
        page.mouse.up()
        page.mouse.move(0, 0)
        page.set_viewport_size(how["viewport"])
        page.emulate_media(
            media="null",
            color_scheme=how.get("color_scheme", "light"),
            reduced_motion=how.get("reduced_motion", "no-preference"),
        )
        whole = page.context.pages == [page]
    except Error:
        whole = False
    if whole:
        _kept.append((kind_of(browser, how), page))
        page = _kept.pop(0)[1] if len(_kept) > KEPT else None
    if page is not None:
        page.context.close()


def kind_of(browser, how):
    """Return what windows have in common of which one can stand for another."""
    return browser, repr(sorted(how.items()))
