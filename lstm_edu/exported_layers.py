"""The layers of an exported model: unpacked, checked to fit on one another, and run in float64."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from lstm_edu import _checks, activations, packing
from lstm_edu.lstm import LSTM
from lstm_edu.record import Record
from lstm_edu.recurrent import GRU, ResetFirstGRU

Cell = LSTM | GRU | ResetFirstGRU

#: How the two directions of a Bidirectional become one.
MERGES = {
    "concat": lambda a, b: np.concatenate([a, b], axis=-1),
    "sum": np.add,
    "mul": np.multiply,
    "ave": lambda a, b: (a + b) / 2,
}
RECURRENT = ("LSTM", "GRU", "Bidirectional")


@dataclass(frozen=True)
class Recurrent:
    """One recurrent layer: a cell, or two that read in opposite directions.

    Parameters
    ----------
    cells : dict of LSTM, GRU or ResetFirstGRU
        By name; of a Bidirectional the forward and the backward one.
    merge : str, optional
        How two become one: ``"concat"``, ``"sum"``, ``"mul"`` or ``"ave"``.
    sequences : bool
        Whether it answers at each step, or at the end alone.
    """

    cells: dict[str, Cell]
    merge: str | None
    sequences: bool

    def __call__(self, x: np.ndarray) -> tuple[dict[str, Record], np.ndarray, np.ndarray]:
        """Read x (batch, time, inputs).

        Returns
        -------
        records : dict of Record
            By the names of the cells, each in the order in which it read.
        steps : ndarray, shape (batch, time, outputs)
            What it gives at each step.
        end : ndarray, shape (batch, outputs)
            What it gives at the end.
        """
        (name, forward), *back = self.cells.items()
        record = replace(forward(x), layer=name)
        if not back:
            return {name: record}, record.h, record.h[:, -1]
        ((other, backward),) = back
        against = replace(backward(x[:, ::-1]), layer=other)
        merge = MERGES[self.merge]
        steps = merge(record.h, against.h[:, ::-1])
        return {name: record, other: against}, steps, merge(record.h[:, -1], against.h[:, -1])


class Dense(NamedTuple):
    """A dense layer: activation(x · kernel + bias)."""

    kernel: np.ndarray
    bias: np.ndarray
    activation: str


@dataclass(frozen=True)
class Stack:
    """What an exported model is made of, in float64.

    Parameters
    ----------
    embeddings : ndarray, shape (tokens, width), optional
        None where numbers are read.
    recurrent : tuple of Recurrent
        Lowest first.
    pooled : bool
        Whether the mean over the steps goes to the head.
    head : tuple of Dense
        The last one answers.
    """

    embeddings: np.ndarray | None
    recurrent: tuple[Recurrent, ...]
    pooled: bool
    head: tuple[Dense, ...]

    @property
    def causal(self) -> bool:
        """Whether what it says at a step depends on no later step."""
        return all(layer.merge is None for layer in self.recurrent)

    @property
    def stepwise(self) -> bool:
        """Whether it answers at each step."""
        return self.recurrent[-1].sequences and not self.pooled

    @property
    def cells(self) -> dict[str, Cell]:
        """All recurrent cells by name, lowest first."""
        return {name: cell for layer in self.recurrent for name, cell in layer.cells.items()}

    def run(self, x: np.ndarray) -> tuple[dict[str, Record], np.ndarray]:
        """Read x (batch, time, width); return the records and what the head is given."""
        records, steps, end = {}, x, x
        for layer in self.recurrent:
            own, steps, end = layer(steps)
            records |= own
        if self.pooled:
            return records, steps.mean(axis=1)
        return records, steps if self.stepwise else end

    def so_far(self, x: np.ndarray) -> np.ndarray:
        """Read x (time, width); return what the head is given after each step, were it the last."""
        if not (self.stepwise or self.causal):
            return np.stack([self.run(x[None, : t + 1])[1][0] for t in range(len(x))])
        steps = x[None]
        for layer in self.recurrent:
            _, steps, _ = layer(steps)
        if self.pooled:
            steps = np.cumsum(steps, axis=1) / np.arange(1, len(x) + 1)[:, None]
        return steps[0]

    def logits(self, given: np.ndarray) -> np.ndarray:
        """Return what the head makes of (…, width), before the last activation."""
        *hidden, last = self.head
        for kernel, bias, activation in hidden:
            given = activations.get(activation)(given @ kernel + bias)
        return given @ last.kernel + last.bias

    def answer(self, given: np.ndarray) -> np.ndarray:
        """Return what the head makes of (…, width)."""
        return activations.get(self.head[-1].activation)(self.logits(given))


def read_layers(layers: list[dict[str, Any]], tokens: int | None, features: int = 0) -> Stack:
    """Unpack the layers of a model that reads so many tokens, or so many numbers a step.

    Raises
    ------
    ValueError
        They are not Embedding (where tokens are read), recurrent layers, perhaps a mean over the
        steps, and Dense; or they do not fit on one another.
    """
    types = [layer["type"] for layer in layers]
    first = [] if tokens is None else ["Embedding"]
    recurrent = [layer for layer in layers if layer["type"] in RECURRENT]
    dense = [layer for layer in layers if layer["type"] == "Dense"]
    pooled = "GlobalAveragePooling1D" in types
    pool = ["GlobalAveragePooling1D"] * pooled
    ordered = [*first, *(layer["type"] for layer in recurrent), *pool, *["Dense"] * len(dense)]
    if types != ordered or not recurrent or not dense:
        expected = ", ".join([*first, "LSTM", "Dense"])
        raise ValueError(
            f"the layers are {', '.join(types) or 'none'}; expected {expected} (in the place of "
            "LSTM any of LSTM, GRU, Bidirectional; before Dense perhaps GlobalAveragePooling1D)"
        )
    embeddings, width = None, features
    if tokens is not None:
        embeddings = tensors(layers[0])["embeddings"]
        _checks.shaped(f"embeddings of {layers[0]['name']!r}", embeddings, tokens, "width")
        width = embeddings.shape[1]
    stack, head = [], []
    for k, layer in enumerate(recurrent):
        stack.append(read_recurrent(layer, width))
        units = next(iter(stack[-1].cells.values())).units
        width = 2 * units if stack[-1].merge == "concat" else units
        if not stack[-1].sequences and (pooled or k < len(recurrent) - 1):
            raise ValueError(
                f"layer {layer['name']!r} returns its last step only; the layer above it needs "
                "every step (return_sequences=True)"
            )
    for layer in dense:
        head.append(_read_dense(layer, width, last=layer is dense[-1]))
        width = len(head[-1].bias)
    return Stack(embeddings, tuple(stack), pooled, tuple(head))


def read_recurrent(layer: dict[str, Any], width: int) -> Recurrent:
    """Unpack a recurrent layer that reads vectors of this width."""
    name = layer["name"]
    if layer["type"] == "Bidirectional":
        ways = ("forward", "backward")
        cells = {f"{name}/{way}": _read_cell(layer[way], width) for way in ways}
        if len({cell.units for cell in cells.values()}) > 1:
            raise ValueError(f"the two halves of layer {name!r} have different numbers of units")
        merge = _checks.choice(f"merge_mode of {name!r}", layer["merge_mode"], MERGES)
        return Recurrent(cells, merge, bool(layer["forward"]["return_sequences"]))
    if layer["go_backwards"]:
        raise ValueError(
            f"layer {name!r} goes backwards; expected one that reads from the first step, or a "
            "Bidirectional"
        )
    return Recurrent({name: _read_cell(layer, width)}, None, bool(layer["return_sequences"]))


def _read_cell(layer: dict[str, Any], width: int) -> Cell:
    kinds = {"LSTM": LSTM, "GRU": GRU if layer.get("reset_after", True) else ResetFirstGRU}
    kind = kinds[_checks.choice(f"type of {layer['name']!r}", layer["type"], kinds)]
    cell = kind(
        **tensors(layer),
        activation=layer["activation"],
        recurrent_activation=layer["recurrent_activation"],
    )
    if cell.input_dim != width:
        raise ValueError(
            f"layer {layer['name']!r} takes {cell.input_dim} inputs, but the layer below gives "
            f"{width}"
        )
    return cell


def _read_dense(layer: dict[str, Any], width: int, *, last: bool) -> Dense:
    name = layer["name"]
    try:
        activations.get(layer["activation"], elementwise=not last)
    except ValueError as error:
        raise ValueError(f"layer {name!r} cannot be read: {error}") from None
    dense = Dense(**tensors(layer), activation=layer["activation"])
    _checks.shaped(f"kernel of {name!r}", dense.kernel, width, "outputs")
    _checks.shaped(f"bias of {name!r}", dense.bias, dense.kernel.shape[1])
    return dense


def tensors(layer: dict[str, Any]) -> dict[str, np.ndarray]:
    """Unpack the weights of a layer, by name."""
    found = {}
    for name, tensor in layer["weights"].items():
        what = f"{name} of {layer['name']!r}"
        found[name] = _checks.finite(what, packing.unpack(tensor, what))
    return found


def weighted(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through all layers of a model's dict that have weights, also inside a Bidirectional."""
    for layer in data["layers"]:
        halves = [layer[way] for way in ("forward", "backward") if way in layer]
        yield from (each for each in (layer, *halves) if "weights" in each)
