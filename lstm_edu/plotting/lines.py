"""Single units over time, as lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from lstm_edu import _checks
from lstm_edu.plotting.ends import name_ends
from lstm_edu.plotting.style import (
    NAMES,
    NORMAL,
    axes_or_new,
    bounded,
    check_example,
    check_record,
    check_units,
    fill_colour,
    styled,
    text_colour,
    token_axis,
)
from lstm_edu.record import Record

DASHES = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5)), (0, (2, 2)), (0, (8, 2)))


@styled
def unit_lines(
    trace: Record,
    units: int | Sequence[int],
    quantities: str | Sequence[str] = "c",
    *,
    example: int = 0,
    ax: Axes | None = None,
    theme: str = "light",
) -> Axes:
    """Draw some gates or states of one or a few units over time.

    Parameters
    ----------
    trace : Record
        The run.
    units : int or sequence of int
        Which units, six at the most; each has a dash pattern of its own.
    quantities : str or sequence of str
        Which gates and states, for example ``"c"``, ``"fc"`` or ``["f", "c"]``; each in its colour.
    example : int
        Which sequence of the batch.
    ax : matplotlib axes, optional
        Where to draw; new axes if not given.
    theme : {"light", "dark"}
        The ground.

    Returns
    -------
    matplotlib axes
        One line for each unit and quantity, in that order, its name at its end.
    """
    check_record(trace)
    example = check_example(trace, example)
    units = check_units(trace, units)
    if len(units) > len(DASHES):
        raise ValueError(
            f"{len(units)} units were given; more than {len(DASHES)} are not told apart"
        )
    if isinstance(quantities, str) and quantities not in trace.quantities:
        quantities = list(quantities)
    quantities = [quantities] if isinstance(quantities, str) else list(quantities)
    for quantity in quantities:
        _checks.choice("quantity", quantity, trace.quantities)
    ax, shades = axes_or_new(ax, 2.2, theme, f"{', '.join(quantities)} of unit {units}")
    steps = np.arange(trace.shape[1])
    names = []
    for unit, dashes in zip(units, DASHES, strict=False):
        for quantity in quantities:
            values = getattr(trace, quantity)[example, :, unit]
            ax.plot(
                steps,
                values,
                color=text_colour(quantity, shades)
                if quantity in ("c", "h")
                else fill_colour(quantity, shades),
                linestyle=dashes,
                linewidth=1.6,
                marker="o" if len(steps) == 1 else None,
            )
            label = quantity if len(units) == 1 else f"{quantity}, unit {unit}"
            names.append((float(values[-1]), label, text_colour(quantity, shades)))
    drawn = {quantity: getattr(trace, quantity)[example][:, units] for quantity in quantities}
    if not all(bounded(values, quantity, trace) for quantity, values in drawn.items()):
        ax.axhline(0, color=shades.rule, linewidth=0.8, zorder=0)
    else:
        ax.set_ylim(-0.02, 1.02)
    token_axis(ax, trace.tokens, len(steps), theme)
    name_ends(ax, names)
    title = f"unit {units[0]}" if len(units) == 1 else ""
    what = ", ".join(NAMES.get(quantity, quantity) for quantity in quantities)
    ax.set_title(
        "   ".join(filter(None, [title, what])), loc="left", color=shades.muted, fontsize=NORMAL
    )
    return ax
