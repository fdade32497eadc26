"""The picture of a GradientFlow: its lines, and the texts that fade as they fall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from lstm_edu.colours import Colours, colours
from lstm_edu.plotting.style import NORMAL, SMALL, Picture, hairlines, new_figure, styled, visible

#: Ends of the axis, and where a step is lost and where the gradient explodes, as powers of ten.
ENDS = (-9, 6)
LIMIT = 3
#: Far below the axis: where nothing arrives.
NOTHING = -400.0
DASHES = ((0, (6, 3)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 2)), (0, (8, 2)), (0, (1, 1)))
#: Letters that find room beneath the lines, one a step.
MOST_LETTERS = 100
#: What is left of a letter that is lost.
GHOST = 0.12


class Line(NamedTuple):
    """A line of the picture."""

    name: str
    norms: np.ndarray
    #: Whose colour it has: "h", "c" or "f".
    symbol: str
    #: What was read, one a step; None where it is not to be shown.
    tokens: Sequence[str] | None


@styled
def draw(lines: Sequence[Line], own: Sequence[Line], theme: str = "light") -> Picture:
    """Draw what arrives of each step over the steps back, and beneath it what was read.

    Parameters
    ----------
    lines : sequence of Line
        The forget gates alone, the RNN, the LSTM.
    own : sequence of Line
        The reader's own networks.
    theme : {"light", "dark"}
        The ground.
    """
    shades = colours(theme)
    steps = len(lines[0].norms)
    read = [line for line in (*lines, *own) if line.tokens is not None]
    letters = read if steps <= MOST_LETTERS else []
    figure = new_figure(3.5 + 0.2 * len(letters), theme)
    ax = hairlines(figure.add_subplot(axes_class=Picture, label="gradient flow"), theme)
    _ground(ax, shades)
    styles = [((0, (1, 2)), 1.2), ("-", 1.5), ("-", 2.6), *((dashes, 1.4) for dashes in DASHES)]
    ends = []
    for line, (dashes, width) in zip((*lines, *own), styles, strict=False):
        colour = shades.text[line.symbol]
        powers = _powers(line.norms)
        backs = np.arange(len(powers))[::-1]
        ax.plot(backs, powers, color=colour, linestyle=dashes, linewidth=width)
        crossing = np.flatnonzero(np.abs(powers[::-1]) > LIMIT)
        end = int(crossing[0]) if crossing.size else len(powers) - 1
        ends.append((min(end, steps - 1), line.name, colour, powers[::-1]))
    _names(ax, ends, steps, shades)
    ax.set_xlim(steps - 0.5, -0.5)
    ax.set_ylim(*ENDS)
    ax.set_yticks(range(ENDS[0], ENDS[1] + 1, 3), ["10⁻⁹", "10⁻⁶", "10⁻³", "1", "10³", "10⁶"])
    muted = {"color": shades.muted}
    title = "How much of a step arrives at the last one"
    ax.set_title(title, loc="left", fontsize=NORMAL, **muted)
    ax.set_xlabel(
        "steps back", fontsize=SMALL, loc="right", labelpad=4 + 15 * len(letters), **muted
    )
    for row, line in enumerate(letters):
        _letters(ax, line, row, steps, shades)
    return ax


def _powers(norms: np.ndarray) -> np.ndarray:
    """Return the norms as powers of ten, rounded so that every machine draws the same."""
    logs = np.log10(norms, where=norms > 0, out=np.full(len(norms), NOTHING))
    return np.round(logs, 4)


def _ground(ax: Axes, shades: Colours) -> None:
    """Shade where a step is lost and where the gradient explodes, and say so."""
    ax.axhspan(ENDS[0], -LIMIT, color=shades.surface, linewidth=0, zorder=0)
    loud = _mixed(shades.background, shades.fill["f"], 0.09)
    ax.axhspan(LIMIT, ENDS[1], color=loud, linewidth=0, zorder=0)
    for height, said, align in (
        (ENDS[0] + 0.3, "lost: less than 10⁻³", "bottom"),
        (ENDS[1] - 0.3, "explodes: more than 10³", "top"),
    ):
        ax.text(0, height, said, color=shades.muted, fontsize=SMALL, ha="right", va=align)
    for height in range(ENDS[0], ENDS[1] + 1, 3):
        ax.axhline(height, color=shades.rule, linewidth=0.5, zorder=0.5)


def _mixed(ground: str, colour: str, share: float) -> str:
    """Return a colour over a ground, as a share of it."""
    parts = zip(to_rgb(ground), to_rgb(colour), strict=True)
    return to_hex([below + share * (above - below) for below, above in parts])


def _names(ax: Axes, ends: list, steps: int, shades: Colours) -> None:
    """Name each line where it is lost: the first to go right below it, the others left above."""

    def name(text: str, place: tuple, offset: tuple, align: tuple, colour: str, **font) -> None:
        style = {"color": colour, "ha": align[0], "va": align[1], "fontsize": NORMAL, **font}
        ax.annotate(text, place, offset, textcoords="offset points", **style)

    (_, alone, colour, powers), *named = ends
    # The forget gates' line has its name where it leaves the plot.
    inside = np.flatnonzero(powers[:steps] >= ENDS[0])[-1]
    at_floor = inside < steps - 1
    offset, down = ((6, 2), "bottom") if at_floor else ((4, -5), "top")
    place = (inside, ENDS[0] if at_floor else powers[inside])
    name(alone, place, offset, ("left", down), colour, fontsize=SMALL)

    nearest = min(end for end, *_ in named)
    for end, text, colour, powers in named:
        place = (end, float(np.clip(powers[end], ENDS[0] + 0.6, ENDS[1] - 0.6)))
        offset, align = (
            ((6, -5), ("left", "top")) if end == nearest else ((-5, 4), ("right", "bottom"))
        )
        if end >= steps - 1 or powers[end] > LIMIT:
            offset, align = (4, 5), ("left", "bottom")
        name(text, place, offset, align, colour, fontweight="bold")
        ax.plot(*([value] for value in place), "o", color=colour, markersize=4, clip_on=False)


def _letters(ax: Axes, line: Line, row: int, steps: int, shades: Colours) -> None:
    """Write what was read under the axis, each letter as dark as its line is high."""
    powers = _powers(line.norms)
    down = -24 - 15 * row
    place = {"textcoords": "offset points", "annotation_clip": False, "va": "center"}
    across = ax.get_xaxis_transform()
    ax.annotate(
        line.name,
        (0, 0),
        (-8, down),
        xycoords="axes fraction",
        ha="right",
        color=shades.text[line.symbol],
        fontsize=SMALL,
        **place,
    )
    size = next(points for most, points in ((50, 10.0), (75, 8.5), (100, 6.5)) if steps <= most)
    for back, token in enumerate(reversed(line.tokens[: len(powers)])):
        if back >= steps:
            break
        share = float(np.clip(1 + powers[::-1][back] / LIMIT, 0, 1))
        colour = shades.text["f"] if powers[::-1][back] > LIMIT else shades.ink
        ax.annotate(
            "" if token == " " else visible(token),
            (back, 0),
            (0, down),
            xycoords=across,
            ha="center",
            fontsize=size,
            color=_mixed(shades.background, colour, GHOST + (1 - GHOST) * share),
            **place,
        )
