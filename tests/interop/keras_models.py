"""Keras models to look into, and ways to see and compare what Keras itself does in them."""

from contextlib import contextmanager

import numpy as np

from lstm_edu.interop import keras


def layers():
    return keras().layers


def sequential(*stack, shape=(None, 3), dtype="float32", name=None, randomize=True):
    """Return a Sequential model, by default with biases that are not zero."""
    model = keras().Sequential([keras().Input(shape, dtype=dtype), *stack], name=name)
    if randomize:
        randomized(model)
    return model


def randomized(model, seed=0):
    """Give every bias a value: what is zero cannot be seen to be missing."""
    rng = np.random.default_rng(seed)
    for weight in model.trainable_weights:
        if "bias" in weight.name:
            weight.assign(rng.normal(0, 0.5, weight.shape))
    return model


def sentences(batch=3, time=6, words=20, seed=0):
    """Return token numbers; each sentence but the first ends in zeros, for padding."""
    rng = np.random.default_rng(seed)
    x = rng.integers(1, words, (batch, time))
    for row, length in enumerate(np.linspace(time, 2, batch).astype(int)):
        x[row, length:] = 0
    return x.astype("int32")


def numbers(batch=3, time=6, features=3, dtype="float32", seed=0):
    return np.random.default_rng(seed).normal(size=(batch, time, features)).astype(dtype)


def close(actual, expected, tolerance=1e-6):
    """Assert the same shape and dtype, and no difference above `tolerance`."""
    actual, expected = np.asarray(actual), np.asarray(expected)
    np.testing.assert_allclose(
        actual, expected, rtol=0, atol=tolerance, equal_nan=False, strict=True
    )


@contextmanager
def listening(model):
    """Note what Keras calls each recurrent layer with, and what it returns, by the layer."""
    heard = {}

    def ear(layer, call):
        def wrapped(sequences, initial_state=None, mask=None, training=False):
            result = call(sequences, initial_state=initial_state, mask=mask, training=training)
            heard.setdefault(id(layer), []).append((np.array(sequences), result))
            return result

        return wrapped

    recurrent = [la for la in model._flatten_layers() if isinstance(la, layers().RNN)]
    for layer in recurrent:
        vars(layer)["call"] = ear(layer, layer.call)
    try:
        yield heard
    finally:
        for layer in recurrent:
            del vars(layer)["call"]
