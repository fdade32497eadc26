"""The pace of the trainings in NumPy: a short warm-up, then slower and slower, as half a cosine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count

import numpy as np

from lstm_edu.optimizers import Adam


def learning_rate(step: int, steps: int, highest: float, warm_up: int) -> float:
    """Return the learning rate of a step.

    Parameters
    ----------
    step, steps : int
        Which one, from 0, of how many.
    highest : float
        What it rises to, and falls from, to a hundredth of it.
    warm_up : int
        In so many steps it rises, in a line.
    """
    fall = 0.01 + 0.99 * (1 + np.cos(np.pi * step / steps)) / 2
    return float(highest * min(1, (step + 1) / warm_up) * fall)


def pacer(
    optimizer: Adam, steps: int, highest: float, warm_up: int
) -> Callable[[Iterable], Iterator]:
    """Return a function that hands batches on, and before each sets the optimizer's learning rate.

    It counts on from one epoch's batches to the next one's, `steps` in all.
    """
    counted = count()

    def paced(batches: Iterable) -> Iterator:
        for batch, step in zip(batches, counted, strict=False):
            optimizer.learning_rate = learning_rate(step, steps, highest, warm_up)
            yield batch

    return paced
