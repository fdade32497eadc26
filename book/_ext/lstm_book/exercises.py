"""Exercises: a master notebook becomes a page to read, and a student's copy to take along.

The page shows what a student is given, with the hints folded one by one, and the solution folded
with what its check says and why it is so. The copy beside the page holds no solutions.
"""

import html
import json
from pathlib import Path

from sphinx.errors import ExtensionError

from lstm_book.pictures import HOW
from lstm_edu.exercises.blanks import blank, unmarked
from lstm_edu.exercises.master import (
    MasterError,
    labelled,
    numbered_hints,
    part_of,
    source,
    student,
    tasks,
)
from lstm_edu.exercises.register import label
from lstm_edu.plotting.compact import address

FOLD = ":::::{{admonition}} {title}\n:class: dropdown exercise-{kind}\n{text}\n:::::"
LABEL = "[{label}]{{.exercise-label}}"
PICTURE = "image/svg+xml"
#: Longest text of an output that a page repeats.
LONGEST = 4_000


def setup(app):
    """Rewrite masters as they are read."""
    app.connect("source-read", rewrite)


def is_master(path):
    """Tell whether a source is a master notebook."""
    return path.suffix == ".ipynb" and path.parent.name == "exercises"


def rewrite(app, docname, content):
    """Replace a master's source by that of its page."""
    path = Path(app.env.doc2path(docname))
    if is_master(path):
        try:
            content[0] = json.dumps(page(json.loads(content[0])))
        except (MasterError, ValueError) as error:
            raise ExtensionError(f"{docname}: {error}") from error


def page(notebook):
    """Return the notebook that a page is made from."""
    found = tasks(notebook)
    hints = dict(numbered_hints(notebook))
    cells = []
    for place, cell in enumerate(notebook["cells"]):
        belongs = part_of(cell)
        if belongs is None:
            cells.append(cell)
            continue
        name, part = belongs
        task = found[name]
        if part == "task":
            cells.append(markdown(cell, labelled(source(cell), LABEL.format(label=label(name)))))
        elif part == "hint":
            cells.append(markdown(cell, folded(hints[place], "hint", source(cell))))
        elif part == "answer":
            check = notebook["cells"][task.cells["check"][0]]
            text = f"{blank(source(cell))}\n\n{source(check)}"
            cells.append({**cell, "source": text, "outputs": [], "execution_count": None})
        elif part == "given":
            cells.append(cell)
        if place == last_place(task):
            cells.append(solution(notebook["cells"], task))
    return {**notebook, "cells": cells}


def last_place(task):
    """Return the place of the last cell of an exercise, those apart that are merely given."""
    return max(max(places) for part, places in task.cells.items() if part != "given")


def solution(cells, task):
    """Return the cell of the folded solution: its code, what came of it, and why."""
    (answer,), (check,) = (task.cells[part] for part in ("answer", "check"))
    code = f"```python\n{unmarked(source(cells[answer])).strip()}\n```"
    said = "\n".join(text for place in (answer, check) for text in printed(cells[place]))
    output = f"```text\n{said}\n```" if said else ""
    why = [source(cells[place]) for place in task.cells.get("explanation", ())]
    text = "\n\n".join([code, *drawn(cells[answer]), output, *why])
    whole = markdown(cells[answer], folded("Solution", "solution", text))
    return {**whole, "id": f"{cells[answer]['id']}-solved"}


def printed(cell):
    """Yield the texts that a cell has printed or shown."""
    for output in cell["outputs"]:
        data = output.get("data", {})
        if PICTURE not in data:
            yield joined(output.get("text") or data.get("text/plain", ""))[:LONGEST].rstrip("\n")


def drawn(cell):
    """Yield the pictures that a cell has drawn, as Markdown."""
    for output in cell["outputs"]:
        picture = joined(output.get("data", {}).get(PICTURE, ""))
        if picture:
            alt = cell["metadata"].get("mystnb", {}).get("image", {}).get("alt")
            if not alt:
                raise ExtensionError(f"cell {cell['id']!r}: {HOW}")
            image = f'<img alt="{html.escape(alt)}" src="{address(picture)}">'
            yield f'```{{raw}} html\n<div class="cell_output">{image}</div>\n```'


def joined(text):
    """Return a text that a notebook holds in lines."""
    return text if isinstance(text, str) else "".join(text)


def folded(title, kind, text):
    """Return Markdown that folds."""
    return FOLD.format(title=title, kind=kind, text=text.strip())


def markdown(cell, text):
    """Return a cell of text in the place of another."""
    return {"cell_type": "markdown", "id": cell["id"], "metadata": {}, "source": text}


def write_student_copy(master, target):
    """Write the student's copy of a master notebook."""
    notebook = json.loads(master.read_text("utf-8"))
    copied = student(notebook, {name: label(name) for name in tasks(notebook)})
    target.write_text(json.dumps(copied, ensure_ascii=False, indent=1) + "\n", "utf-8")
