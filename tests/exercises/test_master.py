"""A master, and the copies that are made of it."""

import copy
import json

import pytest
from nbformat import validate
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from proof import MASTERS, blank, chapter

from lstm_edu.exercises.master import MasterError, solved, student, tasks

ANSWER = '''def twice(x):
    """Return 2 x."""
    # BEGIN SOLUTION
    secret = 2

    return secret * x
    # END SOLUTION
'''


def cell(part, text, **belongs):
    make = new_markdown_cell if part in ("task", "hint", "explanation") else new_code_cell
    exercise = {"name": "7.1", "part": part} | belongs
    return make(text, id=f"the-{part}", metadata={"exercise": exercise})


def master(**changed):
    """Return a small master; a part may have another text, or be left out by None."""
    parts = {
        "task": "## 7.1 Double it\n\nWrite `twice`.",
        "given": "x = 3",
        "hint": "Think of *two*.",
        "answer": ANSWER,
        "check": 'check("7.1", twice)',
        "explanation": "The secret is out.",
    } | changed
    cells = [cell(part, text) for part, text in parts.items() if text is not None]
    notebook = new_notebook(cells=[new_markdown_cell("# Exercises", id="title"), *cells])
    for each in notebook.cells:
        if each.cell_type == "code":
            each.outputs, each.execution_count = [{"output_type": "stream", "text": "secret"}], 4
    return notebook


def test_the_student_s_copy_holds_no_solution():
    before = master()
    given = copy.deepcopy(before)
    copied = student(before)
    assert before == given
    assert "secret" not in json.dumps(copied)
    assert copied.cells[4].source == 'def twice(x):\n    """Return 2 x."""\n    ...\n'
    assert copied.cells[3].source == (
        "<details><summary>Hint</summary>\n\nThink of *two*.\n\n</details>"
    )
    assert [one.id for one in copied.cells] == [one.id for one in before.cells[:-1]]
    validate(copied)


def test_a_copy_has_no_link_to_a_page_that_is_not_with_it():
    task = (
        "## 7.1 Double it\n\nAs in [chapter 3](../3_algorithm.ipynb) and [its end](../3.md#end), "
        "[set it](#unit?x=1), see [the paper](https://x.org/a.md) and ![a picture](a.png)."
    )
    for make in (student, solved):
        assert make(master(task=task)).cells[1].source == (
            "## 7.1 Double it\n\nAs in chapter 3 and its end, [set it](#unit?x=1), see "
            "[the paper](https://x.org/a.md) and ![a picture](a.png)."
        )


def test_the_student_is_told_how_much_it_is_worth():
    copied = student(master(), {"7.1": "3 points"})
    assert copied.cells[1].source == "## 7.1 Double it\n\n*3 points*\n\nWrite `twice`."


def test_the_solved_copy_holds_all_but_the_marks():
    copied = solved(master())
    text = json.dumps(copied)
    assert "SOLUTION" not in text
    assert "The secret is out." in text
    assert copied.cells[4].source == ANSWER.replace("    # BEGIN SOLUTION\n", "").replace(
        "    # END SOLUTION\n", ""
    )
    assert copied.cells[5].outputs


def test_a_line_is_blanked_up_to_its_sign():
    lines = "a = 3  # SOLUTION\nb['x'] = [1, '=']  # SOLUTION\nc: float = 1 == 1  # SOLUTION"
    assert blank(lines) == "a = ...\nb['x'] = ...\nc: float = ..."


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"check": None}, "no cell of the part check"),
        ({"answer": None}, "no cell of the part answer"),
        ({"task": None}, "no cell of the part task"),
        ({"task": "## Double it"}, 'must begin with the heading "## 7.1 Title"'),
        ({"answer": "def twice(x):\n    return 2 * x"}, "no SOLUTION mark"),
        ({"answer": ANSWER.replace("# END SOLUTION", "")}, "without an END SOLUTION after it"),
        ({"answer": ANSWER.replace("# BEGIN SOLUTION", "")}, "line 7: END SOLUTION without"),
        ({"answer": f"# BEGIN SOLUTION\n{ANSWER}"}, "line 4: BEGIN SOLUTION again"),
        ({"answer": "# BEGIN SOLUTION\n\n# END SOLUTION"}, "nothing between"),
        ({"answer": "twice = # SOLUTION"}, "nothing before the SOLUTION mark"),
        ({"answer": "twice, b = 3, 4  # SOLUTION"}, "is no mark"),
        ({"answer": "#begin solution\ntwice = 3\n#end solution"}, "is no mark"),
        (
            {"answer": f"# BEGIN SOLUTION\n{ANSWER.replace('# BEGIN SOLUTION', '')}"},
            "no twice once",
        ),
        ({"answer": "twice = [\n# BEGIN SOLUTION\n1]\n# END SOLUTION"}, "no longer Python"),
        ({"given": ANSWER}, "'the-given' has a SOLUTION mark and is no answer"),
        ({"check": 'check("7.2", twice)'}, 'must end in `check("7.1", the_answer)`'),
        ({"check": 'check("7.1", twice)\nprint(1)'}, "must end in"),
        ({"check": 'check("7.1", lambda x: 2 * x)'}, "with the answer as a name"),
        ({"check": 'check("7.1", thrice)'}, "defines no thrice"),
        ({"check": "check("}, "must end in"),
    ],
)
def test_a_malformed_master_is_refused(changed, said):
    for make in (tasks, student, solved):
        with pytest.raises(MasterError) as refusal:
            make(master(**changed))
        assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("part", "belongs", "said"),
    [
        ("task", {"part": "tusk"}, "has the part 'tusk'; known are task, given, answer"),
        ("check", {"part": "hint"}, "is a code cell; the part hint is markdown"),
        ("hint", {"name": "seven"}, "has the name 'seven'; expected chapter and number: \"3.2\""),
        ("hint", {"name": 7.1}, "has the name 7.1"),
        ("hint", {"points": 3}, 'expected {"exercise": {"name"'),
        ("hint", {"name": "7.2"}, "belongs to 7.1, but stands after a cell of 7.2"),
    ],
)
def test_a_cell_that_says_it_wrongly_is_named(part, belongs, said):
    notebook = master()
    (one,) = [one for one in notebook.cells if one.id == f"the-{part}"]
    one.metadata.exercise.update(belongs)
    with pytest.raises(MasterError) as refusal:
        tasks(notebook)
    assert said in str(refusal.value)
    assert "cell 'the-" in str(refusal.value)


@pytest.mark.parametrize(
    ("part", "times", "said"),
    [("hint", 4, "4 cells of the part hint, at most 3"), ("answer", 2, "at most 1")],
)
def test_what_is_there_too_often_is_refused(part, times, said):
    notebook = master()
    (place,) = [k for k, one in enumerate(notebook.cells) if one.id == f"the-{part}"]
    notebook.cells[place : place + 1] = [notebook.cells[place]] * times
    with pytest.raises(MasterError, match=said):
        tasks(notebook)


def test_the_order_of_its_cells_matters():
    notebook = master()
    notebook.cells[4:6] = notebook.cells[5:3:-1]
    with pytest.raises(MasterError, match="out of order"):
        tasks(notebook)


@pytest.mark.parametrize("number", MASTERS)
def test_no_copy_of_a_chapter_tells_its_solutions(number):
    place = chapter(number)
    copied = student(place.notebook)
    validate(copied)
    text = "\n".join(one.source for one in copied.cells)
    assert "SOLUTION" not in text
    assert not any(one.get("outputs") for one in copied.cells)
    for name, task in place.tasks.items():
        (answer,) = task.cells["answer"]
        (blanked,) = [one for one in copied.cells if one.id == place.notebook.cells[answer].id]
        for line in solution_lines(place.notebook.cells[answer].source):
            assert line not in blanked.source, (name, line)
        for why in task.cells.get("explanation", ()):
            assert place.notebook.cells[why].source not in text


def solution_lines(source):
    """Return the long lines of a solution, which stand nowhere else by chance."""
    hidden = set(source.split("\n")) - set(blank(source).split("\n"))
    return [line.strip() for line in hidden if len(line.strip()) > 40]
