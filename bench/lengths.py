"""How long a step of training takes over the length: LSTM, GRU, a scan, attention."""

from statistics import median
from time import process_time

import tensorflow as tf

from bench.layers import NAMES, make, training_step
from bench.timing import ratios, turn_about

LENGTHS = (16, 64, 256, 1024, 4096)
BATCH, UNITS = 8, 64


def faster(seconds, names):
    """Return the rounds of each layer in whichever way of running it was faster, and which it was.

    Parameters
    ----------
    seconds : dict of str to list of float
        By name, and by name with " XLA".
    names : iterable of str
        The layers.
    """
    best, how = {}, {}
    for name in names:
        both = {"graph": seconds[name], "XLA": seconds[f"{name} XLA"]}
        how[name] = min(both, key=lambda way: median(both[way]))
        best[name] = both[how[name]]
    return best, how


def at(length, batch=BATCH, units=UNITS, rounds=9):
    """Return what a step of training costs at one length, beside the LSTM's.

    Parameters
    ----------
    length : int
        A power of two, for the scan.
    batch, units : int
        How many sequences, and how many numbers a step, in and out.
    rounds : int
        How often each is timed.
    """
    x = tf.random.stateless_normal((batch, length, units), seed=(0, length))
    ways = {}
    for name in NAMES:
        for how, compiled in (("", False), (" XLA", True)):
            step = training_step(make(name, units, units), compiled)
            ways[name + how] = lambda step=step: step(x)[0].numpy()
    seconds, how = faster(turn_about(ways, rounds, process_time), NAMES)
    return {
        "length": length,
        "ms": {name: round(1e3 * median(seconds[name]), 3) for name in NAMES},
        "times the LSTM": ratios(seconds, "LSTM"),
        "run by": how,
    }
