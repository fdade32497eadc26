"""What the remedies bring: fused products, a compiler, half precision; and a token at a time."""

from statistics import median
from time import process_time

import numpy as np
import tensorflow as tf

from bench.layers import training_step
from bench.timing import ratios, turn_about
from lstm_edu import LSTM, lstm_step
from lstm_edu.interop import keras, to_keras

#: What is computed in which precision, and by what the loss is multiplied meanwhile.
POLICIES = {
    "float32": 1.0,
    "mixed_bfloat16": 1.0,
    "mixed_float16": 1.0,
    "mixed_float16, loss × 32768": 32768.0,
}
POSITIONS = (1, 16, 64, 256, 1024, 4096, 16384, 65536)


def fused(batch=8, time=100, units=64, rounds=9):
    """Return what one forward pass costs, from eight products a step to compiled code.

    Parameters
    ----------
    batch, time, units : int
        The shape; as many inputs as units.
    rounds : int
        How often each way is timed.
    """
    lstm = LSTM.create(units, units, seed=0)
    x = np.random.default_rng(0).standard_normal((batch, time, units), dtype=np.float32)
    layer = to_keras(lstm, return_sequences=True)
    start = np.zeros((batch, units), np.float32)

    def step_by_step():
        h = c = start
        for t in range(time):
            *_, c, h = lstm_step(x[:, t], h, c, lstm.params)
        return h

    def op_by_op():
        h = [start, start]
        for t in range(time):
            _, h = layer.cell(x[:, t], h)
        return h[0].numpy()

    graph = tf.function(layer)
    compiled = tf.function(layer, jit_compile=True)
    ways = {
        "NumPy, eight products a step": step_by_step,
        "NumPy, one product a step": lambda: lstm(x).h[:, -1],
        "Keras, operation by operation": op_by_op,
        "Keras, as a graph": lambda: graph(x).numpy()[:, -1],
        "Keras, compiled by XLA": lambda: compiled(x).numpy()[:, -1],
    }
    results = [way() for way in ways.values()]
    for result in results[1:]:
        np.testing.assert_allclose(result, results[0], atol=1e-5)
    seconds = turn_about(ways, rounds, process_time)
    return {
        "shape": [batch, time, units],
        "ms": {name: round(1e3 * median(seconds[name]), 3) for name in ways},
        "times the graph": ratios(seconds, "Keras, as a graph"),
    }


def precision(batch=32, time=32, units=256, rounds=9):
    """Return what a step of training costs in half the bits, beside float32, and how far it is off.

    Parameters
    ----------
    batch, time, units : int
        The shape; as many inputs as units.
    rounds : int
        How often each way is timed.
    """
    lstm = LSTM.create(units, units, seed=0)
    x = tf.random.stateless_normal((batch, time, units), seed=(0, 1))
    ways, gradients = {}, {}
    for name, scale in POLICIES.items():
        policy = name.partition(",")[0]
        layer = keras().layers.LSTM(units, return_sequences=True, dtype=policy)
        layer.build(x.shape)
        layer.set_weights(lstm.params)
        step = training_step(layer, False, scale)
        ways[name] = lambda step=step: step(x)[0].numpy()
        gradients[name] = np.asarray(step(x)[1][1], np.float64)
    seconds = turn_about(ways, rounds, process_time)
    exact = gradients["float32"]
    return {
        "shape": [batch, time, units],
        "times float32": ratios(seconds, "float32"),
        "gradient off by": {
            name: float(f"{np.linalg.norm(g - exact) / np.linalg.norm(exact):.3g}")
            for name, g in gradients.items()
        },
    }


def tokens(units=256, rounds=25, positions=POSITIONS):
    """Return what the next token costs at a position: one step, beside attention with its cache.

    Parameters
    ----------
    units : int
        Of both; as many inputs.
    rounds : int
        How often each is timed.
    positions : sequence of int
        How many tokens there have been, the new one counted.
    """
    random = np.random.default_rng(0)
    lstm = LSTM.create(units, units, seed=0)
    kernel, recurrent_kernel, bias = lstm.params
    x = random.standard_normal(units, dtype=np.float32)
    h = c = np.zeros(units, np.float32)
    query, key, value, out = random.standard_normal((4, units, units), dtype=np.float32) / 16

    def recurrent():
        z = np.tanh(x @ kernel + h @ recurrent_kernel + bias)
        i, f, g, o = np.split(z, 4)
        return o * np.tanh(f * c + i * g)

    rows = []
    for position in positions:
        keys, values = random.standard_normal((2, position, units), dtype=np.float32)

        def attend(keys=keys, values=values):
            keys[-1], values[-1] = x @ key, x @ value
            scores = keys @ (x @ query) / np.float32(np.sqrt(units))
            weights = np.exp(scores - scores.max())
            return (weights / weights.sum()) @ values @ out

        def many(way):
            def run():
                for _ in range(20):
                    way()

            return run

        seconds = turn_about(
            {"LSTM": many(recurrent), "attention": many(attend)}, rounds, process_time
        )
        rows.append({"position": position, "times the LSTM": ratios(seconds, "LSTM")["attention"]})
    return {"units": units, "rows": rows}
