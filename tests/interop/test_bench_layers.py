"""The layers that are timed compute what they are said to: else their times say nothing."""

import numpy as np
import pytest

from lstm_edu import costs
from lstm_edu.interop import keras

keras()
import tensorflow as tf  # noqa: E402 - after what keeps it quiet

from bench import layers  # noqa: E402


@pytest.mark.parametrize("steps", [1, 2, 16, 64])
def test_the_scan_is_the_loop(steps):
    random = np.random.default_rng(steps)
    a, b = random.uniform(0, 1, size=(2, 3, steps, 5))
    h, loop = np.zeros((3, 5)), []
    for t in range(steps):
        h = a[:, t] * h + b[:, t]
        loop.append(h)
    products, found = layers.scan(tf.constant(a), tf.constant(b))
    np.testing.assert_allclose(found, np.stack(loop, 1), atol=1e-12)
    np.testing.assert_allclose(products, np.cumprod(a, 1), atol=1e-12)


@pytest.mark.parametrize("name", layers.NAMES)
def test_the_layers_have_the_parameters_that_the_formulas_say_and_see_no_future(name):
    layer = layers.make(name, 6, 4) if name != "attention" else layers.make(name, 4, 4)
    inputs = 4 if name == "attention" else 6
    assert layer.count_params() == costs.parameters(name.lower(), inputs, 4)
    x = np.random.default_rng(0).normal(size=(2, 8, inputs)).astype(np.float32)
    changed = x.copy()
    changed[:, 5:] += 1
    before, after = np.asarray(layer(x)), np.asarray(layer(changed))
    np.testing.assert_allclose(before[:, :5], after[:, :5], atol=1e-6)
    assert np.abs(before[:, 5:] - after[:, 5:]).max() > 1e-3


def test_both_ways_of_running_give_the_same_gradients():
    x = tf.random.stateless_normal((2, 8, 4), seed=(0, 1))
    layer = layers.make("minLSTM", 4, 4)
    one, other = (layers.training_step(layer, compiled)(x) for compiled in (False, True))
    for a, b in zip(one[1], other[1], strict=True):
        np.testing.assert_allclose(a, b, atol=1e-6)
