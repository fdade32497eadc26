"""The book's ConvLSTM is Keras' ConvLSTM2D."""

import numpy as np
import pytest

from lstm_edu.conv_lstm import ConvLSTM
from lstm_edu.interop import keras


@pytest.mark.parametrize(("channels", "filters", "size"), [(1, 4, 3), (2, 3, 5), (3, 2, 1)])
def test_a_run_is_that_of_keras(channels, filters, size):
    keras().utils.set_random_seed(size)
    layer = keras().layers.ConvLSTM2D(filters, size, padding="same", return_sequences=True)
    x = np.random.default_rng(size).normal(size=(1, 4, 6, 7, channels)).astype(np.float32)
    expected = np.asarray(layer(x))[0]
    weights = [w + 0.1 * np.arange(w.size).reshape(w.shape) % 0.3 for w in layer.get_weights()]
    layer.set_weights(weights)
    changed = np.asarray(layer(x))[0]
    assert np.abs(changed - expected).max() > 1e-3
    trace = ConvLSTM(*layer.get_weights())(x[0])
    np.testing.assert_allclose(trace.h, changed, atol=1e-5)
    np.testing.assert_allclose(trace.o * np.tanh(trace.c), trace.h, atol=1e-12)
    c = np.concatenate([np.zeros_like(trace.c[:1]), trace.c[:-1]])
    np.testing.assert_allclose(trace.f * c + trace.i * trace.g, trace.c, atol=1e-12)
