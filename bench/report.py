"""What a bench reports: a section of bench/RESULTS.md, printed too.

A bench is a module with ``main(arguments)`` that returns a `Section`, or None where it writes its
figures elsewhere. ``python -m bench NAME`` replaces the section of that name and leaves the others.
"""

import platform
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from bench.machine import cores, installed, processor

WHERE = Path(__file__).parent / "RESULTS.md"

HEAD = """# Speed

Measured by `make bench`, which writes this page; one part by `python -m bench NAME`. Each figure is
a ratio to a peer or to a floor that was measured in the same run, so that it means much the same on
another machine: the median, and the quartiles between which half of the rounds lie.
"""


@dataclass(frozen=True)
class Row:
    """One figure.

    Parameters
    ----------
    what : str
        What was measured.
    value : float or sequence of float
        The figure, or that of each round: of those the median counts, and the quartiles are shown.
    against : str
        What it is a ratio to, or of what kind it is where it is none.
    reach : str
        What is hoped for: "≤ 2.3" or "≥ 8"; empty where nothing is.
    unit : str
        What follows the number: "×", " MB", " s" …
    """

    what: str
    value: object
    against: str = ""
    reach: str = ""
    unit: str = "×"

    def __post_init__(self):
        if self.reach and not re.fullmatch(r"[≤≥] [\d.]+", self.reach):
            raise ValueError(f'reach is {self.reach!r}; expected one like "≤ 2.3" or "≥ 8".')

    @property
    def median(self):
        """Return the figure."""
        return float(np.median(self.value))

    @property
    def met(self):
        """Return whether it is as good as was hoped for; None where nothing was."""
        if not self.reach:
            return None
        sign, limit = self.reach.split()
        return self.median <= float(limit) if sign == "≤" else self.median >= float(limit)

    def cells(self):
        """Return the row's cells, as text."""
        quartiles = np.percentile(self.value, [25, 75]) if np.ndim(self.value) else ()
        spread = " to ".join(map(number, quartiles))
        reach = f"{self.reach}{self.unit}" if self.reach else ""
        met = {None: "", True: "met", False: "**missed**"}[self.met]
        return [self.what, number(self.median) + self.unit, self.against, spread, reach, met]


@dataclass(frozen=True)
class Section:
    """One part of the results.

    Parameters
    ----------
    name : str
        The bench's name, as in ``python -m bench NAME``.
    title : str
        Its heading.
    how : str
        How it was measured, as Markdown.
    rows : sequence of Row
        The figures.
    notes : sequence of str
        What else to know, a paragraph each: above all which peer was missing.
    packages : sequence of str
        Distributions whose versions belong to the environment.
    """

    name: str
    title: str
    how: str
    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    packages: tuple[str, ...] = ("numpy",)

    def markdown(self):
        """Return the section as it stands in the file."""
        cells = [["what", "figure", "against", "spread", "reach", ""]]
        cells += [row.cells() for row in self.rows]
        widths = [max(3, *map(len, column)) for column in zip(*cells, strict=True)]
        lines = [
            "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
            for line in [cells[0], ["-" * width for width in widths], *cells[1:]]
        ]
        table = "\n".join(lines)
        return "\n\n".join(
            [f"## {self.title}", self.how, table, *self.notes, environment(self.packages)]
        )


def number(value):
    """Return a number with three significant digits, thousands spelt out."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def environment(packages):
    """Return on what it ran, and when."""
    versions = [f"{name} {installed(name)}" for name in packages if installed(name)]
    system = f"{platform.system()}, {processor()}, {cores()} cores, Python"
    facts = ", ".join([f"{system} {platform.python_version()}", *versions])
    return f"*{date.today().isoformat()}; {facts}.*"


def write(section, names, where=WHERE):
    """Put a section into the file, in the place of the one that was there.

    Parameters
    ----------
    section : Section
        The new one.
    names : sequence of str
        Of all benches, in the order of their sections.
    where : Path
        The file.
    """
    text = where.read_text("utf-8") if where.exists() else ""
    found = re.split(r"<!-- (\w+) -->\n", text)
    sections = dict(zip(found[1::2], found[2::2], strict=True))
    sections[section.name] = section.markdown() + "\n\n"
    ordered = [f"<!-- {n} -->\n{sections[n].strip()}\n" for n in names if n in sections]
    where.write_text("\n".join([HEAD, *ordered]), "utf-8")
