"""Exported models of every architecture that the format has, with random weights."""

import numpy as np
from random_models import VOCABULARY, tensor

from lstm_edu.exported import FORMAT

#: By name: the recurrent layers ("lstm", "gru", "first" for a GRU whose reset gate comes first; two
#: of one kind with how they are merged), whether the last answers at each step, whether the mean is
#: taken, the widths of the head and how it ends.
STACKS = {
    "gru": (["gru"], True, False, [7], "softmax"),
    "reset first": (["first", "lstm"], True, False, [7], "softmax"),
    "last step": (["lstm", "gru"], False, False, [3], "softmax"),
    "mean": (["gru"], True, True, [4, 2], "softmax"),
    "concat": (["lstm concat"], True, False, [3], "softmax"),
    "sum": (["gru sum", "lstm"], False, False, [1], "sigmoid"),
    "mul": (["first mul"], False, False, [2], "linear"),
    "ave": (["lstm", "lstm ave"], True, True, [5, 4, 1], "linear"),
    "ends": (["lstm", "gru concat"], False, False, [3], "sigmoid"),
}


def stack(name, seed=0, precision="float64", features=0):
    """Return the dict of a model of an architecture; it reads numbers where it has `features`."""
    random = np.random.default_rng(seed)
    kinds, sequences, pooled, head, end = STACKS[name]

    def weights(rows, columns, bias=None):
        return {
            "kernel": tensor(random, precision, rows, columns, scale=2 / np.sqrt(rows)),
            "bias": tensor(random, precision, *(bias or (columns,)), scale=0.5),
        }

    def cell(kind, inputs, units, answers):
        width = (4 if kind == "lstm" else 3) * units
        layer = {
            "type": "LSTM" if kind == "lstm" else "GRU",
            "name": kind,
            "activation": "tanh",
            "recurrent_activation": "sigmoid",
            "return_sequences": answers,
            "go_backwards": False,
            "weights": weights(inputs, width, (2, width) if kind == "gru" else None),
        }
        recurrent = tensor(random, precision, units, width, scale=2 / np.sqrt(units))
        layer["weights"]["recurrent_kernel"] = recurrent
        return layer if kind == "lstm" else layer | {"reset_after": kind == "gru"}

    width = features or int(random.integers(2, 6))
    data = {"format": FORMAT, "name": "random", "title": "Random weights", "layers": []}
    if features:
        data |= {"input": "numbers", "features": [f"feature {k}" for k in range(features)]}
    else:
        data |= {"unit": "character", "vocabulary": list(VOCABULARY)}
        embeddings = tensor(random, precision, len(VOCABULARY), width)
        data["layers"].append(
            {"type": "Embedding", "name": "embedding", "weights": {"embeddings": embeddings}}
        )
    for depth, kind in enumerate(kinds):
        answers = sequences or depth < len(kinds) - 1
        units = int(random.integers(1, 9))
        kind, _, merge = kind.partition(" ")
        if merge:
            halves = {way: cell(kind, width, units, answers) for way in ("forward", "backward")}
            layer = {"type": "Bidirectional", "merge_mode": merge} | halves
            width = 2 * units if merge == "concat" else units
        else:
            layer, width = cell(kind, width, units, answers), units
        data["layers"].append(layer | {"name": f"layer_{depth}"})
    if pooled:
        data["layers"].append({"type": "GlobalAveragePooling1D", "name": "mean"})
    for depth, outputs in enumerate(head):
        layer = {"type": "Dense", "name": f"dense_{depth}", "weights": weights(width, outputs)}
        data["layers"].append(layer | {"activation": end if depth == len(head) - 1 else "relu"})
        width = outputs
    if features or (width, end) != (7, "softmax") or any(" " in kind for kind in kinds):
        data["labels"] = [f"label {k}" for k in range(width)]
    return data
