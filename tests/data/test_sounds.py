"""Recordings, and what edits make of them."""

import doctest

import numpy as np
import pytest

from lstm_edu import sounds as module
from lstm_edu.sounds import Sounds, decided, spans, stretched

X = np.array([[4.0, 0], [3, 10], [2, 20], [3, 30], [5, 40]])


def sounds(**options):
    given = {"labels": (1, 0), "mean": [3, 20], "std": [1, 10]} | options
    return Sounds(given.pop("sequences", (X, np.full((3, 2), 100.0))), **given)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({}, X),
        ({"head": 1, "tail": 1}, X[1:4]),
        ({"head": 2, "direction": "backwards"}, X[:1:-1]),
        ({"head": 2, "stretch": 167}, [[2, 20], [2.5, 25], [3, 30], [4, 35], [5, 40]]),
        ({"covers": "0-1;4-4", "head": 1}, [[2, 20], [2, 20], [3, 30], [2, 20]]),
        ({"share": 50, "other": 1}, (X + 100) / 2),
        ({"share": 100, "other": 1, "stretch": 60}, np.full((3, 2), 100.0)),
    ],
)
def test_edits(edits, expected):
    np.testing.assert_allclose(sounds().edited(0, **edits), expected, atol=1e-12)


def test_they_are_read_as_they_were_written():
    again = Sounds.from_dict(sounds(licence="mine").to_dict())
    assert (again.labels, again.licence) == ((1, 0), "mine")
    np.testing.assert_array_equal(again.sequences[0], X)
    exact = Sounds.from_dict(sounds(sequences=(X + np.pi, X)).to_dict())
    np.testing.assert_array_equal(exact.sequences[0], X + np.pi)
    np.testing.assert_allclose(again.scaled(X)[0], [1, -2])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"labels": (1,)}, "1 labels for 2 recordings"),
        ({"sequences": ()}, "expected 1 to 100"),
        ({"sequences": (X[:2], X)}, "recording 0 has 2 frames; expected 3 to 60"),
        ({"sequences": (X * np.nan, X)}, "recording 0"),
        ({"sequences": (X[:, :1], X)}, "recording 0 has shape"),
        ({"std": [1, 0]}, "std holds a number that is not above 0"),
    ],
)
def test_what_does_not_hold_together_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        sounds(**wrong)


def test_other_data_are_refused():
    data = sounds().to_dict()
    with pytest.raises(ValueError, match="format of the recordings"):
        Sounds.from_dict(data | {"format": "x"})
    with pytest.raises(ValueError, match="9 frames, the values shape"):
        Sounds.from_dict(data | {"lengths": [5, 4]})


def test_spans_are_written_in_one_way():
    assert spans("none") == []
    assert spans("3-7;9-12") == [(3, 7), (9, 12)]
    for wrong in ("", "3", "7-3", "1-2;3-4", "5-6;1-2", "1-2;", ";".join(["1-1"] * 17)):
        with pytest.raises(ValueError, match="expected 'none' or spans"):
            spans(wrong)


def test_a_line_stays_a_line_when_stretched():
    line = np.linspace(0, 1, 5)[:, None] * [1.0, -2.0]
    np.testing.assert_allclose(stretched(line, 9), np.linspace(0, 1, 9)[:, None] * [1, -2])
    np.testing.assert_array_equal(stretched(line, 1), line[:1])


def test_decided_is_where_the_answer_stays():
    assert decided(np.eye(3)[[0, 1, 2, 2]]) == 2
    assert decided(np.eye(3)[[1, 1]]) == 0
    assert decided(np.eye(3)[[0, 1]]) == 1


def test_its_examples_run():
    assert doctest.testmod(module).failed == 0
