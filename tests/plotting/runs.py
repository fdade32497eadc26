"""Runs of small layers, to draw."""

from dataclasses import replace

import numpy as np

from lstm_edu import LSTM

TOKENS = tuple("To be\nor?")


def run(cell=LSTM, tokens=TOKENS, batch=2, units=7, **options):
    """Return the record of a run over `tokens`, or over nine steps without labels."""
    steps = len(TOKENS) if tokens is None else len(tokens)
    x = np.random.default_rng(4).normal(size=(batch, steps, 3))
    layer = cell.create(3, units, seed=2, dtype=np.float64)
    record = layer(2 * x, **options)
    return record if tokens is None else replace(record, tokens=tokens)
