"""The picture of a SaliencyText: the tinted text in rows, and below it what is expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lstm_edu.colours import colours, diverging
from lstm_edu.plotting.anatomy_text import TINT
from lstm_edu.plotting.canvas import Canvas
from lstm_edu.plotting.style import SIGNS, WIDTH, Picture, new_figure, styled, visible

ROW, ADVANCE, GUESS = 32.0, 10.6, 84.0
GUESSES = 8


@styled
def draw(
    tokens: Sequence[str],
    values: np.ndarray,
    time: int,
    asked: str,
    expected: Mapping[str, float],
    theme: str = "light",
) -> Picture:
    """Draw tokens tinted by `values`, (tokens,), up to `time`, and the likeliest outputs."""
    shades = colours(theme)
    width = 96 * WIDTH
    places = _places([ADVANCE * max(1, len(token)) for token in tokens], width)
    rows = 1 + max(row for row, _ in places)
    height = ROW * rows + 78
    figure = new_figure(height / 96, theme)
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1), axes_class=Picture, label=f"saliency of {asked!r}")
    canvas = Canvas(ax, width, height, shades)
    colormap, limit = diverging(theme), max(1e-12, float(np.abs(values).max()))
    for k, (token, (row, left)) in enumerate(zip(tokens, places, strict=True)):
        wide, top = ADVANCE * max(1, len(token)), ROW * row
        if k <= time:
            tint = colormap(0.5 + 0.5 * TINT * values[k] / limit)
            canvas.box(left + 0.5, top + 2, wide - 1, 25, radius=2, fill=tint)
        if k == time:
            canvas.box(left - 0.5, top + 1, wide + 1, 27, radius=3, edge=shades.ink, line=1.8)
        faint = k > time or token in SIGNS
        colour = shades.muted if faint else shades.ink
        options = {"size": 15, "anchor": "center", "family": "monospace", "bold": k == time}
        text = "·" if token == " " else visible(token)
        canvas.text(left + wide / 2, top + 20, text, colour, **options)
    likeliest = sorted(expected, key=expected.get, reverse=True)[:GUESSES]
    if asked not in likeliest:
        likeliest[-1] = asked
    top = ROW * rows + 10
    canvas.text(0, top + 10, "expected next", shades.muted, size=12)
    for k, token in enumerate(likeliest):
        left, bold = (GUESS + 6) * k, token == asked
        name, share = visible(token), expected[token]
        canvas.text(left, top + 36, name, shades.ink, size=14, family="monospace", bold=bold)
        number = f"{share:.2f}" if share >= 0.01 else "<0.01"
        canvas.text(left + GUESS - 8, top + 36, number, shades.muted, size=12, anchor="right")
        canvas.box(left, top + 44, GUESS - 8, 5, radius=2, fill=shades.surface)
        fill = shades.ink if bold else shades.fill["x"]
        canvas.box(left, top + 44, max(1.0, share * (GUESS - 8)), 5, radius=2, fill=fill)
    return ax


def _places(widths: Sequence[float], room: float) -> list[tuple[int, float]]:
    """Return for each token its row, and where it begins in it."""
    places, row, left = [], 0, 0.0
    for width in widths:
        if left + width > room:
            row, left = row + 1, 0.0
        places.append((row, left))
        left += width
    return places
