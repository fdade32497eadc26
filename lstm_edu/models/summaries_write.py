"""The encoder-decoder that writes a summary line of its own, word by word."""

from __future__ import annotations

import sys

import numpy as np
from tqdm import tqdm

from lstm_edu import LSTM
from lstm_edu.activations import softmax
from lstm_edu.interop import keras
from lstm_edu.models.summaries_data import UNKNOWN, Read, encode, most_frequent
from lstm_edu.models.summaries_extract import BATCH, Trained

START, END = "<start>", "<end>"
#: How many words it knows, for reading and for writing; how many of a body it reads.
WORDS, LENGTH = 2000, 40
#: The longest line that it writes, with its end.
LONGEST = 16
WIDTH, UNITS = 48, 64
EPOCHS = 40
LEARNING_RATE = 5e-3


def words_of(data: Read) -> list[str]:
    """Return the words that it can write: those of the lines count ten times."""
    texts = [*data.bodies, *(line for line in data.lines for _ in range(10))]
    return most_frequent(texts, WORDS, ("", UNKNOWN, START, END))


def build(words: int):
    """Return the network for training: (body, line so far) → the next word of the line.

    One LSTM reads the body; its last states are all that the second one, which writes, learns of
    it. Both look words up in the same table.
    """
    layers = keras().layers
    body = layers.Input((None,), dtype="int32", name="body")
    so_far = layers.Input((None,), dtype="int32", name="so_far")
    table = layers.Embedding(words, WIDTH, mask_zero=True, name="embedding")
    _, *states = layers.LSTM(UNITS, return_state=True, name="reader")(table(body))
    writer = layers.LSTM(UNITS, return_sequences=True, name="writer")
    written = writer(table(so_far), initial_state=states)
    next_word = layers.Dense(words, name="next")(layers.Dropout(0.3)(written))
    model = keras().Model([body, so_far], next_word, name="summaries_write")
    model.compile(
        optimizer=keras().optimizers.Adam(LEARNING_RATE, clipnorm=1.0),
        loss=keras().losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return model


def examples(read: Read, vocabulary: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return bodies, lines so far, and the words that come next, each (texts, steps) int32.

    At step t the network is given the line's true words up to t, whatever it would have written:
    teacher forcing.
    """
    bodies = encode([body[:LENGTH] for body in read.bodies], vocabulary, LENGTH)
    lines = [(START, *line[: LONGEST - 1], END) for line in read.lines]
    whole = encode(lines, vocabulary, LONGEST + 1)
    so_far, coming = whole[:, :-1].copy(), whole[:, 1:]
    so_far[coming == 0] = 0
    return bodies, so_far, coming


def train(
    data: Read,
    held: Read,
    seed: int = 0,
    *,
    epochs: int = EPOCHS,
    progress: bool | None = None,
) -> Trained:
    """Return the network as it was after the epoch with the least loss on `held`.

    Parameters
    ----------
    data, held : Read
        What it learns from, and what its epochs are compared on.
    seed : int
        For its first weights and the order of the texts.
    epochs : int
        How often it reads all of `data`.
    progress : bool, optional
        Whether a bar is shown; by default in a terminal.

    Returns
    -------
    Trained
        With ``loss`` and ``held``, in nats a word, after each epoch.
    """
    keras().utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    vocabulary = words_of(data)
    model = build(len(vocabulary))
    bodies, so_far, coming = examples(data, vocabulary)
    waiting = examples(held, vocabulary)
    history: dict[str, list[float]] = {"loss": [], "held": []}
    best = np.inf, model.get_weights()
    hidden = not sys.stderr.isatty() if progress is None else not progress
    steps = len(bodies) // BATCH
    with tqdm(total=epochs * steps, unit="batch", desc=f"seed {seed}", disable=hidden) as bar:
        for _ in range(epochs):
            order, losses = random.permutation(len(bodies)), []
            for rows in np.split(order[: steps * BATCH], steps):
                x, y = [bodies[rows], so_far[rows]], coming[rows]
                losses.append(model.train_on_batch(x, y, (y > 0).astype(np.float32)))
                bar.update()
            history["loss"].append(round(float(np.mean(losses)), 4))
            history["held"].append(round(nats(model, *waiting), 4))
            if history["held"][-1] < best[0]:
                best = history["held"][-1], model.get_weights()
    return Trained(best[1], vocabulary, history)


def nats(model, bodies: np.ndarray, so_far: np.ndarray, coming: np.ndarray) -> float:
    """Return the cross-entropy of the true next word, in nats a word."""
    p = np.concatenate(
        [
            softmax(model.predict_on_batch([bodies[at : at + 128], so_far[at : at + 128]]))
            for at in range(0, len(bodies), 128)
        ]
    )
    true = np.take_along_axis(p, coming[..., None].astype(int), axis=-1)[..., 0]
    return float(-np.log(true[coming > 0] + 1e-12).mean())


def write(made: Trained, read: Read) -> list[tuple[str, ...]]:
    """Return the line that it writes under each body: always the likeliest next word.

    Padding, what stands for unknown words, and the start are never written.
    """
    embeddings, *cells, kernel, bias = made.weights
    reader, writer, vocabulary = LSTM(*cells[:3]), LSTM(*cells[3:]), made.vocabulary
    ids = encode([body[:LENGTH] for body in read.bodies], vocabulary, LENGTH)
    never = [vocabulary.index(word) for word in ("", UNKNOWN, START)]
    last = reader(embeddings[ids], mask=ids > 0)
    h, c = last.h[:, -1], last.c[:, -1]
    word = np.full(len(ids), vocabulary.index(START))
    written = []
    for _ in range(LONGEST):
        step = writer(embeddings[word][:, None], h0=h, c0=c)
        h, c = step.h[:, 0], step.c[:, 0]
        logits = h @ kernel + bias
        logits[:, never] = -np.inf
        word = logits.argmax(axis=1)
        written.append(word)
    lines = []
    for row in np.stack(written, axis=1):
        words = [vocabulary[k] for k in row]
        lines.append(tuple(words[: words.index(END)] if END in words else words))
    return lines
