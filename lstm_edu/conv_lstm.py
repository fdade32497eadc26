"""A ConvLSTM: an LSTM whose states are pictures, and whose products are convolutions.

Shi et al. (2015), "Convolutional LSTM network: a machine learning approach for precipitation
nowcasting", section 3.1. Theirs has peepholes as well, from the cell state to the gates; Keras'
``ConvLSTM2D`` has none, and neither has this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lstm_edu import _checks
from lstm_edu.activations import sigmoid


class ConvLSTMParams(NamedTuple):
    """The weights of a ConvLSTM, in Keras' layout: blocks in the order i, f, g, o.

    Attributes
    ----------
    kernel : ndarray, shape (size, size, channels, 4 * filters)
    recurrent_kernel : ndarray, shape (size, size, filters, 4 * filters)
    bias : ndarray, shape (4 * filters,)
    """

    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray


class ConvStep(NamedTuple):
    """Gates and states of one step, each (height, width, filters)."""

    i: np.ndarray
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray
    h: np.ndarray


def convolved(maps: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Return maps convolved with a kernel; beyond the edge there is nought ("same" padding).

    As everywhere in deep learning the kernel is not turned round: this is a cross-correlation.

    Parameters
    ----------
    maps : ndarray, shape (height, width, channels)
        What is read.
    kernel : ndarray, shape (size, size, channels, outputs)
        The weights; the size is odd.

    Returns
    -------
    ndarray, shape (height, width, outputs)
    """
    size, (height, width) = len(kernel), maps.shape[:2]
    edge = size // 2
    wide = np.pad(maps, ((edge, edge), (edge, edge), (0, 0)))
    result = np.zeros((height, width, kernel.shape[-1]))
    for down in range(size):
        for right in range(size):
            result += wide[down : down + height, right : right + width] @ kernel[down, right]
    return result


def conv_lstm_step(x: np.ndarray, h: np.ndarray, c: np.ndarray, params: ConvLSTMParams) -> ConvStep:
    """Return one step of a ConvLSTM; `*` is a convolution, `⊙` a product pixel by pixel.

    ::

        i = σ(W_i * x + U_i * h + b_i)          f = σ(W_f * x + U_f * h + b_f)
        g = tanh(W_g * x + U_g * h + b_g)       o = σ(W_o * x + U_o * h + b_o)
        c = f ⊙ c₋₁ + i ⊙ g                     h = o ⊙ tanh(c)

    Parameters
    ----------
    x : ndarray, shape (height, width, channels)
        The picture that is read.
    h, c : ndarray, shape (height, width, filters)
        The states before.
    params : ConvLSTMParams
        The weights.

    Returns
    -------
    ConvStep
    """
    z = convolved(x, params.kernel) + convolved(h, params.recurrent_kernel) + params.bias
    z_i, z_f, z_g, z_o = np.split(z, 4, axis=-1)
    i, f, g, o = sigmoid(z_i), sigmoid(z_f), np.tanh(z_g), sigmoid(z_o)
    c = f * c + i * g
    return ConvStep(i, f, g, o, c, o * np.tanh(c))


@dataclass(frozen=True)
class ConvTrace:
    """What a ConvLSTM did: each array (time, height, width, filters)."""

    i: np.ndarray
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray
    h: np.ndarray

    @classmethod
    def of(cls, steps: list[ConvStep]) -> ConvTrace:
        """Return the steps one after the other in one record."""
        return cls(*(np.stack(maps) for maps in zip(*steps, strict=True)))


class ConvLSTM:
    """A ConvLSTM layer, read forwards only, in float64.

    Parameters
    ----------
    kernel : array_like, shape (size, size, channels, 4 * filters)
        Weights of what is read; the size is odd.
    recurrent_kernel : array_like, shape (size, size, filters, 4 * filters)
        Weights of the hidden state.
    bias : array_like, shape (4 * filters,)
        Of the gates.

    Raises
    ------
    ValueError
        The shapes do not fit together, or a weight is not a finite number.
    """

    def __init__(self, kernel, recurrent_kernel, bias) -> None:
        arrays = [np.asarray(each, np.float64) for each in (kernel, recurrent_kernel, bias)]
        for name, array in zip(ConvLSTMParams._fields, arrays, strict=True):
            _checks.finite(name, array)
        size, *_ = shape = arrays[0].shape
        filters = shape[-1] // 4 if shape else 0
        wanted = ((size, size, *shape[2:3], 4 * filters), (size, size, filters, 4 * filters))
        if size % 2 == 0 or (shape, arrays[1].shape) != wanted or arrays[2].shape != shape[-1:]:
            given = ", ".join(str(array.shape) for array in arrays)
            raise ValueError(
                f"kernel, recurrent_kernel and bias have shapes {given}; "
                "expected (size, size, channels, 4 * filters), (size, size, filters, 4 * filters) "
                "and (4 * filters,) with an odd size, as ConvLSTM2D.get_weights() gives them"
            )
        self.params = ConvLSTMParams(*arrays)
        self.channels, self.filters = shape[2], filters

    @property
    def parameters(self) -> int:
        """How many weights there are."""
        return sum(array.size for array in self.params)

    def step(self, x: np.ndarray, before: ConvStep | None = None) -> ConvStep:
        """Return the step that reads `x`, after another one or from the zero state."""
        zero = np.zeros((*x.shape[:2], self.filters))
        h, c = (zero, zero) if before is None else (before.h, before.c)
        return conv_lstm_step(x, h, c, self.params)

    def __call__(self, x) -> ConvTrace:
        """Read a sequence of pictures from the zero state.

        Parameters
        ----------
        x : ndarray, shape (time, height, width, channels)
            What is read.

        Returns
        -------
        ConvTrace
        """
        x = np.asarray(x, np.float64)
        _checks.finite("x", _checks.shaped("x", x, "time", "height", "width", self.channels))
        steps: list[ConvStep] = []
        for frame in x:
            steps.append(self.step(frame, steps[-1] if steps else None))
        return ConvTrace.of(steps)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        size = len(self.params.kernel)
        return f"ConvLSTM({self.filters} filters of {size} × {size}, {self.parameters:,} weights)"
