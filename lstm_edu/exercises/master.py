"""A master notebook, and what is made of it: the student's copy and the solved one.

A cell of a master says in its metadata what it is: ``{"exercise": {"name": "3.2", "part": …}}``.
Cells that say nothing are kept in every copy. What a student has to write stands in the master
solved, between ``# BEGIN SOLUTION`` and ``# END SOLUTION``, or in a line that ends in
``# SOLUTION``: the markup of otter-grader, whose tools accept it too.
"""

import ast
import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lstm_edu.exercises.blanks import MasterError, blank, has_marks, unmarked

#: What a cell of an exercise can be, and the type of such a cell.
PARTS = {
    "task": "markdown",
    "given": "code",
    "answer": "code",
    "check": "code",
    "hint": "markdown",
    "explanation": "markdown",
}
MOST_HINTS = 3
#: A link to another page of the book, by its text: it leads nowhere from a copy.
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?![\w+.-]+:|#)[^)\s]*\.(?:ipynb|md)(?:#[^)\s]*)?\)")
HINT = "<details><summary>{title}</summary>\n\n{text}\n\n</details>"


@dataclass(frozen=True)
class Task:
    """An exercise as its master has it.

    Attributes
    ----------
    name : str
        "3.2".
    title : str
        Of the heading, without its number.
    answer : str
        The object that is checked: ``my_step``.
    cells : dict of str to tuple of int
        For each part the places of its cells in the notebook.
    """

    name: str
    title: str
    answer: str
    cells: dict[str, tuple[int, ...]]


def tasks(notebook: dict) -> dict[str, Task]:
    """Return a master's exercises by name, in their order.

    Parameters
    ----------
    notebook : NotebookNode or dict
        As nbformat reads it.

    Raises
    ------
    MasterError
        If the master is malformed; the message names the cell and says how to mend it.
    """
    found: dict[str, dict[str, list[int]]] = {}
    last = None
    for place, cell in enumerate(notebook["cells"]):
        belongs = part_of(cell)
        if (belongs is None or belongs[1] != "answer") and has_marks(cell):
            raise MasterError(
                f"{_called(cell)} has a SOLUTION mark and is no answer; its solution would stay in "
                'the student\'s copy. Give it the part "answer", or take the mark out'
            )
        if belongs is None:
            continue
        name, part = belongs
        if name in found and name != last:
            raise MasterError(
                f"{_called(cell)} belongs to {name}, but stands after a cell of {last}; "
                "keep the cells of an exercise together"
            )
        last = name
        found.setdefault(name, {}).setdefault(part, []).append(place)
    return {name: _task(name, parts, notebook["cells"]) for name, parts in found.items()}


def student(notebook: dict, labels: Mapping[str, str] | None = None) -> dict:
    """Return the student's copy: answers blank, hints folded, no explanations and no outputs.

    Links to other pages of the book become plain text here, and in the solved copy too.

    Parameters
    ----------
    notebook : NotebookNode or dict
        The master; it is left as it is.
    labels : mapping of str to str, optional
        What to say of an exercise below its heading, by its name: its level and points, as
        :func:`~lstm_edu.exercises.register.label` has them.

    Raises
    ------
    MasterError
        As :func:`tasks`.
    """
    result = _copy(notebook, blank, left_out=("explanation",), outputs=False)
    for cell in result["cells"]:
        name, part = part_of(cell) or ("", "")
        if part == "task" and name in (labels or {}):
            cell["source"] = labelled(source(cell), f"*{labels[name]}*")
    return result


def solved(notebook: dict) -> dict:
    """Return the solved copy: all of the master, its outputs too, but for the marks.

    Parameters
    ----------
    notebook : NotebookNode or dict
        The master; it is left as it is.

    Raises
    ------
    MasterError
        As :func:`tasks`.
    """
    return _copy(notebook, unmarked, left_out=(), outputs=True)


def part_of(cell: dict) -> tuple[str, str] | None:
    """Return the exercise that a cell belongs to and what it is there; None for a common cell.

    Raises
    ------
    MasterError
        If it says so in another form than a master does.
    """
    belongs = cell["metadata"].get("exercise")
    if belongs is None:
        return None
    if not isinstance(belongs, dict) or set(belongs) != {"name", "part"}:
        raise MasterError(
            f"{_called(cell)} has the metadata {belongs!r}; expected "
            '{"exercise": {"name": "3.2", "part": "task"}}'
        )
    name, part = belongs["name"], belongs["part"]
    if not isinstance(name, str) or not re.fullmatch(r"[1-9]\d*\.[1-9]\d*", name):
        raise MasterError(
            f'{_called(cell)} has the name {name!r}; expected chapter and number: "3.2"'
        )
    if part not in PARTS:
        raise MasterError(f"{_called(cell)} has the part {part!r}; known are {', '.join(PARTS)}")
    if cell["cell_type"] != PARTS[part]:
        raise MasterError(
            f"{_called(cell)} is a {cell['cell_type']} cell; the part {part} is {PARTS[part]}"
        )
    return name, part


def numbered_hints(notebook: dict) -> Iterator[tuple[int, str]]:
    """Yield for each hint its place in the notebook and what it is called: "Hint 2 of 3"."""
    for task in tasks(notebook).values():
        places = task.cells.get("hint", ())
        for number, place in enumerate(places, 1):
            yield place, "Hint" if len(places) == 1 else f"Hint {number} of {len(places)}"


def labelled(text: str, label: str) -> str:
    """Return a task with a line below its heading."""
    heading, _, rest = text.partition("\n")
    return f"{heading}\n\n{label}\n\n{rest.lstrip()}"


def source(cell: dict) -> str:
    """Return a cell's text, which a file holds in lines and nbformat in one piece."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def _copy(notebook: dict, answer, left_out: tuple[str, ...], outputs: bool) -> dict:
    """Return a copy with the answers rewritten, hints folded, and links to other pages undone."""
    hints = dict(numbered_hints(notebook))
    result = copy.deepcopy(notebook)
    kept = []
    for place, cell in enumerate(result["cells"]):
        part = (part_of(cell) or ("", ""))[1]
        if part in left_out:
            continue
        if part == "answer":
            cell["source"] = answer(source(cell), _called(cell))
        elif part == "hint":
            cell["source"] = HINT.format(title=hints[place], text=source(cell).strip())
        if cell["cell_type"] == "markdown":
            cell["source"] = LINK.sub(r"\1", source(cell))
        if cell["cell_type"] == "code" and not outputs:
            cell["outputs"], cell["execution_count"] = [], None
        kept.append(cell)
    result["cells"] = kept
    return result


def _task(name: str, parts: dict[str, list[int]], cells: list[dict]) -> Task:
    """Return an exercise once all that it needs is there, and in order."""
    for part, most in {**dict.fromkeys(PARTS, 1), "given": 99, "hint": MOST_HINTS}.items():
        count = len(parts.get(part, ()))
        if count > most:
            raise MasterError(
                f"exercise {name} has {count} cells of the part {part}, at most {most}"
            )
    for part, why in {
        "task": "nobody would know what is asked",
        "answer": "there is nothing to write",
        "check": "the answer could not be checked",
    }.items():
        if part not in parts:
            raise MasterError(f"exercise {name} has no cell of the part {part}: {why}")
    (task,), (answer,), (check,) = parts["task"], parts["answer"], parts["check"]
    if not task < answer < check:
        raise MasterError(f"exercise {name} is out of order: task, then answer, then check")
    title = re.match(rf"## {re.escape(name)} (\S.*)", source(cells[task]))
    if title is None:
        raise MasterError(f'{_called(cells[task])} must begin with the heading "## {name} Title"')
    checked = _checked(name, cells[check])
    emptied = blank(source(cells[answer]), _called(cells[answer]))
    if checked not in _defined(emptied, cells[answer]):
        raise MasterError(
            f"{_called(cells[answer])} defines no {checked} once its solution is blank, so that "
            f"its check would stop; keep `def {checked}(...):` outside of the marks, or give "
            f"`{checked} = value` the mark in its line"
        )
    return Task(name, title[1].strip(), checked, {p: tuple(places) for p, places in parts.items()})


def _checked(name: str, cell: dict) -> str:
    """Return what a check cell checks: it ends in ``check("3.2", my_step)``."""
    try:
        last = ast.parse(source(cell)).body[-1]
    except (SyntaxError, IndexError):
        last = None
    match last:
        case ast.Expr(
            ast.Call(ast.Name("check"), [ast.Constant(value), ast.Name(answer)], keywords=[])
        ) if value == name:
            return answer
    raise MasterError(
        f'{_called(cell)} must end in `check("{name}", the_answer)`, with the answer as a name'
    )


def _defined(text: str, cell: dict) -> set[str]:
    """Return the names that a cell's source binds at its top level."""
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise MasterError(
            f"{_called(cell)} is no longer Python once its solution is blank: {error.msg}, "
            f"line {error.lineno}; put whole statements between the marks"
        ) from error
    names = set()
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
            parts = ast.walk(statement)
            names.update(
                n.id for n in parts if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            )
    return names


def _called(cell: dict) -> str:
    return f"cell {cell.get('id', '(without an id)')!r}"


__all__ = ["PARTS", "MasterError", "Task", "part_of", "solved", "student", "tasks"]
