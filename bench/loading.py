"""How a page loads: what it fetches, when it paints, when its figure works, what holds it up."""

import time
from contextlib import contextmanager
from typing import NamedTuple

#: How long a page may take before it counts as broken, in seconds.
PATIENCE = 60

#: Stands in the page before anything of it. A figure works when its controls stand.
WATCH = """(() => {
    const seen = { tasks: [], working: 0 };
    globalThis.lstmSeen = seen;
    new PerformanceObserver((list) => {
        for (const task of list.getEntries()) seen.tasks.push(task.duration);
    }).observe({ type: "longtask", buffered: true });
    const live = document.getElementsByClassName("lstm-ui");
    const look = new MutationObserver(() => {
        if (live.length === 0) return;
        seen.working = performance.now();
        look.disconnect();
    });
    look.observe(document, { childList: true, subtree: true });
})()"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
#: Only then has the browser reported all long tasks.
REST = "() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 50)))"


class Load(NamedTuple):
    """How a page loaded; times in milliseconds since it was asked for.

    Attributes
    ----------
    requests : int
        How many files it fetched.
    bytes : int
        What they are together, decoded.
    models : int
        How much of it is networks and recorded trainings.
    paint : float
        First contentful paint.
    working : float
        When the first figure could be used; 0 on a page without one.
    longest : float
        The longest task of the page's thread; 0 where none took 50 ms.
    """

    requests: int
    bytes: int
    models: int
    paint: float
    working: float
    longest: float


@contextmanager
def opened(browser, address, *, figure=None, slower=1):
    """Open a page with an empty cache, wait until it rests, and yield its `Visit`.

    Parameters
    ----------
    browser
        Where.
    address : str
        Of the page.
    figure : str, optional
        The name of a figure that the address leads to; until it works the page is not at rest.
    slower : float
        By how much the processor is held back.

    Raises
    ------
    TimeoutError
        The page does not come to rest.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    visit = Visit(page, session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{address}#{figure}?" if figure else address, timeout=1000 * PATIENCE)
    visit.rest(figure)
    yield visit
    context.close()


class Visit:
    """A page that is open, and what it has fetched so far.

    Parameters
    ----------
    page, session
        From Playwright: the page, and a session of the browser's protocol with it.
    """

    def __init__(self, page, session):
        self.page = page
        self.files, self.unanswered = {}, set()
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.dataReceived", self._came)
        session.on("Network.loadingFinished", self._ended)
        session.on("Network.loadingFailed", self._ended)
        session.send("Network.enable")

    def _asked(self, event):
        url = event["request"]["url"]
        if url.startswith("http"):
            self.files[event["requestId"]] = (url, 0)
            self.unanswered.add(event["requestId"])

    def _came(self, event):
        if event["requestId"] in self.files:
            url, size = self.files[event["requestId"]]
            self.files[event["requestId"]] = (url, size + event["dataLength"])

    def _ended(self, event):
        self.unanswered.discard(event["requestId"])

    def rest(self, figure=None):
        """Wait until nothing is on its way any more, and until that figure works."""
        deadline = time.monotonic() + PATIENCE
        while self.unanswered or (figure and not self.page.evaluate("lstmSeen.working")):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.page.url} does not come to rest")
            self.page.wait_for_timeout(30)
        self.page.evaluate("document.fonts.ready")
        self.page.evaluate(REST)

    def so_far(self):
        """Return the `Load` of the page, up to now."""
        seen, paint = self.page.evaluate("lstmSeen"), self.page.evaluate(PAINT)
        return Load(
            len(self.files),
            sum(size for _, size in self.files.values()),
            sum(size for url, size in self.files.values() if "/lstm/models/" in url),
            paint,
            seen["working"],
            max(seen["tasks"], default=0),
        )
