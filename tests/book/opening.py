"""Pages of the book, opened, with their figures mounted, and listened to."""

from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def pages(browser, book, site):
    """Yield a function that opens pages of the book, and close them; none may have complained.

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
    **context
        What else Playwright's ``new_context`` takes: ``java_script_enabled=False``,
        ``reduced_motion="reduce"``, ``has_touch=True`` …
    """
    opened = []

    def open_(name, *, theme="light", width=1280, height=900, files=False, mount=True, **context):
        window = {"width": width, "height": height}
        context = browser.new_context(viewport=window, color_scheme=theme, **context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        complaints = []
        opened.append((context, complaints))
        listen(page, complaints, site)
        address, _, state = name.partition("#")
        root = book.as_uri() if files else site
        page.goto(f"{root}/{address}.html{'#' + state if state else ''}")
        if mount and page.evaluate("typeof lstmEdu") != "undefined":
            mount_figures(page)
        return page

    yield open_
    for context, _ in opened:
        context.close()
    assert [complaint for _, complaints in opened for complaint in complaints] == []


def listen(page, complaints, site):
    """Note what no page may do."""

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

    page.on("request", asked)
    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))


def mount_figures(page):
    """Scroll to each figure, as a reader does, until it is live; then back to where it was."""
    place = page.evaluate("scrollY")
    for root in page.locator(".lstm-figure").all():
        root.scroll_into_view_if_needed()
        root.locator(".lstm-live > *").first.wait_for(state="attached")
    page.evaluate("place => scrollTo(0, place)", place)
