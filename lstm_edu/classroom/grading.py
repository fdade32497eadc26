"""One notebook graded: run beyond a wall, compared on this side of it.

The notebook's code shares its process with the worker and may say what it likes, also something
else than its answers give. It does not know what is right, so that it gains nothing by it. What
remains possible: to take an answer from someone else; to guess where there are few choices; to
compute an answer by a way that was not asked for, such as a library that is installed; and, in a
run with all tools, to find a value by them, which is allowed. What a notebook is asked leaves the
sandbox in one way only, by the shapes of its results in a message; every grading of a new class
draws anew.
"""

import builtins
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from lstm_edu.classroom import results
from lstm_edu.classroom.masters import Assignment
from lstm_edu.classroom.notebooks import Cell
from lstm_edu.classroom.process import Outcome
from lstm_edu.classroom.runner import Runner
from lstm_edu.classroom.tools import tools
from lstm_edu.exercises.exercise import Exercise

_LONGEST_MESSAGE = 600


class Stopped(Exception):
    """The teacher stopped the grading while this notebook ran."""


class Broken(RuntimeError):
    """The grader itself does not work; the notebook is not to blame."""


@dataclass(frozen=True)
class Mark:
    """What one answer earns.

    Attributes
    ----------
    exercise, title : str
    level, possible, points : int
    outcome : str
        ``"right"``, ``"wrong"``, ``"blank"``, ``"missing"``, ``"stopped"`` (the answer raised, or
        took too long) or ``"ungraded"`` (nothing was heard of it).
    message : str
        For the student.
    """

    exercise: str
    title: str
    level: int
    possible: int
    points: int
    outcome: str
    message: str


@dataclass(frozen=True)
class Graded:
    """What a notebook earns.

    Attributes
    ----------
    marks : tuple of Mark
    errors : tuple of (int, str)
        Number of a cell that stopped, and with what.
    """

    marks: tuple[Mark, ...]
    errors: tuple[tuple[int, str], ...]

    def as_dict(self) -> dict:
        """Return it as JSON can hold it."""
        return {"marks": [asdict(mark) for mark in self.marks], "errors": list(self.errors)}


def grade(cells: Sequence[Cell], assignment: Assignment, seed: int, runner: Runner) -> Graded:
    """Grade the cells of a notebook.

    An answer is what its name stands for after the notebook has run from top to bottom. Cells of
    the student's copy that came with it, and are gone, are run first.

    Parameters
    ----------
    cells : sequence of Cell
    assignment : Assignment
    seed : int
        For the inputs, which nobody has seen. Each exercise draws its own.
    runner : Runner

    Raises
    ------
    Stopped
        If the runner was stopped meanwhile.
    Broken
        If the sandbox could not be set up.
    """
    there = {cell.id for cell in cells}
    restored = [source for identity, source in assignment.given if identity not in there]
    sources = [*restored, *(cell.source for cell in cells)]
    numbers = [0] * len(restored) + [cell.number for cell in cells]
    marks: dict[str, Mark] = {}
    errors: dict[int, str] = {}
    groups: dict[tuple | None, list[Exercise]] = {}
    for exercise in assignment.exercises:
        groups.setdefault(tools(exercise), []).append(exercise)
    outcome = None
    # With all tools first: there a cell stops by its own fault only.
    for allowed, exercises in sorted(groups.items(), key=lambda group: group[0] is not None):
        questions = [_question(exercise, seed) for exercise in exercises]
        if outcome is None or outcome.frames:  # else it never came to its end, nor would it now
            frameworks = assignment.frameworks and allowed is None
            outcome = runner.run(sources, questions, allowed, frameworks=frameworks)
        if outcome.end == "stopped":
            raise Stopped
        if not outcome.frames and outcome.complaint.startswith("bwrap: "):
            raise Broken(outcome.complaint)
        for place, exercise in enumerate(exercises, 1):
            marks[exercise.name] = _mark(exercise, outcome, place, questions[place - 1], seed)
        if allowed is None or len(groups) == 1:  # elsewhere a stand-in may be what raised
            errors |= _errors(outcome, numbers)
    ordered = tuple(marks[exercise.name] for exercise in assignment.exercises)
    return Graded(ordered, tuple(sorted(errors.items())))


def _inputs(exercise: Exercise, seed: int):
    return exercise.inputs(np.random.default_rng([seed, zlib.crc32(exercise.name.encode())]))


def _question(exercise: Exercise, seed: int) -> dict:
    inputs = _inputs(exercise, seed)
    return {"exercise": exercise.name, "answer": exercise.answer, "inputs": inputs}


def _mark(exercise: Exercise, outcome: Outcome, place: int, question: dict, seed: int) -> Mark:
    if place >= len(outcome.frames):
        return _scored(exercise, "ungraded", _END.get(outcome.end, _END["died"]))
    calls = 1 if question["inputs"] is None else len(question["inputs"])
    try:
        said = results.read_answer(outcome.frames[place], exercise.name, calls)
    except results.Forged as error:
        return _scored(exercise, "ungraded", f"What the notebook gave back is no answer: {error}.")
    if "missing" in said:
        return _scored(exercise, "missing", f"There is no `{exercise.answer}` in the notebook.")
    if "raised" in said:
        return _scored(exercise, "stopped", _raised(said["raised"]))
    if "unfit" in said:
        if any(word in said["unfit"] for word in ("blank", "no value yet", "still missing")):
            return _scored(exercise, "blank", f"`{exercise.answer}` is still blank.")
        # Not in the worker's words: they could carry what it was asked.
        return _scored(
            exercise,
            "wrong",
            f"`{exercise.answer}` is not of the kind that was asked for, or changes its arguments; "
            f'check("{exercise.name}", {exercise.answer}) in the notebook says more.',
        )
    try:
        # Drawn again: what an author's check does to its arguments stays its own affair.
        with np.errstate(all="ignore"):
            verdict = exercise.judge(_inputs(exercise, seed), said["calls"])
        right, message = bool(verdict.right), str(verdict.message)[:_LONGEST_MESSAGE]
    except Exception as error:
        message = f"It cannot be compared ({type(error).__name__})."
        return _scored(exercise, "wrong", message)
    return _scored(exercise, "right" if right else "wrong", message)


def _scored(exercise: Exercise, outcome: str, message: str) -> Mark:
    points = exercise.points if outcome == "right" else 0
    return Mark(
        *(exercise.name, exercise.title, exercise.level, exercise.points),
        *(points, outcome, message),
    )


_END = {
    "time": "The notebook ran for too long and was stopped before this answer.",
    "memory": "The notebook took too much memory and was stopped before this answer.",
    "output": "The notebook gave back too much and was stopped before this answer.",
    "died": "The notebook's process ended before this answer.",
}


def _errors(outcome: Outcome, numbers: Sequence[int]) -> dict[int, str]:
    if not outcome.frames:
        return {}
    try:
        errors = results.read_errors(outcome.frames[0])
    except results.Forged:
        return {}
    named = {number: name for number, name in errors if 0 <= number < len(numbers)}
    return {numbers[number]: _name(name) for number, name in named.items() if numbers[number]}


def _raised(name: str) -> str:
    if name == "OutOfTime":
        return "Your answer takes too long."
    if name == "NotImplementedError":
        return (
            "Your answer stopped with NotImplementedError; what the book has written already is "
            "not there while answers are graded."
        )
    return f"Your answer stopped with {_name(name)} for inputs that it had not seen before."


def _name(name: str) -> str:
    """Return the name of an exception if it is Python's own; others could say anything."""
    if name == "OutOfTime":
        return "a time-out"
    kind = getattr(builtins, name, None)
    own = isinstance(kind, type) and issubclass(kind, BaseException)
    return name if own else "an error of its own kind"
