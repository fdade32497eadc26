"""Exported models with random weights: of any depth, width, activation and precision."""

from itertools import pairwise

import numpy as np

from lstm_edu import packing
from lstm_edu.exported import FORMAT

VOCABULARY = ("\n", " ", "a", "b", "é", "€", "😀")
ACTIVATIONS = ("tanh", "sigmoid", "linear", "relu", "hard_sigmoid", "softsign", "elu")


def tensor(random, precision, *shape, scale=1.0):
    """Return a random tensor as the format has it; `precision` is a dtype's name."""
    values = random.normal(scale=scale, size=shape)
    if precision == "int8":
        return packing.quantize(values)
    return packing.pack(values.astype(precision))


def model(seed, precision="float64", activation="tanh", gates="sigmoid", widths=None):
    """Return the dict of a model whose LSTMs have the `widths` after the first."""
    random = np.random.default_rng(seed)
    if widths is None:
        widths = random.integers(1, 24, size=random.integers(2, 5)).tolist()

    def kernel(rows, columns):
        # Keras' glorot width: gates neither all shut nor all open, also where layers are wide.
        return tensor(random, precision, rows, columns, scale=2 / np.sqrt(rows))

    layers = [
        {
            "type": "Embedding",
            "name": "embedding",
            "weights": {"embeddings": tensor(random, precision, len(VOCABULARY), widths[0])},
        }
    ]
    for depth, (inputs, units) in enumerate(pairwise(widths)):
        layers.append(
            {
                "type": "LSTM",
                "name": f"lstm_{depth}",
                "activation": activation,
                "recurrent_activation": gates,
                "return_sequences": True,
                "go_backwards": False,
                "weights": {
                    "kernel": kernel(inputs, 4 * units),
                    "recurrent_kernel": kernel(units, 4 * units),
                    "bias": tensor(random, precision, 4 * units),
                },
            }
        )
    layers.append(
        {
            "type": "Dense",
            "name": "next",
            "activation": "softmax",
            "weights": {
                "kernel": kernel(widths[-1], len(VOCABULARY)),
                "bias": tensor(random, precision, len(VOCABULARY)),
            },
        }
    )
    return {
        "format": FORMAT,
        "name": "random",
        "title": "Random weights",
        "unit": "character",
        "vocabulary": list(VOCABULARY),
        "layers": layers,
    }


def text(seed, length):
    """Return a random text that the models know."""
    return "".join(np.random.default_rng(seed).choice(VOCABULARY, size=length).tolist())
