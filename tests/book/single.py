"""One figure alone in a page: opened as often as a test likes, and its module driven by hand."""

from contextlib import contextmanager

from alone import write_page
from building import ROOT
from looking import figure

from lstm_edu.figures.live import STATIC

AXE = ROOT / "js" / "node_modules" / "axe-core" / "axe.min.js"

#: As anywidget loads a module: from a blob, with a model that others write to. `kernel` sets a
#: trait from outside, `act` is pressed in the figure.
DRIVE = """async ([source, start, kernel, act]) => {
    const blob = new Blob([source], { type: "text/javascript" });
    const { default: widget } = await import(URL.createObjectURL(blob));
    const traits = { ...start, name: "live" }, heard = {}, saved = [];
    const model = {
        get: (name) => traits[name],
        set: (name, value) => { traits[name] = value; },
        save_changes: () => saved.push({ ...traits }),
        on: (event, hear) => { heard[event] = hear; },
        off: (event) => { delete heard[event]; },
    };
    const el = document.querySelector("main").appendChild(document.createElement("div"));
    const end = widget.render({ model, el, signal: new AbortController().signal });
    for (const [name, value] of Object.entries(kernel)) {
        traits[name] = value;
        heard[`change:${name}`]();
    }
    const shown = { ...el.querySelector(".lstm-ui").dataset };
    el.querySelector(act).click();
    end();
    return { shown, saved, left: [el.childNodes.length, Object.keys(heard).length] };
}"""


@contextmanager
def opener(browser, folder, shown):
    """Yield a function that opens a page with a figure alone; no error may come of it.

    Parameters
    ----------
    browser
        Where to open it.
    folder : Path
        Where to write the page.
    shown : LiveFigure
        The figure.
    """
    opened = []

    def open_(address="", *, theme="light", width=1280, height=900, **context):
        page = write_page(folder, shown, theme=theme)
        context = browser.new_context(viewport={"width": width, "height": height}, **context)
        context.set_default_timeout(15_000)
        tab = context.new_page()
        errors = []
        opened.append((context, errors))
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        tab.goto(page + address)
        figure(tab, shown.name).locator(".lstm-ui").wait_for()
        return tab

    yield open_
    for context, _ in opened:
        context.close()
    assert [error for _, errors in opened for error in errors] == []


def driven(page, shown, kernel, act):
    """Drive the module of a figure in a page; see `DRIVE`."""
    source = (STATIC / f"{type(shown).__name__}.mjs").read_text("utf-8")
    return page.evaluate(DRIVE, [source, shown.state(), kernel, act])


def go(page, name, query):
    """Put the figure in a state by the page's address, and wait until it is there."""
    page.evaluate("hash => { location.hash = hash }", f"{name}?{query}")
    # The address is followed in a task of its own.
    page.evaluate("() => new Promise((done) => setTimeout(done, 20))")


def drag(page, locator, begin, end, steps=3):
    """Drag from one share of a control's width to another, and hold it there."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + begin * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], y, steps=steps)
