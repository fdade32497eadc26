"""The layers around a recurrent one: `Embedding` below it, `LastStep` and `Dense` above.

Every layer here, and every recurrent one, can be put in a :class:`~lstm_edu.Network`. It
has `params`, a tuple of read-only weights; ``forward(x, mask)``, which returns its output and what
it must remember; and ``backward(memory, upstream)``, which returns the gradients of its `params`
and of `x`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lstm_edu import _checks, activations, initializers


class LayerGradients(NamedTuple):
    """The gradient of a loss with respect to a layer's weights, and to x (None for tokens)."""

    params: tuple
    x: np.ndarray | None


class DenseParams(NamedTuple):
    """The weights of a `Dense` layer: kernel (input_dim, units) and bias (units,)."""

    kernel: np.ndarray
    bias: np.ndarray


class Dense:
    """Every output from every input: y = activation(x W + b).

    Parameters
    ----------
    kernel : array_like, shape (input_dim, units)
        W.
    bias : array_like, shape (units,), optional
        b. None means zeros.
    activation : str
        See :mod:`lstm_edu.activations`; ``"softmax"`` too.
    """

    def __init__(self, kernel, bias=None, *, activation: str = "linear"):
        self._activation = activations.get(activation)
        kernel = _checks.floating("kernel", kernel)
        _checks.shaped("kernel", kernel, "input_dim", "units")
        if bias is None:
            bias = np.zeros(kernel.shape[1], kernel.dtype)
        self.params = kernel, bias

    @classmethod
    def create(
        cls,
        input_dim: int,
        units: int,
        *,
        activation: str = "linear",
        dtype=np.float32,
        seed: int | np.random.Generator | None = None,
    ) -> Dense:
        """Return a layer with Keras' default weights: glorot_uniform kernel, bias 0."""
        shape = _checks.integer("input_dim", input_dim, 1), _checks.integer("units", units, 1)
        kernel = initializers.glorot_uniform(shape, initializers.generator(seed))
        return cls(kernel.astype(_checks.dtype("dtype", dtype)), activation=activation)

    @property
    def params(self) -> DenseParams:
        """The weights, read-only; assign a whole new tuple to change them."""
        return self._params

    @params.setter
    def params(self, params) -> None:
        kernel, bias = params
        shapes = {"kernel": ("input_dim", "units"), "bias": np.shape(kernel)[1:]}
        self._params = DenseParams(**_checks.weights(shapes, kernel=kernel, bias=bias))

    @property
    def activation(self) -> str:
        """The activation's name."""
        return self._activation.name

    def __call__(self, x) -> np.ndarray:
        """Return y for x (…, input_dim)."""
        return self.forward(x)[0]

    def forward(self, x, mask=None) -> tuple[np.ndarray, tuple]:
        """Return y (…, units), and (x, y) for :meth:`backward`; a mask changes nothing here."""
        x = _checks.floating("x", x)
        if x.ndim == 0 or x.shape[-1] != len(self.params.kernel):
            raise ValueError(f"x has shape {x.shape}; expected (…, {len(self.params.kernel)}).")
        _checks.same_dtype(self.params.kernel.dtype, "the layer", x=x)
        y = self._activation(x @ self.params.kernel + self.params.bias)
        return y, (x, y)

    def backward(self, memory: tuple, dy) -> LayerGradients:
        """Return the gradients from `dy`, the gradient of y."""
        x, y = memory
        dz = self._activation.pull_back(y, dy)
        rows_x, rows_dz = x.reshape(-1, x.shape[-1]), dz.reshape(-1, dz.shape[-1])
        params = DenseParams(rows_x.T @ rows_dz, rows_dz.sum(axis=0))
        return LayerGradients(params, dz @ self.params.kernel.T)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        input_dim, units = self.params.kernel.shape
        return f"Dense(input_dim={input_dim}, units={units}, activation={self.activation!r})"


class EmbeddingParams(NamedTuple):
    """The weights of an `Embedding`: one row for each token."""

    embeddings: np.ndarray


class Embedding:
    """A vector for each token: row `token` of a table that is learnt.

    Parameters
    ----------
    embeddings : array_like, shape (vocabulary, units)
        The table.
    """

    def __init__(self, embeddings):
        self.params = (embeddings,)

    @classmethod
    def create(
        cls,
        vocabulary: int,
        units: int,
        *,
        dtype=np.float32,
        seed: int | np.random.Generator | None = None,
    ) -> Embedding:
        """Return a layer with Keras' default weights, uniform in ±0.05."""
        shape = _checks.integer("vocabulary", vocabulary, 1), _checks.integer("units", units, 1)
        table = initializers.uniform(shape, initializers.generator(seed))
        return cls(table.astype(_checks.dtype("dtype", dtype)))

    @property
    def params(self) -> EmbeddingParams:
        """The table, read-only; assign a whole new tuple to change it."""
        return self._params

    @params.setter
    def params(self, params) -> None:
        (embeddings,) = params
        shapes = {"embeddings": ("vocabulary", "units")}
        self._params = EmbeddingParams(**_checks.weights(shapes, embeddings=embeddings))

    def __call__(self, tokens) -> np.ndarray:
        """Return the vectors (…, units) of the tokens (…)."""
        return self.forward(tokens)[0]

    def forward(self, tokens, mask=None) -> tuple[np.ndarray, np.ndarray]:
        """Return the vectors, and the tokens for :meth:`backward`; a mask changes nothing here."""
        table = self.params.embeddings
        tokens = _checks.whole("tokens", tokens, 0, len(table) - 1)
        return table[tokens], tokens

    def backward(self, tokens: np.ndarray, dy) -> LayerGradients:
        """Return the gradient of the table: each row's is the sum over where its token stood."""
        gradient = np.zeros_like(self.params.embeddings)
        np.add.at(gradient, tokens, dy)
        return LayerGradients(EmbeddingParams(gradient), None)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        vocabulary, units = self.params.embeddings.shape
        return f"Embedding(vocabulary={vocabulary}, units={units})"


class LastStep:
    """Only the last of all steps, (batch, time, units) → (batch, units).

    Where the last steps are masked, this is the state after the last step that counts: a masked
    step hands on what it found.
    """

    params = ()

    def forward(self, x, mask=None) -> tuple[np.ndarray, tuple[int, ...]]:
        """Return the last step, and the shape of x for :meth:`backward`."""
        x = _checks.shaped("x", _checks.floating("x", x), "batch", "time", "units")
        return x[:, -1], x.shape

    def backward(self, shape: tuple[int, ...], dy) -> LayerGradients:
        """Return the gradient of x: `dy` at the last step, 0 before."""
        dx = np.zeros(shape, dy.dtype)
        dx[:, -1] = dy
        return LayerGradients((), dx)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return "LastStep()"
