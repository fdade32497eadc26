"""The core beside its floor and its peers: forward with every gate kept, and the way back.

    python -m bench core

By the wall clock and on all cores; ``--one-core`` for a busy machine: one core, and the processor's
own clock, so that what else runs counts little.
"""

import argparse
import os
import sys
import tracemalloc
from time import perf_counter, process_time

from bench.machine import cores, one_core

SHAPES = [(1, 50, 8, 16), (32, 50, 64, 64), (32, 200, 64, 64), (64, 100, 256, 256)]
MIDDLE = SHAPES[1]
#: What is hoped for at the middle shape; at the others, never to be slower than Keras.
FORWARD = {"products": "≤ 2.3", "Keras": "≤ 0.55", "Keras, XLA": "≤ 0.55"}
BOTH = {"Keras": "≤ 0.5", "Keras, XLA": "≤ 0.5", "PyTorch": "≤ 1.5"}
NEVER_SLOWER = {"Keras": "≤ 1", "Keras, XLA": "≤ 1"}
PACKAGES = ("numpy", "tensorflow", "keras", "torch")

HOW = """Forward, with every gate kept, and forward and back, for the gradients of the weights and
of x; float32, {clock}, {rounds} rounds. Ours and one other take turns, so that a busy moment is
unfair to neither, and each is called twice, of which the second call counts: so neither pays for a
cold cache, or for waiting threads, that the other left behind. Keras' and PyTorch's own LSTMs keep
no gates. Forward, Keras is `model.predict_on_batch`, compiled without and with `jit_compile`; the
bare graphs are a `tf.function` round the layer and nothing else, with the input ready as a tensor.
Forward and back it is a `tf.function`, with `jit_compile` and without. The products are those that
no LSTM can do without, in the faster of the two layouts: W x for all steps at once, and U h, a step
at a time."""


WHY = """Beyond its products, a step forward is eight calls of NumPy, each a pass over the step's
numbers; a compiler can fuse them into one. On the smallest shape it is the calls themselves that
take the time."""


def problem(batch, time, input_dim, units):
    """Return a layer, x, and what comes back from above."""
    import numpy as np

    from lstm_edu import LSTM

    random = np.random.default_rng(0)
    lstm = LSTM.create(input_dim, units, seed=0)
    x = random.standard_normal((batch, time, input_dim), dtype=np.float32)
    dh = random.standard_normal((batch, time, units), dtype=np.float32)
    return lstm, x, dh


def products(lstm, x):
    """Return the ways to do only the products of a forward pass: batch first, and batch last."""
    import numpy as np

    batch, time, inputs = x.shape
    W, U = (np.array(weights) for weights in lstm.params[:2])
    W_T, U_T = W.T.copy(), U.T.copy()
    h = np.zeros((batch, lstm.units), np.float32)
    h_T, x_T = h.T.copy(), x.reshape(-1, inputs).T.copy()
    out, out_T = h @ U, U_T @ h_T

    def batch_first():
        x.reshape(-1, inputs) @ W
        for _ in range(time):
            np.matmul(h, U, out=out)

    def batch_last():
        W_T @ x_T
        for _ in range(time):
            np.matmul(U_T, h_T, out=out_T)

    return {"batch first": batch_first, "batch last": batch_last}


def peers(lstm, x, dh):
    """Return the peers that are installed."""
    from bench.core_peers import Keras, Torch

    return [peer(lstm, x, dh) for peer in ([Keras, Torch] if Torch.installed() else [Keras])]


def table(shape, rounds, clock):
    """Return the rows of one shape."""
    import numpy as np

    from bench.report import Row
    from bench.timing import turn_about

    lstm, x, dh = problem(*shape)
    forward, both = {"products": products(lstm, x)}, {}
    for peer in peers(lstm, x, dh):
        np.testing.assert_allclose(peer.loop()[-1], lstm(x).h, atol=1e-5)
        forward |= {name: {name: way} for name, way in peer.forward().items()}
        both |= {name: {name: way} for name, way in peer.forward_and_back().items()}
    rows = []
    for what, own, beside, reach in (
        ("forward", lambda: lstm(x), forward, FORWARD),
        ("forward and back", lambda: lstm.backward(lstm(x), dh), both, BOTH),
    ):
        for name, ways in beside.items():
            ours, *theirs = turn_about({"lstm_edu": own} | ways, rounds, clock).values()
            ratio = np.divide(ours, min(theirs, key=np.median))
            hoped = (reach if shape == MIDDLE else NEVER_SLOWER).get(name, "")
            rows.append(Row(f"{what}, {shape}", ratio, name, hoped))
    return rows


def gates_of_a_model(rounds, clock):
    """Return the rows for the gates of a Keras model: `trace`, and loops written by hand."""
    import numpy as np

    from bench.core_peers import keras
    from bench.report import Row
    from bench.timing import turn_about
    from lstm_edu.interop import trace

    lstm, x, dh = problem(*MIDDLE)
    beside = peers(lstm, x, dh)
    model = keras().Sequential([keras().Input(x.shape[1:]), beside[0].layer])
    ways = {"trace": lambda: trace(model, x)}
    ways |= {f"a loop in {type(peer).__name__}": peer.loop for peer in beside}
    seconds = turn_about(ways, rounds, clock)
    ours = seconds.pop("trace")
    return [
        Row(f"how much faster `trace()`, {MIDDLE}", np.divide(theirs, ours), name, hoped)
        for (name, theirs), hoped in zip(seconds.items(), ("≥ 8", ""), strict=False)
    ]


def peak(way):
    """Return the most bytes that were held beyond what was there before, and the result."""
    tracemalloc.start()
    try:
        result = way()
        return tracemalloc.get_traced_memory()[1], result
    finally:
        tracemalloc.stop()


def returned(*records):
    """Return the bytes of the arrays of records or gradients."""
    import numpy as np

    values = [value for one in records for value in vars(one).values()]
    values += [each for one in values if isinstance(one, tuple) for each in one]
    return sum(value.nbytes for value in values if isinstance(value, np.ndarray))


def memory():
    """Return the rows for peak memory."""
    from bench.report import Row

    rows = []
    for shape in SHAPES[1:]:
        lstm, x, dh = problem(*shape)

        def both(lstm=lstm, x=x, dh=dh):
            trace = lstm(x)
            return trace, lstm.backward(trace, dh)

        weights = sum(array.nbytes for array in lstm.params)  # in the trace, but not new
        lstm(x)
        for what, way in (
            ("forward", lambda lstm=lstm, x=x: (lstm(x),)),
            ("forward and back", both),
        ):
            most, records = peak(way)
            ratio = most / (returned(*records) - weights)
            rows.append(Row(f"peak memory, {what}, {shape}", ratio, "bytes returned", "≤ 1.2"))
    return rows


def growth(rounds, clock):
    """Return the rows for how time and memory grow with the batch and with the length."""
    import numpy as np

    from bench.report import Row
    from bench.timing import turn_about

    rows = []
    factors = (1, 2, 4, 8)
    for axis, shapes in {
        "time": [(32, 50 * k, 64, 64) for k in factors],
        "batch": [(32 * k, 50, 64, 64) for k in factors],
    }.items():
        runs = {}
        for shape in shapes:
            lstm, x, dh = problem(*shape)
            runs[shape] = lambda lstm=lstm, x=x, dh=dh: lstm.backward(lstm(x), dh)
        seconds = turn_about(runs, rounds, clock)
        size = np.log(factors)
        slopes = [
            np.polyfit(size, np.log(each), 1)[0] for each in zip(*seconds.values(), strict=True)
        ]
        bytes_held = [peak(run)[0] for run in runs.values()]
        slope = np.polyfit(size, np.log(bytes_held), 1)[0]
        how = f"exponent of {axis}, {shapes[0]} to {shapes[-1]}"
        rows.append(Row("seconds, forward and back", slopes, how, "≤ 1.1", ""))
        rows.append(Row("peak memory, forward and back", slope, how, "≤ 1.1", ""))
    return rows


def main(arguments=()):
    """Measure, and return the section."""
    parser = argparse.ArgumentParser(prog="python -m bench core", description=__doc__)
    parser.add_argument("--one-core", action="store_true")
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args(arguments)
    if options.one_core:
        one_core()
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # Keras at its best
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    clock = process_time if options.one_core else perf_counter

    from bench.core_peers import Torch
    from bench.report import Section

    rows = []
    for shape in SHAPES:
        print(f"core: {shape} ...", file=sys.stderr, flush=True)
        rows += table(shape, options.rounds, clock)
    rows += gates_of_a_model(options.rounds, clock) + memory() + growth(options.rounds, clock)
    told = "one core, processor time" if options.one_core else f"{cores()} cores, wall clock"
    return Section(
        "core",
        "The core",
        HOW.format(clock=told, rounds=options.rounds),
        rows,
        [WHY] if Torch.installed() else [WHY, "PyTorch was not installed; it is left out."],
        PACKAGES,
    )
