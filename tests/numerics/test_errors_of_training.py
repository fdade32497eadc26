"""Whatever is wrong around a training is said: what it was, what was expected."""

import re

import numpy as np
import pytest

from lstm_edu import (
    LSTM,
    SGD,
    Adam,
    Dense,
    Embedding,
    Network,
    fit,
    initializers,
    losses,
    optimizers,
)
from lstm_edu.training import fit_batches, minibatches

from .cells import random_layer

LSTM_3_4 = random_layer(LSTM)
X = np.zeros((2, 5, 3))
ONE = np.ones((2, 4))

CASES = {
    "dense with other features": (
        lambda: Dense.create(3, 1, dtype=np.float64)(ONE),
        ValueError,
        "x has shape (2, 4); expected (…, 3)",
    ),
    "token beyond the vocabulary": (
        lambda: Embedding.create(4, 2)(np.array([1, 4])),
        ValueError,
        "tokens holds 4; expected integers from 0 to 3",
    ),
    "tokens as floats": (
        lambda: Embedding.create(4, 2)(ONE),
        TypeError,
        "tokens has dtype float64",
    ),
    "class beyond the last": (
        lambda: losses.cross_entropy_on_logits(ONE, [0, 4]),
        ValueError,
        "classes holds 4; expected integers from 0 to 3",
    ),
    "classes of another batch": (
        lambda: losses.cross_entropy_on_logits(ONE, [0, 1, 2]),
        ValueError,
        "classes has shape (3,); expected (2,)",
    ),
    "logits for probabilities": (
        lambda: losses.cross_entropy_on_probabilities(ONE, [0, 1]),
        ValueError,
        "probabilities sum to 4",
    ),
    "negative probabilities": (
        lambda: losses.cross_entropy_on_probabilities(np.array([[1.5, -0.5]]), [0]),
        ValueError,
        "probabilities hold -0.5",
    ),
    "target broadcast": (
        lambda: losses.mean_squared_error(ONE, ONE[:, :1]),
        ValueError,
        "target has shape (2, 1); expected (2, 4)",
    ),
    "unknown loss": (lambda: losses.get("mse"), ValueError, "loss is 'mse'; expected one of"),
    "learning rate zero": (
        lambda: Adam(0.0),
        ValueError,
        "learning_rate is 0.0; expected a finite number above 0",
    ),
    "momentum above one": (lambda: SGD(0.1, 1.5), ValueError, "momentum is 1.5"),
    "beta one": (lambda: Adam(beta_1=1.0), ValueError, "beta_1 is 1.0"),
    "rate as a word": (lambda: SGD("fast"), TypeError, "learning_rate is 'fast'"),
    "clipping to nothing": (
        lambda: optimizers.clip_by_norm([ONE], 0.0),
        ValueError,
        "limit is 0.0",
    ),
    "gradients of another shape": (
        lambda: SGD().step([ONE], [ONE.T]),
        ValueError,
        "gradients [(4, 2)]",
    ),
    "a function as a layer": (lambda: Network([np.tanh]), TypeError, "layers holds <ufunc 'tanh'>"),
    "x and y of two lengths": (
        lambda: next(minibatches(X, ONE[:1])),
        ValueError,
        "x and y have 2 and 1 examples",
    ),
    "no epochs": (
        lambda: fit(Network([LSTM_3_4]), X, X, loss="mean_squared_error", epochs=0),
        ValueError,
        "epochs is 0",
    ),
    "no steps": (
        lambda: fit_batches(Network([LSTM_3_4]), [], loss="mean_squared_error", steps=0),
        ValueError,
        "steps is 0",
    ),
    "weights of another network": (
        lambda: setattr(Network([LSTM_3_4]), "weights", [ONE]),
        ValueError,
        "weights holds 1 arrays; expected 3",
    ),
    "drawing an unknown scheme's weights": (
        lambda: initializers.recurrent_weights(3, 4, ("h",), scheme="zeros"),
        ValueError,
        "scheme is 'zeros'",
    ),
}


@pytest.mark.parametrize(("call", "error", "said"), CASES.values(), ids=CASES.keys())
def test_says_what_is_wrong(call, error, said):
    with pytest.raises(error, match=re.escape(said)):
        call()
