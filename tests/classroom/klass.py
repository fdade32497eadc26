"""A class for the grader: two exercises, and notebooks to hand in."""

import json
import os
from dataclasses import replace

from lstm_edu.classroom.limits import MIB, Limits
from lstm_edu.classroom.masters import Assignment
from lstm_edu.exercises.exercise import Exercise, Mistake

NUMBER = int.from_bytes(os.urandom(5), "big")
#: Generous where an answer should be heard; a busy machine starts Python slowly.
LIMITS = Limits(cell_seconds=20)
TIGHT = replace(LIMITS, seconds=6, cell_seconds=1, memory=400 * MIB, address_space=700 * MIB)


def draw(random):
    return [(random.normal(size=size),) for size in (3, 4, 5)]


EXERCISES = (
    Exercise(
        *("3.1", "Double it", "double", 2, 2, lambda x: 2 * x, draw),
        mistakes=(Mistake("You add 2.", lambda x: x + 2),),
    ),
    Exercise("3.2", "The number", "number", 1, 1, NUMBER),
)
GIVEN = (("setup", "import numpy as np"),)
ASSIGNMENT = Assignment(3, "3_algorithm", EXERCISES, GIVEN, mark="mark")
GOOD = ["import numpy as np", "def double(x):\n    return 2 * np.asarray(x)", f"number = {NUMBER}"]


def notebook(cells, **metadata):
    """Return a notebook of code cells, as bytes."""
    made = [
        {"cell_type": "code", "id": f"c{place}", "metadata": dict(metadata), "source": source,
         "outputs": [], "execution_count": None}
        for place, source in enumerate(cells)
    ]  # fmt: skip
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def hand_in(folder, name, cells):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cells if isinstance(cells, bytes) else notebook(cells))
    return path


def marks_of(grading, student):
    (record,) = [one for one in grading.records if one["student"] == student]
    return {mark["exercise"]: mark for mark in record["marks"]}
