"""The picture of a CrossEntropy: prediction beside target, and each term as an area."""

from __future__ import annotations

import numpy as np

from lstm_edu.colours import colours
from lstm_edu.plotting.canvas import mix
from lstm_edu.plotting.style import NORMAL, SMALL, Panels, Picture, hairlines, new_figure, styled


@styled
def cross_entropy_picture(
    classes: tuple[str, ...],
    p: np.ndarray,
    q: np.ndarray,
    surprise: np.ndarray,
    *,
    theme: str = "light",
) -> str:
    """Return the picture as an SVG.

    Parameters
    ----------
    classes : tuple of str
        Their names.
    p, q, surprise : ndarray, shape (number of classes,)
        The target, the prediction, and −ln q, which may be infinite.
    theme : {"light", "dark"}
        The ground.
    """
    shades = colours(theme)
    figure = new_figure(2.9, theme)
    panels = Panels()
    for k, name in enumerate(("bars", "areas"), start=1):
        ax = figure.add_subplot(1, 2, k, axes_class=Picture, label=name)
        panels[name] = hairlines(ax, theme)
    rows = np.arange(len(classes))
    bars, areas = panels["bars"], panels["areas"]
    fills = [shades.ink if k == p.argmax() else shades.fill["x"] for k in rows]
    bars.barh(rows, q, height=0.42, color=fills)
    bars.barh(rows + 0.36, p, height=0.2, facecolor="none", edgecolor=shades.muted, linewidth=1)
    bars.set_yticks(rows, classes, family="monospace", fontsize=NORMAL + 2, color=shades.ink)
    bars.tick_params(axis="y", length=0)
    bars.set(xlim=(0, 1), ylim=(len(classes) - 0.3, -0.5))
    bars.set_xlabel("predicted q, and target p in outline", color=shades.muted, fontsize=SMALL)

    widths = np.concatenate([surprise[p > 0], -np.log(p[p > 0])])
    end = 1.1 * max([0.5, *widths[np.isfinite(widths)]])
    grey = mix(shades.fill["x"], shades.background, 0.55)
    orange = mix(shades.fill["f"], shades.background, 0.75)
    above = 0.0
    for part, cost in zip(p, surprise, strict=True):
        if part == 0:
            continue
        least, cost = -np.log(part), min(cost, 1.2 * end)
        middle = above + part / 2
        areas.barh(middle, min(cost, least), height=part, color=grey)
        areas.barh(middle, max(0, cost - least), left=least, height=part, color=orange)
        if cost < least:
            saved = {"facecolor": "none", "edgecolor": shades.muted, "linestyle": "--"}
            areas.barh(middle, least - cost, height=part, left=cost, linewidth=0.8, **saved)
        above += part
    loss = float((p * np.where(p > 0, surprise, 0)).sum())
    if np.isfinite(loss):
        areas.axvline(loss, color=shades.ink, linewidth=1.6)
    areas.set_title(f"loss {loss:.3f} nats".replace("inf", "∞"), color=shades.ink, fontsize=NORMAL)
    areas.set(xlim=(0, end), ylim=(1, 0), yticks=[0, 0.5, 1])
    areas.set_xlabel("−ln q, in nats; as high as p", color=shades.muted, fontsize=SMALL)
    return panels.svg()
