"""From a trained Keras model to one that travels: see `lstm_edu.exported`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_edu import packing
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.interop import from_keras, keras


def export(
    model, vocabulary: Sequence[str], *, name: str, title: str, unit: str = "character"
) -> ExportedModel:
    """Take the weights out of a trained Keras model.

    Parameters
    ----------
    model : keras.Sequential
        Embedding, one or more LSTMs with ``return_sequences=True``, Dense with softmax.
    vocabulary : sequence of str
        The characters in the order of their numbers.
    name, title, unit : str
        What to call the model, for code and for readers, and what a token is.

    Returns
    -------
    ExportedModel
        With the very weights of `model`; `ExportedModel.quantized` rounds them.

    Raises
    ------
    TypeError
        `model` is not a `keras.Sequential`.
    ValueError
        A layer is of another kind, or does what this format has no word for.
    """
    if not isinstance(model, keras().Sequential):
        raise TypeError(f"model is a {type(model).__name__}; expected a keras.Sequential")
    layers = [_export_layer(layer) for layer in model.layers]
    return ExportedModel(
        {
            "format": FORMAT,
            "name": name,
            "title": title,
            "unit": unit,
            "vocabulary": list(vocabulary),
            "layers": layers,
        }
    )


def _export_layer(layer) -> dict[str, Any]:
    """Write one Keras layer as the format has it."""
    kinds = keras().layers
    kind = type(layer).__name__
    common: dict[str, Any] = {"type": kind, "name": layer.name}
    if isinstance(layer, kinds.Embedding) and not layer.mask_zero:
        weights = {"embeddings": layer.get_weights()[0]}
    elif isinstance(layer, kinds.LSTM) and layer.return_sequences and not layer.go_backwards:
        lstm = from_keras(layer)
        weights = lstm.params._asdict()
        common |= {
            "activation": lstm.activation,
            "recurrent_activation": lstm.recurrent_activation,
            "return_sequences": True,
            "go_backwards": False,
        }
    elif isinstance(layer, kinds.Dense) and layer.activation is keras().activations.softmax:
        kernel, *bias = layer.get_weights()
        weights = {"kernel": kernel, "bias": bias[0] if bias else np.zeros(layer.units, "float32")}
        common["activation"] = "softmax"
    else:
        raise ValueError(
            f"layer {layer.name!r}, a {kind}, cannot be exported; expected Embedding (without "
            "mask_zero), LSTM (return_sequences=True, go_backwards=False) or Dense with softmax"
        )
    return common | {"weights": {key: packing.pack(array) for key, array in weights.items()}}
