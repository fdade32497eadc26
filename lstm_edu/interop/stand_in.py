"""What answers a Keras layer's calls while a model is traced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from lstm_edu.interop.framework import keras
from lstm_edu.interop.keras_weights import read_weights
from lstm_edu.trace import Trace


class StandIn:
    """Answers the calls of one LSTM layer, and keeps the traces.

    Parameters
    ----------
    name : str
        The layer's full name.
    layer : keras.layers.RNN
        The layer.
    """

    def __init__(self, name: str, layer):
        self.name = name
        self.layer = layer
        self.lstm = read_weights(layer, name)
        self.traces: list[Trace] = []
        self.error: Exception | None = None

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the layer's `call` be answered here, until the end of the `with` block."""
        # Straight into __dict__, since Keras' setattr keeps accounts. On some backends a
        # Bidirectional computes both its layers at once and calls neither, unless cuDNN is off.
        attributes = vars(self.layer)
        before = attributes.copy()
        attributes["call"] = self.call
        if "use_cudnn" in attributes:
            attributes["use_cudnn"] = False
        try:
            yield
        finally:
            for attribute in ("call", "use_cudnn"):
                if attribute in before:
                    attributes[attribute] = before[attribute]
                else:
                    attributes.pop(attribute, None)

    def call(self, sequences, initial_state=None, mask=None, training=False):
        """Stand in for `keras.layers.RNN.call`."""
        try:
            return self._run(sequences, initial_state, mask, training)
        except Exception as error:
            self.error = error
            raise

    def _run(self, sequences, initial_state, mask, training):
        k, layer = keras(), self.layer
        if training and (layer.cell.dropout or layer.cell.recurrent_dropout):
            raise ValueError(
                f"layer {self.name!r} cannot be traced: the model runs it with training=True, and "
                "its dropout then draws its weights anew in every run."
            )
        if initial_state is None and layer.stateful:
            initial_state = layer.states
            batch, expected = sequences.shape[0], initial_state[0].shape[0]
            if batch != expected:
                raise ValueError(
                    f"layer {self.name!r} is stateful and holds the states of {expected} examples; "
                    f"x has {batch}. Give it as many."
                )
        x = self._array(sequences)
        states = [] if initial_state is None else map(self._array, initial_state)
        if mask is not None:
            mask = self._array(mask).astype(bool).reshape(x.shape[:2])
        if layer.go_backwards:
            x = x[:, ::-1]
            mask = None if mask is None else mask[:, ::-1]
        try:
            trace = self.lstm(x, *states, mask=mask)
        except (TypeError, ValueError) as error:
            raise type(error)(f"layer {self.name!r} cannot be run: {error}") from error
        self.traces.append(trace)

        states = [k.ops.convert_to_tensor(s) for s in trace.final_state]
        if layer.stateful:
            for variable, state in zip(layer.states, states, strict=True):
                variable.assign(state)
        outputs = _outputs(trace, layer)
        output = k.ops.convert_to_tensor(outputs if layer.return_sequences else outputs[:, -1])
        return (output, *states) if layer.return_state else output

    def _array(self, tensor) -> np.ndarray:
        try:
            return keras().ops.convert_to_numpy(tensor)
        except (NotImplementedError, TypeError) as error:
            raise ValueError(
                f"layer {self.name!r} cannot be traced: the model runs it inside a compiled "
                "function (tf.function, jit), where there are no numbers to read. "
                "Take the decorator off, or run tf.config.run_functions_eagerly(True) first."
            ) from error


def _outputs(trace: Trace, layer) -> np.ndarray:
    """Return what Keras outputs at each step, which at masked steps need not be h."""
    if trace.mask is None:
        return trace.h
    shown = np.logical_or.accumulate(trace.mask, axis=1)  # zeros until the first step that counts
    if layer.zero_output_for_mask:
        # Unrolled and backwards, Keras looks the mask up in the order of x, not of reading.
        as_read = not (layer.unroll and layer.go_backwards and layer.return_sequences)
        shown = shown & (trace.mask if as_read else trace.mask[:, ::-1])
    return np.where(shown[:, :, None], trace.h, trace.dtype.type(0))
