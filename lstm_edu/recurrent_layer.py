"""What all recurrent layers share: their weights, how they are called, how gradients are asked for.

A subclass gives its cell: `_step` and `_step_back`, which :mod:`lstm_edu.unroll` runs over time, or
loops of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Self

import numpy as np

from lstm_edu import _checks, activations, initializers, unroll
from lstm_edu.record import CELLS, Record
from lstm_edu.unroll import Gradients, flat


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


class RecurrentLayer:
    """The part of a recurrent layer that does not depend on its cell.

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
    Record: ClassVar[type[Record]]
    cell: ClassVar[str]
    blocks: ClassVar[tuple[str, ...]]
    """What stands side by side in the kernels, in this order."""
    activation_names: ClassVar[tuple[str, ...]] = ("activation", "recurrent_activation")
    """Those of the arguments that name an activation."""

    def __init_subclass__(cls) -> None:
        """Enter the class under the name of its cell, so that a record can find it."""
        if "cell" in vars(cls):
            CELLS[cls.cell] = cls

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
    def from_record(cls, record: Record) -> Self:
        """Return the layer that a record came from."""
        return cls(*record.params, **{n: getattr(record, n) for n in cls.activation_names})

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

    def forward(self, x, mask=None) -> tuple[np.ndarray, Record]:
        """Return h at every step, and the record that :meth:`backward` needs."""
        record = self(x, mask=mask)
        return record.h, record

    def _check_run(self, x, mask, **initial):
        """Return x, mask and the initial states (by the names of the states), or raise."""
        x = _checks.shaped("x", _checks.floating("x", x), "batch", "time", self.input_dim)
        batch, time, _ = x.shape
        states = {}
        for name, value in initial.items():
            if value is None:
                value = np.zeros((batch, self.units), self.dtype)
            value = _checks.shaped(name, _checks.floating(name, value), batch, self.units)
            states[name] = _checks.finite(name, value)
        _checks.same_dtype(self.dtype, "the layer", x=x, **states)
        _checks.finite("x", x, hint="A step that is masked may hold any finite number, such as 0.")
        if mask is not None:
            mask = _checks.boolean("mask", mask, batch, time)
        return x, mask, *states.values()

    def _run(self, x: np.ndarray, mask: np.ndarray | None, **initial: np.ndarray) -> Record:
        """Run the cell over all steps; `initial` is named after the states."""
        arrays = unroll.forwards(self, x @ self.params.kernel, mask, initial)
        arrays |= {name + "0": first.copy() for name, first in initial.items()}
        return self._record(x=x.copy(), mask=mask, **arrays)

    def _record(self, mask: np.ndarray | None, **arrays) -> Record:
        """Wrap the arrays of a run."""
        arrays["mask"] = None if mask is None else mask.copy()
        names = {name: getattr(self, name) for name in self.activation_names}
        return self.Record(**arrays, **names, params=self.params, cell=self.cell, layer=self.cell)

    def _back_through_time(self, record: Record, upstream: dict, truncate: int | None) -> tuple:
        """Carry the gradients back through all steps, see :func:`lstm_edu.unroll.backwards`."""
        return unroll.backwards(self, record, upstream, truncate)

    def backward(
        self, record: Record, dh=None, dc=None, *, truncate: int | None = None
    ) -> Gradients:
        """Backpropagate through time.

        Parameters
        ----------
        record : Record
            What calling this layer returned.
        dh, dc : array_like, shape (batch, time, units), optional
            ∂L/∂h_t and ∂L/∂c_t as they come from above, without what comes back through later
            steps. None means zeros. For a loss on the last output alone, only ``dh[:, -1]`` is not
            zero.
        truncate : int, optional
            Truncated backpropagation: cut the gradient of the states at the end of every so many
            steps, as if the sequence had been run in pieces of that length, each started from the
            last state of the one before.

        Returns
        -------
        Gradients

        Raises
        ------
        ValueError, TypeError
            For a wrong shape or dtype, or a record that this layer, with the weights that it has
            now, did not make.
        """
        upstream = self._check_upstream(record, {"h": dh, "c": dc})
        if truncate is not None:
            truncate = _checks.integer("truncate", truncate, 1)
        dz, dz_recurrent, states, initial = self._back_through_time(record, upstream, truncate)
        dx = np.matmul(self.params.kernel, dz.transpose(1, 2, 0)).transpose(2, 0, 1)
        return Gradients(
            params=self.Params(*self._weight_gradients(record, dz, dz_recurrent)),
            x=dx,
            **states,
            **{name + "0": first for name, first in initial.items()},
        )

    def _weight_gradients(self, record: Record, dz, dz_recurrent) -> tuple[np.ndarray, ...]:
        """Sum the gradients of the weights, which all steps and examples share."""
        both = flat(dz)
        recurrent = both if dz_recurrent is dz else flat(dz_recurrent)
        return flat(record.x) @ both.T, flat(record.h_previous) @ recurrent.T, both.sum(axis=1)

    def _check_record(self, record: Record) -> None:
        """Raise unless this layer, as it is now, made the record."""
        if not isinstance(record, self.Record) or record.cell != self.cell:
            raise TypeError(
                f"record is {record!r}; expected the {self.Record.__name__} that this "
                f"{type(self).__name__} returned."
            )
        _checks.shaped("h of the record", record.h, "batch", "time", self.units)
        _checks.same_dtype(self.dtype, "the layer", record=record)
        for name in self.activation_names:
            if getattr(record, name) != getattr(self, name):
                raise ValueError(
                    f"{record!r} was made with {name}={getattr(record, name)!r}; "
                    f"this layer has {getattr(self, name)!r}."
                )
        made_here = record.params is None or record.params is self.params
        if not made_here and not all(map(np.array_equal, record.params, self.params)):
            raise ValueError(
                f"{record!r} was made with other weights than {self!r} has now. "
                "Run forwards again before going backwards."
            )

    def _check_upstream(self, record: Record, given: dict) -> dict[str, np.ndarray]:
        """Check what `backward` is given; return a gradient for each state."""
        self._check_record(record)
        if record.x is None:
            raise ValueError(f"{record!r} holds no x, which the gradient of the kernel needs.")
        _checks.shaped("x of the record", record.x, "batch", "time", self.input_dim)
        upstream = {}
        for state, value in given.items():
            name = f"d{state}"
            if state not in record.states:
                if value is not None:
                    raise ValueError(f"{name} was given, but {self!r} has no state {state}.")
                continue
            if value is None:
                value = np.zeros_like(record.h)
            value = _checks.shaped(name, _checks.floating(name, value), *record.shape)
            _checks.same_dtype(self.dtype, "the layer", **{name: value})
            upstream[state] = _checks.finite(name, value)
        return upstream

    def cell_jacobians(self, record: Record) -> np.ndarray:
        """Return how the last memory depends on the memory at each step, in total.

        Parameters
        ----------
        record : Record
            What calling this layer returned.

        Returns
        -------
        ndarray, shape (batch, time, units, units)
            ``[b, t, k, j]`` is ∂c_T[k] / ∂c_t[j], through the cell state and through all that h_t
            does in later steps; h takes the place of c in an RNN or a GRU.
        """
        self._check_record(record)
        batch, _, units = record.shape
        jacobians = []
        for example in range(batch):
            # One copy of the example for each k: their gradients are the rows of the matrix.
            copies = record.select(example=[example] * units)
            upstream = {name: np.zeros_like(copies.h) for name in record.states}
            upstream[record.memory][:, -1] = np.eye(units)
            _, _, states, _ = self._back_through_time(copies, upstream, None)
            jacobians.append(states[record.memory].transpose(1, 0, 2))
        return np.stack(jacobians)
