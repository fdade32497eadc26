"""The LSTM's relatives: one equation changed in each, so that its worth can be measured.

Greff et al. (2015, arXiv 1503.04069) compared them, and found the forget gate and the output
activation to matter most. All return a :class:`~lstm_edu.Trace`, as the LSTM does.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np

from lstm_edu import _checks
from lstm_edu.lstm import Step
from lstm_edu.recurrent_layer import RecurrentLayer
from lstm_edu.trace import Trace
from lstm_edu.unroll import StepBack, before


class LSTMVariant(RecurrentLayer):
    """What the variants share: how they are called, and the way back through their cell."""

    Record = Trace
    coupled: ClassVar[bool] = False
    """Whether f is 1 − i."""

    def __call__(self, x, h0=None, c0=None, mask=None) -> Trace:
        """Run over x (batch, time, input_dim) from h0 and c0 (batch, units), as `LSTM` does."""
        x, mask, h0, c0 = self._check_run(x, mask, h0=h0, c0=c0)
        return self._run(x, mask, h=h0, c=c0)

    def _pre_activations(self, projected, h) -> list[np.ndarray]:
        """Return W x + U h + b, one array for each block."""
        sums = projected + h @ self.params.recurrent_kernel + self.params.bias
        return np.split(sums, len(self.blocks), axis=1)

    def _peepholes(self) -> tuple:
        """Return the weights with which i, f and o look at the cell state."""
        return 0.0, 0.0, 0.0

    def _step_back(self, trace, t, above) -> StepBack:
        i, f, g, o, c = (getattr(trace, name)[:, t] for name in "ifgoc")
        c_before = before(trace, "c", t)
        p_i, p_f, p_o = self._peepholes()
        slope, gate_slope = self._activation.slope, self._recurrent_activation.slope

        dh = above["h"]
        shown = self._activation(c)
        dz = {"o": dh * shown * gate_slope(o)}
        dc = above["c"] + dh * o * slope(shown) + dz["o"] * p_o
        d_input, d_forget = dc * g, dc * c_before
        if self.coupled:  # what opens i shuts f
            d_input = d_input - d_forget
        dz["i"] = d_input * gate_slope(i)
        dz["f"] = d_forget * gate_slope(f)
        dz["g"] = dc * i * slope(g)

        dz_all = np.concatenate([dz[block] for block in self.blocks], axis=1)
        dh_before = dz_all @ self.params.recurrent_kernel.T
        dc_before = dc * f + dz["i"] * p_i + dz["f"] * p_f
        return StepBack(dz_all, dz_all, {"h": dh, "c": dc}, {"h": dh_before, "c": dc_before})


class NoForgetGateLSTM(LSTMVariant):
    """The LSTM of 1997, whose state is kept whole: c_t = c_{t−1} + i_t · g_t.

    Hochreiter & Schmidhuber (1997). The state can grow without bound, which is why Gers,
    Schmidhuber & Cummins (2000) added the forget gate. Its trace has f = 1. (The squashing
    functions are today's; in 1997 they ranged over ±2 and ±1.)

    Parameters
    ----------
    kernel, recurrent_kernel, bias
        As in :class:`~lstm_edu.LSTM`, with the three blocks i, g, o.
    activation, recurrent_activation : str
        As in :class:`~lstm_edu.LSTM`.
    """

    cell = "lstm-no-forget-gate"
    blocks = ("i", "g", "o")

    def _step(self, projected, h, c) -> Step:
        z_i, z_g, z_o = self._pre_activations(projected, h)
        i = self._recurrent_activation(z_i)
        f = np.ones_like(i)
        g = self._activation(z_g)
        o = self._recurrent_activation(z_o)
        c = c + i * g
        h = o * self._activation(c)
        return Step(i, f, g, o, c, h)


class CoupledLSTM(LSTMVariant):
    """The LSTM that forgets as much as it takes in: f_t = 1 − i_t (Greff et al. 2015, CIFG).

    Parameters
    ----------
    kernel, recurrent_kernel, bias
        As in :class:`~lstm_edu.LSTM`, with the three blocks i, g, o.
    activation, recurrent_activation : str
        As in :class:`~lstm_edu.LSTM`.
    """

    cell = "lstm-coupled"
    blocks = ("i", "g", "o")
    coupled = True

    def _step(self, projected, h, c) -> Step:
        z_i, z_g, z_o = self._pre_activations(projected, h)
        i = self._recurrent_activation(z_i)
        f = 1.0 - i
        g = self._activation(z_g)
        o = self._recurrent_activation(z_o)
        c = f * c + i * g
        h = o * self._activation(c)
        return Step(i, f, g, o, c, h)


class PeepholeParams(NamedTuple):
    """The weights of a :class:`PeepholeLSTM`: those of an LSTM, and how its gates see the state."""

    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray
    peephole: np.ndarray


class PeepholeLSTM(LSTMVariant):
    """The LSTM whose gates look at the cell state (Gers & Schmidhuber 2000).

        i_t = σ(W_i x_t + U_i h_{t−1} + b_i + p_i · c_{t−1})
        f_t = σ(W_f x_t + U_f h_{t−1} + b_f + p_f · c_{t−1})
        o_t = σ(W_o x_t + U_o h_{t−1} + b_o + p_o · c_t)

    Parameters
    ----------
    kernel, recurrent_kernel, bias
        As in :class:`~lstm_edu.LSTM`.
    peephole : array_like, shape (3, units), optional
        p_i, p_f, p_o: each unit's gates see that unit's state alone. None means zeros.
    activation, recurrent_activation : str
        As in :class:`~lstm_edu.LSTM`.
    """

    Params = PeepholeParams
    cell = "lstm-peephole"
    blocks = ("i", "f", "g", "o")

    def __init__(self, kernel, recurrent_kernel, bias=None, peephole=None, **activations):
        if peephole is None:
            recurrent_kernel = _checks.floating("recurrent_kernel", recurrent_kernel)
            peephole = np.zeros((3, len(recurrent_kernel)), recurrent_kernel.dtype)
        super().__init__(kernel, recurrent_kernel, bias, peephole, **activations)

    @classmethod
    def _shapes(cls, input_dim, units):
        return *super()._shapes(input_dim, units), (3, units)

    def _peepholes(self) -> tuple:
        return tuple(self.params.peephole)

    def _step(self, projected, h, c) -> Step:
        z_i, z_f, z_g, z_o = self._pre_activations(projected, h)
        p_i, p_f, p_o = self._peepholes()
        i = self._recurrent_activation(z_i + p_i * c)
        f = self._recurrent_activation(z_f + p_f * c)
        g = self._activation(z_g)
        c = f * c + i * g
        o = self._recurrent_activation(z_o + p_o * c)
        h = o * self._activation(c)
        return Step(i, f, g, o, c, h)

    def _weight_gradients(self, trace, dz, dz_recurrent) -> tuple[np.ndarray, ...]:
        dz_i, dz_f, _, dz_o = np.split(dz, 4, axis=2)
        seen = ((dz_i, trace.c_previous), (dz_f, trace.c_previous), (dz_o, trace.c))
        peephole = np.stack([(d * c).sum(axis=(0, 1)) for d, c in seen])
        return *super()._weight_gradients(trace, dz, dz_recurrent), peephole
