"""Figures alone in a page: opened as often as a test likes, and a module driven by hand."""

from contextlib import contextmanager

from alone import write_page
from looking import figure
from windows import lend, take_back

from lstm_edu.figures.live import STATIC

#: As anywidget loads a module: from a blob, with a model that others write to.
LOAD = """async ([source, start]) => {
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
    el.id = "module";
    const end = widget.render({ model, el, signal: new AbortController().signal });
    const set = (given) => {
        Object.assign(traits, given);
        for (const name of Object.keys(given)) heard[`change:${name}`]();
    };
    const left = () => [el.childNodes.length, Object.keys(heard).length];
    window.module = { set, saved, end: () => { end(); return left(); } };
}"""


@contextmanager
def tabs(browser):
    """Yield a function that opens an empty page; no error and no dialog may come of what it shows.

    Parameters
    ----------
    browser
        Where to open it.
    """
    opened = []

    def tab(*, width=1280, height=900, sound=True, **context):
        how = {"viewport": {"width": width, "height": height}, **context}
        page = lend(browser, **how)
        errors = []
        heard = {
            "pageerror": lambda error: errors.append(str(error)),
            "console": lambda said: errors.append(said.text) if said.type == "error" else None,
            "dialog": lambda dialog: errors.append(dialog.message),
        }
        for event, hear in heard.items():
            page.on(event, hear)
        opened.append((page, how, heard, errors if sound else []))
        return page

    yield tab
    for page, how, heard, _ in opened:
        take_back(browser, page, **how)
        for event, hear in heard.items():
            page.remove_listener(event, hear)
    assert [error for *_, errors in opened for error in errors] == []


@contextmanager
def opener(browser, folder, *usual):
    """Yield a function that opens a page with figures alone, each of them live.

    Parameters
    ----------
    browser
        Where to open it.
    folder : Path
        Where to write the page.
    *usual : LiveFigure
        The figures, where the function is given no others.

    The function takes what follows the page's address (``"#heat?time=7"``), and by name:

    figures : sequence of LiveFigure
        Others than the usual ones.
    theme : {"light", "dark"}
    prose : str
        HTML above the figures.
    change : callable
        Is given the path of the written page, before it is opened.
    mount : bool
        Wait until the figures stand.
    width, height : int
        Of the window, in CSS pixels.
    sound : bool
        Whether an error in the page fails the test.
    **context
        What else Playwright's ``new_context`` takes.
    """
    with tabs(browser) as tab:

        def open_(
            address="", *, figures=usual, theme="light", prose="", change=None, mount=True, **window
        ):
            page = write_page(folder, *figures, theme=theme, prose=prose)
            if change is not None:
                change(folder / "page.html")
            shown = tab(**window)
            shown.goto(page + address)
            if mount:
                for each in figures:
                    figure(shown, each.name).locator(".lstm-ui").wait_for()
            return shown

        yield open_


class Module:
    """The module of a figure in a page, its model in the test's hands.

    Parameters
    ----------
    page
        Where to render it.
    shown : LiveFigure
        The figure.
    **traits
        Other than the state of the figure.

    Attributes
    ----------
    root
        The locator of what the module was given to draw in.
    """

    def __init__(self, page, shown, **traits):
        source = (STATIC / f"{type(shown).__name__}.mjs").read_text("utf-8")
        self._page = page
        page.evaluate(LOAD, [source, shown.state() | traits])
        self.root = page.locator("#module")

    def set(self, **traits):
        """Set traits from outside, as a kernel does."""
        self._page.evaluate("traits => module.set(traits)", traits)

    def click(self, selector):
        """Press what first fits this selector in CSS, in view or not."""
        self.root.locator(selector).first.evaluate("node => node.click()")

    def saved(self):
        """Return what the module has saved: all its traits, each time."""
        return self._page.evaluate("module.saved")

    def end(self):
        """End the module; return how many elements and listeners it leaves."""
        return self._page.evaluate("module.end()")


def driven(page, shown, kernel, act):
    """Set traits of a module from outside, press something in it, and end it."""
    module = Module(page, shown)
    module.set(**kernel)
    data = module.root.locator(".lstm-ui").first.evaluate("ui => ({ ...ui.dataset })")
    module.click(act)
    left = module.end()
    return {"shown": data, "saved": module.saved(), "left": left}


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


def assert_a_picture_stands(page, browser):
    """Hold that on paper and without JavaScript the picture of the figure is shown."""
    address = page.url
    page.emulate_media(media="print")
    assert page.locator(".lstm-fallback img").is_visible()
    assert not page.locator(".lstm-live").is_visible()
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(address)
    assert still.locator(".lstm-fallback img").is_visible()
    context.close()
