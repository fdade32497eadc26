"""The functions that squash: what makes a gate a gate and keeps a state bounded.

Each is an :class:`Activation`. It is called like a function, also on numbers as large as ±1e4 and
beyond, and knows its own slope:

>>> float(sigmoid(0.0)), float(sigmoid.derivative(0.0))
(0.5, 0.25)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lstm_edu import _checks


@dataclass(frozen=True, repr=False)
class Activation:
    """An activation function and its slope.

    Parameters
    ----------
    name : str
        Keras' name for it.
    function : callable
        ``function(z, out)``: the value at `z`; `out` may be `z` itself or None.
    slope : callable or None
        ``slope(y)``: the derivative, written in terms of the *output* y, which is all that a
        :class:`~lstm_edu.Trace` keeps. None for softmax, whose outputs depend on each other.
    """

    name: str
    function: Callable
    slope: Callable | None

    def __call__(self, z, out: np.ndarray | None = None):
        """Return the value at `z`, in `out` where that is given."""
        return self.function(np.asarray(z), out)[()]

    def derivative(self, z):
        """Return the slope at the pre-activation `z`."""
        if self.slope is None:
            raise ValueError(
                f"{self.name} has no elementwise derivative: each output depends on all inputs. "
                "Use pull_back."
            )
        return self.slope(self(z))

    def pull_back(self, y: np.ndarray, dy: np.ndarray) -> np.ndarray:
        """Return dL/dz from the output `y` and the gradient `dy` = dL/dy: the chain rule."""
        if self.slope is None:
            return y * (dy - (y * dy).sum(axis=-1, keepdims=True))
        return self.slope(y) * dy

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Activation({self.name!r})"


def _sigmoid(z, out):
    # e^-|z| is at most 1, so that neither 1/(1 + e^-z) nor its twin for z < 0 can overflow.
    e = np.exp(-np.abs(z))
    return np.divide(np.where(z >= 0, 1.0, e), 1.0 + e, out=out)


def _softmax(z, out):
    # Subtracting the largest z changes nothing in the ratio, and keeps every exponent below 1.
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.divide(e, e.sum(axis=-1, keepdims=True), out=out)


def _elu(z, out):
    return np.add(np.maximum(z, 0.0), np.expm1(np.minimum(z, 0.0)), out=out)


sigmoid = Activation("sigmoid", _sigmoid, lambda y: y * (1.0 - y))
"""σ(z) = 1 / (1 + e^−z), between 0 and 1: how far a gate stands open."""

tanh = Activation("tanh", np.tanh, lambda y: 1.0 - y * y)
"""tanh(z), between −1 and 1: the candidate, and the state as it is shown."""

linear = Activation("linear", np.positive, np.ones_like)
"""z itself."""

relu = Activation(
    "relu", lambda z, out: np.maximum(z, 0.0, out=out), lambda y: (y > 0).astype(y.dtype)
)
"""max(z, 0); its slope at 0 is taken to be 0."""

hard_sigmoid = Activation(
    "hard_sigmoid",
    lambda z, out: np.clip(z / 6.0 + 0.5, 0.0, 1.0, out=out),
    lambda y: ((y > 0) & (y < 1)) / y.dtype.type(6),
)
"""max(0, min(1, z/6 + 1/2)), as in Keras 3 (Keras 1 and 2 had the slope 1/5)."""

softsign = Activation(
    "softsign",
    lambda z, out: np.divide(z, 1.0 + np.abs(z), out=out),
    lambda y: (1.0 - np.abs(y)) ** 2,
)
"""z / (1 + abs z), a tanh with longer tails."""

elu = Activation("elu", _elu, lambda y: np.where(y > 0, 1.0, y + 1.0))
"""z above 0, e^z − 1 below."""

softmax = Activation("softmax", _softmax, None)
"""e^z / Σ e^z over the last axis: positive numbers that sum to one."""

ACTIVATIONS = {
    a.name: a for a in (sigmoid, tanh, linear, relu, hard_sigmoid, softsign, elu, softmax)
}


def get(name: str | None, *, argument: str = "activation", elementwise: bool = False) -> Activation:
    """Look up an activation by the name that Keras gives it.

    Parameters
    ----------
    name : str or None
        For example ``"tanh"``; None means ``"linear"``, as in Keras.
    argument : str
        What the caller's argument is called, for the error.
    elementwise : bool
        Refuse softmax: a gate must act on each unit by itself.

    Returns
    -------
    Activation

    Raises
    ------
    ValueError
        Where the name is not known. Functions such as ``gelu`` or ``silu`` could not be taken in:
        they fall and rise, so that their slope cannot be told from their output.
    """
    names = [n for n, a in ACTIVATIONS.items() if a.slope is not None or not elementwise]
    name = "linear" if name is None else name
    hint = "No other activation is supported here."
    return ACTIVATIONS[_checks.choice(argument, name, names, hint=hint)]
