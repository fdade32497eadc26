"""A submitted notebook as the grader reads it: its code cells, and whose exercises they are."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_CELLS = 1000


class NotANotebook(ValueError):
    """A file is no notebook that can be run; the message says what it is."""


@dataclass(frozen=True)
class Cell:
    """A code cell.

    Attributes
    ----------
    source : str
    id : str
        "" where it has none.
    exercise : str
        "3.2", or "" where it belongs to none.
    number : int
        Its place among all cells, from 1, as a student counts them.
    """

    source: str
    id: str
    exercise: str
    number: int


def parse(data: bytes) -> list[Cell]:
    """Return the code cells of a notebook (nbformat 3 or 4).

    Raises
    ------
    NotANotebook
        If the bytes are no such thing.
    """
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotANotebook("it is not a notebook: its bytes are no text in UTF-8") from None
    except (ValueError, RecursionError):
        empty = not data.strip()
        raise NotANotebook(
            "the file is empty" if empty else "it is not a notebook: it is not JSON"
        ) from None
    if not isinstance(notebook, dict):
        raise NotANotebook(f"it is not a notebook: it holds a JSON {type(notebook).__name__}")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in sheet.get("cells") or ()]
    if not isinstance(cells, list):
        raise NotANotebook("it is not a notebook: it has no list of cells")
    if len(cells) > _MOST_CELLS:
        raise NotANotebook(f"it has {len(cells)} cells; at most {_MOST_CELLS} are run")
    found = [_cell(cell, number) for number, cell in enumerate(cells, 1)]
    code = [cell for cell in found if cell is not None]
    if not code:
        raise NotANotebook("there is no code cell in it")
    return code


def chapter_of(cells: Sequence[Cell], name: str, stems: dict[int, str]) -> int | None:
    """Return the chapter that a notebook belongs to: what most cells say, else the file's name.

    Parameters
    ----------
    cells : sequence of Cell
    name : str
        Of the file.
    stems : dict of int to str
        The masters' names, by chapter: ``{3: "3_algorithm"}``.
    """
    heads = [cell.exercise.partition(".")[0] for cell in cells if cell.exercise]
    votes = Counter(int(head) for head in heads if head.isdecimal() and int(head) in stems)
    if votes:
        return votes.most_common(1)[0][0]
    for chapter, stem in stems.items():
        word = stem.partition("_")[2] or stem
        if re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", name, re.IGNORECASE):
            return chapter
    leading = re.match(r"(?:.*chapter[ _-]?)?(\d+)(?!\d)", name.rpartition("/")[2], re.IGNORECASE)
    chapter = int(leading[1]) if leading and len(leading[1]) < 3 else None
    return chapter if chapter in stems else None


def _cell(cell: object, number: int) -> Cell | None:
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    metadata = cell.get("metadata")
    belongs = metadata.get("exercise") if isinstance(metadata, dict) else None
    name = belongs.get("name") if isinstance(belongs, dict) else None
    identity = cell.get("id")
    return Cell(
        source,
        identity if isinstance(identity, str) else "",
        name if isinstance(name, str) and re.fullmatch(r"\d{1,2}\.\d{1,2}", name) else "",
        number,
    )
