"""From a trained Keras model to one that travels: see `lstm_edu.exported`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.interop import from_keras, keras
from lstm_edu.interop.keras_weights import activation_name
from lstm_edu.recurrent import ResetFirstGRU

#: What stands for unknown words in the vocabularies that Keras and its examples make.
UNKNOWN = ("[UNK]", "[OOV]", "<UNK>", "<OOV>", "<unk>", "<oov>")

#: Without effect once a network is trained.
_AT_TRAINING = (
    "InputLayer",
    "Dropout",
    "SpatialDropout1D",
    "GaussianDropout",
    "GaussianNoise",
    "AlphaDropout",
    "ActivityRegularization",
)
_WOULD_DO = (
    "a page can run: TextVectorization or not, Embedding, then LSTM, GRU or Bidirectional of one "
    "of them, then GlobalAveragePooling1D or not, then Dense; dropout is left out. For another "
    "model, record what its LSTMs do (lstm_edu.interop.trace) and give the trace to a figure"
)


def export(
    model,
    vocabulary=None,
    *,
    name: str,
    title: str,
    unit: str | None = None,
    unknown: int | None = None,
    standardize: str | None = "as Keras",
    labels: Sequence[str] | None = None,
    features: Sequence[str] | None = None,
    split: str | None = None,
    marker: str | None = None,
) -> ExportedModel:
    """Take the weights out of a trained Keras model.

    Parameters
    ----------
    model : keras.Sequential or keras.Model
        One layer after the other: Embedding (none where numbers are read), LSTM, GRU or
        Bidirectional of them, perhaps GlobalAveragePooling1D, Dense. Dropout is left out.
    vocabulary : sequence of str or keras.layers.TextVectorization, optional
        The tokens in the order of their numbers, as ``get_vocabulary()`` gives them. Not needed
        where `model` begins with a TextVectorization; None too where it reads numbers.
    name, title : str
        What to call the model, for code and for readers.
    unit : {"character", "word"}, optional
        What a token is; by default a character where no token is longer than one.
    unknown : int, optional
        The number that stands for every unknown token; by default that of ``"[UNK]"``, ``"<OOV>"``
        or the like, if the vocabulary has it.
    standardize : str or None
        How a text is changed before it is looked up, see `lstm_edu.vocabulary.Vocabulary`; by
        default as the TextVectorization does it. Without one, characters are left as they are; in
        words A to Z are made small and punctuation is taken off, unless the vocabulary itself holds
        large letters, or punctuation.
    labels : sequence of str, optional
        The names of the outputs, unless they are the vocabulary, each telling how probable its
        token is to come next. A single sigmoid output may have two: of 0, and of 1.
    features : sequence of str, optional
        Where the model reads numbers instead of a text, the name of each number of a step.
    split : {"signs"}, optional
        Words are found between blanks; with ``"signs"`` punctuation is no part of them but tokens
        of its own, see `lstm_edu.vocabulary.Vocabulary`.
    marker : str, optional
        The token of the vocabulary that, before a word, points at it: what the model says of each
        word is then said in view of that one.

    Returns
    -------
    ExportedModel
        With the very weights of `model`; `ExportedModel.quantized` rounds them.

    Raises
    ------
    TypeError
        `model` is no Keras model.
    ValueError
        A layer is of another kind, or does what this format has no word for: the message names the
        layer, and says what would do. Or a weight is NaN, or the vocabulary does not fit.

    Notes
    -----
    Texts are read as they are, without padding. After training with ``mask_zero=True`` that is the
    same to the network. After training on padded texts without a mask it is not: train with the
    mask, or on texts of their own length.
    """
    layers = _chain(model)
    if layers and type(layers[0]).__name__ == "TextVectorization":
        vocabulary = layers.pop(0) if vocabulary is None else vocabulary
    data: dict[str, Any] = {"format": FORMAT, "name": name, "title": title}
    if features is not None:
        data |= {"input": "numbers", "features": list(features)}
    else:
        data |= _vocabulary(vocabulary, unit, unknown, standardize)
        data |= {key: value for key, value in (("split", split), ("marker", marker)) if value}
    data["layers"] = [_export_layer(layer) for layer in layers]
    if labels is None:
        labels = _usual_labels(data)
    if labels is not None:
        data["labels"] = list(labels)
    return ExportedModel(data)


def _chain(model) -> list:
    """Return the layers of a model that are one after the other, less those for training alone."""
    k = keras()
    if not isinstance(model, k.Model):
        raise TypeError(
            f"model is a {type(model).__name__}; expected a keras.Sequential, or a keras.Model of "
            "one layer after the other"
        )
    layers = list(model.layers)
    if not isinstance(model, k.Sequential):
        for below, layer in pairwise(layers):
            if getattr(layer, "input", None) is not getattr(below, "output", layer):
                raise ValueError(
                    f"layer {layer.name!r} does not follow upon {below.name!r} alone; {_WOULD_DO}"
                )
    return [layer for layer in layers if type(layer).__name__ not in _AT_TRAINING]


def _vocabulary(given, unit, unknown, standardize) -> dict[str, Any]:
    """Return what the format says of a vocabulary."""
    if given is None:
        raise ValueError("vocabulary is None; give the tokens in the order of their numbers")
    if hasattr(given, "get_vocabulary"):
        split = getattr(given, "_split", None)
        own = getattr(given, "_standardize", None)
        unit = unit or {"whitespace": "word", "character": "character"}.get(split)
        if unit is None or not isinstance(own, str | None):
            raise ValueError(
                f"layer {given.name!r} splits texts by {split!r} and standardises them by {own!r}; "
                "expected split='whitespace' or 'character', and one of Keras' own standardize"
            )
        standardize = own if standardize == "as Keras" else standardize
        given = given.get_vocabulary()
    tokens = [str(token) for token in given]
    if unknown is None:
        unknown = next((tokens.index(token) for token in UNKNOWN if token in tokens), None)
    plain = [t for k, t in enumerate(tokens) if k != unknown and (k or t not in ("<pad>", "[PAD]"))]
    unit = unit or ("word" if any(len(token) > 1 for token in plain) else "character")
    if standardize == "as Keras":
        standardize = _standard_for(" ".join(plain)) if unit == "word" else None
    return {
        "unit": unit,
        "vocabulary": tokens,
        "unknown": unknown,
        "standardize": standardize,
    }


def _standard_for(words: str) -> str | None:
    """Return what may be done to a text so that these words can still be found in it."""
    parts = []
    if not re.search("[A-Z]", words):
        parts.append("lower")
    if not re.search(r"[!-/:-@\[-`{-~]", words):
        parts.append("strip_punctuation")
    return "_and_".join(parts) or None


def _usual_labels(data: dict[str, Any]) -> list[str] | None:
    """Name the outputs by their numbers, unless they are the vocabulary."""
    dense = [layer for layer in data["layers"] if layer["type"] == "Dense"]
    if not dense:
        return None
    outputs, last = dense[-1]["weights"]["kernel"]["shape"][1], dense[-1]["activation"]
    causal = all(layer["type"] != "Bidirectional" for layer in data["layers"])
    if last == "softmax" and causal and outputs == len(data.get("vocabulary", ())):
        return None
    what = "class" if last in ("softmax", "sigmoid") else "output"
    return [what] if outputs == 1 else [f"{what} {k}" for k in range(outputs)]


def _export_layer(layer) -> dict[str, Any]:
    """Write one Keras layer as the format has it."""
    kinds = keras().layers
    if isinstance(layer, kinds.TimeDistributed) and isinstance(layer.layer, kinds.Dense):
        layer = layer.layer
    kind, name = type(layer).__name__, layer.name
    common: dict[str, Any] = {"type": kind, "name": name}
    if isinstance(layer, kinds.Embedding):
        weights = {"embeddings": layer.get_weights()[0]}
        return common | {"mask_zero": bool(layer.mask_zero), "weights": _packed(name, weights)}
    if isinstance(layer, kinds.LSTM | kinds.GRU) and not (layer.go_backwards or layer.return_state):
        return _export_cell(layer)
    if isinstance(layer, kinds.Bidirectional) and layer.merge_mode and not layer.return_state:
        halves = {"forward": layer.forward_layer, "backward": layer.backward_layer}
        if all(isinstance(half, kinds.LSTM | kinds.GRU) for half in halves.values()):
            cells = {way: _export_cell(half) for way, half in halves.items()}
            return common | {"merge_mode": layer.merge_mode} | cells
    if isinstance(layer, kinds.GlobalAveragePooling1D) and not layer.keepdims:
        return common
    if isinstance(layer, kinds.Dense):
        softmax = layer.activation is keras().activations.softmax
        activation = "softmax" if softmax else activation_name(layer.activation)
        if activation is not None:
            kernel, *bias = layer.get_weights()
            bias = bias[0] if bias else np.zeros(layer.units, kernel.dtype)
            weights = {"kernel": kernel, "bias": bias}
            return common | {"activation": activation, "weights": _packed(name, weights)}
        kind = f"Dense with {layer.activation.__name__}"
    raise ValueError(f"layer {name!r}, a {kind}, cannot be exported; {_WOULD_DO}")


def _export_cell(layer) -> dict[str, Any]:
    cell = from_keras(layer)
    common: dict[str, Any] = {
        "type": "LSTM" if isinstance(layer, keras().layers.LSTM) else "GRU",
        "name": layer.name,
        "activation": cell.activation,
        "recurrent_activation": cell.recurrent_activation,
        "return_sequences": bool(layer.return_sequences),
        "go_backwards": bool(layer.go_backwards),
    }
    if common["type"] == "GRU":
        common["reset_after"] = not isinstance(cell, ResetFirstGRU)
    return common | {"weights": _packed(layer.name, cell.params._asdict())}


def _packed(name: str, weights: dict[str, np.ndarray]) -> dict[str, Any]:
    return {
        key: packing.pack(_checks.finite(f"{key} of layer {name!r}", array))
        for key, array in weights.items()
    }
