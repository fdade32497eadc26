"""What is made of the answers at each word: stretches of equal labels, and what is worth keeping.

The browser does the same: ``js/src/figures/word_tagger_state.ts``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from lstm_edu import _checks
from lstm_edu.vocabulary import Piece

#: How the words to keep are chosen: all that are probable enough, or the best of them, one by one
#: or by whole sentences.
SELECTIONS = ("threshold", "words", "sentences")

_ENDS = re.compile(r"[.!?…][\"'’”»)\]]*$")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_BLANKS = re.compile(r"\s+")


class Span(NamedTuple):
    """A stretch of neighbouring words of the same label.

    Attributes
    ----------
    label : str
        What they all are.
    first, end : int
        The first word of it, and the first after it.
    probability : float
        The mean of its words' probabilities of that label.
    """

    label: str
    first: int
    end: int
    probability: float


def spans(answers: np.ndarray, labels: Sequence[str], quiet: str = "") -> list[Span]:
    """Return the stretches of words whose likeliest label is the same.

    Parameters
    ----------
    answers : ndarray, shape (words, labels)
        Probabilities.
    labels : sequence of str
        Their names.
    quiet : str
        The label of what is nothing; its stretches are left out.
    """
    winners = np.argmax(answers, axis=1)
    found, first = [], 0
    for winner, run in groupby(winners):
        end = first + len(list(run))
        if labels[winner] != quiet:
            share = sum(float(p) for p in answers[first:end, winner]) / (end - first)
            found.append(Span(labels[winner], first, end, share))
        first = end
    return found


def sentences(text: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return the first word of each sentence, and the first after it.

    A sentence ends at an empty line, and at a full stop, question mark, exclamation mark or
    ellipsis (closing quotes and brackets included) that is followed by a blank, unless the next
    word begins with a small letter.
    """
    if not pieces:
        return []
    starts = [0]
    for k, (piece, following) in enumerate(pairwise(pieces)):
        gap = text[piece.end : following.start]
        closes = (
            gap and _ENDS.search(text[: piece.end][-8:]) and not text[following.start].islower()
        )
        if closes or _EMPTY_LINE.search(gap):
            starts.append(k + 1)
    return list(zip(starts, [*starts[1:], len(pieces)], strict=True))


def kept(
    probabilities: Sequence[float],
    select: str,
    *,
    threshold: float = 0.5,
    best: int = 1,
    groups: Sequence[tuple[int, int]] = (),
) -> list[int]:
    """Return which words to keep, in the order of the text.

    Parameters
    ----------
    probabilities : sequence of float
        Of each word, that it is to be kept.
    select : {"threshold", "words", "sentences"}
        How to choose.
    threshold : float
        The least probability that is kept.
    best : int
        How many words, or sentences; of equals the earlier.
    groups : sequence of (int, int)
        The `sentences`; each is as good as its words are in the mean.
    """
    _checks.choice("select", select, SELECTIONS)
    p = [float(each) for each in probabilities]
    if select == "threshold":
        return [k for k, share in enumerate(p) if share >= threshold]
    if select == "words":
        return sorted(sorted(range(len(p)), key=lambda k: -p[k])[:best])
    means = [sum(p[first:end]) / (end - first) for first, end in groups]
    chosen = sorted(sorted(range(len(means)), key=lambda k: -means[k])[:best])
    return [k for group in chosen for k in range(*groups[group])]


def written_out(text: str, pieces: Sequence[Piece], words: Sequence[int]) -> str:
    """Return some of the words of a text, in its order, as a text.

    Between neighbours stands what stands there in the text, blanks made one; else a blank.
    """
    parts = []
    for before, k in zip([None, *words], words, strict=False):
        if before is not None:
            gap = text[pieces[before].end : pieces[k].start]
            parts.append(_BLANKS.sub(" ", gap) if k == before + 1 else " ")
        parts.append(text[pieces[k].start : pieces[k].end])
    return "".join(parts)
