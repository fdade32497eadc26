"""Definitions of nouns in ten topics, from the WordNet file that ``nlptoolkit-wordnet`` brings.

WordNet tells of each meaning of a noun what it is a kind of. Climbing that way from a meaning, one
arrives at an animal, a person, an act …: that is its topic here, and its definition is the text.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from lstm_edu import _checks

Split = Literal["train", "validation", "test"]
#: Which share of each topic is for what.
SHARES: dict[Split, float] = {"train": 0.8, "validation": 0.1, "test": 0.1}

#: The meaning at the top of each topic, by its number in WordNet 3.1. A label is a place in here.
ROOTS = {
    "act": "00030657",
    "animal": "00015568",
    "artifact": "00022119",
    "body part": "05227735",
    "communication": "00033319",
    "food": "00021445",
    "location": "00027365",
    "person": "00007846",
    "plant": "00017402",
    "substance": "00019793",
}

#: SHA-256 of ``english_wordnet_version_31.xml`` in nlptoolkit-wordnet 1.0.26.
CHECKSUM = "9ee69fd3a2aedb68a40992c4d64462e16391f2b567dd0329d9b512dd054a914b"
VERSION = "1.0.26"

LICENCE = "WordNet 3.1: © 2011 Princeton University, WordNet License; nlptoolkit-wordnet: GPL-3"
CITATION = (
    "Princeton University: WordNet 3.1, https://wordnet.princeton.edu, as XML in "
    "nlptoolkit-wordnet 1.0.26, https://github.com/StarlangSoftware/TurkishWordNet-Py"
)

_NOUN = re.compile(r"<SYNSET><ID>ENG31-(\d{8})-n</ID>.*?<LITERAL>([^<]*)<.*?<DEF>([^<]*)</DEF>(.*)")
#: A duck is a kind of bird; Paris is an instance of a city.
_KIND_OF = re.compile(r"<SR>ENG31-(\d{8})-n<TYPE>(?:INSTANCE_)?HYPERNYM</TYPE>")


@dataclass(frozen=True)
class Glosses:
    """Definitions with their topics.

    Attributes
    ----------
    texts : tuple of str
        The definitions, without the word that they define.
    labels : ndarray of int64, shape (glosses,)
        The topic of each, as a place among the names of the topics.
    words : tuple of str
        What each defines; for readers, not for networks.
    """

    texts: tuple[str, ...]
    labels: np.ndarray
    words: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.texts)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Glosses({len(self):,}, the first: {self.texts[0]!r})"


@dataclass(frozen=True)
class Topics:
    """Definitions of nouns, in three parts.

    Attributes
    ----------
    train, validation, test : Glosses
        Eight tenths of each topic, one, and one. No definition is in two of them; similar ones may
        be (“a variety of aster”, “a variety of goldenrod”).
    names : tuple of str
        The ten topics in the order of their labels.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the file that was read.
    """

    train: Glosses
    validation: Glosses
    test: Glosses
    names: tuple[str, ...] = tuple(ROOTS)
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = CHECKSUM

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{len(getattr(self, split)):,} {split}" for split in SHARES)
        return f"Topics({len(self.names)} topics; {counts})"


def topics(most: int = 1000) -> Topics:
    """Load definitions of nouns in ten topics.

    Parameters
    ----------
    most : int
        Of a topic that has more, only so many are taken. There are ten thousand artifacts and
        persons, and little more than one thousand foods.

    Returns
    -------
    Topics
        Always the same ones in the same order: both follow from a hash of the texts.

    Raises
    ------
    ModuleNotFoundError
        nlptoolkit-wordnet is not installed.
    ValueError
        Its file is not the one that the book's scores were measured on.

    Notes
    -----
    A meaning that is of two topics (a bakery is an artifact and a location) is left out, and so is
    a definition that two topics share; one that several meanings share is taken once. The package
    is under GPL-3, and is only found, never imported; the data in it are Princeton's.

    Examples
    --------
    >>> topics()
    Topics(10 topics; 8,000 train, 1,000 validation, 1,000 test)
    """
    most = _checks.integer("most", most, 10)
    by_topic = sorted_by_topic(_read())
    parts: dict[str, list[tuple[str, int, str]]] = {split: [] for split in SHARES}
    for label, name in enumerate(ROOTS):
        chosen = sorted(by_topic[name].items(), key=lambda item: _shuffled(item[0]))[:most]
        held_out = round(len(chosen) * SHARES["test"])
        for k, (text, word) in enumerate(chosen):
            split = ("test", "validation", "train")[min(k // held_out, 2)]
            parts[split].append((text, label, word))
    return Topics(**{split: _glosses(part) for split, part in parts.items()})


def sorted_by_topic(nouns: Mapping[str, tuple[str, str, list[str]]]) -> dict[str, dict[str, str]]:
    """Return of each topic the definitions that are its alone, each with the word it defines.

    Parameters
    ----------
    nouns : mapping
        By number of a meaning: its first word, its definition, and what it is a kind of.
    """
    topic_of = {number: name for name, number in ROOTS.items()}
    claimed = defaultdict(dict)
    for number, (word, text, _) in nouns.items():
        found = _climb(number, nouns, topic_of)
        if len(found) == 1:
            claimed[text].setdefault(found.pop(), word)
    result: dict[str, dict[str, str]] = {name: {} for name in ROOTS}
    for text, words in claimed.items():
        if len(words) == 1:
            name, word = next(iter(words.items()))
            result[name][text] = word
    return result


def _climb(number: str, nouns: Mapping, topic_of: dict[str, str]) -> set[str]:
    """Return the topics above a meaning; the way up may fork."""
    found, seen, ahead = set(), set(), [number]
    while ahead:
        here = ahead.pop()
        if here in topic_of:
            found.add(topic_of[here])
        elif here not in seen and here in nouns:
            seen.add(here)
            ahead += nouns[here][2]
    return found


def _shuffled(text: str, salt: str = "") -> bytes:
    """Return what to sort by, so that neighbours in WordNet are no longer neighbours."""
    return hashlib.sha256(f"{salt}{text}".encode()).digest()


def _glosses(part: list[tuple[str, int, str]]) -> Glosses:
    """Return the definitions of all topics mixed."""
    # By another order than that of the choice: of a large topic only the first ones were chosen.
    part = sorted(part, key=lambda each: _shuffled(each[0], "mixed"))
    texts, labels, words = zip(*part, strict=True)
    labels = np.array(labels, np.int64)
    labels.setflags(write=False)
    return Glosses(texts, labels, words)


def _read() -> dict[str, tuple[str, str, list[str]]]:
    """Read word, definition and parents of each meaning of a noun."""
    file = _file()
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != CHECKSUM:
        raise ValueError(
            f"{file} is not the WordNet of nlptoolkit-wordnet {VERSION}: SHA-256 {digest}, "
            f"expected {CHECKSUM}; install the locked version with: "
            f"pip install nlptoolkit-wordnet=={VERSION}"
        )
    nouns = {}
    for line in content.decode("utf-8").splitlines():  # one meaning a line
        if match := _NOUN.match(line):
            number, word, text, relations = match.groups()
            nouns[number] = word, text, _KIND_OF.findall(relations)
    return nouns


def _file() -> Path:
    """Find the file without importing the package, which would read it all into objects."""
    spec = importlib.util.find_spec("WordNet")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "the definitions come with the package nlptoolkit-wordnet, which is not installed; "
            "install it with: pip install 'lstm-edu[notebooks]'",
            name="WordNet",
        )
    return Path(spec.submodule_search_locations[0]) / "data" / "english_wordnet_version_31.xml"
