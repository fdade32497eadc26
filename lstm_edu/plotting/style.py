"""What all pictures share: where they are drawn, how they look, how they show themselves."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lstm_edu import _checks
from lstm_edu.colours import Colours, colours
from lstm_edu.plotting.compact import compact
from lstm_edu.record import Record

WIDTH = 7.5  # inches; as an SVG this is 720 px, the book's text column
SMALL, NORMAL = 8.0, 9.0  # points; 10.7 and 12 px

# Text is measured in fonts that matplotlib brings along, so that a picture is the same on every
# machine; where it is looked at, narrower fonts of the reader's own take their place.
FONTS = {
    "'DejaVu Sans', sans-serif": "Inter, system-ui, 'DejaVu Sans', sans-serif",
    "'DejaVu Sans Mono', monospace": "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
    "'DejaVu Serif', serif": "'STIX Two Text', Cambria, Georgia, 'DejaVu Serif', serif",
}
SETTINGS = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.monospace": ["DejaVu Sans Mono"],
    "font.serif": ["DejaVu Serif"],
    "font.size": NORMAL,
    "axes.unicode_minus": True,
    "image.composite_image": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "lstm_edu",
}

METADATA = ("Date", "Creator", "Format", "Type")  # left out: not the same on every run, or no use
NAMES = {
    "i": "input gate",
    "f": "forget gate",
    "g": "candidate",
    "o": "output gate",
    "c": "cell state",
    "h": "hidden state",
}
SIGNS = {" ": "␣", "\n": "↵", "\t": "⇥", "": "∅"}


class ShownAsSVG:
    """What shows itself at the end of a notebook cell, although pyplot is not in use."""

    def svg(self) -> str:
        """Return the whole figure as an SVG."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"image/svg+xml": self.svg(), "text/plain": repr(self)}


class Picture(ShownAsSVG, Axes):
    """Axes in a figure of their own."""

    def svg(self) -> str:
        """Return the whole figure as an SVG."""
        return svg(self.get_figure(root=True))

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"<Picture: {self.get_label()}>"


class Panels(ShownAsSVG, dict[str, Axes]):
    """Several axes of one figure by name."""

    def svg(self) -> str:
        """Return the whole figure as an SVG."""
        return svg(next(iter(self.values())).get_figure(root=True))

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"<Panels: {', '.join(self)}>"


def svg(figure: Figure) -> str:
    """Return a figure as an SVG that is the same, byte for byte, on every run."""
    stream = io.StringIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(stream, format="svg", metadata=dict.fromkeys(METADATA))
    text = stream.getvalue()
    for measured, shown in FONTS.items():
        text = text.replace(measured, shown)
    return compact(text)


def styled(draw: Callable) -> Callable:
    """Run a drawing function under the book's settings, and leave matplotlib's as they were."""

    @wraps(draw)
    def drawn(*args: Any, **options: Any) -> Any:
        with matplotlib.rc_context(SETTINGS):
            return draw(*args, **options)

    return drawn


def new_figure(height: float, theme: str) -> Figure:
    """Return a figure of the book's width, known to nobody but its caller."""
    ground = colours(theme).background
    return Figure(figsize=(WIDTH, height), layout="constrained", facecolor=ground)


def axes_or_new(ax: Axes | None, height: float, theme: str, label: str) -> tuple[Axes, Colours]:
    """Return `ax`, or axes in a figure of their own, with the spines and ticks of this book."""
    if ax is None:
        ax = new_figure(height, theme).add_subplot(axes_class=Picture, label=label)
    elif not isinstance(ax, Axes):
        raise TypeError(
            f"ax is a {type(ax).__name__}; expected matplotlib axes, or None for new ones"
        )
    return hairlines(ax, theme), colours(theme)


def hairlines(ax: Axes, theme: str) -> Axes:
    """Leave a hairline at the left and at the bottom, and small numbers."""
    shades = colours(theme)
    ax.set_facecolor(shades.background)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set(color=shades.rule, linewidth=0.8)
    ax.tick_params(
        colors=shades.muted, labelcolor=shades.muted, labelsize=SMALL, length=3, width=0.8
    )
    return ax


def headline(ax: Axes, quantity: str, theme: str) -> None:
    """Write the symbol of what is shown above the axes, in its colour, and then its name."""
    shades = colours(theme)
    name = NAMES.get(quantity)
    ax.annotate(
        quantity if name else quantity.capitalize(),
        (0, 1),
        (0, 6),
        xycoords="axes fraction",
        textcoords="offset points",
        color=text_colour(quantity, shades),
        fontsize=NORMAL + 3,
        va="baseline",
        fontweight="bold",
        fontstyle="italic" if name else "normal",
        family="serif" if name else "sans-serif",
    )
    if name:
        ax.annotate(
            name,
            (0, 1),
            (16, 6),
            xycoords="axes fraction",
            textcoords="offset points",
            va="baseline",
            color=shades.muted,
            fontsize=NORMAL,
        )


def text_colour(quantity: str, shades: Colours) -> str:
    """Return the colour of a quantity as text; those without one of their own are grey."""
    return shades.text.get(quantity, shades.muted)


def fill_colour(quantity: str, shades: Colours) -> str:
    """Return the colour of a quantity as an area."""
    return shades.fill.get(quantity, shades.fill["x"])


def visible(token: object) -> str:
    """Return a token as it is drawn: a space as ␣, a line break as ↵."""
    return SIGNS.get(str(token), str(token))


def unit_interval(ax: Axes, labels: tuple[str, str, str]) -> None:
    """Write numbers under an axis from 0 to 1 at its ends and middle, within its own width."""
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.5, 1], labels)
    for label, align in zip(ax.get_xticklabels(), ("left", "center", "right"), strict=True):
        label.set_horizontalalignment(align)


def bounded(values: np.ndarray, quantity: str, trace: Record) -> bool:
    """Return whether values lie between 0 and 1: a gate's do, unless its activation is unusual."""
    return quantity in trace.gates and values.min() >= 0 and values.max() <= 1


def token_axis(ax: Axes, tokens: Sequence[object] | None, steps: int, theme: str) -> None:
    """Write the tokens under the time axis, or numbers where there are none or too many."""
    shades = colours(theme)
    ax.set_xlim(-0.5, steps - 0.5)
    if tokens is None or steps > 100:
        ax.set_xlabel("time step", color=shades.muted, fontsize=SMALL)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        return
    long = max(len(visible(token)) for token in tokens) > 2
    size = next(points for most, points in ((50, 10.0), (75, 8.5), (100, 6.5)) if steps <= most)
    ax.set_xticks(range(steps), [visible(token) for token in tokens])
    ax.tick_params(axis="x", length=0, pad=3, rotation=90 if long else 0)
    for label, token in zip(ax.get_xticklabels(), tokens, strict=True):
        label.set(
            family="monospace",
            fontsize=size,
            color=shades.muted if str(token) in SIGNS else shades.ink,
        )


def check_record(record: object) -> Record:
    """Return a record, or say what was given instead."""
    if not isinstance(record, Record):
        raise TypeError(
            f"trace is a {type(record).__name__}; expected a Trace or another record of a run, "
            "which calling a layer returns"
        )
    return record


def check_example(record: Record, example: int) -> int:
    """Return the index of an example of the batch."""
    return _checks.integer("example", example, -len(record.h), len(record.h) - 1)


def check_units(record: Record, units: int | Sequence[int]) -> list[int]:
    """Return units as a list of indices from 0."""
    count = record.shape[2]
    several = [units] if not hasattr(units, "__iter__") else list(units)
    if not several:
        raise ValueError(f"units is {units!r}; expected at least one of the {count} units")
    return [_checks.integer("unit", unit, -count, count - 1) % count for unit in several]
