"""The network that must remember, on its page: typed into, and its answers beside NumPy's."""

import nbformat
import pytest
from building import ROOT
from gallery import FIGURE
from looking import figure, overflow, until, violations
from single import opener

from lstm_edu import exported
from lstm_edu.figures import LiveModel

NAME = "live"
FIRST = "a large bird that eats fish"
THEN = "to be or not to be that is the question"


@pytest.fixture
def live(browser, tmp_path):
    """A function that opens a page with the figure alone."""
    made = LiveModel("distance", text=f"{FIRST} {THEN}", unit=4, name=NAME)
    with opener(browser, tmp_path, made) as open_:
        yield open_


def test_a_definition_is_remembered_over_what_is_typed_after_it(live):
    page = live()
    shown = figure(page, NAME)
    network = exported.load("distance")
    field = shown.get_by_role("textbox", name="Type anything")
    for text in (f"{FIRST} {THEN}", "a city in the north of France", f"a soup of beans {THEN}"):
        field.fill(text)
        p = network.answers(text)[-1]
        label, value = network.labels[p.argmax()], f"{p.max():.3f}"
        read = """([label, value]) => [...document.querySelectorAll(".lstm-live *")].some((node) =>
            node.children.length > 1 && node.children.length < 5
            && node.textContent.includes(label) && node.textContent.includes(value))"""
        until(page, read, [label, value])
    assert "Its mind is made up at" in shown.text_content()
    assert violations(page, within=".lstm-figure") == []


def test_on_a_phone_in_the_dark(live):
    page = live(width=390, theme="dark")
    assert violations(page) == []
    assert overflow(page) == []


def test_the_page_holds_this_figure_and_says_at_once_who_wins():
    notebook = nbformat.read(ROOT / "book" / "6_applications" / "9_long_text.ipynb", 4)
    html = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "text/html" in output.get("data", {})
    ]
    figures = [found for text in html for found in FIGURE.findall(text)]
    kinds = [(name, kind) for name, kind, _ in figures if kind != "Question"]
    assert kinds == [(NAME, "LiveModel")]
    assert '"model": {"ref": "distance"}' in html[0]
    assert "counting words without any network" in notebook.cells[0].source
