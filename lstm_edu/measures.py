"""What a record tells: memory in steps, saturation, units with a job, gradients that last.

All measures leave out masked steps and are computed in float64.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lstm_edu import _checks

if TYPE_CHECKING:
    from lstm_edu.record import Record


class Saturation(NamedTuple):
    """The share of time that a gate is shut and open, (units,) each."""

    low: np.ndarray
    high: np.ndarray


class Follower(NamedTuple):
    """A unit and how closely it follows a signal: Pearson's correlation, −1 to 1."""

    unit: int
    correlation: float


class UnitOn(NamedTuple):
    """Where a unit is on, held against a marked stretch of the steps."""

    unit: int
    exact: bool
    """On at every step of the stretch, off at the step just before it and at the one just after."""
    overlap: float
    """The steps both marked and on, divided by those that are one or the other: 0 to 1."""
    inside: int
    """At how many steps of the stretch it is on."""
    outside: int
    """At how many other steps."""
    places: tuple[tuple[int, int], ...]
    """Wherever it is on: each run of steps as (start, stop)."""


class GradientNorms(NamedTuple):
    """How much the last state still hears of the state at each step."""

    total: np.ndarray
    """(batch, time): spectral norm of ∂c_T/∂c_t, the most that any small change is stretched."""
    direct: np.ndarray | None
    """(batch, time): the same along the cell state alone, max over units of |Π f|."""


def counted(record: Record, name: str) -> np.ndarray:
    """Return the values of `name` at all steps that count, (steps, units), in float64."""
    values = getattr(record, name).astype(np.float64)
    if record.mask is None:
        return values.reshape(-1, values.shape[-1])
    if not record.mask.any():
        raise ValueError(f"All steps of {record!r} are masked: there is nothing to measure.")
    return values[record.mask]


def half_life(record: Record) -> np.ndarray:
    """Return after how many steps half of each unit's memory is left.

    The forget gate multiplies the cell state at every step, so that after n steps the product of n
    of its values is left. With f̄ the geometric mean of f over all steps and examples,

        f̄ⁿ = 1/2,   n = ln(1/2) / ln f̄.

    A constant f = 0.5 gives 1 step, 0.9 gives 6.6, 0.99 gives 69. What a unit passes through its
    gates to others and gets back is not counted; :func:`gradient_norms` counts it.

    Returns
    -------
    ndarray, shape (units,)
        In steps: 0 where the gate was fully shut at some step, ∞ where it forgets nothing. In a
        GRU the update gate takes the place of f.

    Raises
    ------
    ValueError
        Where the cell has no such gate.
    """
    if record.retention is None:
        raise ValueError(
            f"{record!r} has no forget gate, and so no half-life; "
            "gradient_norms() tells how long it remembers."
        )
    with np.errstate(divide="ignore"):
        mean_log = np.log(np.abs(counted(record, record.retention))).mean(axis=0)
        steps = np.log(0.5) / mean_log
    return np.where(mean_log < 0, steps, np.inf)


def saturation(record: Record, low: float = 0.1, high: float = 0.9) -> dict[str, Saturation]:
    """Return the share of time that each gate is nearly shut (< low) or nearly open (> high).

    The thresholds are those of Karpathy, Johnson & Fei-Fei (2015, arXiv 1506.02078).

    Returns
    -------
    dict
        For each gate's name a :class:`Saturation`.
    """
    low = _checks.number("low", low, 0.0, 1.0)
    high = _checks.number("high", high, 0.0, 1.0)
    if low > high:
        raise ValueError(f"low is {low:g} and high is {high:g}; expected low ≤ high.")
    values = {gate: counted(record, gate) for gate in record.gates}
    return {
        gate: Saturation((v < low).mean(axis=0), (v > high).mean(axis=0))
        for gate, v in values.items()
    }


def follows(record: Record, signal, of: str | None = None) -> list[Follower]:
    """Return all units, those first that follow or mirror a signal most closely.

    Parameters
    ----------
    record : Record
        The run.
    signal : array_like, shape (time,) or (batch, time)
        For example 1 inside quotation marks and 0 outside. Booleans count as 0 and 1.
    of : str, optional
        Which quantity to compare: by default the memory, ``"c"`` of an LSTM, ``"h"`` of others.

    Returns
    -------
    list of Follower
        Sorted by absolute correlation. A unit that never moves follows nothing: 0.
    """
    of = _checks.choice("of", record.memory if of is None else of, record.quantities)
    batch, time, _ = record.shape
    signal = np.asarray(signal)
    if not (np.issubdtype(signal.dtype, np.number) or signal.dtype == np.bool_):
        raise TypeError(f"signal has dtype {signal.dtype}; expected numbers or booleans.")
    if signal.ndim == 1:
        _checks.shaped("signal", signal, time)
    else:
        _checks.shaped("signal", signal, batch, time)
    signal = np.broadcast_to(signal.astype(np.float64), (batch, time))
    _checks.finite("signal", signal)
    signal = signal.ravel() if record.mask is None else signal[record.mask]
    values = counted(record, of)
    if np.ptp(signal) == 0:
        raise ValueError(
            f"signal is {signal[0]:g} at every step that counts; expected one that varies, "
            "else nothing can be seen to follow it."
        )
    signal = signal - signal.mean()
    moves = np.ptp(values, axis=0) > 0
    values = values - values.mean(axis=0)
    spread = np.linalg.norm(values, axis=0) * np.linalg.norm(signal)
    correlation = np.where(moves, signal @ values / np.where(moves, spread, 1.0), 0.0)
    order = np.argsort(-np.abs(correlation), kind="stable")
    return [Follower(int(unit), float(correlation[unit])) for unit in order]


def units_on(
    record: Record,
    start: int,
    stop: int,
    threshold: float = 0.5,
    of: str | None = None,
    direction: str = "above",
    example: int = 0,
) -> list[UnitOn]:
    """Return all units, those first that are on exactly at a marked stretch of the steps.

    A unit is on where its value is above the threshold. It is on *exactly* at a stretch when it is
    on at every step of it and off at the step just before and at the one just after, where there
    are such steps: the rule of LSTMVis (Strobelt et al. 2018, arXiv 1606.07461). What it does
    elsewhere in the run does not matter for that, and decides the order: the smaller the part of
    its on-time that lies outside the stretch, the higher its rank. Units that are only nearly
    exact follow, in the same order.

    Parameters
    ----------
    record : Record
        The run.
    start, stop : int
        The stretch, as a slice: its first step, and the one after its last.
    threshold : float
        What a value must be above, or below, to count as on; equal to it is off.
    of : str, optional
        Which quantity: by default the memory, ``"c"`` of an LSTM, ``"h"`` of others.
    direction : {"above", "below"}
        On which side of the threshold a unit is on.
    example : int
        Which sequence of the batch.

    Returns
    -------
    list of UnitOn
        Exact ones first, each part by falling overlap, equal ones by number. Masked steps count
        as if they were not there.

    Raises
    ------
    ValueError, TypeError
        The stretch is empty, masked throughout or not in the run, or another argument does not fit.

    Examples
    --------
    >>> from lstm_edu import exported
    >>> trace = exported.load("shakespeare").trace("Alas, poor Yorick! I knew him, Horatio:")
    >>> best = trace.units_on(26, 29, threshold=2)[0]
    >>> best.unit, best.exact, best.overlap
    (82, True, 0.75)
    >>> ["".join(trace.tokens[slice(*place)]) for place in best.places]
    ['Y', 'him']
    """
    of = _checks.choice("of", record.memory if of is None else of, record.quantities)
    batch, time, _ = record.shape
    example = _checks.integer("example", example, -batch, batch - 1)
    start = _checks.integer("start", start, 0, time - 1)
    stop = _checks.integer("stop", stop, start + 1, time)
    threshold = _checks.number("threshold", threshold)
    below = _checks.choice("direction", direction, ("above", "below")) == "below"
    values = getattr(record, of)[example].astype(np.float64)
    marked = (np.arange(time) >= start) & (np.arange(time) < stop)
    steps = np.arange(time) if record.mask is None else np.flatnonzero(record.mask[example])
    on, marked = (values < threshold if below else values > threshold)[steps], marked[steps]
    if not marked.any():
        raise ValueError(f"Steps {start} to {stop - 1} are all masked: there is nothing to find.")
    inside, outside = on[marked].sum(axis=0), on[~marked].sum(axis=0)
    overlap = inside / (marked.sum() + outside)
    closed = np.pad(on, ((1, 1), (0, 0)))  # off before the first step and after the last
    first, last = np.flatnonzero(marked)[[0, -1]]
    exact = on[marked].all(axis=0) & ~closed[first] & ~closed[last + 2]
    found = []
    for unit in np.lexsort((-overlap, ~exact)):
        edges = np.flatnonzero(closed[1:, unit] != closed[:-1, unit])
        places = tuple(
            (int(steps[a]), int(steps[b - 1]) + 1)
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        )
        counts = int(inside[unit]), int(outside[unit])
        own = float(overlap[unit])
        found.append(UnitOn(int(unit), bool(exact[unit]), own, *counts, places))
    return found


def direct_path(record: Record) -> np.ndarray:
    """Return the product of the forget gates from each step to the last.

    ∂c_T/∂c_t along the cell state alone is diagonal, with f_{t+1} · … · f_T on its diagonal: Gers,
    Schmidhuber & Cummins (2000). A masked step forgets nothing.

    Returns
    -------
    ndarray, shape (batch, time, units)
        1 at the last step.

    Raises
    ------
    ValueError
        Where the cell has no such gate.
    """
    if record.retention is None:
        raise ValueError(f"{record!r} has no forget gate, and so no direct path.")
    kept = getattr(record, record.retention).astype(np.float64)
    if record.mask is not None:
        kept = np.where(record.mask[..., None], kept, 1.0)
    later = np.concatenate([kept[:, 1:], np.ones_like(kept[:, :1])], axis=1)
    return np.cumprod(later[:, ::-1], axis=1)[:, ::-1]


def gradient_norms(record: Record) -> GradientNorms:
    """Return how strongly the last state depends on the state at each step.

    The measure of Pascanu, Mikolov & Bengio (2013, arXiv 1211.5063): where it falls towards 0 with
    the distance, the gradient vanishes, where it grows, it explodes.

    Returns
    -------
    GradientNorms
        In total, and along the cell state alone (None where the cell has no forget gate). Both
        are 1 at the last step.

    Raises
    ------
    ValueError
        Where the record holds no weights.
    """
    record = record.astype(np.float64)
    jacobians = record.to_layer().cell_jacobians(record)
    direct = None if record.retention is None else np.abs(direct_path(record)).max(axis=-1)
    return GradientNorms(np.linalg.norm(jacobians, ord=2, axis=(-2, -1)), direct)


@dataclass(frozen=True)
class Summary:
    """A table of all quantities of a record; print it.

    Parameters
    ----------
    title : str
        Which record.
    rows : dict
        For each quantity its mean, least and greatest value, and for gates the share of values
        below 0.1 and above 0.9 (else None).
    half_lives : tuple of float or None
        The least, the median and the greatest half-life of a unit, in steps.
    """

    title: str
    rows: dict[str, tuple[float, float, float, float | None, float | None]]
    half_lives: tuple[float, float, float] | None

    def __str__(self) -> str:
        """Return the table."""
        width = max(len("quantity"), *map(len, self.rows))
        lines = [self.title, f"{'quantity':{width}}    mean     min     max    <0.1    >0.9"]
        for name, (mean, least, greatest, low, high) in self.rows.items():
            shares = "" if low is None else f" {low:7.0%} {high:7.0%}"
            lines.append(f"{name:{width}} {mean:7.3f} {least:7.3f} {greatest:7.3f}{shares}")
        if self.half_lives is not None:
            least, median, greatest = self.half_lives
            lines.append(
                f"half-life of a unit in steps: {least:.1f} to {greatest:.1f}, median {median:.1f}"
            )
        return "\n".join(lines)

    __repr__ = __str__


def summary(record: Record) -> Summary:
    """Return the range of each quantity, the saturation of each gate, and the half-lives."""
    shares = {
        gate: (float(s.low.mean()), float(s.high.mean())) for gate, s in saturation(record).items()
    }
    rows = {}
    for name in record.quantities:
        values = counted(record, name)
        low, high = shares.get(name, (None, None))
        rows[name] = (float(values.mean()), float(values.min()), float(values.max()), low, high)
    lives = None
    if record.retention is not None:
        each = half_life(record)
        lives = (float(each.min()), float(np.median(each)), float(each.max()))
    return Summary(repr(record), rows, lives)
