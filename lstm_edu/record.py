"""What a run of a recurrent layer leaves behind, whatever its cell.

A :class:`Record` is frozen: its arrays cannot be written to. `Trace` (of an LSTM and its
variants), `RNNRecord` and `GRURecord` say which quantities their cells have; what can be asked of
any of them stands here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, NamedTuple

import numpy as np

from lstm_edu import _checks, measures, storage

CELLS: dict[str, type] = {}
"""The layer class for each `cell` name; each recurrent layer enters itself."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Record:
    """The states of one run, and what is needed to repeat it.

    Parameters
    ----------
    h : ndarray, shape (batch, time, units)
        The hidden state after each step.
    h0 : ndarray, shape (batch, units), optional
        The hidden state before the first step; zeros where it is not given.
    x : ndarray, shape (batch, time, input_dim), optional
        What the layer was shown.
    mask : ndarray of bool, shape (batch, time), optional
        False where a step was skipped: there all states are those of the step before. The gates
        of a skipped step are what the cell would have answered; no measure counts them.
    params : NamedTuple of ndarray, optional
        The layer's weights.
    activation : str
        Name of the activation of the candidate and the output.
    cell : str
        Which cell it was: ``"lstm"``, ``"rnn"``, ``"gru"``, ``"lstm-peephole"`` …
    layer : str
        A name to show.
    tokens : sequence, optional
        One label a time step, shared by all examples.

    Raises
    ------
    ValueError, TypeError
        Where shapes or dtypes disagree.

    Notes
    -----
    Arrays are viewed, not copied: who goes on writing to an array that was handed in writes to
    the record.
    """

    h: np.ndarray
    h0: np.ndarray | None = None
    x: np.ndarray | None = None
    mask: np.ndarray | None = None
    params: NamedTuple | None = None
    activation: str = "tanh"
    cell: str = "rnn"
    layer: str = "layer"
    tokens: tuple | None = None

    quantities: ClassVar[tuple[str, ...]] = ("h",)
    """Names of the arrays of shape (batch, time, units)."""
    states: ClassVar[tuple[str, ...]] = ("h",)
    """Those that are carried from step to step; each has its initial value, as in `h0`."""
    gates: ClassVar[tuple[str, ...]] = ()
    """Those that lie between 0 and 1."""
    retention: ClassVar[str | None] = None
    """The gate that the state is multiplied by."""
    memory: ClassVar[str] = "h"
    """The state that is meant to remember."""

    def __post_init__(self) -> None:
        """Check the shapes, and close the arrays to writing."""

        def put(name: str, array: np.ndarray) -> None:
            object.__setattr__(self, name, _checks.read_only(array))

        h = _checks.shaped("h", _checks.floating("h", self.h), "batch", "time", "units")
        batch, time, units = h.shape
        for name in self.quantities:
            array = _checks.floating(name, getattr(self, name))
            put(name, _checks.shaped(name, array, batch, time, units))
        for name in self.states:
            first = getattr(self, name + "0")
            if first is None:
                first = np.zeros((batch, units), h.dtype)
            first = _checks.floating(name + "0", first)
            put(name + "0", _checks.shaped(name + "0", first, batch, units))
        if self.x is not None:
            put("x", _checks.shaped("x", _checks.floating("x", self.x), batch, time, "input_dim"))
        if self.mask is not None:
            put("mask", _checks.boolean("mask", self.mask, batch, time))
        names = [*self.quantities, *(name + "0" for name in self.states), "x"]
        _checks.same_dtype(h.dtype, "h", **{name: getattr(self, name) for name in names})
        if self.tokens is not None:
            plain = (t.item() if isinstance(t, np.generic) else t for t in self.tokens)
            object.__setattr__(self, "tokens", tuple(plain))
            if len(self.tokens) != time:
                raise ValueError(
                    f"tokens has {len(self.tokens)} labels; expected {time}, one a time step."
                )

    @property
    def dtype(self) -> np.dtype:
        """The dtype that all arrays share."""
        return self.h.dtype

    @property
    def shape(self) -> tuple[int, int, int]:
        """(batch, time, units)."""
        return self.h.shape

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        batch, time, units = self.shape
        return (
            f"{type(self).__name__}(layer={self.layer!r}, batch={batch}, time={time}, "
            f"units={units}, {self.dtype})"
        )

    @property
    def final_state(self) -> tuple[np.ndarray, ...]:
        """The state after the last step, (batch, units) each: ``layer(more, *final_state)``."""
        return tuple(getattr(self, name)[:, -1] for name in self.states)

    def previous(self, state: str) -> np.ndarray:
        """Return `state` before each step, (batch, time, units): shifted, initial value first."""
        _checks.choice("state", state, self.states)
        first, later = getattr(self, state + "0"), getattr(self, state)
        # Joined with time in front, where the steps of an LSTM's run are whole blocks of memory.
        joined = np.concatenate([first.T[None], later.transpose(1, 2, 0)[:-1]])
        return _checks.read_only(joined.transpose(2, 0, 1))

    @property
    def h_previous(self) -> np.ndarray:
        """The hidden state before each step, (batch, time, units)."""
        return self.previous("h")

    def to_layer(self):
        """Return the layer that made this record, built again from `params`."""
        if self.params is None:
            raise ValueError(
                f"{self!r} holds no params, so that nothing can be computed anew from it. "
                "A record loses them where units are selected."
            )
        return CELLS[_checks.choice("cell", self.cell, CELLS)].from_record(self)

    def select(self, example=slice(None), time=slice(None), unit=slice(None)) -> Record:
        """Return the record of some examples, time steps and units.

        Parameters
        ----------
        example, unit : int, slice or sequence of int
            An int keeps its axis, with length 1.
        time : int or slice with step 1
            The states before it become the new initial states, so that the part can be continued
            and differentiated like the whole.

        Returns
        -------
        Record
            Without `params` where units were selected: a unit alone cannot be run.
        """
        batch, steps, units = self.shape
        b = _selector("example", example, batch)
        u = _selector("unit", unit, units)
        if not isinstance(time, slice):
            k = _checks.integer("time", time, -steps, steps - 1) % steps
            time = slice(k, k + 1)
        start, stop, step = time.indices(steps)
        if step != 1 or stop <= start:
            raise ValueError(
                f"time is {time!r}; expected an int or a slice with step 1 that holds at least one "
                f"of the {steps} steps: a state follows from the step before it."
            )
        t = slice(start, stop)

        changes: dict[str, Any] = {
            name: getattr(self, name)[b, t][..., u] for name in self.quantities
        }
        for name in self.states:
            before = getattr(self, name + "0") if start == 0 else getattr(self, name)[:, start - 1]
            changes[name + "0"] = before[b][:, u]
        if self.x is not None:
            changes["x"] = self.x[b, t]
        if self.mask is not None:
            changes["mask"] = self.mask[b, t]
        if self.tokens is not None:
            changes["tokens"] = self.tokens[t]
        if not (isinstance(unit, slice) and unit == slice(None)):
            changes["params"] = None
        return replace(self, **changes)

    def astype(self, dtype) -> Record:
        """Return the record with all its numbers in another dtype, float32 or float64."""
        dtype = _checks.dtype("dtype", dtype)
        changes = {
            field.name: getattr(self, field.name).astype(dtype)
            for field in fields(self)
            if isinstance(getattr(self, field.name), np.ndarray) and field.name != "mask"
        }
        if self.params is not None:
            changes["params"] = type(self.params)(*(w.astype(dtype) for w in self.params))
        return replace(self, **changes)

    def save(self, path: str | os.PathLike) -> None:
        """Write the record to `path`, as an .npz file without pickled objects."""
        storage.save(self, path)

    @classmethod
    def load(cls, path: str | os.PathLike) -> Record:
        """Read what :meth:`save` wrote; raise ValueError where the file holds something else."""
        return storage.load(cls, path, CELLS)

    # What can be read from a record: the definitions stand in lstm_edu.measures.

    def half_life(self) -> np.ndarray:
        """Return how many steps each unit takes to forget half; see `measures.half_life`."""
        return measures.half_life(self)

    def saturation(self, low: float = 0.1, high: float = 0.9) -> dict[str, measures.Saturation]:
        """Return how often each gate is shut or open; see `measures.saturation`."""
        return measures.saturation(self, low, high)

    def follows(self, signal, of: str | None = None) -> list[measures.Follower]:
        """Return the units, those that follow `signal` best first; see `measures.follows`."""
        return measures.follows(self, signal, of)

    def units_on(
        self,
        start: int,
        stop: int,
        threshold: float = 0.5,
        of: str | None = None,
        direction: str = "above",
        example: int = 0,
    ) -> list[measures.UnitOn]:
        """Return the units that are on exactly from `start` to `stop`; see `measures.units_on`."""
        return measures.units_on(self, start, stop, threshold, of, direction, example)

    def gradient_norms(self) -> measures.GradientNorms:
        """Return how much the last state hears of each step; see `measures.gradient_norms`."""
        return measures.gradient_norms(self)

    def summary(self) -> measures.Summary:
        """Return a table of all quantities, to print; see `measures.summary`."""
        return measures.summary(self)


def _selector(name: str, value, length: int):
    """Turn an int, slice or sequence of ints into something that keeps its axis."""
    if isinstance(value, slice):
        if len(range(*value.indices(length))) == 0:
            raise ValueError(f"{name} is {value!r}, which holds none of the {length}.")
        return value
    several = isinstance(value, Sequence | np.ndarray) and not isinstance(value, str)
    chosen = [
        _checks.integer(name, v, -length, length - 1) for v in (value if several else [value])
    ]
    if not chosen:
        raise ValueError(f"{name} is {value!r}: nothing would be left of the {length}.")
    return np.array(chosen)
