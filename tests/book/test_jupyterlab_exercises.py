"""A student in JupyterLab: a blank exercise, a hint, a wrong answer, the right one."""

import nbformat
import pytest
from building import ROOT
from lab import opened, run

from lstm_edu.exercises.master import student

CELLS = ("setup", "step-task", "step-hint-1", "step-answer", "step-check")
SETUP, TASK, HINT, ANSWER, CHECK = range(len(CELLS))
STEP = """def my_step(x, h, c, kernel, recurrent_kernel, bias):
i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
c = sigmoid(f) * {kept} + sigmoid(i) * np.tanh(g)
return sigmoid(o) * np.tanh(c), {given}
"""  # JupyterLab indents


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    master = nbformat.read(ROOT / "book" / "exercises" / "3_algorithm.ipynb", 4)
    cells = [cell for cell in student(master).cells if cell.id in CELLS]
    with opened(browser, tmp_path_factory.mktemp("lab"), cells) as page:
        run(page, SETUP)
        yield page


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
    hint = page.locator(".jp-Notebook details")
    assert not hint.locator("code").is_visible()
    hint.locator("summary").click()
    assert hint.locator("code").is_visible()


def test_blank_then_wrong_then_right(page):
    assert answered(page, None) == (
        "✗ 3.2: Your function gives nothing back; is it still blank, or is its return missing?"
    )
    wrong = answered(page, STEP.format(kept="h", given="c"))
    assert wrong == "✗ 3.2: Your f multiplies h, not c."
    stopped = answered(page, STEP.format(kept="C", given="c"))
    assert stopped.startswith("✗ 3.2: Your function stopped in line 3, c = sigmoid(f) * C + ")
    assert answered(page, STEP.format(kept="c", given="c")) == "✓ 3.2: Right."
