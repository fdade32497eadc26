"""The picture of an ActivationPlot: the curve, its slope, the point and its tangent."""

from __future__ import annotations

import numpy as np

from lstm_edu import activations
from lstm_edu.plotting.style import NORMAL, SMALL, axes_or_new, styled

EDGE, FAR = 6.0, 10_000.0
SHARE = 0.56  # of the axis, within ±EDGE
TICKS = (-1000, -100, -10, -4, -2, 0, 2, 4, 10, 100, 1000)


def to_axis(z: np.ndarray) -> np.ndarray:
    """Return where z stands on an axis from −1 to 1: linear within ±6, beyond it logarithmic."""
    size = np.abs(z)
    far = SHARE + (1 - SHARE) * np.log(np.maximum(size, EDGE) / EDGE) / np.log(FAR / EDGE)
    return np.sign(z) * np.where(size < EDGE, SHARE * size / EDGE, far)


def from_axis(at: np.ndarray) -> np.ndarray:
    """Return the z that stands at a place of the axis."""
    size = np.abs(at)
    far = EDGE * (FAR / EDGE) ** ((np.maximum(size, SHARE) - SHARE) / (1 - SHARE))
    return np.sign(at) * np.where(size < SHARE, EDGE * size / SHARE, far)


@styled
def activation_picture(name: str, z: float, *, theme: str = "light") -> str:
    """Return the picture as an SVG.

    Parameters
    ----------
    name : str
        One of `lstm_edu.activations`.
    z : float
        Where the point stands, −10000 to 10000.
    theme : {"light", "dark"}
        The ground.
    """
    function = activations.get(name)
    ax, shades = axes_or_new(None, 3.4, theme, f"{name} at {z:g}")
    purple = shades.diverging[2]
    at = np.linspace(-1, 1, 801)
    values, slopes = function(from_axis(at)), function.derivative(from_axis(at))
    for side in (-1, 1):
        ax.axvspan(side * SHARE, side, color=shades.surface, zorder=0, linewidth=0)
    ax.axhline(0, color=shades.rule, linewidth=0.8, zorder=0)
    ax.fill_between(at, slopes, color=purple, alpha=0.16, linewidth=0)
    ax.plot(at, slopes, color=purple, linewidth=1.2)
    ax.plot(at, values, color=shades.ink, linewidth=1.8)

    here, y = float(to_axis(z)), float(function(z))
    slope = float(function.derivative(z))
    ax.plot([here, here], [0, slope], color=purple, linewidth=3)
    # The tangent of the line as it is drawn: per place on the axis, not per z.
    near = np.clip([here - 1e-4, here + 1e-4], -1, 1)
    rise = slope * float(np.diff(from_axis(near))[0] / np.diff(near)[0])
    reach = 0.16 / np.hypot(1, rise / (3 if values.min() >= -0.1 else 1.5))
    ends = np.array([here - reach, here + reach])
    ax.plot(ends, y + rise * (ends - here), color=purple, linewidth=1.6)
    ax.plot([here], [y], "o", color=shades.ink, markersize=7)

    for text, place, low, colour in (
        (f"{name.replace('_', ' ')} {y:.4g}".replace("-", "−"), 0.97, 0.86, shades.ink),
        (f"slope {slope:.4g}".replace("-", "−"), 0.97, 0.78, purple),
    ):
        ax.text(
            *(place, low, text),
            color=colour,
            fontsize=NORMAL,
            ha="right",
            transform=ax.transAxes,
        )
    ax.set_xlim(-1, 1)
    ax.set_xticks(to_axis(np.array(TICKS, float)), [f"{tick}".replace("-", "−") for tick in TICKS])
    ax.set_yticks([0, 0.5, 1] if values.min() >= -0.1 else [-1, 0, 1])
    ax.set_xlabel("z; logarithmic in the grey", color=shades.muted, fontsize=SMALL, loc="right")
    return ax.svg()
