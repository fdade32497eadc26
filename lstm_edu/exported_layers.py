"""The layers of an exported model: unpacked, and checked to fit on one another."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.lstm import LSTM


class Output(NamedTuple):
    """The weights that turn h into a logit for each character."""

    kernel: np.ndarray
    bias: np.ndarray


class Layers(NamedTuple):
    """What a character model is made of, in float64."""

    embeddings: np.ndarray
    lstms: dict[str, LSTM]
    output: Output


def read_layers(layers: list[dict[str, Any]], characters: int) -> Layers:
    """Unpack the layers of a model with so many characters.

    Raises
    ------
    ValueError
        They are not Embedding, one or more LSTMs and Dense, or do not fit on one another.
    """
    types = [layer["type"] for layer in layers]
    if len(types) < 3 or types != ["Embedding", *["LSTM"] * (len(types) - 2), "Dense"]:
        raise ValueError(
            f"the layers are {', '.join(types) or 'none'}; expected Embedding, LSTM, Dense"
        )
    first, *recurrent, last = layers
    embeddings = _tensors(first)["embeddings"]
    _checks.shaped(f"embeddings of {first['name']!r}", embeddings, characters, "width")
    width = embeddings.shape[1]
    lstms = {}
    for layer in recurrent:
        lstms[layer["name"]] = lstm = _read_lstm(layer, width)
        width = lstm.units
    return Layers(embeddings, lstms, _read_output(last, width, characters))


def _read_lstm(layer: dict[str, Any], width: int) -> LSTM:
    name = layer["name"]
    if layer["go_backwards"] or not layer["return_sequences"]:
        raise ValueError(
            f"layer {name!r} goes backwards or returns its last step only; "
            "expected a layer that answers at each character in turn"
        )
    lstm = LSTM(
        **_tensors(layer),
        activation=layer["activation"],
        recurrent_activation=layer["recurrent_activation"],
    )
    if lstm.input_dim != width:
        raise ValueError(
            f"layer {name!r} takes {lstm.input_dim} inputs, but the layer below gives {width}"
        )
    return lstm


def _read_output(layer: dict[str, Any], width: int, characters: int) -> Output:
    name = layer["name"]
    if layer["activation"] != "softmax":
        raise ValueError(f"layer {name!r} has activation {layer['activation']!r}; expected softmax")
    output = Output(**_tensors(layer))
    _checks.shaped(f"kernel of {name!r}", output.kernel, width, characters)
    _checks.shaped(f"bias of {name!r}", output.bias, characters)
    return output


def _tensors(layer: dict[str, Any]) -> dict[str, np.ndarray]:
    return {
        name: packing.unpack(tensor, f"{name} of {layer['name']!r}")
        for name, tensor in layer["weights"].items()
    }
