"""How the values of a gate are spread, over all units and steps."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from lstm_edu import _checks, measures
from lstm_edu.colours import colours
from lstm_edu.plotting.panels import gate_panels
from lstm_edu.plotting.style import (
    SMALL,
    Panels,
    axes_or_new,
    bounded,
    check_record,
    fill_colour,
    headline,
    styled,
    text_colour,
    unit_interval,
)
from lstm_edu.record import Record


@styled
def histogram(
    trace: Record,
    quantity: str = "f",
    *,
    bins: int = 20,
    ax: Axes | None = None,
    theme: str = "light",
) -> Axes:
    """Draw the share of a gate's values in each of equal stretches.

    Parameters
    ----------
    trace : Record
        The run; masked steps do not count.
    quantity : str
        A gate, from 0 to 1, or another quantity, from its least to its greatest value about 0.
    bins : int
        How many stretches.
    ax : matplotlib axes, optional
        Where to draw; new axes if not given.
    theme : {"light", "dark"}
        The ground.

    Returns
    -------
    matplotlib axes
        With one bar a stretch and the mean as a line.
    """
    check_record(trace)
    _checks.choice("quantity", quantity, trace.quantities)
    ax, _ = axes_or_new(ax, 2.2, theme, f"histogram of {quantity}")
    return _draw(ax, trace, quantity, bins, theme)


@styled
def histograms(trace: Record, *, bins: int = 20, theme: str = "light") -> Panels:
    """Draw the histograms of all gates of a record side by side.

    Parameters
    ----------
    trace, bins, theme
        As in `histogram`.

    Returns
    -------
    Panels
        The axes by gate.
    """
    return gate_panels(
        trace,
        lambda ax, gate: _draw(ax, trace, gate, bins, theme),
        name="histogram",
        height=2.0,
        theme=theme,
        sharey=True,
    )


def _draw(ax: Axes, trace: Record, quantity: str, bins: int, theme: str) -> Axes:
    shades = colours(theme)
    bins = _checks.integer("bins", bins, 2)
    values = measures.counted(trace, quantity).ravel()
    end = max(1.0, float(np.abs(values).max()))
    edges = np.linspace(0.0 if bounded(values, quantity, trace) else -end, end, bins + 1)
    counts, _ = np.histogram(values, edges)
    share = counts / len(values)
    ax.bar(
        edges[:-1],
        share,
        np.diff(edges) * 0.92,
        align="edge",
        color=fill_colour(quantity, shades),
        linewidth=0,
    )
    mean = float(values.mean())
    ax.axvline(mean, color=text_colour(quantity, shades), linewidth=1.2)
    left = mean > (edges[0] + edges[-1]) / 2
    ax.annotate(
        f"mean {mean:.2f}".replace("-", "−"),
        (mean, 1),
        (-4 if left else 4, -2),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        fontsize=SMALL,
        color=text_colour(quantity, shades),
    )
    ax.set_xlim(edges[0], edges[-1])
    if edges[0] == 0:
        unit_interval(ax, ("0", "0.5", "1"))
    ax.margins(y=0.2)
    ax.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    headline(ax, quantity, theme)
    return ax
