"""The LSTM: one step to read, one engine to run.

:func:`lstm_step` is the cell of Hochreiter & Schmidhuber (1997, doi 10.1162/neco.1997.9.8.1735)
with the forget gate of Gers, Schmidhuber & Cummins (2000, doi 10.1162/089976600300015015), as Keras
and PyTorch compute it. :class:`LSTM` is the same arithmetic for a whole batch of sequences.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lstm_edu import _checks
from lstm_edu.activations import sigmoid, tanh
from lstm_edu.recurrent_layer import RecurrentLayer
from lstm_edu.trace import Trace
from lstm_edu.unroll import Gradients

__all__ = ["LSTM", "Gradients", "LSTMParams", "Step", "lstm_step"]

_BLOCK = 2**25
"""The largest block of memory, in bytes, that glibc's malloc keeps when it is freed."""

_COLUMNS = 256
"""How many columns a matrix product needs to be worth its while: time steps times examples."""


class LSTMParams(NamedTuple):
    """The weights of an LSTM, in Keras' layout: four blocks side by side, in the order i, f, g, o.

    Attributes
    ----------
    kernel : ndarray, shape (input_dim, 4*units)
        W, which weighs the input.
    recurrent_kernel : ndarray, shape (units, 4*units)
        U, which weighs the previous hidden state.
    bias : ndarray, shape (4*units,)
        b.
    """

    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray

    def blocks(self) -> list[tuple[np.ndarray, ...]]:
        """Return W, U and b, each cut into its four blocks i, f, g, o."""
        return [tuple(np.split(array, 4, axis=-1)) for array in self]


class Step(NamedTuple):
    """All that one step computes: gates, candidate and states, (units,) or (batch, units) each."""

    i: np.ndarray
    f: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray
    h: np.ndarray


def lstm_step(x: np.ndarray, h: np.ndarray, c: np.ndarray, params: LSTMParams) -> Step:
    """Take one step of an LSTM.

    Parameters
    ----------
    x : ndarray, shape (input_dim,) or (batch, input_dim)
        The input at this step.
    h, c : ndarray, shape (units,) or (batch, units)
        The hidden state and the cell state that the previous step left.
    params : LSTMParams
        The weights.

    Returns
    -------
    Step
        The gates i, f, o, the candidate g, and the new states c and h.

    Raises
    ------
    ValueError, TypeError
        Where shapes or dtypes do not fit together.
    """
    _check_step(x, h, c, params)
    (W_i, W_f, W_g, W_o), (U_i, U_f, U_g, U_o), (b_i, b_f, b_g, b_o) = params.blocks()

    i = sigmoid(x @ W_i + h @ U_i + b_i)  # input gate: how much of the candidate is let in
    f = sigmoid(x @ W_f + h @ U_f + b_f)  # forget gate: how much of the old state is kept
    g = tanh(x @ W_g + h @ U_g + b_g)  # candidate: what could be written
    o = sigmoid(x @ W_o + h @ U_o + b_o)  # output gate: how much of the state is shown
    c = f * c + i * g  # cell state: keep some, add some
    h = o * tanh(c)  # hidden state: what the others see
    return Step(i, f, g, o, c, h)


def _check_step(x, h, c, params) -> None:
    """Raise unless the arguments of :func:`lstm_step` fit together."""
    if not isinstance(params, LSTMParams):
        raise TypeError(
            f"params is a {type(params).__name__}; expected LSTMParams, as lstm.params."
        )
    input_dim, units = len(params.kernel), len(params.recurrent_kernel)
    for name, array, rows in zip(params._fields, params, ((input_dim,), (units,), ()), strict=True):
        _checks.shaped(name, _checks.floating(name, array), *rows, 4 * units)
    batch = np.shape(x)[:-1][:1]  # () for one example; a third axis is refused below
    _checks.shaped("x", _checks.floating("x", x), *batch, input_dim)
    for name, state in {"h": h, "c": c}.items():
        _checks.shaped(name, _checks.floating(name, state), *batch, units)
    arrays = {**params._asdict(), "x": x, "h": h, "c": c}
    _checks.same_dtype(params.kernel.dtype, "the kernel", **arrays)


class LSTM(RecurrentLayer):
    """An LSTM layer: :func:`lstm_step` for a batch, over all time steps, with everything kept.

    Parameters
    ----------
    kernel : array_like, shape (input_dim, 4*units)
        W, blocks i, f, g, o.
    recurrent_kernel : array_like, shape (units, 4*units)
        U, blocks i, f, g, o.
    bias : array_like, shape (4*units,), optional
        b, blocks i, f, g, o. None means zeros.
    activation : str
        For the candidate and for the cell state as it is shown.
    recurrent_activation : str
        For the three gates.

    Raises
    ------
    ValueError, TypeError
        Where shapes or dtypes do not fit together, or a weight is not finite.

    Examples
    --------
    >>> lstm = LSTM.create(input_dim=3, units=2, seed=0)
    >>> x = np.ones((1, 5, 3), np.float32)
    >>> trace = lstm(x)
    >>> more = lstm(x, *trace.final_state)  # goes on where the first run stopped

    Notes
    -----
    The engine holds its arrays feature-major, (time, features, batch), so that each gate of a step
    is one block of memory; W x + b comes first, for all steps; and one tanh serves all four blocks,
    since σ(z) = (1 + tanh(z/2)) / 2. What the user sees are views with the batch first.
    """

    Params = LSTMParams
    Record = Trace
    cell = "lstm"
    blocks = ("i", "f", "g", "o")

    def __call__(self, x, h0=None, c0=None, mask=None) -> Trace:
        """Run over a batch of sequences.

        Parameters
        ----------
        x : array_like, shape (batch, time, input_dim)
            The input, in the layer's dtype.
        h0, c0 : array_like, shape (batch, units), optional
            The states to start from. None means zeros.
        mask : array_like of bool, shape (batch, time), optional
            False where a step is to be skipped: h and c are then carried over unchanged.

        Returns
        -------
        Trace
            Every gate and every state at every step.

        Raises
        ------
        ValueError, TypeError
            For a wrong shape or dtype, a NaN or an infinity.
        """
        x, mask, h0, c0 = self._check_run(x, mask, h0=h0, c0=c0)
        batch, time, inputs = x.shape
        units = self.units
        squash = self._squash()

        x_and_one, gates, c, h = self._cut(
            (time, inputs + 1, batch),
            (time, 4 * units, batch),
            (time + 1, units, batch),
            (time + 1, units, batch),
        )
        x_and_one[:, :inputs], x_and_one[:, inputs] = x.transpose(1, 2, 0), 1.0  # [x; 1]
        np.matmul(self._input_weights, x_and_one, out=gates)  # W x + b for all steps at once
        i, f, o, g = gates.reshape(time, 4, units, batch).swapaxes(0, 1)
        c[0], h[0] = c0.T, h0.T
        by_h = np.empty((4 * units, batch), self.dtype)
        product = np.empty((units, batch), self.dtype)
        skipped = None if mask is None else ~mask.T[:, None, :]

        steps = zip(gates, i, f, g, o, c, c[1:], h, h[1:], strict=False)
        for t, (z, i_t, f_t, g_t, o_t, c_old, c_new, h_old, h_new) in enumerate(steps):
            np.matmul(self._recurrent_weights, h_old, out=by_h)
            np.add(z, by_h, out=z)  # W x + U h + b
            squash(z)  # now i, f, o and g
            np.multiply(f_t, c_old, out=c_new)
            np.multiply(i_t, g_t, out=product)
            np.add(c_new, product, out=c_new)  # c = f·c + i·g
            self._activation.function(c_new, product)
            np.multiply(o_t, product, out=h_new)  # h = o·tanh(c)
            if skipped is not None:
                np.copyto(c_new, c_old, where=skipped[t])
                np.copyto(h_new, h_old, where=skipped[t])

        arrays = {"i": i, "f": f, "g": g, "o": o, "c": c[1:], "h": h[1:]}
        arrays["x"] = x_and_one[:, :inputs]
        arrays = {name: array.transpose(2, 0, 1) for name, array in arrays.items()}
        return self._record(**arrays, h0=h[0].T, c0=c[0].T, mask=mask)

    def _cut(self, *shapes: tuple[int, ...]) -> list[np.ndarray]:
        """Return empty arrays, cut from one block of memory where that is not too large.

        The C library keeps a block that is freed for the next that is as large; smaller ones that
        are freed one by one it returns to the system, which then hands them out again page by page,
        filled with zeros. That took a fifth of the time. Beyond some size it keeps no block at all.
        """
        sizes = [math.prod(shape) for shape in shapes]
        if sum(sizes) * self.dtype.itemsize > _BLOCK:
            return [np.empty(shape, self.dtype) for shape in shapes]
        block = np.empty(sum(sizes), self.dtype)
        pieces = zip(itertools.accumulate(sizes), sizes, shapes, strict=True)
        return [block[end - size : end].reshape(shape) for end, size, shape in pieces]

    @property
    def _gates_by_tanh(self) -> bool:
        """Whether one tanh can serve all four blocks."""
        return self._activation is tanh and self._recurrent_activation is sigmoid

    def _weights_changed(self) -> None:
        """Make [W; b]ᵀ and Uᵀ for the engine, with their blocks in the order i f o g.

        Where one tanh serves all blocks, i, f and o are halved beforehand.
        """
        kernel, recurrent_kernel, bias = self.params
        half = 0.5 if self._gates_by_tanh else 1.0

        def reordered(weights: np.ndarray) -> np.ndarray:
            i, f, g, o = np.split(weights, 4, axis=1)
            return np.concatenate([half * i, half * f, half * o, g], axis=1).T.copy()

        self._input_weights = reordered(np.vstack([kernel, bias]))
        self._recurrent_weights = reordered(recurrent_kernel)

    def _squash(self) -> Callable[[np.ndarray], None]:
        """Return what turns a step's pre-activations, (4·units, batch) as i f o g, into gates."""
        half = np.array(0.5, self.dtype)
        three = 3 * self.units

        def by_tanh(z: np.ndarray) -> None:
            np.tanh(z, out=z)
            sigmoids = z[:three]
            np.multiply(sigmoids, half, out=sigmoids)
            np.add(sigmoids, half, out=sigmoids)

        def one_by_one(z: np.ndarray) -> None:
            self._recurrent_activation(z[:three], out=z[:three])
            self._activation(z[three:], out=z[three:])

        return by_tanh if self._gates_by_tanh else one_by_one

    def _gradients(self, record: Trace, upstream: dict, truncate: int | None) -> tuple:
        """Go back, and sum the gradients of W, b and U in one product: all weigh what a step sees.

        That is done for each piece of the sequence as its steps are through, so that the gradients
        of the pre-activations, more than all that is returned, are never held as a whole.
        """
        batch, time, _ = record.shape
        inputs = self.input_dim
        by_weight = np.zeros((inputs + 1 + self.units, 4 * self.units), self.dtype)
        dx = np.empty((time, inputs, batch), self.dtype)
        x, h = record.x.T, record.h.T

        def add(steps: slice, dz: np.ndarray) -> None:
            seen = np.ones((len(by_weight), dz.shape[1], batch), self.dtype)  # [x; 1; h before]
            seen[:inputs] = x[:, steps]
            if steps.start:
                seen[inputs + 1 :] = h[:, steps.start - 1 : steps.stop - 1]
            else:
                seen[inputs + 1 :, 0] = record.h0.T
                seen[inputs + 1 :, 1:] = h[:, : steps.stop - 1]
            flat = dz.reshape(len(dz), -1)
            np.add(by_weight, seen.reshape(len(seen), -1) @ flat.T, out=by_weight)
            np.matmul(self.params.kernel, dz.transpose(1, 0, 2), out=dx[steps])

        states, initial = self._backwards(record, upstream, truncate, add)
        weights = by_weight[:inputs], by_weight[inputs + 1 :], by_weight[inputs]
        return weights, dx.transpose(2, 0, 1), states, initial

    def _state_gradients(self, record: Trace, upstream: dict) -> dict:
        """Go back for the states alone."""
        return self._backwards(record, upstream, None, lambda steps, dz: None)[0]

    def _backwards(self, record, upstream: dict, truncate: int | None, add: Callable) -> tuple:
        """Go back through all steps, a piece of the sequence at a time.

        A piece is short enough that what is prepared for its steps is still in the processor's
        cache when they use it, and long enough for products that are worth their while. `add` is
        given its place, a slice, and the gradients of its pre-activations, (4·units, steps, batch).
        """
        batch, time, units = record.shape
        dh, dc = (np.array(upstream[state].transpose(1, 2, 0), order="C") for state in "hc")
        size = min(time, -(-_COLUMNS // batch))
        slopes = np.empty((size, 6, units, batch), self.dtype)
        dz = np.empty((4 * units, size, batch), self.dtype)
        passed = np.zeros((6, units, batch), self.dtype)  # what a step passes on, as its slopes say
        recurrent_kernel = self.params.recurrent_kernel
        by_c, by_h, dc_by_h, dc_before = passed[:4], passed[4:], passed[5], passed[0]
        dz_of_step = passed[1:5].reshape(4 * units, batch)
        dh_before = np.zeros((units, batch), self.dtype)
        for start in reversed(range(0, time, size)):
            steps = slice(start, min(start + size, time))
            self._slopes(record, steps, slopes)
            for t in reversed(range(start, steps.stop)):
                dh_t, dc_t, slope = dh[t], dc[t], slopes[t - start]
                np.add(dh_t, dh_before, out=dh_t)
                np.multiply(slope[4:], dh_t, out=by_h)  # to z_o, and to c
                np.add(dc_t, dc_before, out=dc_t)
                np.add(dc_t, dc_by_h, out=dc_t)
                np.multiply(slope[:4], dc_t, out=by_c)  # to the c before, z_i, z_f and z_g
                np.matmul(recurrent_kernel, dz_of_step, out=dh_before)
                dz[:, t - start] = dz_of_step
                if record.mask is not None:
                    dh_before += np.where(record.mask[:, t], 0.0, dh_t)
                if truncate and t and t % truncate == 0:
                    dh_before[:] = 0.0
                    dc_before[:] = 0.0
            add(steps, dz[:, : steps.stop - start])
        states = {"h": dh.transpose(2, 0, 1), "c": dc.transpose(2, 0, 1)}
        return states, {"h": dh_before.T, "c": dc_before.T.copy()}

    def _slopes(self, record: Trace, steps: slice, out: np.ndarray) -> None:
        """Put the derivatives within each step into `out`, (steps, 6, units, batch).

        Of c with respect to the c before, z_i, z_f and z_g; of h with respect to z_o and c.
        """
        i, f, g, o, c = (
            array[:, steps].transpose(1, 2, 0)
            for array in (record.i, record.f, record.g, record.o, record.c)
        )
        gate_slope, slope = self._recurrent_activation.slope, self._activation.slope
        before = record.c[:, steps.start - 1] if steps.start else record.c0
        shown = self._activation(c)  # tanh(c_t)
        slopes = out[: len(i)]
        slopes[:, 0] = f
        np.multiply(g, gate_slope(i), out=slopes[:, 1])
        slopes[:, 2] = gate_slope(f)
        slopes[0, 2] *= before.T
        slopes[1:, 2] *= c[:-1]
        np.multiply(i, slope(g), out=slopes[:, 3])
        np.multiply(shown, gate_slope(o), out=slopes[:, 4])
        np.multiply(o, slope(shown), out=slopes[:, 5])
        if record.mask is not None:  # a skipped step computes nothing and keeps all
            counts = record.mask[:, steps].T[:, None, :]
            slopes *= counts[:, None]
            slopes[:, 0] += ~counts
