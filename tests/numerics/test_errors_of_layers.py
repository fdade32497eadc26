"""Whatever is wrong with a layer or its input is said: what it was, what was expected."""

import re
from dataclasses import replace

import numpy as np
import pytest

import lstm_edu
from lstm_edu import GRU, LSTM, RNN, LSTMParams, PeepholeLSTM, activations, lstm_step

from .cells import random_layer, run

LSTM_3_4 = random_layer(LSTM)
RNN_3_4 = random_layer(RNN)
X = np.zeros((2, 5, 3))
TRACE = LSTM_3_4(X)
ONE = np.ones((2, 4))
PARAMS = LSTM_3_4.params


def with_nan(array, index):
    array = array.copy()
    array[index] = np.nan
    return array


def with_weights(**changed):
    return LSTM(*PARAMS._replace(**changed))


CASES = {
    # what is run
    "x without batch": (lambda: LSTM_3_4(X[0]), ValueError, "x has shape (5, 3)"),
    "x with other features": (
        lambda: LSTM_3_4(X[..., :2]),
        ValueError,
        "expected (batch, time, 3)",
    ),
    "x without steps": (lambda: LSTM_3_4(X[:, :0]), ValueError, "x has shape (2, 0, 3)"),
    "x without examples": (lambda: LSTM_3_4(X[:0]), ValueError, "its batch axis is empty"),
    "x in float32": (lambda: LSTM_3_4(X.astype(np.float32)), TypeError, "x has dtype float32"),
    "x of whole numbers": (lambda: LSTM_3_4(X.astype(int)), TypeError, "x has dtype int64"),
    "x of words": (lambda: LSTM_3_4([[["a", "b", "c"]]]), TypeError, "x has dtype <U1"),
    "x none": (lambda: LSTM_3_4(None), TypeError, "x has dtype object"),
    "x with nan": (
        lambda: LSTM_3_4(with_nan(X, (1, 3, 2))),
        ValueError,
        "x holds nan at index (1, 3, 2)",
    ),
    "x with infinity": (lambda: RNN_3_4(X + np.inf), ValueError, "x holds inf at index (0, 0, 0)"),
    "h0 of another batch": (
        lambda: LSTM_3_4(X, h0=np.ones((3, 4))),
        ValueError,
        "h0 has shape (3, 4); expected (2, 4)",
    ),
    "c0 with nan": (
        lambda: LSTM_3_4(X, ONE, with_nan(ONE, (0, 1))),
        ValueError,
        "c0 holds nan at index (0, 1)",
    ),
    "h0 in float32": (
        lambda: RNN_3_4(X, ONE.astype(np.float32)),
        TypeError,
        "h0 has dtype float32, but the layer has float64",
    ),
    "mask of numbers": (
        lambda: LSTM_3_4(X, mask=np.ones((2, 5))),
        TypeError,
        "mask has dtype float64; expected bool",
    ),
    "mask of another length": (
        lambda: LSTM_3_4(X, mask=np.ones((2, 4), bool)),
        ValueError,
        "mask has shape (2, 4); expected (2, 5)",
    ),
    # one step
    "step with a sequence": (
        lambda: lstm_step(X, ONE, ONE, PARAMS),
        ValueError,
        "x has shape (2, 5, 3)",
    ),
    "step with h too short": (
        lambda: lstm_step(X[:, 0], ONE[:, 1:], ONE, PARAMS),
        ValueError,
        "h has shape (2, 3); expected (2, 4)",
    ),
    "step with mixed dtypes": (
        lambda: lstm_step(X[:, 0], ONE, ONE.astype(np.float32), PARAMS),
        TypeError,
        "c has dtype float32, but the kernel has float64",
    ),
    "step with weights as a list": (
        lambda: lstm_step(X[:, 0], ONE, ONE, list(PARAMS)),
        TypeError,
        "params is a list; expected LSTMParams",
    ),
    "step with weights of two sizes": (
        lambda: lstm_step(X[:, 0], ONE, ONE, PARAMS._replace(bias=np.ones(12))),
        ValueError,
        "bias has shape (12,); expected (16,)",
    ),
    # weights
    "kernel of five blocks": (
        lambda: with_weights(kernel=np.ones((3, 20))),
        ValueError,
        "kernel has shape (3, 20); expected (3, 16)",
    ),
    "kernel transposed": (
        lambda: LSTM(PARAMS.kernel.T, PARAMS.recurrent_kernel),
        ValueError,
        "kernel has shape (16, 3)",
    ),
    "recurrent kernel with one axis": (
        lambda: LSTM(PARAMS.kernel, PARAMS.bias),
        ValueError,
        "recurrent_kernel has shape (16,)",
    ),
    "bias of two rows": (
        lambda: with_weights(bias=np.ones((2, 16))),
        ValueError,
        "bias has shape (2, 16)",
    ),
    "kernel with nan": (
        lambda: with_weights(kernel=with_nan(PARAMS.kernel, (2, 9))),
        ValueError,
        "kernel holds nan at index (2, 9)",
    ),
    "weights of two dtypes": (
        lambda: with_weights(bias=PARAMS.bias.astype(np.float32)),
        TypeError,
        "bias has dtype float32, but kernel has float64",
    ),
    "gru with one bias": (
        lambda: GRU(np.ones((3, 12)), np.ones((4, 12)), np.ones(12)),
        ValueError,
        "bias has shape (12,), 1 axes; expected 2: (2, 12)",
    ),
    "peepholes for two gates": (
        lambda: PeepholeLSTM(*PARAMS, np.ones((2, 4))),
        ValueError,
        "peephole has shape (2, 4); expected (3, 4)",
    ),
    "activation misspelt": (
        lambda: LSTM(*PARAMS, activation="tahn"),
        ValueError,
        "activation is 'tahn'; expected one of sigmoid, tanh",
    ),
    "activation whose slope is not known": (
        lambda: LSTM(*PARAMS, recurrent_activation="gelu"),
        ValueError,
        "recurrent_activation is 'gelu'",
    ),
    "softmax as a gate": (
        lambda: LSTM(*PARAMS, recurrent_activation="softmax"),
        ValueError,
        "recurrent_activation is 'softmax'",
    ),
    "activation as a function": (
        lambda: LSTM(*PARAMS, activation=np.tanh),
        TypeError,
        "activation is <ufunc 'tanh'>",
    ),
    "softmax's elementwise slope": (
        lambda: activations.softmax.derivative(X),
        ValueError,
        "softmax has no elementwise derivative",
    ),
    # fresh weights
    "no units": (lambda: LSTM.create(3, 0), ValueError, "units is 0; expected a whole number"),
    "half a unit": (lambda: LSTM.create(3, 4.5), TypeError, "units is 4.5"),
    "true units": (lambda: LSTM.create(3, True), TypeError, "units is True"),
    "unknown scheme": (
        lambda: LSTM.create(3, 4, scheme="kears"),
        ValueError,
        "scheme is 'kears'; expected one of keras, torch,",
    ),
    "half precision": (
        lambda: LSTM.create(3, 4, dtype=np.float16),
        TypeError,
        "dtype is float16",
    ),
    "negative seed": (lambda: LSTM.create(3, 4, seed=-1), ValueError, "seed is -1"),
    "forget bias nan": (
        lambda: LSTM.create(3, 4, forget_bias=np.nan),
        ValueError,
        "forget_bias is nan",
    ),
    "forget bias of an rnn": (
        lambda: RNN.create(3, 4, forget_bias=1.0),
        ValueError,
        "forget_bias is 1, but this cell has no forget gate",
    ),
    # backwards
    "dh of the last step alone": (
        lambda: LSTM_3_4.backward(TRACE, dh=ONE),
        ValueError,
        "dh has shape (2, 4), 2 axes; expected 3: (2, 5, 4)",
    ),
    "dc in float32": (
        lambda: LSTM_3_4.backward(TRACE, dc=np.ones(TRACE.shape, np.float32)),
        TypeError,
        "dc has dtype float32",
    ),
    "dh with nan": (
        lambda: LSTM_3_4.backward(TRACE, with_nan(TRACE.h, (1, 4, 0))),
        ValueError,
        "dh holds nan at index (1, 4, 0)",
    ),
    "dc for an rnn": (
        lambda: RNN_3_4.backward(RNN_3_4(X), dc=TRACE.c),
        ValueError,
        "dc was given, but RNN(input_dim=3, units=4, float64) has no state c",
    ),
    "record of another cell": (
        lambda: LSTM_3_4.backward(RNN_3_4(X)),
        TypeError,
        "record is RNNRecord(layer='rnn'",
    ),
    "record of a variant": (
        lambda: LSTM_3_4.backward(run(random_layer(PeepholeLSTM))),
        TypeError,
        "record is Trace(layer='lstm-peephole'",
    ),
    "record of other weights": (
        lambda: random_layer(LSTM, seed=3).backward(TRACE),
        ValueError,
        "was made with other weights",
    ),
    "record of another activation": (
        lambda: LSTM(*PARAMS, activation="relu").backward(TRACE),
        ValueError,
        "was made with activation='tanh'; this layer has 'relu'",
    ),
    "record without x": (
        lambda: LSTM_3_4.backward(replace(TRACE, x=None)),
        ValueError,
        "holds no x",
    ),
    "truncation after no step": (
        lambda: LSTM_3_4.backward(TRACE, truncate=0),
        ValueError,
        "truncate is 0; expected a whole number at least 1",
    ),
}


@pytest.mark.parametrize(("call", "error", "said"), CASES.values(), ids=CASES.keys())
def test_says_what_is_wrong(call, error, said):
    with pytest.raises(error, match=re.escape(said)):
        call()


def test_a_dtype_error_comes_with_its_mending():
    with pytest.raises(TypeError, match=re.escape("x.astype(np.float64)")):
        LSTM_3_4(X.astype(np.float32))


def test_all_that_is_promised_is_there():
    assert all(hasattr(lstm_edu, name) for name in lstm_edu.__all__)
    assert LSTMParams is lstm_edu.lstm.LSTMParams
