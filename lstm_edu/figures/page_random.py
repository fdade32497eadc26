"""The random numbers that the figures draw in the page, drawn in NumPy: js/src/random.ts."""

from __future__ import annotations

import numpy as np


class PageRandom(np.random.Generator):
    """A generator that draws, from the same seed, the numbers that a figure draws in the browser.

    Even numbers come from mulberry32 by Tommy Ettinger, whose state counts up by a constant, so
    that all states of a draw are known at once; normal ones are made of them after Box & Muller
    (1958).

    Parameters
    ----------
    seed : int
        From 0 to 2³² − 1.

    Examples
    --------
    >>> PageRandom(7).uniform(-1, 1, 3).round(6)
    array([-0.97659 , -0.876083,  0.953815])
    """

    def __init__(self, seed: int) -> None:
        super().__init__(np.random.PCG64(seed))
        self._state, self._spare = seed, np.empty(0)

    def _even(self, count: int) -> np.ndarray:
        """Return so many numbers, even in [0, 1)."""
        increment = np.uint32(0x6D2B79F5)
        states = np.arange(1, count + 1, dtype=np.uint32) * increment + np.uint32(self._state)
        if count:
            self._state = int(states[-1])
        bits = (states ^ (states >> np.uint32(15))) * (states | np.uint32(1))
        bits ^= bits + (bits ^ (bits >> np.uint32(7))) * (bits | np.uint32(61))
        return (bits ^ (bits >> np.uint32(14))) / 2.0**32

    def uniform(self, low=0.0, high=1.0, size=None) -> np.ndarray:
        """Draw evenly from [low, high), in an array of this shape."""
        return low + (high - low) * self._even(int(np.prod(size))).reshape(size)

    def standard_normal(self, size=None, dtype=np.float64, out=None) -> np.ndarray:
        """Draw from the normal distribution of mean 0 and variance 1, in an array of this shape."""
        count = int(np.prod(size))
        pairs = (count - len(self._spare) + 1) // 2
        first, second = self._even(2 * pairs).reshape(pairs, 2).T
        radius, angle = np.sqrt(-2.0 * np.log(1.0 - first)), 2.0 * np.pi * second
        drawn = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).ravel()
        drawn = np.concatenate([self._spare, drawn])
        self._spare = drawn[count:]
        return drawn[:count].reshape(size)
