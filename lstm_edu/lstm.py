"""The LSTM: one step to read, one engine to run.

:func:`lstm_step` is the cell of Hochreiter & Schmidhuber (1997, doi 10.1162/neco.1997.9.8.1735)
with the forget gate of Gers, Schmidhuber & Cummins (2000, doi 10.1162/089976600300015015), as Keras
and PyTorch compute it. :class:`LSTM` is the same arithmetic for a whole batch of sequences.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lstm_edu import _checks, arrays
from lstm_edu.activations import sigmoid, tanh
from lstm_edu.lstm_back import BackwardPass
from lstm_edu.recurrent_layer import RecurrentLayer
from lstm_edu.trace import Trace
from lstm_edu.unroll import Gradients

__all__ = ["LSTM", "Gradients", "LSTMParams", "Step", "lstm_step"]


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
    is one block of memory; the c that a step finds lies behind its g, so that one product serves
    i·g and f·c; W x + b comes first, for many steps; and one tanh serves all four blocks, since
    σ(z) = (1 + tanh(z/2)) / 2. What the user sees are views with the batch first. The way back is
    :class:`~lstm_edu.lstm_back.BackwardPass`.
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
        squash, activation = self._squash(), self._activation.function
        recurrent_weights = self._recurrent_weights
        add, multiply = np.add, np.multiply  # small steps are many: to look these up takes a while

        x_and_one, gates, h, by_h, products = arrays.cut(
            self.dtype,
            (time, inputs + 1, batch),
            (time + 1, 5 * units, batch),  # i f o g of each step, and the c that it finds
            (time + 1, units, batch),
            (4 * units, batch),
            (2 * units, batch),
        )
        x_and_one[:, :inputs], x_and_one[:, inputs] = x.transpose(1, 2, 0), 1.0  # [x; 1]
        i, f, o, g, c = gates.reshape(time + 1, 5, units, batch).swapaxes(0, 1)
        c[0], h[0] = c0.T, h0.T
        c_old, h_old = c[0], h[0]
        z, i_and_f, g_and_c = gates[:, : 4 * units], gates[:, : 2 * units], gates[:, 3 * units :]
        by_step = z[:-1], i_and_f[:-1], g_and_c[:-1], o[:-1], c[1:], h[1:]
        let_in, carried = products.reshape(2, units, batch)
        skipped = None if mask is None else ~mask.T[:, None, :]

        for steps in arrays.pieces(time, batch):
            np.matmul(self._input_weights, x_and_one[steps], out=z[steps])  # W x + b
            views = zip(*(array[steps] for array in by_step), strict=True)
            for t, (z_t, i_and_f_t, g_and_c_t, o_t, c_new, h_new) in enumerate(views, steps.start):
                recurrent_weights.dot(h_old, out=by_h)
                add(z_t, by_h, out=z_t)  # W x + U h + b
                squash(z_t)  # now i, f, o and g
                multiply(i_and_f_t, g_and_c_t, out=products)  # i·g and f·c, in one go
                add(carried, let_in, out=c_new)  # c = f·c + i·g
                shown = activation(c_new, let_in)
                multiply(o_t, shown, out=h_new)  # h = o·tanh(c)
                if skipped is not None:
                    np.copyto(c_new, c_old, where=skipped[t])
                    np.copyto(h_new, h_old, where=skipped[t])
                c_old, h_old = c_new, h_new

        kept = {"i": i[:-1], "f": f[:-1], "g": g[:-1], "o": o[:-1], "c": c[1:], "h": h[1:]}
        kept["x"] = x_and_one[:, :inputs]
        kept = {name: array.transpose(2, 0, 1) for name, array in kept.items()}
        return self._record(**kept, h0=h[0].T, c0=c[0].T, mask=mask)

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
        """Return the gradients of the weights, of x, of the states and of the initial states."""
        back = BackwardPass(self, record, upstream, truncate)
        kernel, bias, recurrent_kernel = np.split(
            back.by_weight, [self.input_dim, self.input_dim + 1]
        )
        dh0, dc0 = back.before
        states = {"h": back.dh.transpose(2, 0, 1), "c": back.dc.transpose(2, 0, 1)}
        weights = kernel, recurrent_kernel, bias[0]
        return weights, back.dx.transpose(2, 0, 1), states, {"h": dh0.T, "c": dc0.T}

    def _state_gradients(self, record: Trace, upstream: dict) -> dict:
        """Return the gradients of the states alone."""
        back = BackwardPass(self, record, upstream, None, states_only=True)
        return {"h": back.dh.transpose(2, 0, 1), "c": back.dc.transpose(2, 0, 1)}
