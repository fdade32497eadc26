"""Pages of the book, opened, with their figures mounted, and listened to."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from windows import lend, take_back


@contextmanager
def pages(browser, book, site):
    """Yield a function that opens pages of the book in lent windows; none may have complained.

    The function takes:

    name : str
        As in ``_toc.yml``; a state of a figure may follow: ``book/3_algorithm#stepper?time=3``.
    theme : {"light", "dark"}
    width, height : int
        Of the window, in CSS pixels.
    files : bool
        From the file system instead of over http.
    mount : bool
        Scroll to each figure and wait until it stands.
    fresh : bool
        With nothing in the browser's cache, as on a first visit: for who asks what a page loads.
    **context
        What else Playwright's ``new_context`` takes: ``java_script_enabled=False``,
        ``reduced_motion="reduce"``, ``has_touch=True`` …
    """
    opened = []

    def open_(
        name,
        *,
        theme="light",
        width=1280,
        height=900,
        files=False,
        mount=True,
        fresh=False,
        **context,
    ):
        window = {"width": width, "height": height}
        how = {"viewport": window, "color_scheme": theme, **context}
        page = lend(browser, **how)
        complaints = []
        opened.append((page, how, listen(page, complaints, site), complaints))
        if fresh:
            empty_cache(page)
        address, _, state = name.partition("#")
        root = book.as_uri() if files else site
        page.goto(f"{root}/{address}.html{'#' + state if state else ''}")
        if mount and page.evaluate("typeof lstmEdu") != "undefined":
            mount_figures(page)
        return page

    yield open_
    for page, how, heard, _ in opened:
        # With the page goes what it was still loading.
        page.remove_listener("requestfailed", heard.pop("requestfailed"))
        take_back(browser, page, **how)
        for event, hear in heard.items():
            page.remove_listener(event, hear)
    assert [complaint for *_, complaints in opened for complaint in complaints] == []


def listen(page, complaints, site):
    """Note what no page may do; return what listens, by its event."""

    def answered(response):
        if response.status >= 400:
            complaints.append(f"{response.status}: {response.url}")

    def said(message):
        if message.type in ("error", "warning"):
            complaints.append(f"console: {message.text}")

    def asked(request):
        parts = urlsplit(request.url)
        local = parts.scheme in ("data", "blob", "file", "about")
        if not local and f"{parts.scheme}://{parts.netloc}" != site:
            complaints.append(f"another host: {request.url}")

    heard = {
        "request": asked,
        "response": answered,
        "console": said,
        "pageerror": lambda error: complaints.append(f"error: {error}"),
        "requestfailed": lambda request: complaints.append(f"failed: {request.url}"),
    }
    for event, hear in heard.items():
        page.on(event, hear)
    return heard


def empty_cache(page):
    """Take out of a window's cache, on disk and in memory, what earlier pages have loaded."""
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.detach()


def mount_figures(page):
    """Scroll to each figure, as a reader does, until it is live; then back to where it was."""
    place = page.evaluate("scrollY")
    for root in page.locator(".lstm-figure").all():
        root.scroll_into_view_if_needed()
        root.locator(".lstm-live > *").first.wait_for(state="attached")
    page.evaluate("place => scrollTo(0, place)", place)
