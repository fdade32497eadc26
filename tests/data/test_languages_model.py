"""The teller of languages: its data, and the scores that it claims."""

import numpy as np
import pytest

from lstm_edu import exported
from lstm_edu.datasets import cldr as dataset
from lstm_edu.datasets.cldr import SPLITS, names
from lstm_edu.models import languages


@pytest.fixture(scope="module")
def data():
    return names()


@pytest.fixture(scope="module")
def model():
    return exported.load("languages")


def test_a_name_is_there_once_and_in_one_language(data):
    assert len(set(data.texts)) == len(data.texts)
    every = dataset._every()
    spelt = {}
    for text, code, *_ in every:
        spelt.setdefault(text, set()).add(code)
    assert all(len(spelt[text]) == 1 for text in data.texts)
    assert "Portugal" not in data.texts
    germany = dict(zip(data.texts, data.labels, strict=True))
    assert [data.languages[germany[text]] for text in ("Saksa", "Niemcy", "Deutschland")] == [
        "Finnish",
        "Polish",
        "German",
    ]


def test_what_is_named_is_in_one_split(data):
    splits = dict(zip(data.texts, data.splits, strict=True))
    things = {}
    for text, _, kind, thing in dataset._every():
        if text in splits:
            things.setdefault((kind, thing), set()).add(splits[text])
    # A text may name two things; it stands in the split of the first.
    assert np.mean([len(found) == 1 for found in things.values()]) > 0.98
    texts = [set(data.split(name)[0]) for name in SPLITS]
    assert sum(map(len, texts)) == len(set.union(*texts))


def test_other_data_are_refused(monkeypatch):
    monkeypatch.setattr(dataset, "CHECKSUM", "0")
    with pytest.raises(ValueError, match=r"not those of babel 2\.18\.0: SHA-256"):
        names()


def test_its_scores_are_those_that_it_claims(model, data):
    found = languages.scores(model, data)
    for name, score in found.items():
        assert model.scores[name] == pytest.approx(score, abs=2e-3), name
    assert abs(found["test_accuracy"] - model.scores["test_accuracy_unrounded"]) < 0.01
    assert found["test_accuracy"] > 4 * found["most_frequent_test_accuracy"]


def test_it_is_small_and_reads_as_keras_pads(model):
    folder = exported.resources.files("lstm_edu.models")
    assert len((folder / "languages.json").read_bytes()) < 100_000
    assert (model.task, model.labels, model.text.padded) == ("text", names().languages, True)
    np.testing.assert_array_equal(languages.padded(["b", "ac"], "abc"), [[2, 0], [1, 3]])
