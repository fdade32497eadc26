"""Time several ways of doing one thing, turn about, so that a busy machine is unfair to none."""

import time
from collections.abc import Callable

import numpy as np


def turn_about(ways, rounds=15, clock: Callable[[], float] = time.perf_counter):
    """Return the seconds of each round of each way.

    Parameters
    ----------
    ways : dict of str to callable
        What to time. In each round each is called twice and the second call counts, so that none
        pays for what the one before it left behind: a cold cache, or threads that wait busily for
        more work.
    rounds : int
        How often each is timed.
    clock : callable
        `time.perf_counter`, or `time.process_time` for what the processor itself worked.

    Returns
    -------
    dict of str to list of float
        Seconds, one entry a round, in the order of the rounds.
    """
    seconds = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            way()
            start = clock()
            way()
            seconds[name].append(clock() - start)
    return seconds


def ratios(seconds, peer):
    """Return how each way compares with one of them, round by round.

    Parameters
    ----------
    seconds : dict of str to list of float
        What `turn_about` returned.
    peer : str
        The way that is 1.

    Returns
    -------
    dict of str to list of float
        Median, lower and upper quartile of the ratios of neighbouring rounds.
    """
    return {
        name: [
            round(float(value), 4)
            for value in np.percentile(np.divide(rounds, seconds[peer]), [50, 25, 75])
        ]
        for name, rounds in seconds.items()
    }
