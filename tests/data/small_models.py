"""Small models made by hand, for tests that need no training and no Keras."""

from itertools import pairwise

import numpy as np

from lstm_edu import packing
from lstm_edu.exported import FORMAT, ExportedModel

VOCABULARY = ("\n", " ", "a", "b", "é")


def layers(widths=(3, 4), seed=0, dtype=np.float32):
    """Embedding of the first width, an LSTM of each other, Dense; as the format has them."""
    random = np.random.default_rng(seed)

    def tensor(*shape):
        return packing.pack(random.normal(size=shape).astype(dtype))

    result = [
        {
            "type": "Embedding",
            "name": "embedding",
            "weights": {"embeddings": tensor(len(VOCABULARY), widths[0])},
        }
    ]
    for k, (width, units) in enumerate(pairwise(widths)):
        result.append(
            {
                "type": "LSTM",
                "name": f"lstm_{k}",
                "activation": "tanh",
                "recurrent_activation": "sigmoid",
                "return_sequences": True,
                "go_backwards": False,
                "weights": {
                    "kernel": tensor(width, 4 * units),
                    "recurrent_kernel": tensor(units, 4 * units),
                    "bias": tensor(4 * units),
                },
            }
        )
    result.append(
        {
            "type": "Dense",
            "name": "next",
            "activation": "softmax",
            "weights": {
                "kernel": tensor(widths[-1], len(VOCABULARY)),
                "bias": tensor(len(VOCABULARY)),
            },
        }
    )
    return result


def data(**changes):
    """The JSON of a model with one LSTM of four units."""
    return {
        "format": FORMAT,
        "name": "small",
        "title": "Small",
        "unit": "character",
        "vocabulary": list(VOCABULARY),
        "layers": layers(),
        **changes,
    }


def model(**changes):
    return ExportedModel(data(**changes))
