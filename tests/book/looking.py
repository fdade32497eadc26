"""What tests ask of a page."""

import json
import time

from building import ROOT

AXE = ROOT / "js" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 15  # seconds
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: What can change with the theme and with the width; all else is the same in any window.
WINDOW = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]


def figure(page, name):
    """Return the locator of a live figure by its name."""
    return page.locator(f"#{name} .lstm-live")


def until(page, expression, argument=None):
    """Wait until an expression, or a function of the argument, is true in the page.

    Playwright's own `wait_for_function` is code that comes from a text, which the pages' policy
    refuses.
    """
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(expression, argument):
        assert time.monotonic() < deadline, f"never true: {expression}"
        page.wait_for_timeout(30)


def violations(page, axe=AXE, *, rules=None, within=None):
    """Return what axe finds against WCAG A and AA, one short line for each element.

    Parameters
    ----------
    page
    axe : Path
    rules : list of str, optional
        Only these.
    within : str, optional
        A selector; the whole page without it.
    """
    if page.evaluate("typeof axe") == "undefined":
        # Not as a script of the page, which the page's own policy would refuse.
        page.evaluate(axe.read_text("utf-8"))
    only = AXE_RULES if rules is None else {"type": "rule", "values": rules}
    options = json.dumps({"runOnly": only, "resultTypes": ["violations"]})
    where = "document" if within is None else json.dumps(within)
    found = page.evaluate(f"axe.run({where}, {options}).then(({{ violations }}) => violations)")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in found
        for node in violation["nodes"]
    ]


def only(page, selector):
    """Take out of a page all but an element and what it stands in.

    Wherever axe is told to look, it finds out what lies behind what on the whole page first.
    """
    page.evaluate(
        """selector => {
            let kept = document.querySelector(selector);
            for (; kept !== document.body; kept = kept.parentElement)
                for (const other of [...kept.parentElement.children])
                    if (other !== kept) other.remove();
        }""",
        selector,
    )


def overflow(page):
    """Return what sticks out of the window at its right, of the elements that nothing clips."""
    return page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.body.querySelectorAll("*")]
                .filter((element) => element.getBoundingClientRect().right > wide + 1)
                .map((element) => `${element.tagName}.${element.getAttribute("class")}`);
        }"""
    )


def too_small(shown, roles=("slider", "spinbutton", "button")):
    """Return which controls in a figure a finger would miss, by their labels or texts."""
    found = []
    for role in roles:
        for control in shown.get_by_role(role).all():
            box = control.bounding_box()
            if min(box["width"], box["height"]) < 24:
                found.append(control.get_attribute("aria-label") or control.text_content())
    return found


def in_the_way(shown):
    """Return the labels of what in a figure can be dragged and keeps a page from scrolling."""
    return [
        control.get_attribute("aria-label")
        for role in ("slider", "spinbutton")
        for control in shown.get_by_role(role).all()
        if control.evaluate("element => getComputedStyle(element).touchAction") != "pan-y"
    ]
