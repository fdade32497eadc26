"""The marks around what a student has to write, and an answer without its solution."""

import re

BEGIN = re.compile(r"(?P<indent>[ \t]*)# BEGIN SOLUTION\s*")
END = re.compile(r"[ \t]*# END SOLUTION\s*")
LINE = re.compile(
    r"(?P<kept>[ \t]*[A-Za-z_]\w*(?:\[[^]=]+\]|: *[^=]+)? *=(?!=)) *(?P<value>.*\S)? *# SOLUTION\s*"
)
#: Also what was meant as a mark and is none.
ANY = re.compile(r"#\s*(SOLUTION\b|(?i:(BEGIN|END)[ _]*SOLUTION\b))")


class MasterError(ValueError):
    """A master notebook that no copies can be made of."""


def has_marks(cell: dict) -> bool:
    """Tell whether a code cell has anything that looks like a mark."""
    return cell["cell_type"] == "code" and ANY.search("".join(cell["source"])) is not None


def blank(text: str, called: str = "the answer") -> str:
    """Return an answer with ``...`` where its solution stood.

    Parameters
    ----------
    text : str
        The source of the answer, with its marks.
    called : str
        What an error calls it.

    Raises
    ------
    MasterError
        If marks do not pair, a solution is empty, or there is none.
    """
    return "\n".join(
        (f"{kept} ..." if kept.strip() else f"{kept}...") if hidden else kept
        for kept, hidden in _pieces(text, called)
    )


def unmarked(text: str, called: str = "the answer") -> str:
    """Return an answer as it is solved, without its marks; the rest is as for :func:`blank`."""
    return "\n".join(
        (f"{kept} {hidden}" if kept.strip() else hidden) if hidden else kept
        for kept, hidden in _pieces(text, called)
    )


def _pieces(text: str, called: str) -> list[tuple[str, str]]:
    """Return what is kept, and what is hidden behind it: a region's indentation, or ``name =``."""
    pieces: list[tuple[str, str]] = []
    region: list[str] | None = None
    indent = ""
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{called}, line {number}"
        if begin := BEGIN.fullmatch(line):
            if region is not None:
                raise MasterError(f"{where}: BEGIN SOLUTION again before an END SOLUTION")
            region, indent = [], begin["indent"]
        elif END.fullmatch(line):
            if region is None:
                raise MasterError(f"{where}: END SOLUTION without a BEGIN SOLUTION before it")
            if not "".join(region).strip():
                raise MasterError(f"{where}: there is nothing between BEGIN and END SOLUTION")
            pieces.append((indent, "\n".join(region)))
            region = None
        elif region is not None:
            if ANY.search(line):
                raise MasterError(f"{where}: a SOLUTION mark inside of a solution")
            region.append(line)
        elif single := LINE.fullmatch(line):
            if not single["value"]:
                raise MasterError(f"{where}: there is nothing before the SOLUTION mark")
            pieces.append((single["kept"], single["value"]))
        elif ANY.search(line):
            raise MasterError(
                f"{where}: {line.strip()!r} is no mark; use `# BEGIN SOLUTION`, `# END SOLUTION`, "
                "each in a line of its own, or `name = value  # SOLUTION`"
            )
        else:
            pieces.append((line, ""))
    if region is not None:
        raise MasterError(f"{called}: BEGIN SOLUTION without an END SOLUTION after it")
    if not any(hidden for _, hidden in pieces):
        raise MasterError(
            f"{called} has no SOLUTION mark, so that the student would get it solved; put "
            "`# BEGIN SOLUTION` and `# END SOLUTION` around what is to be written"
        )
    return pieces
