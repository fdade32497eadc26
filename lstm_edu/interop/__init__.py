"""Keras and PyTorch, in and out.

`trace` looks into the LSTM layers of any Keras model, `from_keras` and `to_keras` move the weights
of one layer, `from_torch` reads a PyTorch `state_dict`, `recorder` watches a training. Importing
this imports neither of them.
"""

from lstm_edu.interop.framework import keras
from lstm_edu.interop.keras_weights import from_keras, to_keras
from lstm_edu.interop.recorder import recorder
from lstm_edu.interop.torch_weights import from_torch
from lstm_edu.interop.traces import Traces
from lstm_edu.interop.tracing import trace

__all__ = ["Traces", "from_keras", "from_torch", "keras", "recorder", "to_keras", "trace"]
