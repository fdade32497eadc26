"""Simple translators: copy, remember, and a dictionary that counts who stands with whom."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

import numpy as np

from lstm_edu.datasets.language_packs import Pairs
from lstm_edu.pieces import joined, source_pieces, target_pieces

ROUNDS = 8


def words(text: str) -> tuple[str, ...]:
    """Return the words and signs of an English text in small letters."""
    return tuple(piece.lower() for piece in source_pieces(text))


def copied(sources: tuple[str, ...]) -> list[str]:
    """Return the sources as they are: right where a name or a placeholder is."""
    return list(sources)


def nearest(pairs: Pairs, sources: tuple[str, ...]) -> list[str]:
    """Return, for each source, the translation of the most similar one that is known.

    Texts are bags of words and of pairs of neighbouring words, each weighed by how rare it is
    (tf-idf); similar is whose angle is small.
    """

    def bag(text: str) -> Counter:
        own = words(text)
        return Counter([*own, *itertools.pairwise(own)])

    known = [bag(text) for text in pairs.sources]
    spread = Counter(word for each in known for word in each)
    rarity = {word: np.log(len(known) / count) + 1 for word, count in spread.items()}

    def weighed(each: Counter) -> dict:
        vector = {word: count * rarity.get(word, 0.0) for word, count in each.items()}
        length = np.sqrt(sum(value**2 for value in vector.values())) or 1.0
        return {word: value / length for word, value in vector.items()}

    holding = defaultdict(list)
    for row, each in enumerate(known):
        for word, value in weighed(each).items():
            holding[word].append((row, value))
    found = []
    for text in sources:
        likeness = np.zeros(len(known))
        for word, value in weighed(bag(text)).items():
            for row, other in holding.get(word, ()):
                likeness[row] += value * other
        found.append(pairs.targets[int(likeness.argmax())])
    return found


def dictionary(pairs: Pairs, unit: str, rounds: int = ROUNDS) -> dict[str, str]:
    """Return the likeliest piece of the target for each English word.

    IBM's Model 1 (Brown et al. 1993, Computational Linguistics 19(2)): every piece of a translation
    comes from some word of the source, nobody knows which. Share it out among all of them by how
    probable each is, count, take the counts for probabilities, and again.

    Parameters
    ----------
    pairs : Pairs
        Texts and translations.
    unit : {"character", "word"}
        What a piece of the target is.
    rounds : int
        How often.
    """
    sides = [
        (words(source), target_pieces(target, unit))
        for source, target in zip(pairs.sources, pairs.targets, strict=True)
    ]
    p: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    for _ in range(rounds):
        counts: dict[tuple[str, str], float] = defaultdict(float)
        totals: dict[str, float] = defaultdict(float)
        for source, target in sides:
            for piece in target:
                whole = sum(p[word, piece] for word in source)
                for word in source:
                    share = p[word, piece] / whole
                    counts[word, piece] += share
                    totals[word] += share
        p = defaultdict(float, {pair: count / totals[pair[0]] for pair, count in counts.items()})
    best: dict[str, tuple[float, str]] = {}
    for (word, piece), value in p.items():
        best[word] = max(best.get(word, (0.0, "")), (value, piece))
    return {word: piece for word, (_, piece) in best.items()}


def word_by_word(pairs: Pairs, sources: tuple[str, ...], unit: str) -> list[str]:
    """Return each word's likeliest piece, in the order of the source; unknown words as they are."""
    known = dictionary(pairs, unit)
    blank = "" if unit == "character" else " "
    return [
        joined(
            [known.get(piece.lower(), blank + piece) for piece in source_pieces(text)],
            unit,
            text[:1].isupper(),
        )
        for text in sources
    ]


def translate_all(pairs: Pairs, sources: tuple[str, ...], unit: str) -> dict[str, list[str]]:
    """Return what each of them makes of the sources, by its name in the table."""
    return {
        "the source, copied": copied(sources),
        "word by word, IBM model 1": word_by_word(pairs, sources, unit),
        "nearest neighbour, tf-idf": nearest(pairs, sources),
    }
