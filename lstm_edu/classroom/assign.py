"""What is handed out: a package for students, and the solved notebooks for the teacher."""

import copy
import json
import shutil
from pathlib import Path

from lstm_edu.classroom.masters import read
from lstm_edu.exercises import master
from lstm_edu.exercises.register import label

README = """\
# {title}

{notebooks}

Each notebook is a chapter's exercises. Open it in JupyterLab (`jupyter lab`), write where three
dots stand, and run the cells from top to bottom.

- `check("3.2", my_step)` below an exercise says at once whether your answer is right, and names the
  usual mistakes. It works offline, as often as you like, and keeps nothing.
- Hints stand folded below a task. Open as many as you need.
- You may add cells. Keep the names that a task gives (`my_step`): your answers are found by them.
- Before you hand a notebook in: Kernel > Restart Kernel and Run All Cells. What counts is what your
  answers give after such a run, for inputs that nobody has seen, so also when a check was lucky.

Needed are Python 3.11 to 3.13, JupyterLab and the book's package, `lstm-edu`.
"""


def assign(masters: dict[int, Path], output: Path) -> list[Path]:
    """Write the packages.

    Parameters
    ----------
    masters : dict of int to Path
        By chapter.
    output : Path
        Gets ``students/``, the same as ``students.zip``, and ``teacher/``.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ValueError
        If something of a solution would be in a student's copy.
    """
    students, teacher = output / "students", output / "teacher"
    for folder in (students, teacher):
        folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for chapter, path in masters.items():
        notebook = read(path)
        labels = {name: label(name) for name in master.tasks(notebook)}
        blank = handed_out(master.student(notebook, labels))
        _refuse_solutions(notebook, blank, path.name)
        _write(students / path.name, blank)
        _write(teacher / path.name, master.solved(notebook))
        tasks = master.tasks(notebook)
        lines.append(f"- Chapter {chapter}, `{path.name}`: {len(tasks)} exercises")
    text = README.format(title="Exercises: LSTM, Gate by Gate", notebooks="\n".join(lines))
    (students / "README.md").write_text(text, "utf-8")
    package = Path(shutil.make_archive(str(students), "zip", students))
    return [students, package, teacher]


def handed_out(notebook: dict) -> dict:
    """Return a copy with nothing but its cells, their ids and whose exercises they are."""
    kept = copy.deepcopy(notebook)
    names = ("kernelspec", "language_info")
    kept["metadata"] = {n: notebook["metadata"][n] for n in names if n in notebook["metadata"]}
    for cell in kept["cells"]:
        belongs = cell["metadata"].get("exercise")
        cell["metadata"] = {"exercise": belongs} if belongs else {}
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return kept


def _refuse_solutions(notebook: dict, blank: dict, name: str) -> None:
    """Raise if a mark, an explanation, or an answer as it is solved is in the student's copy."""
    given = json.dumps(blank, ensure_ascii=False)
    if "SOLUTION" in given:
        raise ValueError(f"{name}: a SOLUTION mark is left in the student's copy")
    for cell in notebook["cells"]:
        part = master.part_of(cell)
        if part is None or part[1] not in ("answer", "explanation"):
            continue
        same = [one for one in blank["cells"] if one.get("id") == cell.get("id")]
        if part[1] == "explanation" and same:
            raise ValueError(f"{name}: an explanation of {part[0]} is left in the student's copy")
        if part[1] == "answer":
            solved = "".join(cell["source"])
            if same and "".join(same[0]["source"]) == solved:
                raise ValueError(f"{name}: the answer of {part[0]} is left in the student's copy")


def _write(path: Path, notebook: dict) -> None:
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
