"""Character n-grams: what counting alone can do, to stand beside every network.

An n-gram predicts a character from the n − 1 before it, by how often it followed them in the
training text. Counts of long contexts are few, so each order leans on the one below by the rule of
Witten and Bell (1991, doi 10.1109/18.87000, method C), which has no constant to tune.
"""

from __future__ import annotations

import numpy as np


class NGrams:
    r"""All n-gram models up to an order, counted in one text.

    .. math:: p_k(c \mid s) = \frac{n(s, c) + d(s)\, p_{k-1}(c \mid s')}{n(s) + d(s)}

    with :math:`n` counts, :math:`d(s)` the number of different characters seen after the context
    :math:`s`, and :math:`s'` the context less its first character; :math:`p_0` is uniform.

    Parameters
    ----------
    ids : ndarray of int, shape (characters,)
        The training text as numbers below `vocabulary`.
    vocabulary : int
        How many characters there are.
    order : int
        The longest n-gram: 1 looks at nothing, 2 at one character before.
    """

    def __init__(self, ids: np.ndarray, vocabulary: int, order: int) -> None:
        if order < 1 or vocabulary**order > np.iinfo(np.int64).max:
            raise ValueError(
                f"order is {order}; expected 1 or more, and so small that {vocabulary} characters "
                f"to its power fit 64 bits"
            )
        if len(ids) < order:
            raise ValueError(f"a text of {len(ids)} characters holds no {order}-gram to count")
        self.vocabulary = vocabulary
        self.order = order
        self._tables = []
        for k in range(1, order + 1):
            grams, counts = np.unique(self._grams(ids, k), return_counts=True)
            contexts, first = np.unique(grams // vocabulary, return_index=True)
            totals = np.add.reduceat(counts, first)
            followers = np.diff(np.append(first, len(grams)))
            self._tables.append((grams, counts, contexts, totals, followers))

    def _grams(self, ids: np.ndarray, k: int) -> np.ndarray:
        """Return the k-grams as numbers: one for each place that has k − 1 characters before it."""
        grams = np.zeros(max(0, len(ids) - k + 1), np.int64)
        for offset in range(k):
            grams = grams * self.vocabulary + ids[offset : offset + len(grams)]
        return grams

    def nats(self, ids: np.ndarray) -> np.ndarray:
        """Return −ln p of each character but the first, under each order.

        Parameters
        ----------
        ids : ndarray of int, shape (characters,)
            A text that was not counted.

        Returns
        -------
        ndarray, shape (order, characters - 1)
            Row 0 is the unigram. A place with too short a past takes the longest n-gram that fits.
        """
        p = np.full(len(ids), 1 / self.vocabulary)
        losses = []
        for k, (grams, counts, contexts, totals, followers) in enumerate(self._tables, start=1):
            sought = self._grams(ids, k)
            n = _look_up(sought, grams, counts)
            total = _look_up(sought // self.vocabulary, contexts, totals)
            different = _look_up(sought // self.vocabulary, contexts, followers)
            seen = total > 0  # A context never seen says nothing: the order below answers.
            lower = p[k - 1 :]
            mixed = (n + different * lower) / np.where(seen, total + different, 1)
            p = np.concatenate([p[: k - 1], np.where(seen, mixed, lower)])
            losses.append(-np.log(p[1:]))
        return np.array(losses)


def _look_up(sought: np.ndarray, keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the value of each key sought, 0 where it is missing; `keys` are sorted."""
    place = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    return np.where(keys[place] == sought, values[place], 0)
