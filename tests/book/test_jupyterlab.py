"""In JupyterLab a figure and Python move each other, and a link in a text moves both."""

import re

import pytest
from lab import LONGEST, opened, run
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

LINE = "To be, or not to be"
CELLS = (
    new_code_cell(
        "from lstm_edu.figures import CellStepper\n"
        f'figure = CellStepper("shakespeare", text="{LINE}", time=3, unit=57, name="stepper")\n'
        "figure"
    ),
    new_code_cell("print(figure.time)"),
    new_code_cell("figure.time = 7"),
    new_markdown_cell("[the twelfth character](#stepper?time=11)"),
)
MAKES, PRINTS, SETS = range(3)


@pytest.fixture
def page(browser, tmp_path):
    with opened(browser, tmp_path, CELLS) as page:
        yield page


def reads(page, time):
    """Let Python print the trait until it is `time`: a figure's messages go beside the cells'."""
    for _ in range(10):
        output = run(page, PRINTS)
        expect(output).to_have_text(re.compile(r"\d+"))
        if output.inner_text().strip() == str(time):
            return
    pytest.fail(f"figure.time is {output.inner_text().strip()}; expected {time}")


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
