"""Results as a picture: a row of dots for each method."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FormatStrFormatter, LogLocator, NullLocator

from lstm_edu import _checks
from lstm_edu.plotting.curves import SCALES
from lstm_edu.plotting.style import NORMAL, SMALL, axes_or_new, styled
from lstm_edu.results.record import Results


@styled
def dots(
    results: Results, *, xscale: str = "linear", ax: Axes | None = None, theme: str = "light"
) -> Axes:
    """Draw a small dot for each score, a large one for the mean; see `Results.plot`."""
    _checks.choice("xscale", xscale, SCALES)
    measure, rows = results.measure, results.rows
    if xscale == "log" and min(score for row in rows for score in row.scores) <= 0:
        raise ValueError("xscale is 'log', and a score is 0 or less; expected 'linear'")
    ax, shades = axes_or_new(ax, 0.9 + 0.3 * len(rows), theme, f"results of {results.name}")
    ax.set_xscale(xscale)
    if xscale == "log":
        ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.xaxis.set_major_formatter(FormatStrFormatter("%g"))
        ax.xaxis.set_minor_locator(NullLocator())
    for place, row in enumerate(rows):
        colour = shades.text["c"] if row.is_lstm else shades.muted
        level = [place] * len(row.scores)
        ax.plot([min(row.scores), max(row.scores)], [place] * 2, color=colour, linewidth=2.5)
        ax.plot(row.scores, level, "o", color=colour, ms=4, alpha=0.5, mew=0)
        filled = colour if row.kind == "network" else shades.background
        ax.plot(row.mean, place, "o", color=colour, ms=8, mfc=filled, mew=1.5)
    ax.set_yticks(range(len(rows)), [row.name for row in rows])
    for label, row in zip(ax.get_yticklabels(), rows, strict=True):
        label.set(
            color=shades.text["c"] if row.is_lstm else shades.ink,
            fontsize=NORMAL,
            fontweight="bold" if row.is_lstm else "normal",
        )
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color=shades.rule, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.spines["left"].set_visible(False)
    unit = f", {measure.unit}" if measure.unit else ""
    ax.set_xlabel(
        f"{measure.name}{unit} ({measure.better} is better; filled: networks, hollow: baselines)",
        color=shades.muted,
        fontsize=SMALL,
        loc="right",  # long names of rows leave little room, and more to the left
    )
    return ax
