"""The master notebooks: where they lie, and what the grader takes from them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lstm_edu
from lstm_edu.classroom.limits import FRAMEWORKS
from lstm_edu.exercises import master, register
from lstm_edu.exercises.exercise import Exercise

#: In the book's own folder, beside the package.
FOLDER = Path(lstm_edu.__file__).parents[1] / "book" / "exercises"


@dataclass(frozen=True)
class Assignment:
    """What a chapter asks.

    Attributes
    ----------
    chapter : int
    stem : str
        The master's name: "3_algorithm".
    exercises : tuple of Exercise
    given : tuple of (str, str)
        Id and source of the code cells that come with every copy: imports, data.
    frameworks : bool
        Whether it is solved with Keras or its like.
    mark : str
        Changes when the master or its checks change.
    """

    chapter: int
    stem: str
    exercises: tuple[Exercise, ...]
    given: tuple[tuple[str, str], ...] = ()
    frameworks: bool = False
    mark: str = ""


def masters(folder: Path = FOLDER, chapters: Sequence[int] = ()) -> dict[int, Path]:
    """Return the masters by chapter.

    Parameters
    ----------
    folder : Path
    chapters : sequence of int
        Only these; all where it is empty.

    Raises
    ------
    FileNotFoundError
        If the folder has none, or not all that are asked for.
    """
    found = {}
    for path in sorted(folder.glob("[0-9]*_*.ipynb")):
        found[int(path.stem.partition("_")[0])] = path
    if not found:
        raise FileNotFoundError(
            f"there are no master notebooks in {folder}; run this in a checkout of the book, "
            "or name their folder: --masters FOLDER"
        )
    missing = sorted(set(chapters) - set(found))
    if missing:
        raise FileNotFoundError(
            f"there is no master notebook for chapter {missing[0]}; there are {sorted(found)}"
        )
    return {chapter: found[chapter] for chapter in sorted(chapters or found)}


def read(path: Path) -> dict:
    """Return a notebook, as JSON has it."""
    return json.loads(path.read_text("utf-8"))


def assignment(chapter: int, path: Path) -> Assignment:
    """Return what a chapter asks, with the checks of `lstm_edu.exercises`."""
    notebook = read(path)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    given = [
        (cell.get("id", ""), master.source(cell))
        for cell in code
        if (master.part_of(cell) or ("", "given"))[1] == "given"
    ]
    used = any(name in master.source(cell) for cell in code for name in FRAMEWORKS)
    checks = sorted(Path(register.__file__).parent.glob("*.py"))
    digest = hashlib.sha256(path.read_bytes())
    for module in checks:
        digest.update(module.read_bytes())
    asked = register.exercises(chapter)
    return Assignment(chapter, path.stem, asked, tuple(given), used, digest.hexdigest())
