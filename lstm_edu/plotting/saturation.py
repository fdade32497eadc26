"""How often each unit's gates are shut or open."""

from __future__ import annotations

from matplotlib.axes import Axes

from lstm_edu import _checks
from lstm_edu.colours import colours
from lstm_edu.plotting.panels import gate_panels
from lstm_edu.plotting.style import (
    SMALL,
    Panels,
    axes_or_new,
    check_record,
    fill_colour,
    headline,
    styled,
    text_colour,
    unit_interval,
)
from lstm_edu.record import Record


@styled
def saturation(
    trace: Record,
    gate: str = "f",
    *,
    low: float = 0.1,
    high: float = 0.9,
    ax: Axes | None = None,
    theme: str = "light",
) -> Axes:
    """Draw each unit as a dot: how much of the time its gate is open, and how much it is shut.

    The picture of Karpathy, Johnson & Fei-Fei (2015, arXiv 1506.02078). A dot at the right end is a
    gate that is always open (f: the unit never forgets), one at the top a gate that is always shut,
    one at the origin a gate that is never sure.

    Parameters
    ----------
    trace : Record
        The run; masked steps do not count.
    gate : str
        Which gate.
    low, high : float
        Shut is below `low`, open above `high`.
    ax : matplotlib axes, optional
        Where to draw; new axes if not given.
    theme : {"light", "dark"}
        The ground.

    Returns
    -------
    matplotlib axes
        With one collection of a dot a unit, in the order of the units.
    """
    check_record(trace)
    _checks.choice("gate", gate, trace.gates)
    ax, _ = axes_or_new(ax, 3.2, theme, f"saturation of {gate}")
    return _draw(ax, trace, gate, low, high, theme)


@styled
def saturations(
    trace: Record, *, low: float = 0.1, high: float = 0.9, theme: str = "light"
) -> Panels:
    """Draw the saturation of all gates side by side.

    Parameters
    ----------
    trace, low, high, theme
        As in `saturation`.

    Returns
    -------
    Panels
        The axes by gate.
    """
    return gate_panels(
        trace,
        lambda ax, gate: _draw(ax, trace, gate, low, high, theme),
        name="saturation",
        height=2.75,
        theme=theme,
    )


def _draw(ax: Axes, trace: Record, gate: str, low: float, high: float, theme: str) -> Axes:
    shades = colours(theme)
    shut, opened = trace.saturation(low, high)[gate]
    # Shut and open exclude each other: no dot can lie beyond the diagonal.
    ax.plot([0, 1], [1, 0], color=shades.rule, linewidth=0.8, zorder=0)
    ax.scatter(
        opened,
        shut,
        s=20,
        color=fill_colour(gate, shades),
        alpha=0.65,
        clip_on=False,
        edgecolor=text_colour(gate, shades),
        linewidth=0.6,
    )
    ax.set(ylim=(0, 1), aspect="equal")
    unit_interval(ax, ("0", "50 %", "100 %"))
    ax.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    ax.set_xlabel(f"time open (> {high:g})", color=shades.muted, fontsize=SMALL)
    ax.set_ylabel(f"time shut (< {low:g})", color=shades.muted, fontsize=SMALL)
    headline(ax, gate, theme)
    return ax
