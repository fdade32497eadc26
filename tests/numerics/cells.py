"""Small random runs of every kind of cell, for the tests to work on."""

import numpy as np

from lstm_edu import GRU, LSTM, RNN, CoupledLSTM, NoForgetGateLSTM, PeepholeLSTM, ResetFirstGRU

CELLS = (LSTM, RNN, GRU, ResetFirstGRU, NoForgetGateLSTM, CoupledLSTM, PeepholeLSTM)
WITH_FORGET_GATE = (LSTM, GRU, ResetFirstGRU, NoForgetGateLSTM, CoupledLSTM, PeepholeLSTM)


def random_layer(kind, input_dim=3, units=4, *, seed=0, dtype=np.float64, **activations):
    """Return a layer with weights large enough to reach into the bends of its activations."""
    rng = np.random.default_rng(seed)
    shapes = kind._shapes(input_dim, units)
    return kind(*(rng.normal(scale=0.6, size=s).astype(dtype) for s in shapes), **activations)


def random_input(layer, batch=3, time=6, *, seed=1, masked=False):
    """Return x, the initial states and a mask (or None) for a layer."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(batch, time, layer.input_dim)).astype(layer.dtype)
    states = [
        rng.normal(size=(batch, layer.units)).astype(layer.dtype) for _ in layer.Record.states
    ]
    mask = None
    if masked:
        mask = rng.random((batch, time)) < 0.6
        mask[0, :2] = False  # skipped from the start
        mask[1, -2:] = False  # skipped at the end
        mask[2] = False  # nothing counts
    return x, states, mask


def run(layer, *, batch=3, time=6, seed=1, masked=False):
    """Return the record of a random run from random states."""
    x, states, mask = random_input(layer, batch, time, seed=seed, masked=masked)
    return layer(x, *states, mask=mask)


def largest_difference(a, b):
    """Return max |a − b| over two arrays or two lists of arrays."""
    pairs = [(a, b)] if isinstance(a, np.ndarray) else zip(a, b, strict=True)
    return max(float(np.abs(p - q).max()) for p, q in pairs)
