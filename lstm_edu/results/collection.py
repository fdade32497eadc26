"""All records together: page by page in a few words, and one after the other in full."""

from __future__ import annotations

from html import escape
from pathlib import Path

from lstm_edu.results.record import Results
from lstm_edu.results.store import load, names
from lstm_edu.results.table import MUTED

#: What the pages of chapter 6 are called, in their order.
PAGES = {
    "1_summaries": "Summaries",
    "2_translation": "Translation",
    "3_roles": "Semantic roles",
    "4_stocks": "Stocks",
    "5_radar": "Radar",
    "6_speech": "Speech",
    "7_time_series": "Time series",
    "8_characters": "Characters",
    "9_long_text": "Long text",
}
SAID = {"wins": "wins", "level": "is level", "loses": "loses"}


def by_page() -> dict[str, list[Results]]:
    """Return the records of each page that has any; first the one that is named like the page."""
    found: dict[str, list[Results]] = {}
    for results in map(load, names()):
        found.setdefault(results.page, []).append(results)
    for page, several in found.items():
        several.sort(key=lambda results, page=page: (results.name != page[2:], results.name))
    return found


def outcomes() -> dict[str, int]:
    """Return at how many questions the network wins, is level, and loses."""
    said = [load(name).verdict().outcome for name in names()]
    return {outcome: said.count(outcome) for outcome in SAID}


def overview(folder: Path | str = ".") -> str:
    """Return each application with its verdicts, as a list in Markdown.

    Parameters
    ----------
    folder : path
        Where the pages are: one that is there is linked to.
    """
    lines = []
    for page, several in by_page().items():
        title = f"6.{page[0]} {PAGES.get(page, several[0].title)}"
        if (Path(folder) / f"{page}.ipynb").exists():
            title = f"[{title}]({page}.ipynb)"
        lines += [f"- **{title}.** {_asked(several[0])}"]
        lines += [f"  - {each.title}: {_asked(each)}" for each in several[1:]]
    return "\n".join(lines)


def _asked(results: Results) -> str:
    """Return the question and the verdict, its outcome first."""
    verdict = results.verdict()
    return f"{results.question} **The network {SAID[verdict.outcome]}.** {verdict}"


class Collection:
    """Every record in full: question, table with seconds, verdict, data and licence, command."""

    def __init__(self) -> None:
        self.results = [results for several in by_page().values() for results in several]

    def __repr__(self) -> str:
        """Return the tables as text, the same wherever the records are."""
        return "\n\n".join(
            f"{each.title}: {each.question}\n{each.table(seconds=True)}\n{each.verdict()}"
            for each in self.results
        )

    def _repr_html_(self) -> str:
        return "\n".join(map(self._section, self.results))

    def _section(self, results: Results) -> str:
        packages = ", ".join(f"{k} {v}" for k, v in results.environment.packages.items())
        small = (
            f"{results.data.source}. Licence: {results.data.licence}. {results.data.citation}. "
            f"SHA-256 of the data {results.data.checksum[:12]}…. "
            f"Seeds {', '.join(map(str, results.seeds))}; "
            f"Python {results.environment.python}, {packages}; written by"
        )
        return (
            f'<section class="lstm-record" id="results-{results.name}" style="margin: 2.5rem 0">\n'
            f"<h2>{escape(results.title)}</h2>\n"
            f"<p>{escape(results.question)} <strong>{escape(str(results.verdict()))}</strong></p>\n"
            f"{results.table(seconds=True)._repr_html_()}\n"
            f'<p style="font-size: 0.875em; overflow-wrap: anywhere; {MUTED}">{escape(small)} '
            f"<code>{escape(results.command)}</code></p>\n</section>"
        )
