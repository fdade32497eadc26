"""JupyterLab, opened once: figures, Python and links move each other; a student is answered."""

import re

import nbformat
import pytest
from building import ROOT
from lab import LONGEST, opened, run
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from lstm_edu import figures
from lstm_edu.exercises.master import student

LINE = "To be, or not to be"
STEPPER = (
    new_code_cell(
        "from lstm_edu.figures import CellStepper\n"
        f'figure = CellStepper("shakespeare", text="{LINE}", time=3, unit=57, name="stepper")\n'
        "figure"
    ),
    new_code_cell("print(figure.time)"),
    new_code_cell("figure.time = 7"),
    new_markdown_cell("[the twelfth character](#stepper?time=11)"),
)
MAKES, PRINTS, SETS, _ = range(4)

EXERCISE = ("setup", "step-task", "step-hint-1", "step-answer", "step-check")
SETUP, TASK, HINT, ANSWER, CHECK = range(4, 9)
STEP = """def my_step(x, h, c, kernel, recurrent_kernel, bias):
i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
c = sigmoid(f) * {kept} + sigmoid(i) * np.tanh(g)
return sigmoid(o) * np.tanh(c), {given}
"""  # JupyterLab indents

IMPORTS = "from lstm_edu.figures import *\n\nline = 'To be, or not to be'"
IMPORTING = 9
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
    "NowcastPlayer": ("frame=8", ".lstm-range", "ArrowLeft", "frame", "measure = 'csi'"),
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


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """A notebook in which all of this stands, each in cells of its own."""
    master = nbformat.read(ROOT / "book" / "exercises" / "3_algorithm.ipynb", 4)
    exercise = [cell for cell in student(master).cells if cell.id in EXERCISE]
    cells = [*STEPPER, *exercise, new_code_cell(IMPORTS)]
    for name, (made, _, _, trait, change) in MOVES.items():
        cells += [
            new_code_cell(f"figure = {name}({made})\nfigure"),
            new_code_cell(f"print(figure.{trait})"),
            new_code_cell(f"figure.{change}"),
        ]
    with opened(browser, tmp_path_factory.mktemp("lab"), cells) as page:
        yield page


def printed(page, cell):
    """Run a cell that prints, and return what it printed."""
    output = run(page, cell)
    expect(output).to_have_text(re.compile("."), timeout=LONGEST)
    return output.inner_text().strip()


def reads(page, time):
    """Let Python print the trait until it is `time`: a figure's messages go beside the cells'."""
    for _ in range(10):
        read = printed(page, PRINTS)
        if read == str(time):
            return
    pytest.fail(f"figure.time is {read}; expected {time}")


def stands_at(strip, character):
    """Wait until the figure's text is at a character, counted from 1."""
    value = re.compile(f"^character {character} of {len(LINE)},")
    expect(strip).to_have_attribute("aria-valuetext", value, timeout=LONGEST)


def test_a_figure_python_and_a_link_move_each_other(page):
    figure = run(page, MAKES).locator(".lstm-ui")
    strip = figure.locator(".lstm-tokens")
    stands_at(strip, 4)
    expect(figure.get_by_role("button", name="Original text")).to_have_count(0)

    following = figure.get_by_role("button", name="Next", exact=True)
    # JupyterLab has rules of its own for buttons; the figure's are the stronger.
    expect(following).to_have_css("border-radius", "17px")
    following.click()
    stands_at(strip, 5)
    reads(page, 4)

    run(page, SETS)
    stands_at(strip, 8)

    page.get_by_role("link", name="the twelfth character").click()
    stands_at(strip, 12)
    reads(page, 11)


def answered(page, source):
    """Write an answer as a student does, run it and its check; return what is said."""
    if source is not None:
        page.locator(".jp-Notebook .jp-Cell").nth(ANSWER).locator(".cm-content").click()
        page.keyboard.press("Control+a")
        for line in source.splitlines():
            page.keyboard.type(line)
            page.keyboard.press("Enter")
    run(page, ANSWER)
    said = run(page, CHECK)
    assert said.get_by_role("status").count() == 1
    return " ".join(said.inner_text().split())


def test_a_hint_opens(page):
    hint = page.locator(".jp-Notebook .jp-Cell").nth(HINT).locator("details")
    assert not hint.locator("code").is_visible()
    hint.locator("summary").click()
    assert hint.locator("code").is_visible()


def test_blank_then_wrong_then_right(page):
    run(page, SETUP)
    assert answered(page, None) == (
        "✗ 3.2: Your function gives nothing back; is it still blank, or is its return missing?"
    )
    wrong = answered(page, STEP.format(kept="h", given="c"))
    assert wrong == "✗ 3.2: Your f multiplies h, not c."
    stopped = answered(page, STEP.format(kept="C", given="c"))
    assert stopped.startswith("✗ 3.2: Your function stopped in line 3, c = sigmoid(f) * C + ")
    assert answered(page, STEP.format(kept="c", given="c")) == "✓ 3.2: Right."


def test_every_kind_is_moved_here():
    kinds = {name for name in figures.__all__ if name not in ("Figure", "LiveFigure", "Question")}
    assert kinds == set(MOVES)


def differs(page, look, before):
    """Wait until something no longer looks as before."""
    for _ in range(40):
        now = look()
        if now != before:
            return now
        page.wait_for_timeout(100)
    return before


def test_hand_and_python_move_each_figure(page):
    """Python hears of a hand, a reader sees what Python sets."""
    run(page, IMPORTING)
    for number, (name, (_, control, key, _, _)) in enumerate(MOVES.items()):
        makes, prints, sets = (IMPORTING + 3 * number + k for k in (1, 2, 3))
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
