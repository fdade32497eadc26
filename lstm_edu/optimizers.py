"""How weights learn: from a gradient to the next weights.

An optimizer takes a list of weights and a list of their gradients and returns the new weights.
The old ones are not written to: what was recorded with them stays true.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_edu import _checks


def global_norm(gradients: Sequence[np.ndarray]) -> float:
    """Return the Euclidean norm of all gradients, taken together as one vector."""
    return float(np.sqrt(sum(float(np.sum(np.square(g, dtype=np.float64))) for g in gradients)))


def clip_by_norm(gradients: Sequence[np.ndarray], limit: float) -> list[np.ndarray]:
    """Shorten the gradients, taken together as one vector, to the length `limit` if it is longer.

    The direction stays (Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063).
    """
    limit = _checks.number("limit", limit, 0.0, above=True)
    norm = global_norm(gradients)
    if norm <= limit:
        return list(gradients)
    return [g * (limit / norm) for g in gradients]


class SGD:
    """Gradient descent with momentum: v ← m·v − η·∂L/∂w, w ← w + v.

    Parameters
    ----------
    learning_rate : float
        η, the length of a step for a gradient of length 1.
    momentum : float
        m, the share of the last step that is kept; 0 for none.
    """

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.0):
        self.learning_rate = _checks.number("learning_rate", learning_rate, 0.0, above=True)
        self.momentum = _checks.number("momentum", momentum, 0.0, 1.0)
        self._velocity: list[np.ndarray] | None = None

    def step(
        self, weights: Sequence[np.ndarray], gradients: Sequence[np.ndarray]
    ) -> list[np.ndarray]:
        """Return the weights after one step down the gradients."""
        _check_pairs(weights, gradients, self._velocity)
        if self._velocity is None:
            self._velocity = [np.zeros_like(w) for w in weights]
        self._velocity = [
            self.momentum * v - self.learning_rate * g
            for v, g in zip(self._velocity, gradients, strict=True)
        ]
        return [w + v for w, v in zip(weights, self._velocity, strict=True)]


class Adam:
    """Steps of about equal length for every weight (Kingma & Ba 2015, arXiv 1412.6980).

    With running means of the gradient, m ← β₁·m + (1 − β₁)·g, and of its square,
    v ← β₂·v + (1 − β₂)·g², and both made up for their start at zero,
    w ← w − η · m̂ / (√v̂ + ε).

    Parameters
    ----------
    learning_rate : float
        η.
    beta_1, beta_2 : float
        How slowly the two means move, in [0, 1).
    epsilon : float
        ε, keeps the quotient finite.
    """

    def __init__(
        self,
        learning_rate: float = 1e-3,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
    ):
        self.learning_rate = _checks.number("learning_rate", learning_rate, 0.0, above=True)
        below_one = 1.0 - np.finfo(float).eps
        self.beta_1 = _checks.number("beta_1", beta_1, 0.0, below_one)
        self.beta_2 = _checks.number("beta_2", beta_2, 0.0, below_one)
        self.epsilon = _checks.number("epsilon", epsilon, 0.0, above=True)
        self._steps = 0
        self._mean: list[np.ndarray] | None = None
        self._square: list[np.ndarray] | None = None

    def step(
        self, weights: Sequence[np.ndarray], gradients: Sequence[np.ndarray]
    ) -> list[np.ndarray]:
        """Return the weights after one step down the gradients."""
        _check_pairs(weights, gradients, self._mean)
        if self._mean is None:
            self._mean = [np.zeros_like(w) for w in weights]
            self._square = [np.zeros_like(w) for w in weights]
        self._steps += 1
        rate_mean = 1.0 - self.beta_1**self._steps
        rate_square = 1.0 - self.beta_2**self._steps
        new = []
        for k, (w, g) in enumerate(zip(weights, gradients, strict=True)):
            self._mean[k] = self.beta_1 * self._mean[k] + (1.0 - self.beta_1) * g
            self._square[k] = self.beta_2 * self._square[k] + (1.0 - self.beta_2) * g * g
            mean, square = self._mean[k] / rate_mean, self._square[k] / rate_square
            new.append(w - self.learning_rate * mean / (np.sqrt(square) + self.epsilon))
        return new


def _check_pairs(weights, gradients, memory) -> None:
    """Raise unless gradients, and what is remembered of earlier ones, fit the weights."""
    shapes = [np.shape(w) for w in weights]
    for name, arrays in {"gradients": gradients, "an earlier step's weights": memory}.items():
        found = shapes if arrays is None else [np.shape(a) for a in arrays]
        if found != shapes:
            raise ValueError(
                f"The weights have the shapes {shapes}, {name} {found}; expected the same. "
                "Use one optimizer for one network."
            )
