"""The picture of a NowcastPlayer: maps of one frame side by side, and the scores beneath."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lstm_edu.colours import colours
from lstm_edu.nowcast import THRESHOLD
from lstm_edu.plotting.maps import paint
from lstm_edu.plotting.style import NORMAL, SMALL, Panels, hairlines, new_figure, styled
from lstm_edu.rain import level

#: How the lines of scores are drawn, as in nowcast_player.css.
DASHES = {"network": "-", "persistence": (0, (2, 3)), "advection": (0, (7, 3))}


@styled
def draw(
    maps: Mapping[str, np.ndarray], scores: Mapping[str, np.ndarray], theme: str = "light"
) -> str:
    """Return the picture as an SVG.

    Parameters
    ----------
    maps : mapping of ndarray, shape (height, width)
        Levels by name, the truth first.
    scores : mapping of ndarray, shape (ahead,)
        Of every other map, at each step ahead.
    theme : {"light", "dark"}
        The ground.
    """
    shades = colours(theme)
    figure = new_figure(4.0, theme)
    grid = figure.add_gridspec(2, len(maps), height_ratios=(1.3, 1))
    for at, (name, found) in enumerate(maps.items()):
        ax = figure.add_subplot(grid[0, at])
        paint(
            ax, found, most=1.2, line=level(THRESHOLD), tone="x", theme=theme, dashed=maps["truth"]
        )
        ax.set_title(name, loc="left", fontsize=NORMAL, color=shades.muted)
    lower = figure.add_subplot(grid[1, :])
    hairlines(lower, theme)
    tones = {
        "network": shades.text["c"],
        "persistence": shades.muted,
        "advection": shades.text["o"],
    }
    for name, values in scores.items():
        ahead = np.arange(1, len(values) + 1)
        lower.plot(ahead, values, color=tones[name], linestyle=DASHES[name])
        lower.annotate(
            name,
            (ahead[-1], values[-1]),
            xytext=(6, 0),
            textcoords="offset points",
            fontsize=SMALL,
            color=tones[name],
            va="center",
        )
    lower.set_ylim(0)
    lower.set_xlabel("steps ahead", color=shades.muted, fontsize=SMALL)
    return Panels(picture=lower).svg()
