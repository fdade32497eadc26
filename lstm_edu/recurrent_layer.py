"""What all recurrent layers share: how they are called, and how gradients are asked for.

A subclass gives its cell: `_step` and `_step_back`, which :mod:`lstm_edu.unroll` runs over time, or
loops of its own.
"""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np

from lstm_edu import _checks, unroll
from lstm_edu.record import CELLS, Record
from lstm_edu.unroll import Gradients, flat
from lstm_edu.weights import Weighted


class RecurrentLayer(Weighted):
    """The part of a recurrent layer that does not depend on its cell.

    Parameters
    ----------
    kernel, recurrent_kernel, bias, *others, activation, recurrent_activation
        As in :class:`~lstm_edu.weights.Weighted`.
    """

    Record: ClassVar[type[Record]]
    """What a run returns."""
    cell: ClassVar[str]
    """The name that a record knows its cell by."""

    def __init_subclass__(cls) -> None:
        """Enter the class under the name of its cell, so that a record can find it."""
        if "cell" in vars(cls):
            CELLS[cls.cell] = cls

    @classmethod
    def from_record(cls, record: Record) -> Self:
        """Return the layer that a record came from."""
        return cls(*record.params, **{n: getattr(record, n) for n in cls.activation_names})

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
        weights, dx, states, initial = self._gradients(record, upstream, truncate)
        initial = {name + "0": first for name, first in initial.items()}
        return Gradients(params=self.Params(*weights), x=dx, **states, **initial)

    def _gradients(self, record: Record, upstream: dict, truncate: int | None) -> tuple:
        """Return the gradients of the weights, of x, of the states and of the initial states."""
        dz, dz_recurrent, states, initial = unroll.backwards(self, record, upstream, truncate)
        dx = np.matmul(self.params.kernel, dz.transpose(1, 2, 0)).transpose(2, 0, 1)
        return self._weight_gradients(record, dz, dz_recurrent), dx, states, initial

    def _state_gradients(self, record: Record, upstream: dict) -> dict:
        """Return the gradients of the states alone."""
        return unroll.backwards(self, record, upstream, None)[2]

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

    def _check_upstream(self, record: Record, given: dict) -> dict[str, np.ndarray | None]:
        """Check what `backward` is given; return a gradient, or None, for each state."""
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
            if value is not None:
                value = _checks.shaped(name, _checks.floating(name, value), *record.shape)
                _checks.same_dtype(self.dtype, "the layer", **{name: value})
                value = _checks.finite(name, value)
            upstream[state] = value
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
            states = self._state_gradients(copies, upstream)
            jacobians.append(states[record.memory].transpose(1, 0, 2))
        return np.stack(jacobians)
