"""Summarisers without a network: what is first, what is rare, what a line through counts says."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from lstm_edu.models.summaries_data import Read, average_precision

STRENGTHS = (0.1, 0.3, 1.0)
#: The fewest trainings texts in which a word stands for the line through counts to know it.
FEWEST = 3


def position(bodies: Sequence[Sequence[str]]) -> list[np.ndarray]:
    """Return how near the beginning each word is: 1 for the first, 1/2 for the second."""
    return [1 / np.arange(1, len(body) + 1) for body in bodies]


class Rarity:
    """How rare a word is in the training: the logarithm of one over its share of the texts (IDF).

    Parameters
    ----------
    bodies : sequence of sequence of str
        The texts that are counted.
    """

    def __init__(self, bodies: Sequence[Sequence[str]]) -> None:
        self.texts = len(bodies)
        self.counts = Counter(word for body in bodies for word in set(body))

    def __call__(self, bodies: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """Return the IDF of each word."""
        most = self.texts + 1
        return [
            np.log([most / (1 + self.counts[word]) for word in body]) if body else np.zeros(0)
            for body in bodies
        ]

    def weighted(self, bodies: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """Return of each word how often its text has it, times the IDF (TF-IDF)."""
        often = [Counter(body) for body in bodies]
        times = [
            np.array([n[word] for word in body], float)
            for n, body in zip(often, bodies, strict=True)
        ]
        return [a * b for a, b in zip(times, self(bodies), strict=True)]


def features(read: Read, rarity: Rarity, neighbours: bool) -> list[dict[str, float]]:
    """Return what a line through counts is told of each content word of each body.

    The word itself; where it stands; whether for the first time; how often its text has it; how
    rare it is. With `neighbours`, the words before and after it, too.
    """
    rows = []
    rare = rarity(read.bodies)
    for body, asked, idf in zip(read.bodies, read.content, rare, strict=True):
        often, seen = Counter(body), set()
        for k in np.flatnonzero(asked):
            word = body[k]
            row = {
                f"word {word}": 1.0,
                f"block {k // 10}": 1.0,
                "place": 1 / (1 + k),
                "first": float(word not in seen),
                "often": np.log(often[word]),
                "rare": idf[k] / 5,
            }
            if neighbours:
                row[f"before {body[k - 1] if k else ''}"] = 1.0
                row[f"after {body[k + 1] if k + 1 < len(body) else ''}"] = 1.0
            seen.add(word)
            rows.append(row)
    return rows


def spread(values: np.ndarray, read: Read) -> list[np.ndarray]:
    """Return one number a content word as one number a word of each body; 0 for the others."""
    rest, result = iter(values), []
    for asked in read.content:
        row = np.zeros(len(asked))
        row[asked] = [next(rest) for _ in range(asked.sum())]
        result.append(row)
    return result


class Line:
    """Logistic regression on the features of a word.

    Parameters
    ----------
    train, held : Read
        What it is fitted to, and what its strength is chosen on.
    neighbours : bool
        Whether it sees the words before and after.
    """

    def __init__(self, train: Read, held: Read, neighbours: bool) -> None:
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression

        self.rarity, self.neighbours = Rarity(train.bodies), neighbours
        self.columns = DictVectorizer(dtype=np.float32)
        rows = features(train, self.rarity, neighbours)
        known = Counter(name for row in rows for name in row)
        x = self.columns.fit_transform(
            {name: value for name, value in row.items() if known[name] >= FEWEST} for row in rows
        )
        y = np.concatenate(train.kept)[np.concatenate(train.content)]
        tried = {}
        for strength in STRENGTHS:
            self.fitted = LogisticRegression(C=strength, max_iter=300).fit(x, y)
            tried[strength] = average_precision(*held.pooled(self(held))), self.fitted
        self.strength = max(tried, key=lambda each: tried[each][0])
        self.fitted = tried[self.strength][1]

    def __call__(self, read: Read) -> list[np.ndarray]:
        """Return the probability of each word; 0 for those that are never asked for."""
        x = self.columns.transform(features(read, self.rarity, self.neighbours))
        return spread(self.fitted.predict_proba(x)[:, 1], read)


def score_all(train: Read, held: Read, test: Read) -> Mapping[str, dict]:
    """Return average precision on the test, by the name of a summariser.

    Returns
    -------
    mapping of str to dict
        ``said``: what it says of each word of `test`; ``test``: its average precision; ``seconds``
        of the processor; ``note``.
    """
    rarity = Rarity(train.bodies)
    makers = {
        "any word (base rate)": (lambda: [np.zeros(len(b)) for b in test.bodies], ""),
        "words that come first": (lambda: position(test.bodies), ""),
        "rare words (IDF)": (lambda: rarity(test.bodies), ""),
        "rare and repeated words (TF-IDF)": (lambda: rarity.weighted(test.bodies), ""),
    }
    for name, neighbours in (
        ("logistic regression on a word, its place, counts", False),
        ("logistic regression on a word and its neighbours", True),
    ):
        makers[name] = (
            lambda neighbours=neighbours: Line(train, held, neighbours)(test),
            "strength chosen on validation",
        )
    found = {}
    for name, (make, note) in makers.items():
        started = time.process_time()
        told = make()
        score = average_precision(*test.pooled(told))
        seconds = round(time.process_time() - started, 2)
        found[name] = {"said": told, "test": score, "seconds": seconds, "note": note}
    return found
