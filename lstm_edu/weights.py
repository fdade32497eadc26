"""The weights of a recurrent layer: their layout, how they are drawn, checked and replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Self

import numpy as np

from lstm_edu import _checks, activations, initializers


class Weights(NamedTuple):
    """The weights of a recurrent layer, in Keras' layout.

    Attributes
    ----------
    kernel : ndarray, shape (input_dim, blocks*units)
        W, which weighs the input.
    recurrent_kernel : ndarray, shape (units, blocks*units)
        U, which weighs the previous hidden state.
    bias : ndarray, shape (blocks*units,)
        b.
    """

    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray


class Weighted:
    """What a recurrent layer is before it runs: weights in their shapes, and names of activations.

    Parameters
    ----------
    kernel : array_like, shape (input_dim, blocks*units)
        W, the blocks side by side. It is copied, as all weights are.
    recurrent_kernel : array_like, shape (units, blocks*units)
        U.
    bias : array_like, shape (blocks*units,), optional
        b. None means zeros.
    *others : array_like
        What else the cell's `Params` hold.
    activation, recurrent_activation : str
        Names, see :mod:`lstm_edu.activations`.
    """

    Params: ClassVar[type] = Weights
    blocks: ClassVar[tuple[str, ...]]
    """What stands side by side in the kernels, in this order."""
    activation_names: ClassVar[tuple[str, ...]] = ("activation", "recurrent_activation")
    """Those of the arguments that name an activation."""

    def __init__(
        self,
        kernel,
        recurrent_kernel,
        bias=None,
        *others,
        activation: str = "tanh",
        recurrent_activation: str = "sigmoid",
    ):
        self._activation = activations.get(activation, elementwise=True)
        self._recurrent_activation = activations.get(
            recurrent_activation, argument="recurrent_activation", elementwise=True
        )
        if bias is None:
            recurrent_kernel = _checks.floating("recurrent_kernel", recurrent_kernel)
            _checks.shaped("recurrent_kernel", recurrent_kernel, "units", self._columns)
            bias = np.zeros(self._shapes(1, len(recurrent_kernel))[2], recurrent_kernel.dtype)
        self.params = self.Params(kernel, recurrent_kernel, bias, *others)

    @classmethod
    def create(
        cls,
        input_dim: int,
        units: int,
        *,
        scheme: str = "keras",
        forget_bias: float | None = None,
        dtype=np.float32,
        seed: int | np.random.Generator | None = None,
    ) -> Self:
        """Return a layer with fresh random weights.

        Parameters
        ----------
        input_dim, units : int
            The number of features in a step of x, and of units.
        scheme : {"keras", "torch", "normal", "uniform", "orthogonal"}
            How to draw them, see :func:`lstm_edu.initializers.recurrent_weights`.
        forget_bias : float, optional
            What the forget gate's bias is set to, in cells that have one. None leaves the scheme
            its own: 1 for ``keras``.
        dtype : float32 or float64
            The dtype of the weights.
        seed : int or Generator, optional
            The same seed gives the same weights.
        """
        kernel, recurrent_kernel, bias = initializers.recurrent_weights(
            input_dim,
            units,
            cls.blocks,
            scheme=scheme,
            forget_bias=forget_bias,
            dtype=dtype,
            seed=seed,
        )
        return cls(kernel, recurrent_kernel, cls._drawn_bias(bias))

    @classmethod
    def _drawn_bias(cls, bias: np.ndarray) -> np.ndarray:
        """Bring a bias that was drawn as one vector into the shape that the cell takes."""
        return bias

    @classmethod
    def _shapes(cls, input_dim: int, units: int) -> tuple[tuple[int, ...], ...]:
        """Return the shape of each of the weights."""
        width = len(cls.blocks) * units
        return (input_dim, width), (units, width), (width,)

    @property
    def _columns(self) -> str:
        """How wide the kernels are, in words."""
        return "units" if len(self.blocks) == 1 else f"{len(self.blocks)}*units"

    @property
    def params(self) -> NamedTuple:
        """The weights. Read-only arrays: to change them, assign a whole new tuple."""
        return self._params

    @params.setter
    def params(self, params: Sequence) -> None:
        given = self.Params(*params)
        # Both have two axes before their lengths are taken for input_dim and units.
        for name, rows in (("kernel", "input_dim"), ("recurrent_kernel", "units")):
            array = _checks.floating(name, getattr(given, name))
            _checks.shaped(name, array, rows, self._columns)
        shapes = self._shapes(len(given.kernel), len(given.recurrent_kernel))
        named = dict(zip(given._fields, shapes, strict=True))
        self._params = self.Params(**_checks.weights(named, **given._asdict()))
        self._weights_changed()

    def _weights_changed(self) -> None:
        """Prepare what an engine wants to have ready before it runs; nothing, as a rule."""

    @property
    def activation(self) -> str:
        """Name of the activation of the candidate and the output."""
        return self._activation.name

    @property
    def recurrent_activation(self) -> str:
        """Name of the activation of the gates."""
        return self._recurrent_activation.name

    @property
    def input_dim(self) -> int:
        """The number of features in a step of x."""
        return len(self.params.kernel)

    @property
    def units(self) -> int:
        """The number of units: the length of h."""
        return len(self.params.recurrent_kernel)

    @property
    def dtype(self) -> np.dtype:
        """The dtype of the weights, and so of all that is computed with them."""
        return self.params.kernel.dtype

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return (
            f"{type(self).__name__}(input_dim={self.input_dim}, units={self.units}, {self.dtype})"
        )
