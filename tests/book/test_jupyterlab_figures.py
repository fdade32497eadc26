"""Each kind of figure in JupyterLab: Python hears of a hand, a reader sees what Python sets."""

import re

import pytest
from lab import LONGEST, opened, run
from nbformat.v4 import new_code_cell
from playwright.sync_api import expect

from lstm_edu import figures

SETUP = "from lstm_edu.figures import *\n\nline = 'To be, or not to be'"
RUN = "'shakespeare', text=line, time=3"
#: How each is made, what of it is moved and by which key, the trait that this moves, and what
#: Python then sets.
MOVES = {
    "ActivationPlot": ("", ".lstm-activation", "ArrowRight", "z", "z = -3"),
    "CellStepper": (RUN, ".lstm-tokens", "ArrowRight", "time", "time = 7"),
    "CrossEntropy": ("", ".lstm-track:visible", "ArrowRight", "probabilities", "target = 1"),
    "ForecastPlayground": ("", ".lstm-forecast-plot", "ArrowUp", "bends", "truth = 'shown'"),
    "GateExplorer": ("", ".lstm-tube", "ArrowRight", "x", "f_b = -6"),
    "GateHeatmap": (RUN, ".lstm-heat-scroll", "ArrowRight", "time", "gate = 'o'"),
    "GradientFlow": ("length=30", ".knob", "ArrowRight", "scale", "forget_bias = 3"),
    "InitExplorer": ("", "input[type=range]", "ArrowRight", "forget_bias", "seed = 5"),
    "LiveModel": ("'shakespeare', text=line", "textarea", "e", "text", "unit = 5"),
    "MemoryTask": ("", "input[type=range]", "ArrowRight", "lag", "task = 'latch'"),
    "SaliencyText": (RUN, ".lstm-tokens", "ArrowRight", "time", "measure = 'norm'"),
    "SoundExplorer": (
        "recording=2",
        ".lstm-sound-time",
        "ArrowLeft",
        "time",
        "direction = 'backwards'",
    ),
    "TrainingReplay": (
        "'learning', text=line",
        ".lstm-replay-curves",
        "ArrowLeft",
        "snapshot",
        "unit = 3",
    ),
    "Translator": ("", ".lstm-tokens", "ArrowLeft", "time", "beam = 3"),
    "WordTagger": ("'roles', text='Luc dort.'", ".lstm-tagged", "ArrowRight", "time", "marked = 1"),
}
#: What a reader sees of a figure: its texts, and where its controls stand.
SEEN = """figure => figure.innerText + [...figure.querySelectorAll("*")].map((part) =>
    part.value ?? part.getAttribute("aria-valuetext") ?? part.getAttribute("aria-pressed") ?? "")"""


def test_every_kind_is_moved_here():
    kinds = {name for name in figures.__all__ if name not in ("Figure", "LiveFigure", "Question")}
    assert kinds == set(MOVES)


@pytest.fixture
def page(browser, tmp_path):
    cells = [new_code_cell(SETUP)]
    for name, (made, _, _, trait, change) in MOVES.items():
        cells += [
            new_code_cell(f"figure = {name}({made})\nfigure"),
            new_code_cell(f"print(figure.{trait})"),
            new_code_cell(f"figure.{change}"),
        ]
    with opened(browser, tmp_path, cells) as page:
        yield page


def printed(page, cell):
    """Run a cell that prints, and return what it printed."""
    output = run(page, cell)
    expect(output).to_have_text(re.compile("."), timeout=LONGEST)
    return output.inner_text()


def differs(page, look, before):
    """Wait until something no longer looks as before."""
    for _ in range(40):
        now = look()
        if now != before:
            return now
        page.wait_for_timeout(100)
    return before


def test_hand_and_python_move_each_figure(page):
    run_setup(page)
    for number, (name, (_, control, key, _, _)) in enumerate(MOVES.items()):
        makes, prints, sets = range(3 * number + 1, 3 * number + 4)
        figure = run(page, makes).locator(".lstm-ui").first
        part = figure.locator(control).first
        part.wait_for(timeout=LONGEST)
        assert figure.locator("[role=alert]:visible").count() == 0, name

        before = printed(page, prints)
        part.focus()
        page.keyboard.press(key)
        assert differs(page, lambda prints=prints: printed(page, prints), before) != before, name

        shown = figure.evaluate(SEEN)
        run(page, sets)
        assert differs(page, lambda figure=figure: figure.evaluate(SEEN), shown) != shown, name


def run_setup(page):
    """Run the first cell, which prints nothing."""
    cell = page.locator(".jp-Notebook .jp-Cell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputArea-prompt")).to_have_text("[1]:", timeout=LONGEST)
