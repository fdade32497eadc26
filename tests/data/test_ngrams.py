from collections import Counter, defaultdict

import numpy as np
import pytest

from lstm_edu.models.ngrams import NGrams, discounts

VOCABULARY = 5


@pytest.fixture(scope="module")
def text():
    random = np.random.default_rng(3)
    steps = random.choice([0, 1, 1, 2], 400)
    return np.cumsum(steps) % VOCABULARY


def by_hand(training, past, order):
    """The recursion of Witten and Bell in plain dictionaries: p of each character after `past`."""
    p = np.full(VOCABULARY, 1 / VOCABULARY)
    for k in range(1, order + 1):
        if len(past) < k - 1:
            break
        followers = defaultdict(Counter)
        for end in range(k - 1, len(training)):
            followers[tuple(training[end - k + 1 : end])][training[end]] += 1
        seen = followers[tuple(past[len(past) - k + 1 :])]
        if seen:
            n = np.array([seen[c] for c in range(VOCABULARY)])
            p = (n + len(seen) * p) / (n.sum() + len(seen))
    return p


def test_losses_are_those_of_the_formula(text):
    held_out = np.array([0, 3, 3, 1, 2, 4, 4, 0, 1])
    losses = NGrams(text, VOCABULARY, 4).nats(held_out)
    assert losses.shape == (4, 8)
    for order in (1, 2, 3, 4):
        expected = [
            -np.log(by_hand(text.tolist(), held_out[:k].tolist(), order)[held_out[k]])
            for k in range(1, len(held_out))
        ]
        np.testing.assert_allclose(losses[order - 1], expected, rtol=1e-12)


def kneser_ney_by_hand(training, past, order):
    """The same after Kneser and Ney, with the discount of all counts given by `discounts`."""

    def counted(k, distinct):
        grams = {tuple(training[end - k : end]) for end in range(k, len(training) + 1)}
        every = Counter(tuple(training[end - k : end]) for end in range(k, len(training) + 1))
        if not distinct:
            return every
        longer = {tuple(training[end - k - 1 : end]) for end in range(k + 1, len(training) + 1)}
        return Counter({gram: sum(big[1:] == gram for big in longer) for gram in grams})

    p = np.full(VOCABULARY, 1 / VOCABULARY)
    for k in range(1, order + 1):
        if len(past) < k - 1:
            break
        counts = +counted(k, distinct=k < order)
        off = discounts(np.array(list(counts.values())))
        context = tuple(past[len(past) - k + 1 :]) if k > 1 else ()
        n = np.array([counts[(*context, c)] for c in range(VOCABULARY)])
        if n.sum():
            taken = off[np.minimum(n, 3)]
            p = (n - taken + taken.sum() * p) / n.sum()
    return p


@pytest.mark.parametrize("order", [1, 2, 3])
def test_losses_after_kneser_and_ney_are_those_of_the_formula(text, order):
    held_out = np.array([0, 3, 3, 1, 2, 4, 4, 0, 1])
    losses = NGrams(text, VOCABULARY, 3, "kneser-ney").nats(held_out)[order - 1]
    training = text.tolist()
    for k in range(order, len(held_out)):
        p = kneser_ney_by_hand(training, held_out[:k].tolist(), order)
        assert losses[k - 1] == pytest.approx(-np.log(p[held_out[k]]), rel=1e-12)


def test_discounts_are_those_of_chen_and_goodman():
    counts = np.repeat([1, 2, 3, 4], [10, 5, 3, 2])
    assert discounts(counts) == pytest.approx([0, 0.5, 2 - 0.9, 3 - 4 / 3])
    assert discounts(np.array([1, 1, 7])).tolist() == [0, 0.5, 0.5, 0.5]


def test_the_size_is_how_many_were_counted():
    ngrams = NGrams(np.array([0, 1, 0, 1, 2]), 3, 2)
    assert (ngrams.size(1), ngrams.size(2)) == (3, 6)


@pytest.mark.parametrize("smoothing", ["witten-bell", "kneser-ney"])
@pytest.mark.parametrize("past", [[0], [0, 1, 2], [4, 4, 4, 4], [3, 0, 3, 0]])
def test_probabilities_sum_to_one(text, past, smoothing):
    ngrams = NGrams(text, VOCABULARY, 4, smoothing)
    last = [ngrams.nats(np.array([*past, c]))[:, -1] for c in range(VOCABULARY)]
    np.testing.assert_allclose(np.exp(-np.array(last)).sum(axis=0), 1, rtol=1e-12)


def test_a_longer_past_helps_where_there_is_one_to_learn(text):
    pattern = np.tile([0, 1, 0, 2, 0, 3], 60)
    losses = NGrams(pattern[:300], VOCABULARY, 3).nats(pattern[300:]).mean(axis=1)
    assert losses[0] > 1.2
    assert losses[2] < 0.1 < losses[1]


def test_a_text_without_a_single_ngram_is_refused():
    with pytest.raises(ValueError, match="2 characters holds no 3-gram"):
        NGrams(np.array([0, 1]), VOCABULARY, 3)


@pytest.mark.parametrize("order", [0, 40])
def test_an_impossible_order_is_refused(text, order):
    with pytest.raises(ValueError, match=f"order is {order}"):
        NGrams(text, VOCABULARY, order)
