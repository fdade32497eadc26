"""Maps side by side, on one scale: rain, or what a layer of maps does."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import ArrayLike

from lstm_edu.colours import colours
from lstm_edu.plotting.style import NORMAL, SMALL, Panels, hairlines, new_figure, styled

SHADES = 6


@styled
def maps(
    values: Mapping[str, ArrayLike],
    *,
    most: float = 1.2,
    line: float | None = None,
    tone: str = "x",
    height: float = 2.2,
    theme: str = "light",
) -> Panels:
    """Draw maps in a few shades, from nought, the ground, to `most`.

    Parameters
    ----------
    values : mapping of str to array_like of shape (height, width)
        The maps by their titles; rows from the top.
    most : float
        What has the strongest shade.
    line : float, optional
        Draws a line around all that reaches this value.
    tone : str
        Whose colour: ``"x"`` of what is read, ``"f"`` of a forget gate …
    height : float
        Of the figure, in inches.
    theme : {"light", "dark"}
        The ground.

    Returns
    -------
    Panels
        The axes by title.

    Raises
    ------
    ValueError
        There is no map, or one is not a matrix of finite numbers.
    """
    arrays = {title: np.asarray(value, float) for title, value in values.items()}
    if not arrays:
        raise ValueError("no map was given")
    for title, array in arrays.items():
        if array.ndim != 2 or min(array.shape) < 2 or not np.isfinite(array).all():
            raise ValueError(
                f"{title} has shape {array.shape}; expected a map of finite numbers, "
                "(height, width), of 2 rows and columns or more"
            )
    figure = new_figure(height, theme)
    panels = Panels()
    for k, (title, array) in enumerate(arrays.items(), start=1):
        ax = hairlines(figure.add_subplot(1, len(arrays), k, label=title), theme)
        paint(ax, array, most=most, line=line, tone=tone, theme=theme)
        ax.set_title(title, loc="left", fontsize=NORMAL, color=colours(theme).muted)
        panels[title] = ax
    panels[title].annotate(
        f"tone 0 to {most:g}",  # stronger is more, by day and by night
        (1, 0),
        xytext=(0, -4),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=SMALL,
        color=colours(theme).muted,
    )
    return panels


def paint(
    ax: Axes,
    array: np.ndarray,
    *,
    most: float,
    line: float | None,
    tone: str,
    theme: str,
    dashed: np.ndarray | None = None,
) -> None:
    """Paint one map into axes; `dashed` is another one, of which only the line is drawn."""
    shades = colours(theme)
    stops = [shades.background, shades.fill[tone], shades.ink if tone == "x" else shades.text[tone]]
    cmap = LinearSegmentedColormap.from_list("map", stops, N=SHADES)
    rows, columns = np.indices(array.shape)
    # Filled shapes, not squares: a tenth of what a thousand squares weigh.
    levels = np.linspace(0, most, SHADES + 1)
    ax.contourf(columns, rows, np.clip(array, 0, most), levels=levels, cmap=cmap)
    for each, style in ((array, "-"), (dashed, "--")):
        if each is not None and line is not None and each.min() < line <= each.max():
            common = {"linewidths": 0.8, "linestyles": style, "colors": shades.ink}
            ax.contour(columns, rows, each, [line], **common)
    ax.invert_yaxis()
    ax.set(xticks=[], yticks=[], aspect="equal")
