"""Matrices side by side, on one scale: weights, Jacobians, counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.colors import TwoSlopeNorm
from numpy.typing import ArrayLike

from lstm_edu.colours import colours, diverging
from lstm_edu.plotting.style import NORMAL, SMALL, Panels, Picture, hairlines, new_figure, styled


@styled
def matrices(
    values: Mapping[str, ArrayLike],
    *,
    rows: str = "",
    columns: str = "",
    limit: float | None = None,
    digits: int | None = None,
    height: float = 2.6,
    theme: str = "light",
) -> Panels:
    """Draw matrices as coloured squares, all on one scale with nought in its middle.

    Parameters
    ----------
    values : mapping of str to array_like of shape (rows, columns)
        The matrices by their titles.
    rows, columns : str
        What a row and what a column stands for.
    limit : float, optional
        Where the scale ends on either side; by default at the largest absolute value.
    digits : int, optional
        Writes each number into its square, with so many decimals.
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
        There is no matrix, or one is not a matrix of finite numbers.
    """
    arrays = {title: np.asarray(value, float) for title, value in values.items()}
    if not arrays:
        raise ValueError("no matrix was given")
    for title, array in arrays.items():
        if array.ndim != 2 or not array.size or not np.isfinite(array).all():
            raise ValueError(
                f"{title} has shape {array.shape}; expected a matrix of finite numbers"
            )
    limit = limit or max(float(np.abs(array).max()) for array in arrays.values()) or 1.0
    shades = colours(theme)
    figure = new_figure(height, theme)
    panels = Panels()
    for k, (title, array) in enumerate(arrays.items(), start=1):
        ax = figure.add_subplot(1, len(arrays), k, axes_class=Picture, label=title)
        hairlines(ax, theme).spines[:].set_visible(False)
        norm = TwoSlopeNorm(0, -limit, limit)
        # Squares, not a bitmap: they stay sharp, and are the same bytes on every machine.
        image = ax.pcolormesh(
            array, cmap=diverging(theme), norm=norm, edgecolors=shades.background, linewidth=0.8
        )
        ax.invert_yaxis()
        ax.set_aspect("equal")
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, loc="left", color=shades.ink, fontsize=NORMAL)
        ax.set_xlabel(columns, color=shades.muted, fontsize=SMALL)
        if k == 1:
            ax.set_ylabel(rows, color=shades.muted, fontsize=SMALL)
        if digits is not None:
            _write(ax, array, digits, limit, theme)
        panels[title] = ax
    bar = figure.colorbar(image, ax=list(panels.values()), shrink=0.8, pad=0.02)
    bar.outline.set_visible(False)
    bar.set_ticks([-limit, 0, limit], labels=[f"−{limit:.2g}", "0", f"{limit:.2g}"])
    bar.ax.tick_params(labelsize=SMALL, labelcolor=shades.muted, length=0)
    return panels


def _write(ax: Picture, array: np.ndarray, digits: int, limit: float, theme: str) -> None:
    """Write each number into its square, dark on light and light on dark."""
    shades = colours(theme)
    for (row, column), value in np.ndenumerate(array):
        deep = abs(value) > 0.55 * limit
        ax.text(
            column + 0.5,
            row + 0.5,
            f"{value:.{digits}f}".replace("-", "−"),
            ha="center",
            va="center",
            fontsize=SMALL,
            color=shades.background if deep else shades.ink,
        )
