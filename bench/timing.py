"""Time several ways of doing one thing, turn about, so that a busy machine is unfair to none."""

import time


def turn_about(ways, rounds=15):
    """Return the seconds of each round of each way.

    Parameters
    ----------
    ways : dict of str to callable
        What to time. Each is called once, untimed, to warm up.
    rounds : int
        How often each is timed.

    Returns
    -------
    dict of str to list of float
        Seconds, one entry a round, in the order of the rounds.
    """
    for way in ways.values():
        way()
    seconds = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    return seconds
