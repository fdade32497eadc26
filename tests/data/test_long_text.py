"""Definitions with Shakespeare after them: what is read, and that no part sees another's."""

import doctest

import numpy as np
import pytest

from lstm_edu.datasets import long_text as module
from lstm_edu.datasets import plays, topics


@pytest.fixture(scope="module")
def data():
    return module.long_texts()


def test_parts_are_those_of_both_sources(data):
    glosses = topics.topics()
    for name in ("train", "validation", "test"):
        part = getattr(data, name)
        np.testing.assert_array_equal(part.labels, getattr(glosses, name).labels)
        words = sum(len(play.text.split()) for play in plays.shakespeare().split(name))
        assert len(part.filler) == pytest.approx(words, rel=0.02)
        assert not part.filler.flags.writeable


def test_words_are_numbered_by_the_training_part_alone(data):
    assert data.vocabulary[:2] == ("", "[UNK]")
    assert len(set(data.vocabulary)) == len(data.vocabulary) == module.WORDS
    unknown = {name: np.mean(getattr(data, name).filler == 1) for name in ("train", "test")}
    assert unknown["train"] < unknown["test"] < 0.25
    assert "horatio" not in data.vocabulary  # he is in Hamlet, which is not trained on


def test_what_decides_lies_so_many_words_back(data):
    for distance in (0, 7):
        ids, mask = data.test.fixed(distance)
        assert ids.shape == mask.shape == (1000, module.LENGTH + distance)
        np.testing.assert_array_equal(ids[:, : module.LENGTH], data.test.definitions)
        np.testing.assert_array_equal(mask, ids > 0)
        assert mask[:, module.LENGTH - 1 :].all()
    # The same words follow at every distance, as far as they go.
    longer, _ = data.test.fixed(20)
    np.testing.assert_array_equal(longer[:, : module.LENGTH + 7], ids)


def test_what_is_drawn_goes_together(data):
    ids, labels, mask = data.train.draw(50, 5, np.random.default_rng(0))
    known = {tuple(row): label for row, label in zip(data.train.definitions, data.train.labels)}  # noqa: B905
    assert [known[tuple(row[: module.LENGTH])] for row in ids] == labels.tolist()
    stream = " ".join(map(str, data.train.filler))
    assert all(" ".join(map(str, row[module.LENGTH :])) in stream for row in ids[:5])
    assert mask[:, -1].all()


def test_a_distance_out_of_reach_is_refused(data):
    for wrong in (-1, 401, 2.5):
        with pytest.raises((TypeError, ValueError), match="distance"):
            data.test.fixed(wrong)


def test_its_docstrings_tell_the_truth():
    failures, tests = doctest.testmod(module)
    assert failures == 0
    assert tests > 0
