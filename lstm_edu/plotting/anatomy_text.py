"""Above and below the cell, in the picture `anatomy`: the text, and the state over all of it."""

from __future__ import annotations

import numpy as np

from lstm_edu.colours import diverging
from lstm_edu.plotting.canvas import Canvas
from lstm_edu.plotting.style import SIGNS, visible

TEXT_HEIGHT, LINE_HEIGHT = 66.0, 90.0
#: Share of the full tint behind a token: text keeps its contrast on it.
TINT = 0.55


def draw_text(canvas: Canvas, tokens: list[str], tints: np.ndarray, time: int, note: str) -> None:
    """Draw the tokens as a strip, as many about the present one as there is room for.

    Parameters
    ----------
    canvas : Canvas
        Where to draw, at the top.
    tokens : list of str
        One a step.
    tints : ndarray, shape (time,)
        From −1 to 1, by which the tokens that have been read are tinted.
    time : int
        The present step.
    note : str
        What the tint means.
    """
    shades = canvas.shades
    words = [visible(token) for token in tokens]
    widths = [max(17.0, 8.6 * len(word) + 7) for word in words]
    first, last = around(time, widths, canvas.width)
    canvas.text(0, 13, f"step {time + 1} of {len(tokens)}", shades.muted, size=12)
    canvas.text(canvas.width, 13, note, shades.muted, size=12, anchor="right")
    colormap = diverging(shades.theme)
    left = 0.0
    for k in range(first, last + 1):
        tint = colormap(0.5 + 0.5 * TINT * float(np.clip(tints[k], -1, 1)))
        canvas.box(
            left + 0.75, 24, widths[k] - 1.5, 27, radius=3, fill=tint if k <= time else "none"
        )
        if k == time:
            canvas.box(left, 22.5, widths[k], 30, radius=4, edge=shades.ink, line=1.8)
        canvas.text(
            left + widths[k] / 2,
            43,
            words[k],
            shades.ink if k <= time and tokens[k] not in SIGNS else shades.muted,
            size=14,
            anchor="center",
            family="monospace",
            bold=k == time,
        )
        left += widths[k]


def around(time: int, widths: list[float], room: float) -> tuple[int, int]:
    """Return the first and the last of the tokens that fit, with the present one amid them."""
    first = last = time
    room -= widths[time]
    while True:
        before = first > 0 and widths[first - 1] <= room
        after = last + 1 < len(widths) and widths[last + 1] <= room
        if before and (not after or time - first <= last - time):
            first -= 1
            room -= widths[first]
        elif after:
            last += 1
            room -= widths[last]
        else:
            return first, last


def draw_line(canvas: Canvas, states: np.ndarray, time: int, unit: int, top: float) -> None:
    """Draw the unit's cell state over the whole text, with a cursor at the present step."""
    shades = canvas.shades
    high, low = max(0.0, float(states.max())), min(0.0, float(states.min()))
    span = max(high - low, 1e-9)
    x = np.linspace(6, canvas.width - 6, len(states)) if len(states) > 1 else np.array([360.0])
    y = top + 8 + (high - states) / span * 44
    zero = top + 8 + high / span * 44
    canvas.line([(0, zero), (canvas.width, zero)], shades.rule, 1)
    canvas.line([(x[time], top), (x[time], top + 60)], shades.ink, 1)
    canvas.line(list(zip(x, y, strict=True)), shades.text["c"], 1.8)
    canvas.box(x[time] - 4, y[time] - 4, 8, 8, radius=4, fill=shades.text["c"])
    canvas.text(0, top + 78, f"c of unit {unit} over the whole text", shades.muted, size=12)
