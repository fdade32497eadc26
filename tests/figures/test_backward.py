"""The browser goes back through time as NumPy does: the same gradients of an LSTM and of an RNN."""

import numpy as np
import pytest
from random_models import ACTIVATIONS

from lstm_edu import LSTM, RNN

TOLERANCE = 1e-10


def case_of(kind, seed, **options):
    """Return a layer with random weights and states, its run, and what comes from above."""
    random = np.random.default_rng(seed)
    inputs, units = random.integers(1, 12, size=2)
    # Unbounded activations let the state grow, so their runs are short.
    steps = 6 if options.get("activation", "tanh") in ("relu", "linear", "elu") else 40
    width = 4 * units if kind is LSTM else units
    weights = [
        random.normal(scale=1 / np.sqrt(rows), size=(rows, width)) for rows in (inputs, units)
    ]
    layer = kind(*weights, random.normal(size=width), **options)
    x = random.normal(size=(1, steps, inputs))
    states = random.normal(size=(2 if kind is LSTM else 1, 1, units))
    above = random.normal(size=(len(states), 1, steps, units))
    return layer, x, states, above


def written(layer, x, states, above):
    """Return the case as the browser takes it."""
    kernel, recurrent_kernel, bias = (array.ravel().tolist() for array in layer.params)
    return {
        "kind": layer.cell + "_back",
        "layer": {
            "inputs": layer.input_dim,
            "units": layer.units,
            "kernel": kernel,
            "recurrentKernel": recurrent_kernel,
            "bias": bias,
            **{name: getattr(layer, name) for name in layer.activation_names},
        },
        "x": x.ravel().tolist(),
        "states": [state.ravel().tolist() for state in states],
        "above": [gradient.ravel().tolist() for gradient in above],
    }


def assert_same(answer, layer, x, states, above):
    gradients = layer.backward(layer(x, *states), *above)
    names = {"recurrentKernel": "recurrent_kernel"}
    for name, values in answer.items():
        expected = getattr(gradients, names.get(name, name)).ravel()
        scale = max(1.0, np.abs(expected).max())
        np.testing.assert_allclose(
            values, expected, rtol=0, atol=TOLERANCE * scale, err_msg=f"{name} of {layer!r}"
        )


@pytest.mark.parametrize("kind", [LSTM, RNN])
def test_gradients_are_those_of_numpy(engine, kind):
    cases = [case_of(kind, seed) for seed in range(12)]
    cases += [case_of(kind, seed, activation=name) for seed, name in enumerate(ACTIVATIONS)]
    if kind is LSTM:
        cases.append(case_of(kind, 50, recurrent_activation="hard_sigmoid"))
    for case, answer in zip(cases, engine(*(written(*case) for case in cases)), strict=True):
        assert len(answer) == (8 if kind is LSTM else 6)
        assert_same(answer, *case)
