"""What comes from an address, a paste or a model file is data, whatever it looks like."""

import json
from urllib.parse import quote

import pytest
from alone import write_body
from gallery import placed
from looking import figure, until
from single import tabs

TRAP = '<img src=x onerror="window.fallen = true"><script>window.fallen = true</script>'
BAD = [
    TRAP,
    "",
    "\U0001f600",
    "x" * 100_000,
    None,
    True,
    -1,
    2.5,
    1e308,
    [],
    [TRAP],
    {},
    {"format": TRAP, "layers": [TRAP], "vocabulary": [TRAP], "ref": TRAP},
]
#: What an engine says where the code has met what it did not expect.
PROGRAMMERS = ["is not iterable", "is not a function", "Cannot read", "of undefined", "of null"]
GALLERY = placed()
each_figure = pytest.mark.parametrize("shown", GALLERY, ids=lambda figure: figure.kind)


@pytest.fixture
def open_body(browser, tmp_path):
    """A function that opens a page with this body; no dialog, no error may come of it."""
    with tabs(browser) as tab:

        def open_(body, address=""):
            page = tab(width=800)
            page.set_default_timeout(30_000)  # there may be dozens of figures
            # All figures are made at once, not when they come into view.
            body = f"<script>delete window.IntersectionObserver</script>{body}"
            page.goto(write_body(tmp_path, body) + address)
            return page

        yield open_


def is_unharmed(page):
    """Tell whether nothing that was slipped in has become a part of the page."""
    return page.evaluate(
        "window.fallen === undefined"
        " && document.querySelector('.lstm-live img, .lstm-live script') === null"
    )


@each_figure
def test_a_figure_of_bad_state_says_so_and_the_others_live(open_body, shown):
    bad = [(key, value) for key in shown.state for value in BAD]
    body = [shown.html(f"bad-{k}", **{key: value}) for k, (key, value) in enumerate(bad)]
    page = open_body("".join(body) + shown.html("good"))
    figure(page, "good").locator("> *").first.wait_for(state="attached", timeout=60_000)
    until(page, f"document.querySelectorAll('.lstm-live > *').length > {len(bad)}")
    assert is_unharmed(page)
    assert figure(page, "good").locator("[role=alert]:visible").count() == 0
    said = page.evaluate(
        """() => [...document.querySelectorAll(".lstm-figure")].map((root) => {
            const message = root.querySelector(".lstm-live > .lstm-ui > .lstm-message");
            return message ? message.textContent : "";
        })"""
    )
    for (key, value), message in zip(bad, said, strict=False):
        slips = [slip for slip in PROGRAMMERS if slip in message]
        assert not slips, (key, value, message)
        assert len(message) < 400, (key, value)


@each_figure
def test_a_hostile_address_is_data(open_body, shown):
    values = [TRAP, "NaN", "1e999", "-1", "__proto__", "\U0001f600", "x" * 5000]
    page = open_body(shown.html())
    figure(page, shown.name).locator("> *").first.wait_for(state="attached")
    for value in values:
        keys = [*shown.state, "__proto__", "constructor", "toString"]
        query = "&".join(f"{key}={quote(value)}" for key in keys)
        page.evaluate("hash => { location.hash = hash }", f"{shown.name}?{query}")
        page.wait_for_timeout(30)
    assert is_unharmed(page)
    assert page.evaluate("({}).fallen === undefined")
    assert figure(page, shown.name).locator("> *").count() == 1
    assert json.loads(page.evaluate("JSON.stringify(Object.keys(Object.prototype))")) == []
