"""Whatever is wrong with a record is said: what it was, what was expected."""

import dataclasses
import re

import numpy as np
import pytest

from lstm_edu import GRU, LSTM, RNN, Trace

from .cells import random_layer, run

LSTM_3_4 = random_layer(LSTM)
RNN_3_4 = random_layer(RNN)
X = np.zeros((2, 5, 3))
TRACE = LSTM_3_4(X)


def trace_with(**changed):
    return dataclasses.replace(TRACE, **changed)


CASES = {
    "gates of two shapes": (
        lambda: trace_with(i=TRACE.i[:, :4]),
        ValueError,
        "i has shape (2, 4, 4); expected (2, 5, 4)",
    ),
    "gates of two dtypes": (
        lambda: trace_with(o=TRACE.o.astype(np.float32)),
        TypeError,
        "o has dtype float32, but h has float64",
    ),
    "too few tokens": (
        lambda: trace_with(tokens="abcd"),
        ValueError,
        "tokens has 4 labels; expected 5",
    ),
    "example that is not there": (
        lambda: TRACE.select(example=2),
        ValueError,
        "example is 2; expected a whole number from -2 to 1",
    ),
    "unit by name": (lambda: TRACE.select(unit="3"), TypeError, "unit is '3'"),
    "no unit": (lambda: TRACE.select(unit=[]), ValueError, "unit is []"),
    "every second step": (
        lambda: TRACE.select(time=slice(None, None, 2)),
        ValueError,
        "time is slice(None, None, 2)",
    ),
    "no step": (
        lambda: TRACE.select(time=slice(4, 4)),
        ValueError,
        "time is slice(4, 4, None)",
    ),
    "a record in half precision": (
        lambda: TRACE.astype("float16"),
        TypeError,
        "dtype is float16; expected float32 or float64",
    ),
    "dict of an example that is not there": (
        lambda: TRACE.to_dict(example=5),
        ValueError,
        "example is 5",
    ),
    "state of an rnn": (
        lambda: RNN_3_4(X).previous("c"),
        ValueError,
        "state is 'c'; expected one of h",
    ),
    # measures
    "half-life of an rnn": (lambda: RNN_3_4(X).half_life(), ValueError, "RNNRecord(layer='rnn'"),
    "thresholds crossed": (
        lambda: TRACE.saturation(0.9, 0.1),
        ValueError,
        "low is 0.9 and high is 0.1",
    ),
    "threshold above one": (
        lambda: TRACE.saturation(high=90),
        ValueError,
        "high is 90; expected a finite number from 0 to 1",
    ),
    "all masked": (
        lambda: trace_with(mask=np.zeros((2, 5), bool)).half_life(),
        ValueError,
        "All steps of Trace(layer='lstm', batch=2, time=5, units=4, float64) are masked",
    ),
    "signal too short": (
        lambda: TRACE.follows([1, 2, 3]),
        ValueError,
        "signal has shape (3,); expected (5,)",
    ),
    "signal that stands still": (
        lambda: TRACE.follows(np.full(5, 7)),
        ValueError,
        "signal is 7 at every step",
    ),
    "signal of words": (lambda: TRACE.follows(list("abcde")), TypeError, "signal has dtype <U1"),
    "signal with nan": (
        lambda: TRACE.follows([0, 1, np.nan, 1, 0]),
        ValueError,
        "signal holds nan at index (0, 2)",
    ),
    "following the update gate of an lstm": (
        lambda: TRACE.follows([0, 1, 0, 1, 0], of="update"),
        ValueError,
        "of is 'update'; expected one of i, f, g, o, c, h",
    ),
    "gradient norms without weights": (
        lambda: trace_with(params=None).gradient_norms(),
        ValueError,
        "holds no params",
    ),
    "unknown cell": (
        lambda: trace_with(cell="lstn").gradient_norms(),
        ValueError,
        "cell is 'lstn'",
    ),
}


@pytest.mark.parametrize(("call", "error", "said"), CASES.values(), ids=CASES.keys())
def test_says_what_is_wrong(call, error, said):
    with pytest.raises(error, match=re.escape(said)):
        call()


def loaded(tmp_path, save):
    save(tmp_path / "file")
    return Trace.load(tmp_path / "file")


@pytest.mark.parametrize(
    ("save", "said"),
    [
        (lambda path: path.write_text("a,b"), "file is not a record written by save()"),
        (lambda path: np.save(path.open("wb"), np.ones(3)), "is not a record"),
        (lambda path: np.savez(path.open("wb"), a=np.ones(3)), "is not a record"),
        (
            lambda path: np.savez(path.open("wb"), header=np.array([{}], dtype=object)),
            "is not a record",
        ),
        (
            lambda path: run(random_layer(GRU)).save(path),
            "holds a lstm_edu.GRURecord/1; expected lstm_edu.Trace/1",
        ),
    ],
    ids=["text", "one array", "other arrays", "pickled", "another record"],
)
def test_loads_nothing_but_its_own_records(save, said, tmp_path):
    with pytest.raises(ValueError, match=re.escape(said)):
        loaded(tmp_path, save)


def test_a_missing_file_is_missing():
    with pytest.raises(FileNotFoundError):
        Trace.load("/nowhere/at/all")
