"""SIMULATED rain: cells that the wind carries, each growing and fading in its own time.

Nothing here was measured. A scene is a wind and some cells, and its rain at any moment and place
follows from a formula, so that the page's browser half draws the very same (js/src/rain.ts).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

GRID = 32  # pixels a side
PAST = 6  # frames that are read
AHEAD = 6  # frames that are forecast
CELLS = 8
#: Rain of this many mm/h has the level 1.
FULL = 100.0
#: How far from the middle a cell may stand, in pixels, at the last frame that is read.
REACH = 22.0
FASTEST = 1.6  # pixels a step

#: What a reader places: its width in pixels, its rain in mm/h.
PLACED_WIDTH, PLACED_RAIN = 2.5, 30.0
#: So slow a growth that nothing is seen of it.
FOR_EVER = 1000.0


class Scene(NamedTuple):
    """A wind and cells of rain.

    Attributes
    ----------
    wind : ndarray, shape (2,)
        How far it carries in a step: pixels to the right (east), pixels down (south).
    cells : ndarray, shape (cells, 8)
        Of each cell: where its middle is at the last frame that is read, in pixels from the left
        and from the top; how much faster than the wind it goes, right and down; its width in
        pixels; its greatest rain in mm/h; the step at which it has that, and for how many it lasts.
    """

    wind: np.ndarray
    cells: np.ndarray


def scene(random: np.random.Generator) -> Scene:
    """Draw a scene.

    Parameters
    ----------
    random : numpy.random.Generator
        Its `uniform` alone is used, for one number at a time and in the order of the code.

    Returns
    -------
    Scene
    """

    def between(low: float, high: float) -> float:
        return float(random.uniform(low, high, 1)[0])

    speed, angle = between(0.3, FASTEST), between(0, 2 * np.pi)
    wind = np.array([speed * np.cos(angle), speed * np.sin(angle)])
    middle = (GRID - 1) / 2
    lowest = [middle - REACH, middle - REACH, -0.12, -0.12, 1.5, np.log(4), -4, 3]
    highest = [middle + REACH, middle + REACH, 0.12, 0.12, 3.5, np.log(60), PAST + AHEAD + 4, 7]
    cells = np.array(
        [[between(*bounds) for bounds in zip(lowest, highest, strict=True)] for _ in range(CELLS)]
    )
    cells[:, 5] = np.exp(cells[:, 5])
    return Scene(wind, cells)


def placed(x: float, y: float) -> np.ndarray:
    """Return a cell that a reader places, shape (8,): it goes with the wind and does not change."""
    return np.array([x, y, 0, 0, PLACED_WIDTH, PLACED_RAIN, 0, FOR_EVER], float)


def rainfall(drawn: Scene, steps: int = PAST + AHEAD) -> np.ndarray:
    """Return the rain of a scene, frame by frame.

    A cell whose middle is at distance d and whose greatest rain a lies s steps away gives
    a · exp(−d² / 2w²) · exp(−s² / 2l²), with its width w and its duration l.

    Parameters
    ----------
    drawn : Scene
        The wind and the cells.
    steps : int
        How many frames, from the first that is read.

    Returns
    -------
    ndarray of float64, shape (steps, 32, 32)
        In mm/h; rows from the top (north), columns from the left (west).
    """
    x, y, right, down, width, rain, peak, lasting = drawn.cells.T[..., None]
    time = np.arange(steps)
    since = time - (PAST - 1)
    strength = rain * np.exp(-((time - peak) ** 2) / (2 * lasting**2))
    place = np.arange(GRID)[:, None, None]
    # What is the product of a row's share and a column's is a product of matrices.
    across = np.exp(-((place - (x + since * (drawn.wind[0] + right))) ** 2) / (2 * width**2))
    along = np.exp(-((place - (y + since * (drawn.wind[1] + down))) ** 2) / (2 * width**2))
    return np.einsum("ct,yct,xct->tyx", strength, along, across, optimize=True)


def level(rain: np.ndarray) -> np.ndarray:
    """Return rain in mm/h on the scale that networks read: ln(1 + rain) / ln(101), 1 at 100 mm/h.

    Rain is a matter of orders of magnitude: without the logarithm a few cloudbursts decide it all.
    """
    return np.log1p(rain) / np.log1p(FULL)


def millimetres(levels: np.ndarray) -> np.ndarray:
    """Return levels as rain in mm/h: what `level` undoes."""
    return np.expm1(np.asarray(levels) * np.log1p(FULL))
