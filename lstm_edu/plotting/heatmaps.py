"""All units of a layer over time: one row a unit, one column a step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from lstm_edu import _checks, measures
from lstm_edu.colours import colours, diverging, sequential
from lstm_edu.plotting.style import (
    NAMES,
    SMALL,
    Panels,
    Picture,
    axes_or_new,
    bounded,
    check_example,
    check_record,
    check_units,
    hairlines,
    headline,
    new_figure,
    styled,
    token_axis,
)
from lstm_edu.record import Record

SORTS = ("index", "mean", "half-life", "activity")


@styled
def heatmap(
    trace: Record,
    quantity: str = "f",
    *,
    example: int = 0,
    units: Sequence[int] | None = None,
    sort: str = "index",
    limit: float | None = None,
    ax: Axes | None = None,
    theme: str = "light",
) -> Axes:
    """Draw one gate or state of all units over time.

    Parameters
    ----------
    trace : Record
        The run; a `Trace` of an LSTM, or the record of another layer.
    quantity : str
        Which: ``"i"``, ``"f"``, ``"g"``, ``"o"``, ``"c"`` or ``"h"``.
    example : int
        Which sequence of the batch.
    units : sequence of int, optional
        Which units, from the top down; all if not given.
    sort : {"index", "mean", "half-life", "activity"}
        The order of the rows: as they are, or greatest first by mean value, by the steps after
        which half of the memory is left, by standard deviation over time.
    limit : float, optional
        Where the scale of a signed quantity ends. By default a round number, 1 at least, that 98 %
        of the values stay below; what lies beyond has the colour of the end.
    ax : matplotlib axes, optional
        Where to draw; new axes if not given.
    theme : {"light", "dark"}
        The ground.

    Returns
    -------
    matplotlib axes
        `Picture` where they are new.
    """
    ax, _ = axes_or_new(ax, 3.6, theme, f"heatmap of {quantity}")
    rows, order = _rows(trace, quantity, example, units, sort)
    image = _draw(ax, rows, quantity, trace, limit, theme)
    token_axis(ax, trace.tokens, rows.shape[1], theme)
    _unit_axis(ax, order, sort, theme)
    headline(ax, quantity, theme)
    _scale(ax, image, theme)
    return ax


@styled
def heatmaps(
    trace: Record,
    *,
    example: int = 0,
    units: Sequence[int] | None = None,
    sort: str = "index",
    theme: str = "light",
) -> Panels:
    """Draw all gates and states of a run, one panel each, with the rows in the same order.

    Parameters
    ----------
    trace, example, units, theme
        As in `heatmap`.
    sort : str
        As in `heatmap`; ``"mean"`` and ``"activity"`` are those of the memory: c, or h.

    Returns
    -------
    Panels
        The axes by quantity.
    """
    _, order = _rows(trace, check_record(trace).memory, example, units, sort)
    figure = new_figure(1.55 * ((len(trace.quantities) + 1) // 2) + 0.2, theme)
    figure.get_layout_engine().set(h_pad=0.09)
    grid = figure.add_gridspec((len(trace.quantities) + 1) // 2, 2)
    panels = Panels()
    for cell, quantity in zip(grid, trace.quantities, strict=False):
        ax = figure.add_subplot(cell, axes_class=Picture, label=f"heatmap of {quantity}")
        rows, _ = _rows(trace, quantity, example, order, "index")
        image = _draw(hairlines(ax, theme), rows, quantity, trace, None, theme)
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
        headline(ax, quantity, theme)
        _scale(ax, image, theme)
        panels[quantity] = ax
    return panels


def _rows(
    trace: Record, quantity: str, example: int, units: Sequence[int] | None, sort: str
) -> tuple[np.ndarray, list[int]]:
    """Return the values as they are drawn, (units, time), and which unit is in which row."""
    check_record(trace)
    _checks.choice("quantity", quantity, trace.quantities)
    _checks.choice("sort", sort, SORTS)
    values = getattr(trace, quantity)[check_example(trace, example)]
    order = np.array(check_units(trace, range(trace.shape[2]) if units is None else units))
    if sort != "index":
        if sort == "half-life":
            by = measures.half_life(trace.select(example=example))
        else:
            by = values.mean(axis=0) if sort == "mean" else values.std(axis=0)
        order = order[np.argsort(-by[order], kind="stable")]
    return values.T[order], order.tolist()


def _draw(
    ax: Axes, rows: np.ndarray, quantity: str, trace: Record, limit: float | None, theme: str
):
    """Draw the cells as one image, which stays small in an SVG: one pixel a cell."""
    if bounded(rows, quantity, trace):
        if limit is not None:
            raise ValueError(f"limit is {limit!r}, but the scale of {quantity} runs from 0 to 1")
        low, high, colormap = 0.0, 1.0, sequential(quantity if quantity in NAMES else "x", theme)
    else:
        high = round_limit(rows) if limit is None else limit
        high = _checks.number("limit", high, 0.0, above=True)
        low, colormap = -high, diverging(theme)
    return ax.imshow(
        rows, colormap, aspect="auto", interpolation="none", vmin=low, vmax=high, origin="upper"
    )


def round_limit(values: np.ndarray) -> float:
    """Return the smallest of 1, 1.5, 2, 3, 5, 8, 10, 15 … that 98 % of all |values| stay below."""
    size = max(1.0, float(np.quantile(np.abs(values), 0.98)))
    power = 10.0 ** np.floor(np.log10(size))
    return float(next(step * power for step in (1, 1.5, 2, 3, 5, 8, 10) if size <= step * power))


def _unit_axis(ax: Axes, order: list[int], sort: str, theme: str) -> None:
    """Write the units' numbers: a few where they stand in order, each where they are few."""
    muted = colours(theme).muted
    plain = order == list(range(len(order)))
    label = "unit" if sort == "index" else f"units, by {sort}"
    ax.set_ylabel(label, color=muted, fontsize=SMALL)
    if len(order) <= 12:
        ax.set_yticks(range(len(order)), [str(unit) for unit in order])
    elif plain:
        step = 10 if len(order) <= 64 else 20
        ax.set_yticks(range(0, len(order), step))
    else:
        ax.set_yticks([])
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)


def _scale(ax: Axes, image, theme: str) -> None:
    """Draw the scale as a strip above the image's right end, with its ends written out."""
    low, high = image.get_clim()
    strip = ax.inset_axes((0.84, 1.035, 0.1, 1), zorder=3)
    strip.set_axes_locator(_Strip(ax))
    strip.imshow(
        np.linspace(low, high, 64)[None],
        image.cmap,
        aspect="auto",
        interpolation="none",
        vmin=low,
        vmax=high,
    )
    strip.set(xticks=[], yticks=[], facecolor="none")
    for spine in strip.spines.values():
        spine.set(color=colours(theme).rule, linewidth=0.6)
    ends = ("0", "1") if low == 0 else (f"−{high:.3g}", f"+{high:.3g}")
    for end, x, align in zip(ends, (0, 1), ("right", "left"), strict=True):
        strip.annotate(
            end,
            (x, 0.5),
            (-3 if x == 0 else 3, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=align,
            va="center",
            fontsize=SMALL,
            color=colours(theme).muted,
        )


class _Strip:
    """A place for 60 × 7 points above the right end of some axes, however those are laid out."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax

    def __call__(self, strip: Axes, renderer) -> object:
        figure = self.ax.get_figure()
        box = self.ax.get_position()
        width, height = (np.array(figure.get_size_inches()) * 72).tolist()
        return Bbox.from_bounds(box.x1 - 84 / width, box.y1 + 7 / height, 60 / width, 7 / height)
