"""The record of an LSTM's run: every gate and every state, at every step."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from lstm_edu import _checks
from lstm_edu.record import Record


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Trace(Record):
    """Everything that happened inside an LSTM while it read.

    Parameters
    ----------
    i, f, g, o : ndarray, shape (batch, time, units)
        Input gate, forget gate, candidate and output gate at each step.
    c, h : ndarray, shape (batch, time, units)
        Cell state and hidden state after each step.
    h0, c0 : ndarray, shape (batch, units), optional
        The states before the first step; zeros where they are not given.
    recurrent_activation : str
        Name of the activation of the three gates.
    x, mask, params, activation, cell, layer, tokens
        As in :class:`~lstm_edu.record.Record`.

    Examples
    --------
    >>> from lstm_edu import LSTM
    >>> lstm = LSTM.create(input_dim=3, units=2, seed=0)
    >>> trace = lstm(np.ones((1, 5, 3), np.float32))
    >>> trace
    Trace(layer='lstm', batch=1, time=5, units=2, float32)
    >>> trace.f.shape
    (1, 5, 2)
    """

    i: np.ndarray
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray
    c0: np.ndarray | None = None
    recurrent_activation: str = "sigmoid"
    cell: str = "lstm"
    layer: str = "lstm"

    quantities: ClassVar[tuple[str, ...]] = ("i", "f", "g", "o", "c", "h")
    states: ClassVar[tuple[str, ...]] = ("h", "c")
    gates: ClassVar[tuple[str, ...]] = ("i", "f", "o")
    retention: ClassVar[str] = "f"
    memory: ClassVar[str] = "c"

    @property
    def c_previous(self) -> np.ndarray:
        """The cell state before each step, (batch, time, units)."""
        return self.previous("c")

    def to_dict(self, example: int = 0) -> dict[str, Any]:
        """Return one example as a figure takes it: plain values, arrays as base64.

        Parameters
        ----------
        example : int
            Which of the batch.

        Returns
        -------
        dict
            Gates and states are little-endian, row-major, (time, units); `h0` and `c0` (units,).
        """
        example = _checks.integer("example", example, -len(self.h), len(self.h) - 1)

        def encoded(name: str) -> str:
            array = getattr(self, name)[example]
            return base64.b64encode(array.astype(self.dtype.newbyteorder("<")).tobytes()).decode()

        _, time, units = self.shape
        return {
            "format": "lstm_edu.trace/1",
            "layer": self.layer,
            "time": time,
            "units": units,
            "tokens": None if self.tokens is None else [str(token) for token in self.tokens],
            "activation": self.activation,
            "recurrent_activation": self.recurrent_activation,
            "dtype": str(self.dtype),
            **{name: encoded(name) for name in (*self.quantities, "h0", "c0")},
        }
