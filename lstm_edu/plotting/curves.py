"""Curves over any axis: losses, gradients, costs; a name at the end of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from lstm_edu import _checks
from lstm_edu.plotting.ends import name_ends
from lstm_edu.plotting.lines import DASHES
from lstm_edu.plotting.style import SMALL, axes_or_new, styled, text_colour

SCALES = ("linear", "log")


@styled
def curves(
    x: Sequence[float],
    series: Mapping[str, Sequence[float]],
    *,
    xlabel: str = "",
    ylabel: str = "",
    xscale: str = "linear",
    yscale: str = "linear",
    tones: Mapping[str, str] | None = None,
    spread: Mapping[str, tuple[Sequence[float], Sequence[float]]] | None = None,
    marks: bool = False,
    height: float = 2.6,
    ax: Axes | None = None,
    theme: str = "light",
) -> Axes:
    """Draw several quantities over one axis, each with its name at the end of its line.

    Parameters
    ----------
    x : sequence of float
        Where the values lie.
    series : mapping of str to sequence of float
        Six at the most, each as long as `x`; what is not finite leaves a gap.
    xlabel, ylabel : str
        What the axes are, with units.
    xscale, yscale : {"linear", "log"}
        The scales.
    tones : mapping of str to str, optional
        By name of a series the symbol whose colour it takes, ``"f"`` for the forget gate's; the
        others are grey. Each has a dash pattern of its own as well.
    spread : mapping of str to (low, high), optional
        A band around a series.
    marks : bool
        Whether each value gets a dot: where it was measured and not computed in between.
    height : float
        Of new axes, in inches.
    ax : matplotlib axes, optional
        Where to draw; new axes if not given.
    theme : {"light", "dark"}
        The ground.

    Returns
    -------
    matplotlib axes
        `Picture` where they are new.

    Raises
    ------
    ValueError
        Nothing or too much to draw, or series of other lengths than `x`.
    """
    for name, scale in {"xscale": xscale, "yscale": yscale}.items():
        _checks.choice(name, scale, SCALES)
    x = np.asarray(x, float)
    if not 0 < len(series) <= len(DASHES):
        raise ValueError(f"{len(series)} series were given; expected 1 to {len(DASHES)}")
    ax, shades = axes_or_new(ax, height, theme, ", ".join(series))
    ax.set(xscale=xscale, yscale=yscale)
    ax.minorticks_off()
    names = []
    for (name, values), dashes in zip(series.items(), DASHES, strict=False):
        values = _checks.shaped(name, np.asarray(values, float), len(x))
        colour = text_colour((tones or {}).get(name, ""), shades)
        ax.plot(x, values, color=colour, linestyle=dashes, linewidth=1.6, marker="o" * marks, ms=4)
        if spread and name in spread:
            ax.fill_between(x, *spread[name], color=colour, alpha=0.15, linewidth=0)
        finite = values[np.isfinite(values)]
        names.append((float(finite[-1]) if len(finite) else 0.0, name, colour))
    ax.set_xlim(x.min(), x.max() if len(x) > 1 else x.max() + 1)
    ax.set_xlabel(xlabel, color=shades.muted, fontsize=SMALL)
    ax.set_title(ylabel, loc="left", color=shades.muted, fontsize=SMALL)
    name_ends(ax, names)
    return ax
