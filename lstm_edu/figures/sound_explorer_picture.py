"""The picture of a SoundExplorer: what the network reads, and what it would answer on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lstm_edu.colours import colours, diverging, sequential
from lstm_edu.plotting.style import NORMAL, SMALL, Panels, hairlines, new_figure, styled
from lstm_edu.sounds import decided

#: Where the colours of what is read end, in standard deviations; as in sound_explorer_view.ts.
LIMIT = 3.0
SHADES = 16


@styled
def draw(
    frames: np.ndarray, answers: np.ndarray, labels: Sequence[str], theme: str = "light"
) -> str:
    """Return the picture as an SVG.

    Parameters
    ----------
    frames : ndarray, shape (frames, features)
        What is read, scaled.
    answers : ndarray, shape (frames, outputs)
        What would be answered after each.
    labels : sequence of str
        The names of the outputs.
    theme : {"light", "dark"}
        The ground.
    """
    shades = colours(theme)
    figure = new_figure(4.2, theme)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(1, 1.1))
    for ax, shares, cmap, title in (
        (upper, 0.5 + frames.T / (2 * LIMIT), diverging(theme), "what the network reads"),
        (lower, answers.T, sequential("x", theme), "what it would answer after each frame"),
    ):
        hairlines(ax, theme)
        _cells(ax, shares, cmap)
        ax.set(xlim=(-0.5, len(frames) - 0.5), ylim=(len(shares) - 0.5, -0.5))
        ax.set_title(title, loc="left", fontsize=NORMAL, color=shades.muted)
    upper.set_yticks([0, len(frames[0]) - 1], ["loudness", "fine"], fontsize=SMALL)
    lower.set_yticks(range(len(labels)), labels, fontsize=SMALL)
    lower.set_xticks([0, len(frames) - 1], ["1", str(len(frames))])
    lower.set_xlabel("frame", color=shades.muted, fontsize=SMALL)
    since = decided(answers)
    lower.axvline(since - 0.5, color=shades.ink, linewidth=1.2, linestyle=(0, (3, 2)))
    return Panels(picture=lower).svg()


def _cells(ax: Axes, shares: np.ndarray, cmap: Colormap) -> None:
    """Draw cells in few shades, all of one shade as one path: half of what a mesh weighs."""
    levels = np.clip(np.rint(shares * SHADES), 0, SHADES).astype(int)
    for level in np.unique(levels):
        rows, columns = np.nonzero(levels == level)
        corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)])
        squares = np.stack([columns, rows], axis=1)[:, None] + corners
        path = Path.make_compound_path(*(Path(square, closed=False) for square in squares))
        ax.add_patch(PathPatch(path, facecolor=cmap(level / SHADES), linewidth=0))
