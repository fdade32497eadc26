"""How the book's taggers of semantic roles are built, trained and asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from lstm_edu import LSTM, Adam, Dense, Embedding, Network
from lstm_edu.both_ways import BothWays, from_the_end
from lstm_edu.datasets.roles import Sentence
from lstm_edu.layers import LayerGradients
from lstm_edu.losses import cross_entropy_on_logits
from lstm_edu.models.pace import pacer
from lstm_edu.training import fit_batches
from lstm_edu.vocabulary import Vocabulary

UNKNOWN, MARKER = "[UNK]", "<v>"
#: Units, so that both have about as many weights.
UNITS = {"BiLSTM": 32, "LSTM": 52}
WIDTH = 24
EPOCHS = 20
BATCH = 16
LEARNING_RATE = 8e-3
WARM_UP = 20  # batches
#: Which share of the words is made unknown in training, each time others: most verbs, and most
#: nouns, of a new sentence are.
FORGOTTEN = 0.2
#: Which share of the states the answer does not see in training, each time others.
DROPPED = 0.3
#: How often a word must stand in the training sentences to be known.
LEAST = 2


class Trained(NamedTuple):
    """A trained network with its words, and the curves of its training."""

    network: Network
    vocabulary: Vocabulary
    history: dict[str, list[float]]


class EachStep(BothWays):
    """One layer reads from the first step on, another from the last back; both answer at each step.

    Keras' ``Bidirectional`` with ``return_sequences=True``.
    """

    def forward(self, x, mask=None) -> tuple[np.ndarray, tuple]:
        """Return the states at each step, (batch, time, forward + backward units), and a memory."""
        order = from_the_end(*x.shape[:2], mask)[..., None]
        there = self.there(x, mask=mask)
        back = self.back(np.take_along_axis(x, order, axis=1), mask=mask)
        states = np.concatenate([there.h, np.take_along_axis(back.h, order, axis=1)], axis=2)
        return states, (there, back, order)

    def backward(self, memory: tuple, upstream) -> LayerGradients:
        """Return the gradients from `upstream`, the gradient of what `forward` returned."""
        there, back, order = memory
        first, second = np.split(upstream, [self.there.units], axis=2)
        one = self.there.backward(there, np.ascontiguousarray(first))
        # Each step was read once on the way back: it is turned round by the same order.
        other = self.back.backward(back, np.take_along_axis(second, order, axis=1))
        dx = one.x + np.take_along_axis(other.x, order, axis=1)
        return LayerGradients((*one.params, *other.params), dx)


class Dropout:
    """Sets a share of its inputs to nought while `random` is given, and makes up for it."""

    params = ()

    def __init__(self, share: float):
        self.share, self.random = share, None

    def forward(self, x, mask=None) -> tuple[np.ndarray, np.ndarray | float]:
        """Return what is left of x, and by what it was multiplied."""
        if self.random is None:
            return x, 1.0
        kept = self.random.random(x.shape) >= self.share
        factor = (kept / (1 - self.share)).astype(x.dtype)
        return x * factor, factor

    def backward(self, factor, upstream) -> LayerGradients:
        """Return the gradient of x."""
        return LayerGradients((), upstream * factor)


def build(kind: str, words: int, labels: int, seed: int | np.random.Generator) -> Network:
    """Return a network that is not yet trained; it answers in logits, at each word.

    Parameters
    ----------
    kind : {"BiLSTM", "LSTM"}
        Whether it reads in both directions, or forwards alone.
    words, labels : int
        How many it knows.
    seed : int or Generator
        For its first weights.
    """
    random, units = np.random.default_rng(seed), UNITS[kind]
    if kind == "BiLSTM":
        reader = EachStep(*(LSTM.create(WIDTH, units, seed=random) for _ in range(2)))
    else:
        reader = LSTM.create(WIDTH, units, seed=random)
    wide = 2 * units if kind == "BiLSTM" else units
    embedding = Embedding.create(words, WIDTH, seed=random)
    return Network([embedding, reader, Dropout(DROPPED), Dense.create(wide, labels, seed=random)])


def vocabulary_of(sentences: Sequence[Sentence]) -> Vocabulary:
    """Return the words that stand in these sentences at least `LEAST` times, and the two signs."""
    lower = Vocabulary(("",), "word", standardize="lower", splitting="signs")
    counts = Counter(word for each in sentences for word in lower.split(each.text))
    known = sorted(word for word, count in counts.items() if count >= LEAST)
    return Vocabulary(
        (UNKNOWN, MARKER, *known),
        "word",
        unknown=0,
        standardize="lower",
        splitting="signs",
        marker=MARKER,
    )


def encode(
    sentences: Sequence[Sentence], vocabulary: Vocabulary, names: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what a network reads and should answer.

    Parameters
    ----------
    sentences : sequence of Sentence
        With their verbs and roles.
    vocabulary : Vocabulary
        With a marker, which is put before the verb.
    names : sequence of str
        The labels.

    Returns
    -------
    x, y : ndarray of int, shape (sentences, longest)
        Numbers of the tokens, and of the labels: -1 where nothing is asked, at the marker and
        after the end.
    mask : ndarray of bool, shape (sentences, longest)
        False after the end.
    """
    longest = 1 + max(len(each.words) for each in sentences)
    x = np.zeros((len(sentences), longest), np.int64)
    y = np.full(x.shape, -1)
    mask = np.zeros(x.shape, bool)
    number = {name: k for k, name in enumerate(names)}
    for row, each in enumerate(sentences):
        ids = vocabulary.encode(each.text, marked=each.verb)
        labels = [number[role] for role in each.roles]
        labels.insert(each.verb, -1)
        x[row, : len(ids)], y[row, : len(ids)], mask[row, : len(ids)] = ids, labels, True
    return x, y, mask


def cross_entropy_where_asked(logits, labels) -> tuple[float, np.ndarray]:
    """Return the mean cross-entropy over the steps with a label of 0 or more, and its gradient."""
    asked = labels >= 0
    value, gradient = cross_entropy_on_logits(logits[asked], labels[asked])
    whole = np.zeros_like(logits)
    whole[asked] = gradient
    return value, whole


def batches(x, y, mask, random: np.random.Generator) -> Iterator[tuple]:
    """Yield all sentences once in random batches, with some words forgotten."""
    order = random.permutation(len(x))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        longest = mask[rows].sum(axis=1).max()
        ids = x[rows, :longest]
        forgotten = (random.random(ids.shape) < FORGOTTEN) & (ids != 1)  # never the marker
        yield np.where(forgotten, 0, ids), y[rows, :longest], mask[rows, :longest]


def tagged(
    trained: Trained, sentences: Sequence[Sentence], names: Sequence[str]
) -> list[tuple[str, ...]]:
    """Return the likeliest role of each word of each sentence."""
    x, y, mask = encode(sentences, trained.vocabulary, names)
    best = trained.network(x, mask).argmax(axis=2)
    return [tuple(names[k] for k in row[asked]) for row, asked in zip(best, y >= 0, strict=True)]


def train(
    kind: str,
    data: Sequence[Sentence],
    held: Sequence[Sentence],
    names: Sequence[str],
    epochs: int = EPOCHS,
    progress: bool = True,
    seed: int = 0,
) -> Trained:
    """Return a network that has learnt from `data`, as it is after its last epoch.

    Parameters
    ----------
    kind : {"BiLSTM", "LSTM"}
        Whether it reads in both directions, or forwards alone.
    data, held : sequence of Sentence
        What it learns from, and what it is asked after each epoch, to look at.
    names : sequence of str
        The labels.
    epochs : int
        How often it reads all of `data`.
    progress : bool
        Whether a bar is shown.
    seed : int
        For its first weights, the order of the sentences, and what is forgotten.

    Returns
    -------
    Trained
        With ``loss`` on `data` during each epoch, ``nats`` and ``right`` (share of words) on
        `held` after it.
    """
    random = np.random.default_rng(seed)
    vocabulary = vocabulary_of(data)
    network, optimizer = build(kind, len(vocabulary), len(names), random), Adam(LEARNING_RATE)
    known, waiting = encode(data, vocabulary, names), encode(held, vocabulary, names)
    steps = epochs * -(-len(data) // BATCH)
    history: dict[str, list[float]] = {"loss": [], "nats": [], "right": []}
    dropout = network.layers[2]
    paced = pacer(optimizer, steps, LEARNING_RATE, WARM_UP)
    with tqdm(total=epochs, unit="epoch", desc=f"{kind}, seed {seed}", disable=not progress) as bar:
        for _ in range(epochs):
            dropout.random = random
            losses = fit_batches(
                network,
                paced(batches(*known, random)),
                loss=cross_entropy_where_asked,
                optimizer=optimizer,
                clip_norm=1.0,
                progress=False,
            ).loss
            dropout.random = None
            x, y, mask = waiting
            logits = network(x, mask)
            asked = y >= 0
            history["loss"].append(round(float(np.mean(losses)), 4))
            history["nats"].append(round(cross_entropy_where_asked(logits, y)[0], 4))
            right = logits.argmax(axis=2)[asked] == y[asked]
            history["right"].append(round(float(right.mean()), 4))
            bar.update()
            bar.set_postfix_str(f"{history['right'][-1]:.1%} right")
    return Trained(network, vocabulary, history)
