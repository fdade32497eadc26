"""The masters in the markup of otter-grader and nbgrader, and what their own tools make of it."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from lstm_edu.classroom.assign import handed_out
from lstm_edu.classroom.masters import read
from lstm_edu.exercises import master
from lstm_edu.exercises.blanks import LINE
from lstm_edu.exercises.register import exercise

#: What the graders' machine must have; otter-grader builds its container from it.
REQUIREMENTS = "lstm-edu[notebooks] @ git+https://github.com/lstm-gate-by-gate/lstm-gate-by-gate\n"
_OTTER_CONFIG = """\
# ASSIGNMENT CONFIG
init_cell: false
export_cell: false
generate: true
run_tests: {run_tests}
requirements: requirements.txt
tests:
  ok_format: false"""
_NBGRADER_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "lstm-gate-by-gate"
# As in the book's own copies: three dots stand where something is to be written.
c.ClearSolutions.code_stub = {"python": "..."}
"""


def export(masters: dict[int, Path], output: Path, to: str) -> list[Path]:
    """Write source notebooks for another grader, and run its tool where it is installed.

    Parameters
    ----------
    masters : dict of int to Path
        By chapter.
    output : Path
        A folder, which is made.
    to : {"otter", "nbgrader"}

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    RuntimeError
        If the tool is there and fails; the message is its own.
    """
    output.mkdir(parents=True, exist_ok=True)
    return {"otter": _otter, "nbgrader": _nbgrader}[to](masters, output)


def otter(notebook: dict, *, run_tests: bool = True) -> dict:
    """Return a master as `otter assign` reads it: raw cells mark questions, solutions and tests."""
    config = _raw(_OTTER_CONFIG.format(run_tests=str(run_tests).lower()))

    def question(name: str, answer: dict, task: master.Task) -> list[dict]:
        called = f"q{name.replace('.', '_')}"
        test = (
            f"def test_{called}({task.answer}):\n"
            "    from lstm_edu.exercises import check\n"
            f'    verdict = check("{name}", {task.answer})\n'
            "    assert verdict.right, verdict.message"
        )
        hidden = '""" # BEGIN TEST CONFIG\nhidden: true\n""" # END TEST CONFIG\n'
        points = exercise(name).points
        return [
            _raw(f"# BEGIN QUESTION\nname: {called}\npoints: {points}\ncheck_cell: false"),
            _raw("# BEGIN SOLUTION"),
            answer,
            _raw("# END SOLUTION"),
            _raw("# BEGIN TESTS"),
            _code(hidden + test),
            _raw("# END TESTS"),
            _raw("# END QUESTION"),
        ]

    return _rebuilt(notebook, question, [config])


def nbgrader(notebook: dict) -> dict:
    """Return a master as nbgrader reads it: cells say in their metadata what they are."""

    def question(name: str, answer: dict, task: master.Task) -> list[dict]:
        called = name.replace(".", "-")
        answer["source"] = "\n".join(map(_region, answer["source"].split("\n")))
        answer["metadata"]["nbgrader"] = _cell(f"answer-{called}", solution=True)
        test = _code(
            f"# {name}: {exercise(name).title}\n"
            "### BEGIN HIDDEN TESTS\n"
            "from lstm_edu.exercises import check\n\n"
            f'verdict = check("{name}", {task.answer})\n'
            "assert verdict.right, verdict.message\n"
            "### END HIDDEN TESTS"
        )
        points = {"points": exercise(name).points}
        test["metadata"]["nbgrader"] = _cell(f"test-{called}", grade=True, locked=True) | points
        return [answer, test]

    return _rebuilt(notebook, question, [])


def _rebuilt(notebook: dict, question: Callable, first: list[dict]) -> dict:
    """Return a master with its hints folded, no explanations, and each answer as a question."""
    tasks = master.tasks(notebook)
    answers = {}
    for cell in notebook["cells"]:
        part = master.part_of(cell)
        if part and part[1] == "answer":
            answers[cell["id"]] = part[0]
    result = handed_out(master.student(notebook))
    solved = {cell["id"]: master.source(cell) for cell in notebook["cells"]}
    cells = list(first)
    for cell in result["cells"]:
        cell["source"] = master.source(cell)
        name = answers.get(cell["id"])
        if name is None:
            cells.append(cell)
        else:
            cell["source"] = solved[cell["id"]]
            cells += question(name, cell, tasks[name])
    for number, cell in enumerate(cells):
        cell.setdefault("id", f"added-{number}")
    result["cells"] = cells
    return result


def _region(line: str) -> str:
    """Return a line whose end marks it as solved as nbgrader has it: a blank one, and a region."""
    found = LINE.fullmatch(line)
    if not found:
        return line
    indent = re.match(r"\s*", line)[0]
    solved = f"{found['kept']} {found['value']}"
    return f"{found['kept']} ...\n{indent}### BEGIN SOLUTION\n{solved}\n{indent}### END SOLUTION"


def _cell(grade_id: str, *, grade=False, locked=False, solution=False) -> dict:
    kind = {"grade": grade, "locked": locked, "solution": solution, "task": False}
    return {"schema_version": 3, "grade_id": grade_id, **kind}


def _raw(source: str) -> dict:
    return {"cell_type": "raw", "metadata": {}, "source": source}


def _code(source: str) -> dict:
    empty = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "metadata": {}, "source": source, **empty}


def _otter(masters: dict[int, Path], output: Path) -> list[Path]:
    written, tool = [], _tool("otter")
    for path in masters.values():
        folder = output / path.stem
        folder.mkdir(exist_ok=True)
        source = folder / path.name
        _write(source, otter(read(path)))
        (folder / "requirements.txt").write_text(REQUIREMENTS, "utf-8")
        written.append(source)
        if tool:
            _run([tool, "assign", source.name, "dist"], folder)
            written.append(folder / "dist")
    return written


def _nbgrader(masters: dict[int, Path], output: Path) -> list[Path]:
    (output / "nbgrader_config.py").write_text(_NBGRADER_CONFIG, "utf-8")
    written, tool = [output / "nbgrader_config.py"], _tool("nbgrader")
    for chapter, path in masters.items():
        assignment = f"chapter-{chapter}"
        folder = output / "source" / assignment
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / path.name, nbgrader(read(path)))
        written.append(folder / path.name)
        if tool:
            _run([tool, "generate_assignment", assignment, "--create", "--force"], output)
            written.append(output / "release" / assignment)
    return written


def _tool(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise RuntimeError(f"`{' '.join(command)}` failed: {said}")


def _write(path: Path, notebook: dict) -> None:
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
