"""The picture of a Translator: where the decoder looked for each token that it wrote."""

from __future__ import annotations

import warnings

from lstm_edu.colours import colours, sequential
from lstm_edu.plotting.style import NORMAL, Panels, hairlines, new_figure, styled
from lstm_edu.translator import END, Translation


@styled
def draw(translation: Translation, theme: str = "light") -> str:
    """Return the attention as a matrix, as an SVG; its texts stay texts, for the reader's fonts.

    Parameters
    ----------
    translation : Translation
        What was written: a row for each token, a column for each word read.
    theme : {"light", "dark"}
        The ground.
    """
    with warnings.catch_warnings():
        # Whoever looks at the SVG has a font for Chinese; Matplotlib, which measures, has none.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        return attention(translation, theme).svg()


@styled
def attention(translation: Translation, theme: str = "light") -> Panels:
    """Return the attention as a matrix: a row for each token written, a column for each word read.

    Parameters
    ----------
    translation : Translation
        What was written.
    theme : {"light", "dark"}
        The ground.
    """
    shades = colours(theme)
    read = [*translation.source.pieces[:-1], "end"]
    tokens = zip(translation.ids, translation.pieces, strict=True)
    written = ["end" if token == END else piece.strip() for token, piece in tokens]
    figure = new_figure(0.9 + 0.26 * len(written), theme)
    ax = figure.subplots()
    hairlines(ax, theme)
    ax.pcolormesh(translation.weights, cmap=sequential("x", theme), vmin=0, vmax=1)
    ax.invert_yaxis()
    ax.set_yticks([row + 0.5 for row in range(len(written))], written, fontsize=NORMAL)
    ax.set_xticks([column + 0.5 for column in range(len(read))], read, rotation=40, ha="left")
    ax.xaxis.tick_top()
    ax.tick_params(length=0, colors=shades.ink)
    return Panels(picture=ax)
