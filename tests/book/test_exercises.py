"""The pages of the exercises: what is asked stands open, what helps is folded, by no script."""

import json

import pytest
from building import ROOT, toc
from lstm_book.exercises import page
from sphinx.errors import ExtensionError

PAGE = "book/exercises/3_algorithm"
MASTER = ROOT / "book" / "exercises" / "3_algorithm.ipynb"
MASTERS = [name for name in toc() if name.startswith("book/exercises/") and "0_" not in name]


@pytest.fixture
def master():
    return json.loads(MASTER.read_text("utf-8"))


def test_the_page_shows_what_a_student_is_given(master):
    cells = {cell["id"]: "".join(cell["source"]) for cell in page(master)["cells"]}
    assert cells["step-answer"].endswith('    ...\n\ncheck("3.2", my_step)')
    assert "[Level 2: implement · 3 points]{.exercise-label}" in cells["step-task"]
    assert ":class: dropdown exercise-hint" in cells["step-hint-1"]
    solution = cells["step-answer-solved"]
    assert solution.startswith(":::::{admonition} Solution\n:class: dropdown exercise-solution")
    assert "np.split(x @ kernel" in solution
    assert "✓ 3.2: Right." in solution
    assert "Three lines of arithmetic" in solution
    assert "SOLUTION" not in "".join(cells.values())
    assert "step-check" not in cells
    assert list(cells).index("predict-answer-solved") < list(cells).index("predict-figure")


def test_what_an_answer_draws_is_folded_with_it(master):
    (answer,) = [cell for cell in master["cells"] if cell["id"] == "step-answer"]
    answer["outputs"] = [{"output_type": "display_data", "data": {"image/svg+xml": "<svg/>"}}]
    with pytest.raises(ExtensionError, match="'step-answer': a picture has no description"):
        page(master)
    answer["metadata"]["mystnb"] = {"image": {"alt": 'A "line"'}}
    (solved,) = [cell for cell in page(master)["cells"] if cell["id"] == "step-answer-solved"]
    assert (
        '<img alt="A &quot;line&quot;" src="data:image/svg+xml;charset=utf-8,%3Csvg/%3E">'
        in solved["source"]
    )


@pytest.mark.parametrize("name", MASTERS)
def test_the_notebook_beside_the_page_is_the_student_s(book, name):
    shown = (book / f"{name}.html").read_text("utf-8")
    assert f'<a href="{name.rpartition("/")[2]}.ipynb" download>' in shown
    assert "mybinder.org" not in shown
    given = json.loads((book / f"{name}.ipynb").read_text("utf-8"))
    parts = [cell["metadata"].get("exercise", {}).get("part") for cell in given["cells"]]
    assert "answer" in parts
    assert "explanation" not in parts
    assert not any(cell.get("outputs") for cell in given["cells"])
    assert "SOLUTION" not in json.dumps(given)


def test_hints_open_one_by_one_by_keys_alone(open_page):
    page = open_page(PAGE, mount=False)
    hints = page.locator("#write-the-step details.exercise-hint")
    assert [hint.get_attribute("open") for hint in hints.all()] == [None] * 3
    hints.nth(0).locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert [hint.get_attribute("open") is None for hint in hints.all()] == [False, False, True]
    assert hints.nth(1).locator("code").first.is_visible()


def test_solutions_open_without_javascript(open_page):
    page = open_page(PAGE, java_script_enabled=False, mount=False)
    solution = page.locator("#write-the-step details.exercise-solution")
    assert not solution.locator("pre").first.is_visible()
    solution.locator("summary").click()
    assert solution.locator("pre").first.is_visible()
    assert "Right." in solution.locator("pre").nth(1).inner_text()
