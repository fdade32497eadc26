"""Character n-grams: what counting alone can do, to stand beside every network.

An n-gram predicts a character from the n − 1 before it, by how often it followed them in the
training text. Counts of long contexts are few, so each order leans on the one below, by one of two
rules:

- that of Witten and Bell (1991, doi 10.1109/18.87000, method C), which has no constant to tune;
- that of Kneser and Ney (1995, doi 10.1109/ICASSP.1995.479394) as modified by Chen and Goodman
  (1999, doi 10.1006/csla.1999.0128): a little is taken off every count, and the orders below count
  not how often a character came, but after how many different ones.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lstm_edu import _checks

WITTEN_BELL, KNESER_NEY = "witten-bell", "kneser-ney"


class Table(NamedTuple):
    """The n-grams of one order, and how much each context leans on the order below."""

    grams: np.ndarray
    kept: np.ndarray
    """Of each n-gram, what is left of its count."""
    contexts: np.ndarray
    passed: np.ndarray
    """Of each context, the weight of the order below."""
    totals: np.ndarray
    """Of each context, what both are divided by."""


class NGrams:
    r"""All n-gram models up to an order, counted in one text.

    With :math:`n` counts, :math:`d(s)` the number of different characters seen after the context
    :math:`s`, and :math:`s'` the context less its first character, Witten and Bell have

    .. math:: p_k(c \mid s) = \frac{n(s, c) + d(s)\, p_{k-1}(c \mid s')}{n(s) + d(s)}

    and Kneser and Ney, with a discount :math:`D(n)` that depends on whether the count is 1, 2 or
    more,

    .. math:: p_k(c \mid s) = \frac{n(s, c) - D(n(s, c)) + \lambda(s)\, q_{k-1}(c \mid s')}{n(s)},
              \qquad \lambda(s) = \sum_c D(n(s, c))

    where :math:`q` is the same with :math:`n(s, c)` the number of different characters seen before
    :math:`s c`. In both, :math:`p_0 = q_0` is uniform.

    Parameters
    ----------
    ids : ndarray of int, shape (characters,)
        The training text as numbers below `vocabulary`.
    vocabulary : int
        How many characters there are.
    order : int
        The longest n-gram: 1 looks at nothing, 2 at one character before.
    smoothing : {"witten-bell", "kneser-ney"}
        The rule.
    """

    def __init__(
        self, ids: np.ndarray, vocabulary: int, order: int, smoothing: str = WITTEN_BELL
    ) -> None:
        _checks.choice("smoothing", smoothing, (WITTEN_BELL, KNESER_NEY))
        if order < 1 or vocabulary**order > np.iinfo(np.int64).max:
            raise ValueError(
                f"order is {order}; expected 1 or more, and so small that {vocabulary} characters "
                f"to its power fit 64 bits"
            )
        if len(ids) < order:
            raise ValueError(f"a text of {len(ids)} characters holds no {order}-gram to count")
        self.vocabulary = vocabulary
        self.order = order
        self.smoothing = smoothing
        table = self._witten_bell if smoothing == WITTEN_BELL else self._kneser_ney
        self._tables: list[Table] = []
        self._lower: list[Table] = []
        for k in range(1, order + 1):
            grams, counts = np.unique(self._grams(ids, k), return_counts=True)
            self._tables.append(table(grams, counts))
            if k > 1 and smoothing == KNESER_NEY:
                # Of each n-gram one shorter, how many different characters came before it.
                self._lower.append(
                    table(*np.unique(grams % vocabulary ** (k - 1), return_counts=True))
                )
        if smoothing == WITTEN_BELL:
            self._lower = self._tables[:-1]

    def _witten_bell(self, grams: np.ndarray, counts: np.ndarray) -> Table:
        contexts, first = np.unique(grams // self.vocabulary, return_index=True)
        followers = np.diff(np.append(first, len(grams)))
        totals = np.add.reduceat(counts, first) + followers
        return Table(grams, counts, contexts, followers, totals)

    def _kneser_ney(self, grams: np.ndarray, counts: np.ndarray) -> Table:
        contexts, first = np.unique(grams // self.vocabulary, return_index=True)
        off = discounts(counts)[np.minimum(counts, 3)]
        passed, totals = np.add.reduceat(off, first), np.add.reduceat(counts, first)
        return Table(grams, counts - off, contexts, passed, totals)

    def _grams(self, ids: np.ndarray, k: int) -> np.ndarray:
        """Return the k-grams as numbers: one for each place that has k − 1 characters before it."""
        grams = np.zeros(max(0, len(ids) - k + 1), np.int64)
        for offset in range(k):
            grams = grams * self.vocabulary + ids[offset : offset + len(grams)]
        return grams

    def size(self, order: int) -> int:
        """Return how many different n-grams the model of an order has counted, shorter included."""
        order = _checks.integer("order", order, 1, self.order)
        return sum(len(table.grams) for table in self._tables[:order])

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
        lower = np.full(len(ids), 1 / self.vocabulary)
        losses = []
        for k, table in enumerate(self._tables, start=1):
            grams = self._grams(ids, k)
            losses.append(-np.log(self._mixed(grams, table, lower)[1:]))
            if k < self.order:
                lower = self._mixed(grams, self._lower[k - 1], lower)
        return np.array(losses)

    def _mixed(self, grams: np.ndarray, table: Table, lower: np.ndarray) -> np.ndarray:
        """Return p of each place under a table that leans on `lower`, which is p under those below.

        Places with too short a past, and contexts never seen, are left to the order below.
        """
        early = len(lower) - len(grams)
        kept = _look_up(grams, table.grams, table.kept)
        passed, total = (
            _look_up(grams // self.vocabulary, table.contexts, values)
            for values in (table.passed, table.totals)
        )
        seen = total > 0
        mixed = (kept + passed * lower[early:]) / np.where(seen, total, 1)
        return np.concatenate([lower[:early], np.where(seen, mixed, lower[early:])])


def discounts(counts: np.ndarray) -> np.ndarray:
    """Return what is taken off a count of 0, 1, 2, and 3 or more, by how many counts are how small.

    Where some of the counts 1 to 4 do not occur, as in short texts, ½ is taken off each.
    """
    n1, n2, n3, n4 = (int(np.sum(counts == k)) for k in (1, 2, 3, 4))
    off = np.array([0.0, 0.5, 0.5, 0.5])
    if min(n1, n2, n3, n4):
        y = n1 / (n1 + 2 * n2)
        estimated = np.array([0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
        if (estimated[1:] > 0).all() and (estimated <= np.arange(4)).all():
            off = estimated
    return off


def _look_up(sought: np.ndarray, keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the value of each key sought, 0 where it is missing; `keys` are sorted."""
    place = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    return np.where(keys[place] == sought, values[place], 0)
