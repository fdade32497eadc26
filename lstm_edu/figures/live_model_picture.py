"""The picture of a LiveModel: the tinted text, and what the network says at the cursor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_edu.colours import colours, diverging
from lstm_edu.plotting.anatomy_text import TINT
from lstm_edu.plotting.canvas import Canvas, fixed
from lstm_edu.plotting.style import SIGNS, WIDTH, Picture, new_figure, styled, visible

ROW, LETTER, CHIP = 28.0, 12.0, 9.2
#: Where bars begin, and how long a full one is.
BARS, LONGEST = 150.0, 300.0


@styled
def live_model_picture(
    tokens: Sequence[str],
    states: np.ndarray,
    time: int,
    said: Sequence[tuple[str, float]],
    note: str,
    *,
    theme: str = "light",
) -> str:
    """Return the picture as an SVG.

    Parameters
    ----------
    tokens : sequence of str
        The text.
    states : ndarray, shape (tokens,)
        What tints them.
    time : int
        Where the cursor stands.
    said : sequence of (str, float)
        Labels with their shares or numbers.
    note : str
        Whose state it is that tints.
    theme : {"light", "dark"}
        The ground.
    """
    shades = colours(theme)
    width = 96 * WIDTH
    places, rows = _places(tokens, width)
    top = 34 + ROW * rows
    height = top + 34 + 26 * len(said)
    figure = new_figure(height / 96, theme)
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1), axes_class=Picture, label="live model")
    canvas = Canvas(ax, width, height, shades)
    canvas.text(0, 14, f"tinted by {note}", shades.muted, size=12)
    colormap = diverging(theme)
    limit = max(1.0, float(np.abs(states).max()))
    for k, (token, (left, row, wide)) in enumerate(zip(tokens, places, strict=True)):
        tint = colormap(0.5 + 0.5 * TINT * float(states[k]) / limit)
        upper = 24 + ROW * row
        canvas.box(left + 0.5, upper, wide - 1, ROW - 4, radius=3, fill=tint)
        if k == time:
            canvas.box(left, upper - 1, wide, ROW - 2, radius=4, edge=shades.ink, line=1.8)
        colour = shades.muted if token in SIGNS else shades.ink
        middle = left + wide / 2
        canvas.text(
            middle, upper + 17, visible(token), colour, size=15, anchor="center", family="monospace"
        )
    canvas.text(0, top + 14, f"at {visible(tokens[time])}", shades.muted, size=12)
    for k, (label, value) in enumerate(said):
        y = top + 26 + 26 * k
        name = visible(label)
        canvas.text(BARS - 12, y + 15, name[:18], shades.ink, size=14, anchor="right")
        canvas.box(BARS, y + 3, LONGEST, 15, radius=2, fill=shades.surface)
        if 0 < value <= 1:
            canvas.box(BARS, y + 3, LONGEST * value, 15, radius=2, fill=shades.fill["x"])
        canvas.number(BARS + LONGEST + 12, y + 15, fixed(value), shades.ink)
    return ax.svg()


def _places(tokens: Sequence[str], width: float) -> tuple[list[tuple[float, int, float]], int]:
    """Return left edge, row and width of each token, words kept whole; and how many rows."""
    letters = all(len(token) == 1 for token in tokens)
    wide = [LETTER if letters else CHIP * len(visible(token)) + 12 for token in tokens]
    places: list[tuple[float, int, float]] = []
    left, row = 0.0, 0
    for k, own in enumerate(wide):
        word = own
        if letters and k and tokens[k - 1] in " \n":
            word = sum(LETTER for _ in _word(tokens, k))
        if left and (left + word > width or (letters and tokens[k - 1] == "\n")):
            left, row = 0.0, row + 1
        places.append((left, row, own))
        left += own
    return places, row + 1


def _word(tokens: Sequence[str], start: int) -> Sequence[str]:
    """Return the letters from `start` up to the next blank."""
    end = next((k for k in range(start, len(tokens)) if tokens[k] in " \n"), len(tokens))
    return tokens[start:end]
