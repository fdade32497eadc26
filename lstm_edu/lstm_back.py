"""The way back through an LSTM's run: backpropagation through time (Werbos 1990, 10.1109/5.58337).

With the equations of :func:`lstm_edu.lstm.lstm_step`, the gradient of a loss reaches h_t from above
and from the step after, and from there

    c_t by  o·tanh′(c_t)    and    z_o by  tanh(c_t)·σ′(z_o);

what reaches c_t, from h_t, from above and from the step after, goes on to

    c_{t−1} by  f,    z_i by  g·σ′(z_i),    z_f by  c_{t−1}·σ′(z_f)    and    z_g by  i·tanh′(z_g);

and the four z pass it on to h_{t−1} by U. These six factors, the slopes, are known before the way
back begins.
"""

from __future__ import annotations

import numpy as np

from lstm_edu import arrays


class BackwardPass:
    """One way back through a run, a piece of the sequence at a time, from the last to the first.

    So what is as large as the four gates, the slopes and the gradients of the pre-activations, is
    held for a piece only.

    Parameters
    ----------
    lstm : LSTM
        Which made the record.
    record : Trace
        The run.
    upstream : dict
        ∂L/∂h and ∂L/∂c as they come from above, (batch, time, units), by the names h and c; or
        None, where nothing comes.
    truncate : int or None
        Cut the gradient of the states wherever t is a multiple of this.
    states_only : bool
        Whether to leave out the gradients of the weights and of x.

    Attributes
    ----------
    dh, dc : ndarray, shape (time, units, batch)
        The total gradients of the states at every step.
    before : ndarray, shape (2, units, batch)
        The gradients of h and c before the first step.
    by_weight : ndarray, shape (input_dim + 1 + units, 4*units)
        The gradients of W, b and U, in rows.
    dx : ndarray, shape (time, input_dim, batch)
        The gradient of x.
    """

    def __init__(self, lstm, record, upstream: dict, truncate: int | None, states_only=False):
        batch, time, units = record.shape
        inputs, dtype = lstm.input_dim, lstm.dtype
        self.lstm, self.record, self.truncate = lstm, record, truncate
        self.dc_given = upstream["c"] is not None
        self.dh, self.dc = arrays.cut(dtype, (time, units, batch), (time, units, batch))
        for gradient, given in (self.dh, upstream["h"]), (self.dc, upstream["c"]):
            gradient[:] = 0.0 if given is None else given.transpose(1, 2, 0)
        self.before = np.zeros((2, units, batch), dtype)
        self.by_weight = np.zeros((inputs + 1 + units, 4 * units), dtype)
        self.dx = None if states_only else np.empty((time, inputs, batch), dtype)
        for steps in reversed(arrays.pieces(time, batch)):
            self._weigh(steps, self._back_through(steps))

    def _back_through(self, steps: slice) -> np.ndarray:
        """Go back through a piece; return the gradients of its z, (4·units, steps, batch)."""
        mask, truncate = self.record.mask, self.truncate
        kernel, recurrent_kernel, _ = self.lstm.params
        add, multiply = np.add, np.multiply  # looked up once, as in LSTM
        slopes = self._slopes(steps)  # which become the gradients, step by step
        length, _, units, batch = slopes.shape
        dz = slopes[:, 1:5].reshape(length, 4 * units, batch)
        dh_before, dc_before = self.before
        views = self.dh[steps], self.dc[steps], slopes[:, :4], slopes[:, 4:], dz
        backwards = zip(*(array[::-1] for array in views), strict=True)
        for back, (dh, dc, by_c, by_h, dz_t) in enumerate(backwards, 1):
            add(dh, dh_before, out=dh)
            multiply(by_h, dh, out=by_h)  # to z_o, and to c
            if self.dc_given:
                add(dc_before, dc, out=dc_before)
            add(dc_before, by_h[1], out=dc)
            multiply(by_c, dc, out=by_c)  # to the c before, z_i, z_f and z_g
            recurrent_kernel.dot(dz_t, out=dh_before)
            dc_before = by_c[0]
            t = steps.stop - back
            if mask is not None:
                dh_before += np.where(mask[:, t], 0.0, dh)
            if truncate and t and t % truncate == 0:
                dh_before[:] = 0.0
                dc_before[:] = 0.0
        self.before[1] = dc_before
        if self.dx is not None:
            np.matmul(kernel, dz, out=self.dx[steps])
        (by_block,) = arrays.cut(slopes.dtype, (4 * units, length, batch))
        by_block[:] = dz.transpose(1, 0, 2)
        return by_block

    def _slopes(self, steps: slice) -> np.ndarray:
        """Return the slopes of the steps of a piece, (steps, 6, units, batch).

        Of c with respect to the c before, z_i, z_f and z_g; of h with respect to z_o and c.
        """
        record = self.record
        i, f, g, o, c = (
            array[:, steps].transpose(1, 2, 0)
            for array in (record.i, record.f, record.g, record.o, record.c)
        )
        activation = self.lstm._activation
        gate_slope, slope = self.lstm._recurrent_activation.slope, activation.slope
        shown = activation(c)  # tanh(c_t)
        (slopes,) = arrays.cut(c.dtype, (len(c), 6, *c.shape[1:]))
        slopes[:, 0] = f
        np.multiply(g, gate_slope(i), out=slopes[:, 1])
        slopes[:, 2] = gate_slope(f)
        slopes[0, 2] *= (record.c[:, steps.start - 1] if steps.start else record.c0).T
        slopes[1:, 2] *= c[:-1]
        np.multiply(i, slope(g), out=slopes[:, 3])
        np.multiply(shown, gate_slope(o), out=slopes[:, 4])
        np.multiply(o, slope(shown), out=slopes[:, 5])
        if record.mask is not None:  # a skipped step computes nothing and keeps all
            counts = record.mask[:, steps].T[:, None, :]
            slopes *= counts[:, None]
            slopes[:, 0] += ~counts
        return slopes

    def _weigh(self, steps: slice, dz: np.ndarray) -> None:
        """Add what the steps of a piece say of W, b and U, in one product.

        All three weigh what a step sees: x, 1, and the h before.
        """
        if self.dx is None:
            return
        record, start = self.record, steps.start
        inputs, h = self.lstm.input_dim, record.h.T
        (seen,) = arrays.cut(dz.dtype, (len(self.by_weight), *dz.shape[1:]))
        seen[:inputs], seen[inputs] = record.x.T[:, steps], 1.0
        seen[inputs + 1 :, 0] = h[:, start - 1] if start else record.h0.T
        seen[inputs + 1 :, 1:] = h[:, start : steps.stop - 1]
        product = seen.reshape(len(seen), -1) @ dz.reshape(len(dz), -1).T
        np.add(self.by_weight, product, out=self.by_weight)
