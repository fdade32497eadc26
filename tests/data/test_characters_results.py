"""The record of the page on characters: what it says is what the code computes."""

import math

import pytest

from lstm_edu import exported, results
from lstm_edu.datasets import shakespeare
from lstm_edu.models import characters


@pytest.fixture(scope="module")
def plays():
    return shakespeare()


@pytest.fixture(scope="module")
def record():
    return results.load("characters")


def test_the_recorded_counts_are_made_again(plays, record):
    ngrams = characters.count(plays, 2)
    scores = characters.counted_bits(ngrams, plays)
    assert [record[f"{n}-gram"].mean for n in (1, 2)] == pytest.approx(scores, abs=2e-4)
    assert [record[f"{n}-gram"].parameters for n in (1, 2)] == [ngrams.size(n) for n in (1, 2)]


def test_the_packaged_network_stands_beside(record):
    model = exported.load("shakespeare")
    long = record["LSTM, 128 units, as packaged"]
    assert long.scores == (round(model.scores["test"] / math.log(2), 4),)
    assert long.parameters == model.parameters
    assert f"{characters.CHARACTERS / 1e6:.1f} million" in record.network.note


def test_the_comparison_is_made_of_trainings_and_counts(plays, monkeypatch):
    model, asked = exported.load("shakespeare"), []
    monkeypatch.setattr(characters, "ORDERS", (1, 2))
    monkeypatch.setattr(characters, "train", lambda *given: asked.append(given) or model)
    monkeypatch.setattr(characters, "bits", lambda *_: 2.5)
    made = characters.compare(plays, batches=7)
    assert asked == [(plays, seed, 7) for seed in characters.SEEDS]
    assert [row.name for row in made.rows][:2] == ["1-gram", "2-gram"]
    assert made.network.scores == (2.5, 2.5, 2.5)
    assert made.verdict().spreads is None
