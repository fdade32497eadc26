from dataclasses import replace

import numpy as np
import pytest

from lstm_edu import GRU, LSTM, RNN

TOKENS = tuple("To be\nor?")


def run(cell=LSTM, tokens=TOKENS, batch=2, units=7, **options):
    steps = len(TOKENS) if tokens is None else len(tokens)
    x = np.random.default_rng(4).normal(size=(batch, steps, 3))
    layer = cell.create(3, units, seed=2, dtype=np.float64)
    record = layer(2 * x, **options)
    return record if tokens is None else replace(record, tokens=tokens)


@pytest.fixture(scope="session")
def trace():
    """Two examples of nine characters, seven units."""
    return run()


@pytest.fixture(scope="session")
def records():
    """A run of each kind of layer."""
    return {"lstm": run(), "rnn": run(RNN), "gru": run(GRU)}
