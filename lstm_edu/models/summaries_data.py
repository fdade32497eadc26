"""Docstrings as a summariser reads them: words, which of them are kept, how a line is scored."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_edu.datasets.docstrings import Described
from lstm_edu.vocabulary import Vocabulary

UNKNOWN = "[UNK]"
#: So many words of a body are read; three bodies in four are longer.
LENGTH = 60
#: How many words a network knows: the most frequent ones of the training.
WORDS = 4000

_FUNCTION = (
    "a an the this that these those it its of in on at to for from by with without as and or not "
    "no nor but if then than when where which who whose what how is are was were be been being has "
    "have had do does did can could may might must should will would into onto over under between "
    "per via also only so such there their they them he she we you your our i one each any all "
    "some both either same other more most less"
)
#: Words that hold a sentence together. They are never asked for: every text has them, and which a
#: line takes says nothing of what it is about.
FUNCTION_WORDS = frozenset(_FUNCTION.split())

# A line of dashes under a heading, the prompt before an example.
_RULES = re.compile(r"([-=~^`*+.>])\1{2,}")
_SPLITTER = Vocabulary((UNKNOWN,), unit="word", unknown=0, standardize="lower", splitting="signs")


def split(text: str) -> tuple[str, ...]:
    """Return the words and signs of a text, A to Z made small."""
    return _SPLITTER.split(_RULES.sub(" ", text))


def is_content(word: str) -> bool:
    """Return whether a word is one that may be asked for: a letter in it, two or more signs."""
    return len(word) > 1 and any(c.isalpha() for c in word) and word not in FUNCTION_WORDS


@dataclass(frozen=True)
class Read:
    """Bodies and lines in words, as far as they are read.

    Attributes
    ----------
    bodies : tuple of tuple of str
        The first `LENGTH` words and signs of each body.
    lines : tuple of tuple of str
        Those of each summary line.
    content : tuple of ndarray of bool, each (words,)
        Which words of a body are content words: only those are scored.
    kept : tuple of ndarray of bool, each (words,)
        Which of these stand in the summary line too.
    """

    bodies: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, ...], ...]
    content: tuple[np.ndarray, ...]
    kept: tuple[np.ndarray, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.bodies)

    @classmethod
    def of(cls, part: Described) -> Read:
        """Return a part of the data in words."""
        bodies = tuple(split(body)[:LENGTH] for body in part.bodies)
        lines = tuple(split(line) for line in part.lines)
        content = tuple(np.array([is_content(word) for word in body], bool) for body in bodies)
        kept = []
        for body, line, asked in zip(bodies, lines, content, strict=True):
            said = set(line)
            kept.append(asked & np.array([word in said for word in body], bool))
        return cls(bodies, lines, content, tuple(kept))

    def pooled(self, columns: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Return whether each content word is kept, and what `columns` say of it.

        Parameters
        ----------
        columns : sequence of ndarray, each (words,)
            A number for each word of each body.
        """
        asked = np.concatenate(self.content)
        return np.concatenate(self.kept)[asked], np.concatenate(columns)[asked]


def most_frequent(texts: Iterable[Sequence[str]], words: int, special: Sequence[str]) -> list[str]:
    """Return a vocabulary: `special` first, then the most frequent words, `words` in all."""
    counts = Counter(word for text in texts for word in text)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return [*special, *ranked[: words - len(special)]]


def encode(texts: Sequence[Sequence[str]], vocabulary: Sequence[str], length: int) -> np.ndarray:
    """Return the numbers of words, (texts, length), int32; padded at the end with 0."""
    number = {word: k for k, word in enumerate(vocabulary)}
    ids = np.zeros((len(texts), length), np.int32)
    for row, text in zip(ids, texts, strict=True):
        row[: len(text)] = [number.get(word, number[UNKNOWN]) for word in text]
    return ids


def padded(columns: Sequence[np.ndarray], length: int = LENGTH) -> np.ndarray:
    """Return one number a word as an array, (texts, length), float32; 0 at the end."""
    result = np.zeros((len(columns), length), np.float32)
    for row, column in zip(result, columns, strict=True):
        row[: len(column)] = column
    return result


def average_precision(kept: np.ndarray, said: np.ndarray) -> float:
    """Return the area under precision over recall: the mean precision at each kept word.

    Words for which the same is said count as one step, so that no order among them helps.
    """
    order = np.argsort(-said, kind="stable")
    kept, said = kept[order], said[order]
    last = np.append(np.diff(said) != 0, True)
    hits, seen = np.cumsum(kept)[last], np.flatnonzero(last) + 1
    return float(np.sum(np.diff(hits, prepend=0) * hits / seen) / hits[-1])


def overlap(written: Sequence[str], line: Sequence[str], content: bool = True) -> float:
    """Return the F1 of the words of two texts, each as often as it is there: ROUGE-1.

    Parameters
    ----------
    written, line : sequence of str
        The words of both.
    content : bool
        Whether content words alone are counted; else all words, as ROUGE-1 is mostly reported.
    """
    asked = is_content if content else (lambda word: word[0].isalnum() or word[0] == "_")
    counts = [Counter(word for word in text if asked(word)) for text in (written, line)]
    return 2 * (counts[0] & counts[1]).total() / max(1, sum(each.total() for each in counts))


def sentences(body: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each sentence of a body begins and ends, by the signs that close one."""
    ends = [k + 1 for k, word in enumerate(body) if word in (".", "!", "?")]
    ends = [*ends, len(body)] if not ends or ends[-1] < len(body) else ends
    return list(zip([0, *ends[:-1]], ends, strict=True))
