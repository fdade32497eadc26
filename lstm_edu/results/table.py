"""Results as a table: HTML for a page, plain text for a terminal."""

from __future__ import annotations

from html import escape

from lstm_edu.colours import colours
from lstm_edu.results.record import Results, Row

#: The page's own colours; in a notebook, which may not have them, those of the light theme.
LSTM = f"color: var(--lstm-c, {colours().text['c']})"
MUTED = f"color: var(--lstm-muted, {colours().muted})"
NUMBER = "text-align: right; vertical-align: top; padding: 0.45rem 0 0.45rem 1rem"
NAME = "text-align: left; vertical-align: top; padding: 0.45rem 0; min-width: 8.5rem"


class Table:
    """The rows of `results`: in HTML where it is shown, in plain text where it is printed.

    Networks with an LSTM are in the colour of the cell state and in bold; the best row says so.

    Parameters
    ----------
    results : Results
        The record.
    seconds : bool
        Whether it has a column for how long training took.
    """

    def __init__(self, results: Results, *, seconds: bool = False) -> None:
        self.results = results
        self.seconds = seconds
        measure = results.measure
        self.head = measure.name + (f", {measure.unit}" if measure.unit else "")
        self._several = any(len(row.scores) > 1 for row in results.rows)
        self._weights = any(row.parameters is not None for row in results.rows)

    def caption(self) -> str:
        """Return what the numbers are, in a sentence or two."""
        measure = self.results.measure
        said = f"Measured on {measure.on}; {measure.better} is better."
        if self._several:
            said += f" Mean ± sample standard deviation over {len(self.results.seeds)} seeds."
        return said

    def cells(self, row: Row) -> list[str]:
        """Return what stands beside a row's name."""
        spread = "" if row.spread is None else f" ± {self.results.measure.written(row.spread)}"
        cells = [self.results.measure.written(row.mean) + spread]
        if self._weights:
            cells.append("" if row.parameters is None else f"{row.parameters:,}")
        if self.seconds:
            cells.append("" if row.seconds is None else _rounded(row.seconds))
        return cells

    def heads(self) -> list[str]:
        """Return the heads of these columns."""
        return [self.head] + ["weights"] * self._weights + ["seconds"] * self.seconds

    def __str__(self) -> str:
        """Return it as lines of text."""
        rows = [["", *self.heads()], *([row.name, *self.cells(row)] for row in self.results.rows)]
        marks = ["", *("best" * (row is self.results.best) for row in self.results.rows)]
        wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = []
        for (name, *cells), mark in zip(rows, marks, strict=True):
            beside = [cell.rjust(width) for cell, width in zip(cells, wide[1:], strict=True)]
            lines.append("  ".join([name.ljust(wide[0]), *beside, mark]).rstrip())
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        heads = "".join(
            f'<th scope="col" style="{NUMBER}; white-space: normal">{escape(head)}</th>'
            for head in self.heads()
        )
        body = "\n".join(map(self._row, self.results.rows))
        return (
            f'<table class="lstm-results">\n'
            f'<caption style="caption-side: bottom; text-align: left; padding: 0.5rem 0; '
            f'font-size: 0.875em; {MUTED}">{escape(self.caption())}</caption>\n'
            f'<thead><tr><th scope="col" style="{NAME}">method</th>{heads}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table>"
        )

    def _row(self, row: Row) -> str:
        strong = f"font-weight: 700; {LSTM}" if row.is_lstm else "font-weight: 400; color: inherit"
        note = (
            f'<br><small style="font-weight: 400; {MUTED}">{escape(row.note)}</small>'
            if row.note
            else ""
        )
        score, *rest = map(escape, self.cells(row))
        if row is self.results.best:
            score = f"<strong>{score}</strong><br><small>best</small>"
        cells = "".join(
            f'<td style="{NUMBER}; white-space: nowrap">{cell}</td>' for cell in (score, *rest)
        )
        name = f'<span style="{strong}">{escape(row.name)}</span>{note}'
        return f'<tr><th scope="row" style="{NAME}">{name}</th>{cells}</tr>'


def _rounded(seconds: float) -> str:
    """Return seconds to two digits, which is how far one can trust them."""
    if seconds < 0.95:
        return "under 1"
    size = 10 ** max(0, len(str(int(seconds))) - 2)
    return f"{round(seconds / size) * size:,}"
