"""What an LSTM is compared with: the plain recurrent network, and the GRU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from lstm_edu.record import Record
from lstm_edu.recurrent_layer import RecurrentLayer
from lstm_edu.unroll import StepBack, before, flat


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RNNRecord(Record):
    """The hidden states of a plain recurrent network: see :class:`~lstm_edu.record.Record`."""


class RNNStep(NamedTuple):
    """What one step of an RNN computes."""

    h: np.ndarray


class RNN(RecurrentLayer):
    """The plain recurrent network (Elman 1990, doi 10.1207/s15516709cog1402_1).

        h_t = tanh(W x_t + U h_{t−1} + b)

    Parameters
    ----------
    kernel : array_like, shape (input_dim, units)
        W.
    recurrent_kernel : array_like, shape (units, units)
        U.
    bias : array_like, shape (units,), optional
        b. None means zeros.
    activation : str
        In the place of tanh.
    """

    Record = RNNRecord
    cell = "rnn"
    blocks = ("h",)
    activation_names = ("activation",)

    def __init__(self, kernel, recurrent_kernel, bias=None, *, activation: str = "tanh"):
        super().__init__(kernel, recurrent_kernel, bias, activation=activation)

    def __call__(self, x, h0=None, mask=None) -> RNNRecord:
        """Run over x (batch, time, input_dim) from h0 (batch, units), as `LSTM` does."""
        x, mask, h0 = self._check_run(x, mask, h0=h0)
        return self._run(x, mask, h=h0)

    def _step(self, projected, h) -> RNNStep:
        _, U, b = self.params
        return RNNStep(self._activation(projected + h @ U + b))

    def _step_back(self, record, t, above) -> StepBack:
        dz = above["h"] * self._activation.slope(record.h[:, t])
        return StepBack(dz, dz, above, {"h": dz @ self.params.recurrent_kernel.T})


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class GRURecord(Record):
    """The gates and states of a GRU.

    Parameters
    ----------
    update, reset : ndarray, shape (batch, time, units)
        The gates: how much of the old state is kept, and how much of it the candidate sees.
    candidate : ndarray, shape (batch, time, units)
        What could be written.
    recurrent_activation : str
        Name of the activation of the gates.
    h, h0, x, mask, params, activation, cell, layer, tokens
        As in :class:`~lstm_edu.record.Record`.
    """

    update: np.ndarray
    reset: np.ndarray
    candidate: np.ndarray
    recurrent_activation: str = "sigmoid"
    cell: str = "gru"

    quantities: ClassVar[tuple[str, ...]] = ("update", "reset", "candidate", "h")
    gates: ClassVar[tuple[str, ...]] = ("update", "reset")
    retention: ClassVar[str] = "update"


class GRUStep(NamedTuple):
    """What one step of a GRU computes."""

    update: np.ndarray
    reset: np.ndarray
    candidate: np.ndarray
    h: np.ndarray


class GRU(RecurrentLayer):
    """The gated recurrent unit (Cho et al. 2014, arXiv 1406.1078), as Keras and PyTorch compute it.

        z_t = σ(W_z x_t + U_z h_{t−1} + b_z + b′_z)
        r_t = σ(W_r x_t + U_r h_{t−1} + b_r + b′_r)
        ĥ_t = tanh(W_h x_t + b_h + r_t · (U_h h_{t−1} + b′_h))
        h_t = z_t · h_{t−1} + (1 − z_t) · ĥ_t

    Cho et al. let the reset gate r act on h_{t−1} before U_h, see :class:`ResetFirstGRU`; here it
    acts after (Keras' ``reset_after=True``), which lets one matrix product serve all three blocks.

    Parameters
    ----------
    kernel : array_like, shape (input_dim, 3*units)
        W, blocks update, reset, candidate: Keras' order z, r, h.
    recurrent_kernel : array_like, shape (units, 3*units)
        U, the same blocks.
    bias : array_like, shape (2, 3*units), optional
        b, where x enters, and b′, where h enters. None means zeros.
    activation, recurrent_activation : str
        In the place of tanh, and of σ.
    """

    Record = GRURecord
    cell = "gru"
    blocks = ("update", "reset", "candidate")

    def __call__(self, x, h0=None, mask=None) -> GRURecord:
        """Run over x (batch, time, input_dim) from h0 (batch, units), as `LSTM` does."""
        x, mask, h0 = self._check_run(x, mask, h0=h0)
        return self._run(x, mask, h=h0)

    @classmethod
    def _shapes(cls, input_dim, units):
        kernel, recurrent_kernel, (width,) = super()._shapes(input_dim, units)
        return kernel, recurrent_kernel, (2, width)

    @classmethod
    def _drawn_bias(cls, bias):
        # What is drawn goes to b; b′ begins at 0.
        return np.stack([bias, np.zeros_like(bias)])

    def _candidate_from_h(self, h) -> np.ndarray:
        """Return U_h h_{t−1} + b′_h, which the reset gate multiplies."""
        _, U, (_, b_recurrent) = self.params
        return h @ U[:, 2 * self.units :] + b_recurrent[2 * self.units :]

    def _step(self, projected, h) -> GRUStep:
        _, U, (b, b_recurrent) = self.params
        z_x = np.split(projected + b, 3, axis=1)
        z_h = np.split(h @ U + b_recurrent, 3, axis=1)
        update = self._recurrent_activation(z_x[0] + z_h[0])
        reset = self._recurrent_activation(z_x[1] + z_h[1])
        candidate = self._activation(z_x[2] + reset * z_h[2])
        h = update * h + (1.0 - update) * candidate
        return GRUStep(update, reset, candidate, h)

    def _step_back(self, record, t, above) -> StepBack:
        dh = above["h"]
        update, reset, candidate = (getattr(record, n)[:, t] for n in self.blocks)
        h_before = before(record, "h", t)
        slope = self._recurrent_activation.slope

        dz_update = dh * (h_before - candidate) * slope(update)
        dz_candidate = dh * (1.0 - update) * self._activation.slope(candidate)
        dz_reset = dz_candidate * self._candidate_from_h(h_before) * slope(reset)
        dz = np.concatenate([dz_update, dz_reset, dz_candidate], axis=1)
        dz_recurrent = np.concatenate([dz_update, dz_reset, dz_candidate * reset], axis=1)
        dh_before = dh * update + dz_recurrent @ self.params.recurrent_kernel.T
        return StepBack(dz, dz_recurrent, above, {"h": dh_before})

    def _weight_gradients(self, record, dz, dz_recurrent) -> tuple[np.ndarray, ...]:
        kernel, recurrent_kernel, bias = super()._weight_gradients(record, dz, dz_recurrent)
        return kernel, recurrent_kernel, np.stack([bias, flat(dz_recurrent).sum(axis=1)])


class ResetFirstGRU(RecurrentLayer):
    """The GRU as Cho et al. (2014) wrote it: the reset gate r acts on h_{t−1} before U_h.

        ĥ_t = tanh(W_h x_t + U_h (r_t · h_{t−1}) + b_h)

    All else is as in :class:`GRU`. In Keras it is ``GRU(reset_after=False)``.

    Parameters
    ----------
    kernel, recurrent_kernel : array_like
        W and U, as in :class:`GRU`.
    bias : array_like, shape (3*units,), optional
        b. None means zeros.
    activation, recurrent_activation : str
        In the place of tanh, and of σ.
    """

    Record = GRURecord
    cell = "gru-reset-first"
    blocks = ("update", "reset", "candidate")

    def __call__(self, x, h0=None, mask=None) -> GRURecord:
        """Run over x (batch, time, input_dim) from h0 (batch, units), as `LSTM` does."""
        x, mask, h0 = self._check_run(x, mask, h0=h0)
        return self._run(x, mask, h=h0)

    def _blocks_of_h(self) -> tuple[np.ndarray, np.ndarray]:
        """Return U of both gates, and U_h."""
        U = self.params.recurrent_kernel
        return U[:, : 2 * self.units], U[:, 2 * self.units :]

    def _step(self, projected, h) -> GRUStep:
        U_gates, U_h = self._blocks_of_h()
        z_gates, z_candidate = np.split(projected + self.params.bias, [2 * self.units], axis=1)
        gates = self._recurrent_activation(z_gates + h @ U_gates)
        update, reset = np.split(gates, 2, axis=1)
        candidate = self._activation(z_candidate + (reset * h) @ U_h)
        h = update * h + (1.0 - update) * candidate
        return GRUStep(update, reset, candidate, h)

    def _step_back(self, record, t, above) -> StepBack:
        dh = above["h"]
        update, reset, candidate = (getattr(record, n)[:, t] for n in self.blocks)
        h_before = before(record, "h", t)
        slope = self._recurrent_activation.slope
        U_gates, U_h = self._blocks_of_h()

        dz_update = dh * (h_before - candidate) * slope(update)
        dz_candidate = dh * (1.0 - update) * self._activation.slope(candidate)
        d_seen = dz_candidate @ U_h.T  # what U_h is shown: r · h_{t−1}
        dz_reset = d_seen * h_before * slope(reset)
        dz_gates = np.concatenate([dz_update, dz_reset], axis=1)
        dz = np.concatenate([dz_gates, dz_candidate], axis=1)
        dh_before = dh * update + d_seen * reset + dz_gates @ U_gates.T
        return StepBack(dz, dz, above, {"h": dh_before})

    def _weight_gradients(self, record, dz, dz_recurrent) -> tuple[np.ndarray, ...]:
        kernel, recurrent_kernel, bias = super()._weight_gradients(record, dz, dz_recurrent)
        candidate = slice(2 * self.units, None)
        seen = flat(record.reset * record.h_previous)
        recurrent_kernel[:, candidate] = seen @ flat(dz[:, :, candidate]).T
        return kernel, recurrent_kernel, bias
