"""A cell unrolled over time: the loop forwards, and the loop back.

A cell says what one step computes (`_step`) and how a gradient passes back through it
(`_step_back`); what holds for every cell stands here. The loop back is backpropagation through time
(Werbos 1990, doi 10.1109/5.58337). `LSTM` has faster loops of its own for the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lstm_edu.record import Record


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Gradients:
    """The gradient of a loss L with respect to all that a recurrent layer was given or computed.

    Parameters
    ----------
    params : NamedTuple of ndarray
        ∂L/∂ of each weight, in the same type as the layer's `params`.
    x : ndarray, shape (batch, time, input_dim)
        ∂L/∂x.
    h0, c0 : ndarray, shape (batch, units)
        ∂L/∂ of the initial states; `c0` is None for cells without a cell state.
    h, c : ndarray, shape (batch, time, units)
        ∂L/∂h_t and ∂L/∂c_t at every step, by every way that leads from there to the loss.
    """

    params: NamedTuple
    x: np.ndarray
    h0: np.ndarray
    h: np.ndarray
    c0: np.ndarray | None = None
    c: np.ndarray | None = None

    @property
    def kernel(self) -> np.ndarray:
        """∂L/∂W, in the shape of the kernel."""
        return self.params.kernel

    @property
    def recurrent_kernel(self) -> np.ndarray:
        """∂L/∂U, in the shape of the recurrent kernel."""
        return self.params.recurrent_kernel

    @property
    def bias(self) -> np.ndarray:
        """∂L/∂b, in the shape of the bias."""
        return self.params.bias

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        batch, time, units = self.h.shape
        return f"Gradients(batch={batch}, time={time}, units={units}, {self.h.dtype})"


class StepBack(NamedTuple):
    """What `_step_back` returns: gradients at one step, (batch, …) each."""

    z: np.ndarray
    """∂L/∂ of the pre-activations, where x enters."""
    z_recurrent: np.ndarray
    """The same where h enters; it differs only in the GRU."""
    states: dict[str, np.ndarray]
    """The total ∂L/∂ of each state after the step."""
    before: dict[str, np.ndarray]
    """What reaches each state before the step through this step."""


def forwards(cell, projected: np.ndarray, mask: np.ndarray | None, initial: dict) -> dict:
    """Run a cell from the first time step to the last.

    Parameters
    ----------
    cell : object
        With ``_step(projected, *states)``, which returns a NamedTuple of (batch, units) arrays.
    projected : ndarray, shape (batch, time, blocks*units)
        W x, for all steps.
    mask : ndarray of bool, shape (batch, time), or None
        False where a step is skipped.
    initial : dict
        The states to start from, in the order in which the cell takes them.

    Returns
    -------
    dict
        For each quantity of the steps an array (batch, time, units).
    """
    states = initial
    steps = []
    for t in range(projected.shape[1]):
        step = cell._step(projected[:, t], *states.values())
        new = {name: getattr(step, name) for name in states}
        if mask is not None:
            new = keep_skipped(mask, t, new, states)
            step = step._replace(**new)
        states = new
        steps.append(step)
    return {name: np.stack([getattr(s, name) for s in steps], axis=1) for name in step._fields}


def backwards(cell, record: Record, upstream: dict, truncate: int | None) -> tuple:
    """Carry gradients through a cell from the last time step to the first.

    Parameters
    ----------
    cell : object
        With ``_step_back(record, t, above)``, which returns a :class:`StepBack`.
    record : Record
        The run.
    upstream : dict
        For each state the gradient that comes from above, (batch, time, units), or None.
    truncate : int or None
        Cut the gradient of the states wherever t is a multiple of this.

    Returns
    -------
    tuple
        Gradients of the pre-activations where x enters and where h enters, (batch, time,
        blocks*units); of the states, (batch, time, units); of the initial states, (batch, units).
    """
    arriving = {name: np.zeros_like(record.h[:, 0]) for name in record.states}
    steps = []
    for t in reversed(range(record.shape[1])):
        above = {
            name: arriving[name] if given is None else arriving[name] + given[:, t]
            for name, given in upstream.items()
        }
        step = cell._step_back(record, t, above)
        arriving = step.before
        if record.mask is not None:
            counts = record.mask[:, t, None]
            states = keep_skipped(record.mask, t, step.states, above)
            arriving = keep_skipped(record.mask, t, step.before, above)
            step = StepBack(step.z * counts, step.z_recurrent * counts, states, arriving)
        if truncate and t and t % truncate == 0:
            arriving = {name: np.zeros_like(d) for name, d in arriving.items()}
        steps.append(step)
    steps.reverse()
    dz = np.stack([step.z for step in steps], axis=1)
    dz_recurrent = np.stack([step.z_recurrent for step in steps], axis=1)
    states = {n: np.stack([step.states[n] for step in steps], axis=1) for n in record.states}
    return dz, dz_recurrent, states, arriving


def keep_skipped(mask: np.ndarray, t: int, new: dict, old: dict) -> dict:
    """Return the new values of the examples whose step `t` counts, the old ones of the others."""
    return {name: np.where(mask[:, t, None], new[name], old[name]) for name in new}


def before(record: Record, state: str, t: int) -> np.ndarray:
    """Return a state as step `t` found it, (batch, units)."""
    return getattr(record, state)[:, t - 1] if t else getattr(record, state + "0")


def flat(array: np.ndarray) -> np.ndarray:
    """Return (batch, time, features) as (features, time·batch), the shape for matrix products."""
    return array.transpose(2, 1, 0).reshape(array.shape[2], -1)
