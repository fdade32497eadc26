"""The browser's LSTM is NumPy's: the same weights and the same text give the same numbers."""

import numpy as np
import pytest
from random_models import ACTIVATIONS, model, text

from lstm_edu import LSTM, LSTMParams, exported, lstm_step, packing
from lstm_edu.exported import ExportedModel
from lstm_edu.plotting.heatmaps import SORTS
from lstm_edu.trace import Trace

TOLERANCE = 1e-12
PRECISIONS = ("float64", "float32", "float16", "int8")


def assert_same(answer, data, line):
    """Hold every number of the browser against NumPy's."""
    network = ExportedModel(data)
    traces, probabilities = network.run(network.encode(line)[None])
    np.testing.assert_allclose(answer["probabilities"], probabilities[0], rtol=0, atol=TOLERANCE)
    assert len(answer["layers"]) == len(traces)
    for (name, trace), layer, sums in zip(
        traces.items(), answer["layers"], answer["sums"], strict=True
    ):
        for quantity in Trace.quantities:
            np.testing.assert_allclose(
                np.reshape(layer[quantity], trace.shape[1:]),
                getattr(trace, quantity)[0],
                rtol=0,
                atol=TOLERANCE,
                err_msg=f"{quantity} of {name}",
            )
        assert_sums(trace, sums)


def assert_sums(trace, sums):
    """Hold W·x, U·h and b of each gate at the last step against NumPy's."""
    kernel, recurrent_kernel, bias = trace.params
    expected = {
        "x": trace.x[0, -1] @ kernel,
        "h": trace.h_previous[0, -1] @ recurrent_kernel,
        "b": bias,
    }
    expected["z"] = sum(expected.values())
    for part, values in expected.items():
        own = [[unit[gate][part] for unit in sums] for gate in "ifgo"]
        np.testing.assert_allclose(np.ravel(own), values, rtol=1e-12, atol=TOLERANCE)


def test_random_networks_of_every_precision(engine):
    cases = [
        {
            "kind": "model",
            "model": model(seed, PRECISIONS[seed % 4]),
            "text": text(seed, 1 + 7 * seed % 61),
        }
        for seed in range(32)
    ]
    for case, answer in zip(cases, engine(*cases), strict=True):
        assert_same(answer, case["model"], case["text"])


def test_every_activation(engine):
    # Unbounded ones let the state grow, so the texts are short.
    cases = [
        {
            "kind": "model",
            "model": model(seed, activation=name, gates=gates, widths=[3, 5]),
            "text": text(seed, 6),
        }
        for seed, name in enumerate(ACTIVATIONS)
        for gates in ("sigmoid", "hard_sigmoid")
    ]
    for case, answer in zip(cases, engine(*cases), strict=True):
        assert_same(answer, case["model"], case["text"])


def test_the_network_of_the_book(engine):
    data = exported.load("shakespeare").to_dict()
    line = "To be, or not to be: that is the question:\nWhether 'tis nobler in the mind to suffer"
    (answer,) = engine({"kind": "model", "model": data, "text": line})
    assert_same(answer, data, line)


def test_the_step_that_the_book_prints(engine):
    data = model(5, widths=[4, 7])
    line = text(5, 20)
    (answer,) = engine({"kind": "model", "model": data, "text": line})
    network = ExportedModel(data)
    weights = {
        name: packing.unpack(tensor) for name, tensor in data["layers"][1]["weights"].items()
    }
    h = c = np.zeros(7)
    for t, x in enumerate(network.embeddings[network.encode(line)]):
        step = lstm_step(x, h, c, LSTMParams(**weights))
        for name, value in step._asdict().items():
            own = np.reshape(answer["layers"][0][name], (20, 7))[t]
            np.testing.assert_allclose(own, value, rtol=0, atol=TOLERANCE, err_msg=name)
        h, c = step.h, step.c


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_trace_arrives_bit_by_bit(engine, dtype):
    random = np.random.default_rng(0)
    lstm = LSTM.create(3, 5, seed=1, dtype=dtype)
    states = random.normal(size=(2, 1, 5)).astype(dtype)
    trace = lstm(random.normal(size=(1, 9, 3)).astype(dtype), *states)
    (answer,) = engine({"kind": "trace", "trace": trace.to_dict()})
    for name, values in answer.items():
        assert values == getattr(trace, name).astype(np.float64).ravel().tolist(), name


def test_units_are_sorted_as_in_python(engine):
    lstm = LSTM.create(3, 17, seed=2, dtype=np.float64)
    trace = lstm(np.random.default_rng(3).normal(size=(1, 40, 3)))
    kinds = [(quantity, sort) for quantity in Trace.quantities for sort in SORTS]
    cases = [
        {"kind": "order", "trace": trace.to_dict(), "quantity": quantity, "sort": sort}
        for quantity, sort in kinds
    ]
    for (quantity, sort), answer in zip(kinds, engine(*cases), strict=True):
        values = getattr(trace, quantity)[0]
        by = {
            "index": np.arange(17),
            "mean": values.mean(axis=0),
            "half-life": trace.half_life(),
            "activity": values.std(axis=0),
        }[sort]
        np.testing.assert_allclose(answer["keys"], by, rtol=1e-9)
        order = range(17) if sort == "index" else np.argsort(-by, kind="stable")
        assert answer["order"] == list(order), (quantity, sort)
