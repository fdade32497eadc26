"""The picture of an InitExplorer: weights, the gates they make, and the memory that follows."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes

from lstm_edu import plotting
from lstm_edu.colours import colours
from lstm_edu.plotting.style import SMALL, Panels, Picture, hairlines, new_figure, styled
from lstm_edu.trace import Trace

#: Ends of the axis of steps.
LEAST, MOST = 0.1, 500.0


def density(values: np.ndarray, scheme: str, kind: str, rows: int, columns: int) -> np.ndarray:
    """Return the density of a scheme's weights at these values, before the gain.

    Parameters
    ----------
    values : ndarray
        Where.
    scheme : str
        As in `LSTM.create`.
    kind : {"kernel", "recurrent_kernel"}
        Which matrix.
    rows, columns : int
        Its shape, (rows, 4·units).

    Notes
    -----
    An entry of a matrix with orthonormal rows, n long and evenly drawn, is one coordinate of a
    point on the sphere in n dimensions: its density is (1 − w²)^((n − 3)/2) over its integral,
    close to the normal one with variance 1/n.
    """
    if scheme == "normal":
        return np.exp(-0.5 * (values / 0.05) ** 2) / (0.05 * math.sqrt(2 * math.pi))
    if scheme == "orthogonal" or (scheme == "keras" and kind == "recurrent_kernel"):
        n = max(rows, columns)
        log_integral = 0.5 * math.log(math.pi) + math.lgamma((n - 1) / 2) - math.lgamma(n / 2)
        inside = np.clip(1.0 - values**2, 1e-300, None)
        return np.exp((n - 3) / 2 * np.log(inside) - log_integral)
    limit = {"keras": math.sqrt(6 / (rows + columns)), "uniform": 0.05}.get(scheme)
    limit = 2 / math.sqrt(columns) if limit is None else limit  # PyTorch's 1/√units
    return np.where(np.abs(values) <= limit, 0.5 / limit, 0.0)


@styled
def draw(trace: Trace, scheme: str, gain: float, half_life: float, theme: str = "light") -> Panels:
    """Draw the weights of a run's network with their density, its gates, and how memory fades."""
    figure = new_figure(5.2, theme)
    grid = figure.add_gridspec(3, 24, height_ratios=[2, 2.6, 1.5])
    panels = Panels()

    def panel(name: str, row: int, columns: slice) -> Axes:
        ax = figure.add_subplot(grid[row, columns], axes_class=Picture, label=name)
        panels[name] = hairlines(ax, theme)
        return panels[name]

    for kind, symbol, origin, columns in (
        ("kernel", "W", "from the input", slice(0, 12)),
        ("recurrent_kernel", "U", "from the units", slice(12, 24)),
    ):
        ax = panel(kind, 0, columns)
        _weights(ax, getattr(trace.params, kind), scheme, kind, gain, theme)
        _title(ax, symbol, origin, theme)
    for gate, first, last in (("f", 0, 9), ("i", 9, 14), ("g", 14, 19), ("o", 19, 24)):
        ax = panel(gate, 1, slice(first, last))
        plotting.histogram(trace, gate, bins=40 if gate == "f" else 20, ax=ax, theme=theme)
        ax.set_yticks([])
    _memory(panel("memory", 2, slice(0, 24)), half_life, theme)
    return panels


def _title(ax: Axes, symbol: str, origin: str, theme: str) -> None:
    shades = colours(theme)
    ax.set_title(f"{symbol}   {origin}", loc="left", color=shades.muted, fontsize=SMALL + 1)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])


def _weights(
    ax: Axes, weights: np.ndarray, scheme: str, kind: str, gain: float, theme: str
) -> None:
    """Draw the histogram of a matrix, and over it the density that its entries come from."""
    shades = colours(theme)
    end = 1.1 * float(np.abs(weights).max())
    bars = {"density": True, "color": shades.fill["x"], "rwidth": 0.92}
    ax.hist(weights.ravel(), 48, range=(-end, end), **bars)
    places = np.linspace(-end, end, 161)
    line = density(places / gain, scheme, kind, *weights.shape) / gain
    ax.plot(places, line, color=shades.text["x"], linewidth=1.4)
    ax.set_xlim(-end, end)


def _memory(ax: Axes, half_life: float, theme: str) -> None:
    """Draw what is left after n steps as a bar that fades, n on a logarithmic axis."""
    shades = colours(theme)
    edges = np.geomspace(LEAST, MOST, 97)
    steps = np.sqrt(edges[:-1] * edges[1:])
    left = 0.5 ** (steps / half_life)
    ground, full = (
        np.array([int(c[k : k + 2], 16) for k in (1, 3, 5)])
        for c in (shades.background, shades.fill["c"])
    )
    colour = (ground + left[:, None] * (full - ground)) / 255
    ax.bar(
        edges[:-1], 1.0, np.diff(edges), align="edge", color=colour, edgecolor=colour, linewidth=0.6
    )
    ax.axvline(half_life, color=shades.text["c"], linewidth=1.6)
    ax.annotate(
        f"half is left after {half_life:.3g} steps",
        (half_life, 1),
        (5, 5),
        textcoords="offset points",
        color=shades.text["c"],
        fontsize=SMALL + 1,
        annotation_clip=False,
    )
    ax.set(xscale="log", xlim=(LEAST, MOST), ylim=(0, 1), yticks=[])
    ax.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100 steps"])
    ax.minorticks_off()
    ax.spines["left"].set_visible(False)
