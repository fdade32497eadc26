"""Layers one upon the other: forwards, and the gradient of every weight."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lstm_edu.record import Record
from lstm_edu.recurrent_layer import RecurrentLayer


class Run(NamedTuple):
    """What :meth:`Network.forward` leaves: the output, and what each layer must remember."""

    output: np.ndarray
    memories: list

    @property
    def records(self) -> list[Record]:
        """The records of the recurrent layers, lowest first."""
        return [memory for memory in self.memories if isinstance(memory, Record)]


class Network:
    """Layers one upon the other.

    Parameters
    ----------
    layers : sequence
        Lowest first: for example an LSTM, `LastStep`, and `Dense`.

    Examples
    --------
    >>> from lstm_edu import LSTM, Dense, LastStep
    >>> network = Network([LSTM.create(2, 16, seed=0), LastStep(), Dense.create(16, 1, seed=1)])
    >>> network(np.zeros((3, 10, 2), np.float32)).shape
    (3, 1)
    """

    def __init__(self, layers: Sequence):
        self.layers = list(layers)
        for layer in self.layers:
            if not all(hasattr(layer, name) for name in ("params", "forward", "backward")):
                raise TypeError(f"layers holds {layer!r}, which is not a layer of lstm_edu.")

    def __call__(self, x, mask=None) -> np.ndarray:
        """Return the output of the last layer."""
        return self.forward(x, mask).output

    def forward(self, x, mask=None) -> Run:
        """Run all layers, and keep what :meth:`backward` needs.

        Parameters
        ----------
        x : ndarray
            What the lowest layer takes.
        mask : ndarray of bool, shape (batch, time), optional
            False where a step is to be skipped.

        Returns
        -------
        Run

        Raises
        ------
        FloatingPointError
            Where a layer returns a NaN or an infinity.
        """
        memories = []
        for layer in self.layers:
            x, memory = layer.forward(x, mask)
            if not np.isfinite(x).all():
                raise FloatingPointError(f"{layer!r} returned numbers that are not finite.")
            memories.append(memory)
        return Run(x, memories)

    def backward(self, run: Run, upstream, *, truncate: int | None = None) -> list[np.ndarray]:
        """Return the gradient of each of :attr:`weights`.

        Parameters
        ----------
        run : Run
            What :meth:`forward` returned.
        upstream : ndarray
            The gradient of the loss with respect to the output.
        truncate : int, optional
            Truncated backpropagation through time, see :meth:`RecurrentLayer.backward`.
        """
        gradients: list[np.ndarray] = []
        for layer, memory in zip(reversed(self.layers), reversed(run.memories), strict=True):
            options = {"truncate": truncate} if isinstance(layer, RecurrentLayer) else {}
            result = layer.backward(memory, upstream, **options)
            gradients = [*result.params, *gradients]
            upstream = result.x
        return gradients

    @property
    def weights(self) -> list[np.ndarray]:
        """All weights of all layers, lowest layer first; assign a list of the same shapes."""
        return [array for layer in self.layers for array in layer.params]

    @weights.setter
    def weights(self, weights: Sequence[np.ndarray]) -> None:
        expected = len(self.weights)
        if len(weights) != expected:
            raise ValueError(f"weights holds {len(weights)} arrays; expected {expected}.")
        rest = iter(weights)
        for layer in self.layers:
            new = tuple(itertools.islice(rest, len(layer.params)))
            if new:
                layer.params = new

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Network([{', '.join(map(repr, self.layers))}])"
