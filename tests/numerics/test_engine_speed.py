"""A guard on the engine's speed and memory: ratios to what no LSTM can do without, wide margins.

What is hoped for stands in bench/core.py, and how near it is in bench/RESULTS.md.
"""

from time import process_time

import numpy as np
import pytest

from bench.core import MIDDLE, peak, problem, products, returned
from bench.timing import turn_about

BATCH, TIME, INPUTS, UNITS = MIDDLE


def fastest(ways, rounds=30):
    """Return the processor's seconds for the fastest round of each way."""
    seconds = turn_about(ways, rounds, process_time)  # a busy machine disturbs these least
    return {name: min(each) for name, each in seconds.items()}


@pytest.mark.timing
def test_a_trace_takes_a_small_multiple_of_its_matrix_products():
    lstm, x, dh = problem(*MIDDLE)
    floor = products(lstm, x)
    both = {"forward": lambda: lstm(x), "back too": lambda: lstm.backward(lstm(x), dh)}
    seconds = fastest(floor | both)
    least = min(seconds[name] for name in floor)
    assert seconds["forward"] < 2 * 2.3 * least
    assert seconds["back too"] < 25 * least  # 3 × 2.3 × as many products, and wide margins


@pytest.mark.timing
def test_time_grows_no_faster_than_the_sequence():
    ways = {}
    for time in (TIME, 8 * TIME):
        lstm, x, dh = problem(BATCH, time, INPUTS, UNITS)
        ways[time] = lambda lstm=lstm, x=x, dh=dh: lstm.backward(lstm(x), dh)
    seconds = fastest(ways, rounds=10)
    assert seconds[8 * TIME] < 2 * 8 * seconds[TIME]


@pytest.mark.parametrize("back", [False, True])
def test_little_more_memory_is_held_than_is_returned(back):
    lstm, x, dh = problem(BATCH, 4 * TIME, INPUTS, UNITS)

    def run():
        trace = lstm(x)
        return (trace, lstm.backward(trace, dh)) if back else (trace,)

    run()
    most, records = peak(run)
    weights = sum(array.nbytes for array in lstm.params)
    assert all(np.isfinite(record.h).all() for record in records)
    assert most < (1.35 if back else 1.1) * (returned(*records) - weights)
