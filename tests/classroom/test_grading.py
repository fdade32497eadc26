"""What a notebook earns, however its cells were moved about."""

import numpy as np
import pytest
from klass import ASSIGNMENT, GOOD, LIMITS, NUMBER, notebook

from lstm_edu.classroom import grading, notebooks, stage
from lstm_edu.classroom.inside.cells import python
from lstm_edu.classroom.limits import Limits
from lstm_edu.classroom.masters import Assignment
from lstm_edu.classroom.runner import Runner
from lstm_edu.classroom.tools import NEEDS, tools
from lstm_edu.exercises.exercise import Exercise
from lstm_edu.exercises.register import CHAPTERS, exercises

DOUBLE, ANSWER = GOOD[1], GOOD[2]


@pytest.fixture(scope="module")
def runner(bubblewrap):
    with Runner(LIMITS) as open_:
        yield open_


def marks(runner, *cells, assignment=ASSIGNMENT, seed=5):
    graded = grading.grade(notebooks.parse(notebook(cells)), assignment, seed, runner)
    return {mark.exercise: mark for mark in graded.marks}, graded.errors


def earned(found):
    return [mark.points for mark in found.values()]


@pytest.mark.parametrize(
    "cells",
    [
        [ANSWER, DOUBLE, "1/0", "import sys; sys.exit()", "raise BaseException", "def broken(:"],
        ["double = 1", DOUBLE, "number = 0", ANSWER, DOUBLE],
        ["%matplotlib inline\n!ls\n%%bad", "%%time\nimport math", "%%bash\nls", *GOOD],
        [
            "import asyncio\nawait asyncio.sleep(0)\nawaited = 1",
            DOUBLE,
            f"number = {NUMBER} * awaited",
        ],
        ["display(1); get_ipython().run_line_magic('x', '')", "input('?')", *GOOD],
        ["from lstm_edu.exercises import check", *GOOD, "check('3.1', double)", "check('3.2', 1)"],
    ],
    ids=["moved", "twice", "magics", "await", "shell", "checks"],
)
def test_good_answers_are_found(runner, cells):
    found, _ = marks(runner, *cells)
    assert earned(found) == [2, 1]


def test_what_stopped_is_told_by_its_place(runner):
    found, errors = marks(runner, "x = 1", "1/0", "raise type('Secret', (Exception,), {})", DOUBLE)
    assert errors == ((2, "ZeroDivisionError"), (3, "an error of its own kind"))
    assert earned(found) == [2, 0]
    assert found["3.2"].outcome == "missing"


def test_each_outcome_is_told_apart(runner):
    found, _ = marks(runner, "def double(x): return x + 2", "number = ...")
    assert (found["3.1"].outcome, found["3.1"].message) == ("wrong", "You add 2.")
    assert found["3.2"].outcome == "blank"
    found, _ = marks(runner, "def double(x): raise KeyError(x)", "def number(): pass")
    assert found["3.1"].outcome == "stopped"
    assert "KeyError for inputs" in found["3.1"].message
    assert found["3.2"].outcome == "wrong"
    found, _ = marks(runner, "double = 3", "number = 'many'")
    assert [mark.outcome for mark in found.values()] == ["wrong", "wrong"]


def test_given_cells_come_back(runner):
    """The import of NumPy was deleted; the notebook runs as it did when it was handed out."""
    found, _ = marks(runner, "def double(x):\n    return np.add(x, x)")
    assert earned(found) == [2, 0]


def test_each_seed_asks_something_else():
    asked = [grading._question(ASSIGNMENT.exercises[0], seed)["inputs"] for seed in (1, 1, 2)]
    np.testing.assert_array_equal(asked[0][0][0], asked[1][0][0])
    assert not np.array_equal(asked[0][0][0], asked[2][0][0])


def test_a_check_that_breaks_stops_nothing(runner):
    def broken(inputs, outputs):
        raise RuntimeError("no")

    double, number = ASSIGNMENT.exercises
    parts = {**vars(number), "name": "3.3", "judgement": broken}
    assignment = Assignment(3, "3_algorithm", (Exercise(**parts), double))
    found, _ = marks(runner, *GOOD, assignment=assignment)
    assert earned(found) == [0, 2]
    assert "cannot be compared (RuntimeError)" in found["3.3"].message


def test_what_the_book_has_written_answers_nothing(runner):
    """A step that is the book's own earns nothing; a loop over the book's step may use it."""
    by = {one.name: one for one in exercises(3)}
    assignment = Assignment(3, "3_algorithm", (by["3.2"], by["3.4"]))
    start = "import numpy as np\nfrom lstm_edu import LSTM, LSTMParams, lstm_step"
    step = """def my_step(x, h, c, kernel, recurrent_kernel, bias):
    step = lstm_step(x, h, c, LSTMParams(kernel, recurrent_kernel, bias))
    return step.h, step.c"""
    loop = """def my_run(x, *weights):
    h = c = np.zeros((len(x), len(weights[1])))
    states = []
    for t in range(x.shape[1]):
        h, c = my_step(x[:, t], h, c, *weights)
        states.append((h, c))
    return tuple(np.stack(part, 1) for part in zip(*states))"""
    found, _ = marks(runner, start, step, loop, assignment=assignment)
    assert found["3.2"].outcome == "stopped"
    assert "not there while answers are graded" in found["3.2"].message
    assert found["3.4"].outcome == "right"
    whole = """def my_run(x, *weights):
    run = LSTM(*weights)(x)
    return run.h, run.c
import importlib
my_step = importlib.import_module("lstm_edu.lstm").lstm_step"""
    found, _ = marks(runner, start, whole, assignment=assignment)
    assert earned(found) == [0, 0]


def test_frameworks_are_out_of_sight_while_functions_are_asked_for(runner):
    cell = """def double(x):
    import importlib
    from pathlib import Path
    for name in ("keras", "tensorflow", "torch"):
        try:
            importlib.import_module(name)
            return x
        except ImportError:
            pass
    import sys
    hidden = [p for place in sys.path for p in Path(place).glob("lstm_edu/exercises/chapter*")]
    hidden += [p for place in sys.path for p in Path(place).glob("lstm_edu/classroom/*")]
    return x if hidden else 2 * x"""
    found, _ = marks(runner, cell)
    assert found["3.1"].outcome == "right"


def test_what_an_exercise_needs_is_there():
    names = {one.name for chapter in CHAPTERS for one in exercises(chapter)}
    assert set(NEEDS) <= names
    double, number = ASSIGNMENT.exercises
    assert tools(number) is None
    assert tools(double) == ()


def test_a_name_that_is_not_there_cannot_be_kept(tmp_path):
    for number, tool in enumerate(["lstm_edu.lstms", "numpy", "lstm_edu.lstm.step", "lstm_edu"]):
        with pytest.raises(ValueError, match="to keep"):
            stage.build(tmp_path / str(number), [tool])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("x = '''\n%no magic\n'''", "x = '''\n%no magic\n'''"),
        ("%time x\ny = 1", "pass\ny = 1"),
        ("files = !ls\nif True:\n    %cd x", "files = None\nif True:\n    pass"),
        ("np.sum?", "pass"),
        ("%%html\n<b>", ""),
        ("%%capture out\nx = 1", "x = 1"),
    ],
)
def test_magics_do_nothing(cell, expected):
    assert python(cell) == expected


def test_a_framework_gets_more_room():
    limits, wide = Limits(), Limits().for_frameworks()
    assert wide.memory > limits.memory
    assert wide.seconds > limits.seconds
    assert wide.output == limits.output


def test_exploring_with_the_book_costs_no_answer(runner):
    cell = "from lstm_edu import LSTM\nlstm = LSTM.create(2, 3)\nprint(lstm.units)\n" + DOUBLE
    found, errors = marks(runner, cell, ANSWER)
    assert (earned(found), errors) == ([2, 1], ())
