"""Finding the LSTM layers of a Keras model, wherever they are nested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lstm_edu.interop.framework import keras
from lstm_edu.interop.keras_weights import kind, obstacle
from lstm_edu.lstm import LSTM


def find_lstms(model, only: str | Iterable[str] | None = None) -> dict:
    """Return the LSTM layers of a model by name; `Traces` explains the names.

    Parameters
    ----------
    model : keras.Layer
        A model, or a layer by itself.
    only : str or iterable of str, optional
        The names to keep; the name of a wrapper or of a nested model keeps all in it.

    Returns
    -------
    dict of str to keras.layers.RNN
        In the order in which they stand in the model.

    Raises
    ------
    ValueError
        If there is none, if a name in `only` is no layer's, or if one of those asked for cannot be
        traced. The message names the layer and the reason.
    """
    k = keras()
    root = "" if isinstance(model, k.Model) else model.name
    every = dict(_walk(model, root, set()))
    lstms = {name: layer for name, layer in every.items() if _is_some_lstm(layer)}
    if not lstms:
        recurrent = [
            f"{name} ({type(layer).__name__})"
            for name, layer in every.items()
            if isinstance(layer, k.layers.RNN)
        ]
        others = f"; its recurrent layers: {', '.join(recurrent)}" if recurrent else ""
        raise ValueError(f"{type(model).__name__} {model.name!r} holds no LSTM layer{others}.")
    if only is not None:
        lstms = _keep(lstms, [only] if isinstance(only, str) else only)
    for name, layer in lstms.items():
        reason = _why_not(layer)
        if reason:
            raise ValueError(
                f"layer {name!r} ({type(layer).__name__}) cannot be traced: {reason} "
                "To trace other layers of the model, name them: trace(…, layers=[…])."
            )
    return lstms


def _walk(layer, name: str, seen: set[int]) -> Iterator[tuple[str, object]]:
    """Yield every layer inside `layer`, itself included, with its name as a path."""
    if id(layer) in seen:
        return
    seen.add(id(layer))
    yield name, layer
    if _is_some_lstm(layer):
        return  # its cells are part of it
    for own, child in _children(layer).items():
        yield from _walk(child, f"{name}/{own}" if name else own, seen)


def _children(parent) -> dict:
    """Return the layers right inside `parent` by name; of two called alike, one gets a number."""
    k = keras()
    if isinstance(parent, k.layers.Bidirectional):
        return {"forward": parent.forward_layer, "backward": parent.backward_layer}
    # `layers` leaves out what Keras adds to a model by itself; a plain Layer has no such list.
    if isinstance(parent, k.Model):
        layers = parent.layers
    else:
        layers = parent._flatten_layers(include_self=False, recursive=False)
    children: dict = {}
    for child in layers:
        name, number = child.name, 2
        while name in children:
            name, number = f"{child.name}_{number}", number + 1
        children[name] = child
    return children


def _conv_lstms() -> tuple[type, ...]:
    layers = keras().layers
    return layers.ConvLSTM1D, layers.ConvLSTM2D, layers.ConvLSTM3D


def _is_some_lstm(layer) -> bool:
    """Whether a reader would call `layer` an LSTM, traceable or not."""
    layers = keras().layers
    cell = layer.cell if isinstance(layer, layers.RNN) else layer
    cells = cell.cells if isinstance(cell, layers.StackedRNNCells) else [cell]
    return isinstance(layer, _conv_lstms()) or any(kind(c) is LSTM for c in cells)


def _why_not(layer) -> str | None:
    """Say why some LSTM cannot be traced, or None if it can."""
    if isinstance(layer, _conv_lstms()):
        return "its gates are images, made by convolutions; here they are vectors."
    if not isinstance(layer, keras().layers.RNN):
        return (
            "the model steps this cell by itself, so that there is no sequence to read. "
            "Put it into keras.layers.RNN(cell)."
        )
    if kind(layer) is not LSTM:
        return (
            "it steps several cells as one. Stack layers instead, all but the last with "
            "return_sequences=True."
        )
    return obstacle(layer)


def _keep(lstms: dict, only: Iterable[str]) -> dict:
    """Return the layers that `only` names."""
    kept = set()
    for name in only:
        here = {full for full in lstms if full == name or full.startswith(f"{name}/")}
        if not here:
            raise ValueError(
                f"layers asks for {name!r}, which is no LSTM layer of the model; "
                f"there are: {', '.join(lstms)}."
            )
        kept |= here
    return {name: layer for name, layer in lstms.items() if name in kept}
