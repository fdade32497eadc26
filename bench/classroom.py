"""A class of 50 graded, beside what no grader can do without: a Python with NumPy for each.

Half of the notebooks are solved and half as they were handed out, all of chapter 3. Both ways run
as many at a time as there are cores, and take turns.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.report import Row, Section
from lstm_edu.classroom import batch, masters
from lstm_edu.exercises import master

CHAPTER = 3


def hand_in(folder, students):
    """Write the submissions."""
    notebook = masters.read(masters.masters()[CHAPTER])
    copies = [json.dumps(copy(notebook)) for copy in (master.solved, master.student)]
    for student in range(students):
        path = folder / f"student {student:02}" / "3_algorithm.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(copies[student % 2], "utf-8")


def bare(students):
    """Start a Python for each and import NumPy: the floor."""
    command = [sys.executable, "-c", "import numpy"]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda _: subprocess.run(command, check=True), range(students)))


def main(arguments=()):
    """Grade the class, and return the section."""
    parser = argparse.ArgumentParser(prog="python -m bench classroom", description=__doc__)
    parser.add_argument("--students", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    assignment = masters.assignment(CHAPTER, masters.masters()[CHAPTER])
    seconds, ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        submissions = Path(folder, "class")
        hand_in(submissions, options.students)
        for turn in range(options.rounds):
            start = time.perf_counter()
            grading = batch.grade_all(submissions, Path(folder, str(turn)), [assignment])
            middle = time.perf_counter()
            bare(options.students)
            end = time.perf_counter()
            points = sum(mark["points"] for one in grading.records for mark in one["marks"])
            whole = sum(one["points"] for one in grading.exercises)
            assert points == whole * (options.students // 2 + options.students % 2)
            seconds.append(middle - start)
            ratios.append((middle - start) / (end - middle))
    each = [took / options.students for took in seconds]
    return Section(
        "classroom",
        "The classroom",
        f"{options.students} notebooks of chapter {CHAPTER}, half of them solved, graded in the "
        f"sandbox, {os.cpu_count()} at a time, by the wall clock; and as often, a Python that "
        f"imports NumPy and nothing else. {options.rounds} rounds, turn about.",
        [
            Row("grading a class", ratios, "a bare Python with NumPy for each"),
            Row("grading one notebook", each, "wall clock", unit=" s"),
        ],
    )
