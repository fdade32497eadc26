"""What the forecasters of a series share: an LSTM that answers at every step, and a dense layer."""

from collections.abc import Callable

import numpy as np

from lstm_edu import packing
from lstm_edu.network import Network


def later_answers(first: int) -> Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]:
    """Return a loss that asks for answers from step `first` on; before it, too little was read.

    Parameters
    ----------
    first : int
        The first step whose answer counts.

    Returns
    -------
    callable
        ``loss(output, targets)``, of shapes (batch, steps, horizon) and (batch, steps − first,
        horizon): the mean squared error, and its gradient by the output.
    """

    def loss(output: np.ndarray, targets: np.ndarray) -> tuple[float, np.ndarray]:
        error = output[:, first:] - targets
        gradient = np.zeros_like(output)
        gradient[:, first:] = error * np.float32(2 / error.size)
        return float(np.mean(error**2)), gradient

    return loss


def packed_layers(network: Network, dtype) -> list[dict]:
    """Return an LSTM and its dense head as an exported model holds them: the last step answers.

    Parameters
    ----------
    network : Network
        Of these two layers.
    dtype : dtype
        What the weights are stored as.
    """

    def packed(layer) -> dict:
        arrays = layer.params._asdict().items()
        return {name: packing.pack(array.astype(dtype)) for name, array in arrays}

    lstm, dense = network.layers
    recurrent = {
        **{"type": "LSTM", "name": "lstm", "weights": packed(lstm)},
        **{"activation": "tanh", "recurrent_activation": "sigmoid"},
        **{"return_sequences": False, "go_backwards": False},
    }
    head = {"type": "Dense", "name": "next", "activation": "linear", "weights": packed(dense)}
    return [recurrent, head]
