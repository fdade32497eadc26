"""Whole lines without a writer: copied from the text, from another text, or picked word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from lstm_edu.models.summaries_data import Read, is_content, overlap, sentences

Line = tuple[str, ...]
#: How many words are taken; how many is chosen on validation.
TAKEN = range(3, 16)


def score(lines: Sequence[Sequence[str]], read: Read, content: bool = True) -> float:
    """Return the mean F1 of the words of lines, held against the summary lines, see `overlap`."""
    pairs = zip(lines, read.lines, strict=True)
    return float(np.mean([overlap(written, line, content) for written, line in pairs]))


def is_word(token: str) -> bool:
    """Return whether a token is a word, not a sign."""
    return token[0].isalnum() or token[0] == "_"


def same_words(train: Read, read: Read, taken: int) -> list[Line]:
    """Return under each body the same words: those most frequent in the lines of the training."""
    counts = Counter(word for line in train.lines for word in set(line) if is_content(word))
    words = tuple(word for word, _ in counts.most_common(taken))
    return [words] * len(read)


def first_words(read: Read, taken: int) -> list[Line]:
    """Return the first words of each body, without the signs between them."""
    return [tuple(filter(is_word, body))[:taken] for body in read.bodies]


def best_words(read: Read, said: Sequence[np.ndarray], taken: int) -> list[Line]:
    """Return the content words of each body of which most is said, each once, as they stand."""
    lines = []
    for body, asked, p in zip(read.bodies, read.content, said, strict=True):
        order = sorted(np.flatnonzero(asked), key=lambda k: -p[k])
        places: dict[str, int] = {}
        for k in order:
            if len(places) < taken:
                places.setdefault(body[k], k)
        lines.append(tuple(sorted(places, key=places.get)))
    return lines


def chosen(
    make: Callable[[Read, int], list[Line]], held: Read, taken: Sequence[int] = TAKEN
) -> int:
    """Return how many words to take: as many as score best on `held`."""
    return max(taken, key=lambda n: score(make(held, n), held))


def one_sentence(read: Read, said: Sequence[np.ndarray]) -> list[Line]:
    """Return of each body the sentence with the greatest mean of what is said of its words."""
    lines = []
    for body, p in zip(read.bodies, said, strict=True):
        first, end = max(sentences(body), key=lambda place: p[slice(*place)].mean())
        lines.append(tuple(body[first:end]))
    return lines


def first_sentences(read: Read) -> list[Line]:
    """Return the first sentence of each body."""
    return [tuple(body[slice(*sentences(body)[0])]) for body in read.bodies]


def best_sentences(read: Read) -> list[Line]:
    """Return the sentence of each body that scores best: nobody who copies one can do better."""
    return [
        max((tuple(body[a:b]) for a, b in sentences(body)), key=lambda s: overlap(s, line))
        for body, line in zip(read.bodies, read.lines, strict=True)
    ]


class Nearest:
    """The summary line of the most similar body of the training, by the cosine of TF-IDF.

    Parameters
    ----------
    train : Read
        From which lines are copied.
    """

    def __init__(self, train: Read) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.lines = train.lines
        self.words = TfidfVectorizer(analyzer=tuple, min_df=2, sublinear_tf=True)
        self.known = self.words.fit_transform(train.bodies)

    def __call__(self, read: Read) -> list[Line]:
        """Return a line for each body."""
        alike = self.words.transform(read.bodies) @ self.known.T
        return [self.lines[k] for k in np.asarray(alike.argmax(axis=1)).ravel()]
