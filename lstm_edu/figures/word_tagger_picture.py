"""The picture of a WordTagger: the text with its labels, or with what is kept of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from lstm_edu.colours import colours
from lstm_edu.plotting.canvas import Canvas, mix
from lstm_edu.plotting.style import WIDTH, Picture, new_figure, styled
from lstm_edu.tagging import Span

ADVANCE, PAD, SMALL = 8.8, 10.0, 7.2
ROW, TALL = 56.0, 26.0
#: As much of a colour as text can be read on.
TINT = 0.16


@styled
def draw(
    words: Sequence[str],
    glued: Collection[int],
    spans: Sequence[Span],
    probabilities: np.ndarray | None,
    kept: Collection[int],
    marked: int | None,
    labels: Sequence[str],
    quiet: str = "",
    *,
    theme: str = "light",
) -> str:
    """Return the picture as an SVG.

    Parameters
    ----------
    words : sequence of str
        As they were typed.
    glued : collection of int
        Which of them follow upon the one before without a blank.
    spans : sequence of Span
        Under brackets; none where words are kept or not.
    probabilities : ndarray, shape (words,), or None
        Of being kept, which tint the words.
    kept : collection of int
        Which words are kept.
    marked : int or None
        Which word is asked about.
    labels : sequence of str
        All labels; the first of them have colours of their own.
    quiet : str
        The label that has none.
    theme : {"light", "dark"}
        The ground.
    """
    shades = colours(theme)
    width = 96 * WIDTH
    before = [0.0 if k in glued else PAD / 2 for k in range(len(words))]
    behind = [0.0 if k + 1 in glued else PAD / 2 for k in range(len(words))]
    widths = [
        left + ADVANCE * len(word) + right
        for left, word, right in zip(before, words, behind, strict=True)
    ]
    for label, first, end, _ in spans:
        # A short stretch makes room for its name.
        lacking = SMALL * (len(label) + 5) + PAD - sum(widths[first:end])
        widths[end - 1] += max(0.0, lacking)
    places, row, left = [], 0, 0.0
    for wide in widths:
        if left and left + wide > width:
            row, left = row + 1, 0.0
        places.append((left, row))
        left += wide
    high = ROW if spans or probabilities is None else ROW - 20
    height = high * (row + 1) + 6
    places = [(x, 2 + high * line) for x, line in places]
    figure = new_figure(height / 96, theme)
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1), axes_class=Picture, label="tagged words")
    canvas = Canvas(ax, width, height, shades)
    coloured = [label for label in labels if label != quiet]
    for label, first, end, probability in spans:
        place = coloured.index(label)
        colour = shades.tags[place] if place < len(shades.tags) else shades.muted
        for k in range(first, end):
            x, y = places[k]
            canvas.box(x, y, widths[k], TALL, fill=mix(colour, shades.background, TINT))
            canvas.line(
                [
                    (x + (k == first), y + TALL + 1),
                    (x + widths[k] - 3 * (k == end - 1), y + TALL + 1),
                ],
                colour,
                3,
            )
        x, y = places[first]
        canvas.text(
            x + 1, y + TALL + 16, f"{label.replace('_', ' ')} {probability:.2f}", colour, size=12
        )
    for k, word in enumerate(words):
        x, y = places[k]
        if probabilities is not None:
            tint = mix(shades.tags[1], shades.background, 0.4 * float(probabilities[k]))
            canvas.box(x + 1, y, widths[k] - 2, TALL, radius=3, fill=tint)
            if k in kept:
                canvas.line(
                    [(x + 2, y + TALL + 1), (x + widths[k] - 2, y + TALL + 1)], shades.ink, 2
                )
        if k == marked:
            wide = ADVANCE * len(word) + PAD - 2
            canvas.box(x + before[k] - 4, y, wide, TALL, radius=4, edge=shades.ink)
        middle = x + before[k] + ADVANCE * len(word) / 2
        canvas.text(
            middle,
            y + 18,
            word,
            shades.ink,
            size=14,
            anchor="center",
            family="monospace",
            bold=k == marked or k in kept,
        )
    return ax.svg()
