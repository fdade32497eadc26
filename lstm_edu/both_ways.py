"""A sequence read from both ends: two recurrent layers whose last states stand side by side."""

from __future__ import annotations

import numpy as np

from lstm_edu import _checks
from lstm_edu.layers import LayerGradients
from lstm_edu.recurrent_layer import RecurrentLayer


class BothWays:
    """One layer reads from the first step on, another from the last step back.

    Keras' ``Bidirectional`` around a layer that answers at the end: h of either once it has read
    all, the forward one's first (Schuster & Paliwal 1997, IEEE Trans. Signal Processing 45(11)).

    Parameters
    ----------
    forward, backward : RecurrentLayer
        Two layers of the same input; see :class:`~lstm_edu.LSTM`.

    Examples
    --------
    >>> from lstm_edu import LSTM
    >>> both = BothWays(LSTM.create(3, 4, seed=0), LSTM.create(3, 4, seed=1))
    >>> output, _ = both.forward(np.zeros((2, 7, 3), np.float32))
    >>> output.shape
    (2, 8)
    """

    def __init__(self, forward: RecurrentLayer, backward: RecurrentLayer):
        if forward.input_dim != backward.input_dim:
            raise ValueError(
                f"forward takes {forward.input_dim} inputs, backward {backward.input_dim}; "
                "expected as many: they read the same."
            )
        self.there, self.back = forward, backward

    @property
    def params(self) -> tuple[np.ndarray, ...]:
        """The weights of the forward layer, then of the backward one; assign all to change them."""
        return (*self.there.params, *self.back.params)

    @params.setter
    def params(self, params) -> None:
        cut = len(self.there.params)
        self.there.params, self.back.params = params[:cut], params[cut:]

    def forward(self, x, mask=None) -> tuple[np.ndarray, tuple]:
        """Return the last states, (batch, forward + backward units), and what `backward` needs.

        Parameters
        ----------
        x : ndarray, shape (batch, time, input_dim)
            What is read.
        mask : ndarray of bool, shape (batch, time), optional
            False after the end of a sequence that is shorter than the others, nowhere else.
        """
        x = _checks.shaped("x", _checks.floating("x", x), "batch", "time", self.there.input_dim)
        order = from_the_end(x.shape[0], x.shape[1], mask)
        turned = np.take_along_axis(x, order[..., None], axis=1)
        records = self.there(x, mask=mask), self.back(turned, mask=mask)
        return np.concatenate([record.h[:, -1] for record in records], axis=1), (*records, order)

    def backward(self, memory: tuple, upstream) -> LayerGradients:
        """Return the gradients from `upstream`, the gradient of what `forward` returned."""
        *records, order = memory
        halves = np.split(upstream, [self.there.units], axis=1)
        found = []
        for layer, record, half in zip((self.there, self.back), records, halves, strict=True):
            dh = np.zeros_like(record.h)
            dh[:, -1] = half
            found.append(layer.backward(record, dh))
        there, back = found
        dx = there.x.copy()
        # Each step was read once on the way back: it is turned round by the same order.
        dx += np.take_along_axis(back.x, order[..., None], axis=1)
        return LayerGradients((*there.params, *back.params), dx)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"BothWays({self.there!r}, {self.back!r})"


def from_the_end(batch: int, time: int, mask) -> np.ndarray:
    """Return which step stands where when each sequence is turned round within its own length."""
    steps = np.arange(time)
    if mask is None:
        return np.broadcast_to(steps[::-1], (batch, time))
    mask = _checks.boolean("mask", mask, batch, time)
    lengths = mask.sum(axis=1, keepdims=True)
    if not np.array_equal(mask, steps < lengths):
        raise ValueError(
            "mask is false before the end of a sequence; expected padding behind it alone."
        )
    return np.where(steps < lengths, lengths - 1 - steps, steps)
