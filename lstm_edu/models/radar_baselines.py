"""What one would do without a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.ndimage import gaussian_filter

from lstm_edu.nowcast import advected, mean_squares, persistent

#: Takes the past and says so many frames, all in levels.
Method = Callable[[np.ndarray, int], np.ndarray]

#: Widths of the blur to choose from, in pixels.
BLURS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)


def blurred(width: float) -> Method:
    """Return persistence with the last frame blurred: what is uncertain is spread out.

    Parameters
    ----------
    width : float
        Standard deviation of the bell that blurs, in pixels.
    """

    def method(past: np.ndarray, ahead: int) -> np.ndarray:
        return persistent(gaussian_filter(past[-1:], (0, width, width), mode="nearest"), ahead)

    return method


def forecasts(method: Method, windows: np.ndarray, past: int) -> np.ndarray:
    """Return what a method makes of the first `past` frames of each window, as many as follow."""
    return np.stack([method(window[:past], window.shape[0] - past) for window in windows])


def best_blur(windows: np.ndarray, past: int, widths: Sequence[float] = BLURS) -> float:
    """Return the width whose blurred persistence errs least on windows kept for choosing."""
    errors = [
        mean_squares(forecasts(blurred(width), windows, past), windows[:, past:]).mean()
        for width in widths
    ]
    return float(widths[int(np.argmin(errors))])


def methods(blur: float) -> dict[str, Method]:
    """Return what stands beside the networks, by name, the simplest first."""
    return {
        "persistence": persistent,
        "blurred persistence": blurred(blur),
        "advection": advected,
    }
