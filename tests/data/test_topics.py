"""The definitions in ten topics: what they are of, how they are split, what is refused."""

import doctest
import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from lstm_edu.datasets import topics as module
from lstm_edu.datasets.topics import topics


@pytest.fixture(scope="module")
def data():
    return topics()


def test_each_topic_has_as_many(data):
    for split, count in {"train": 800, "validation": 100, "test": 100}.items():
        part = getattr(data, split)
        assert np.bincount(part.labels).tolist() == [count] * 10
        assert len(part.texts) == len(part.labels) == len(part.words) == 10 * count
        assert not part.labels.flags.writeable


def test_no_definition_stands_in_two_parts_or_twice(data):
    texts = data.train.texts + data.validation.texts + data.test.texts
    assert len(set(texts)) == len(texts)


def test_they_are_mixed(data):
    changes = np.mean(data.train.labels[1:] != data.train.labels[:-1])
    assert changes > 0.85  # nine of ten neighbours differ where nothing is sorted


def test_they_are_of_what_they_say(data):
    found = {
        word: data.names[label]
        for part in (data.train, data.validation, data.test)
        for word, label in zip(part.words, part.labels, strict=True)
    }
    assert found["tiger snake"] == "animal"
    assert found["frozen food"] == "food"
    assert found["English walnut"] == "plant"
    assert found["Riviera"] == "location"


def test_fewer_are_the_first_of_more():
    few, more = topics(50), topics(80)
    assert set(few.test.texts) < {
        *more.train.texts,
        *more.validation.texts,
        *more.test.texts,
    }
    assert len(few.train) == 400


def test_a_meaning_of_two_topics_and_a_shared_definition_are_left_out():
    roots = module.ROOTS
    nouns = {number: (name, name, []) for name, number in roots.items()}
    food, plant = roots["food"], roots["plant"]
    nouns |= {
        "1": ("fruit", "what a plant bears", [food]),
        "2": ("spice", "both", [food, plant]),
        "3": ("apple", "red and round", ["1"]),
        "4": ("berry", "red and round", ["1"]),
        "5": ("shared", "of two", [food]),
        "6": ("shared", "of two", [plant]),
        "7": ("stray", "of none", ["none"]),
        "8": ("circle", "of itself", ["8", plant]),
    }
    found = module.sorted_by_topic(nouns)
    assert found["food"] == {
        "food": "food",
        "what a plant bears": "fruit",
        "red and round": "apple",
    }
    assert found["plant"] == {"plant": "plant", "of itself": "circle"}


def test_the_package_is_read_but_never_imported():
    code = (
        "import sys; from lstm_edu.datasets.topics import topics; topics();"
        "print([m for m in ('WordNet', 'sklearn', 'tensorflow') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'lstm-edu\[notebooks\]'"):
        topics()


def test_another_file_is_refused(monkeypatch, tmp_path):
    file = tmp_path / "wordnet.xml"
    file.write_text("<SYNSETS></SYNSETS>")
    monkeypatch.setattr(module, "_file", lambda: file)
    with pytest.raises(ValueError, match=r"nlptoolkit-wordnet 1\.0\.26: SHA-256"):
        topics()


def test_too_few_are_refused():
    with pytest.raises(ValueError, match="most is 5"):
        topics(5)


def test_its_docstrings_tell_the_truth():
    failures, tests = doctest.testmod(module)
    assert failures == 0
    assert tests > 0
