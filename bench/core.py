"""The forward pass that keeps every gate, beside Keras (which keeps none) and beside its floor."""

from statistics import median

import numpy as np

from bench.timing import turn_about
from lstm_edu import LSTM
from lstm_edu.interop import keras, to_keras

SHAPES = [(1, 50, 8, 16), (32, 50, 64, 64), (32, 200, 64, 64), (64, 100, 256, 256)]


def matrix_products(lstm, x, h):
    """Do only the products that no LSTM can do without: the floor."""
    x.reshape(-1, x.shape[-1]) @ lstm.params.kernel
    for _ in range(x.shape[1]):
        h @ lstm.params.recurrent_kernel


def measure(batch, time, input_dim, units):
    """Return the rounds of each way at one shape, in float32."""
    random = np.random.default_rng(0)
    lstm = LSTM.create(input_dim, units, seed=0)
    x = random.standard_normal((batch, time, input_dim), dtype=np.float32)
    h = random.standard_normal((batch, units), dtype=np.float32)
    layer = to_keras(lstm, return_sequences=True)
    model = keras().Sequential([keras().Input((time, input_dim)), layer])
    return turn_about(
        {
            "products": lambda: matrix_products(lstm, x, h),
            "lstm_edu": lambda: lstm(x),
            "keras": lambda: model.predict_on_batch(x),
        }
    )


def main():
    """Print the table: medians of the ratios of neighbouring rounds."""
    print("forward, float32; lstm_edu keeps all gates, Keras (compiled) keeps none")
    print(f"{'batch, time, inputs, units':28} {'× products':>10} {'× Keras':>8}")
    for shape in SHAPES:
        rounds = measure(*shape)
        ours = rounds["lstm_edu"]
        ratios = [
            median(a / b for a, b in zip(ours, rounds[peer], strict=True))
            for peer in ("products", "keras")
        ]
        print(f"{shape!s:28} {ratios[0]:10.2f} {ratios[1]:8.2f}")
