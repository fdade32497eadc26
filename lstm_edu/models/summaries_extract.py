"""The network that tells of each word of a text how probable it is in the summary line."""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from lstm_edu import packing
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.interop import keras
from lstm_edu.models.summaries_data import (
    LENGTH,
    UNKNOWN,
    WORDS,
    Read,
    average_precision,
    encode,
    most_frequent,
    padded,
)

WIDTH, UNITS = 48, 48
EPOCHS, BATCH = 8, 64
LEARNING_RATE = 5e-3
#: Which share of the words is made unknown in training, each time others: another library has
#: other names, and what a name is must then be told by its place.
FORGOTTEN = 0.15


class Trained(NamedTuple):
    """A network's weights, as Keras lists them, its words, and how its training went."""

    weights: list[np.ndarray]
    vocabulary: list[str]
    history: dict[str, list[float]]


def build(words: int, width: int = WIDTH, units: int = UNITS):
    """Return the network, compiled and not yet trained: one probability for each word."""
    layers = keras().layers
    model = keras().Sequential(
        [
            layers.Input((None,), dtype="int32", name="words"),
            layers.Embedding(words, width, mask_zero=True, name="embedding"),
            layers.Bidirectional(layers.LSTM(units, return_sequences=True), name="both"),
            layers.Dropout(0.3),
            layers.Dense(1, activation="sigmoid", name="kept"),
        ],
        name="summaries",
    )
    model.compile(
        optimizer=keras().optimizers.Adam(LEARNING_RATE, clipnorm=1.0),
        loss="binary_crossentropy",
    )
    return model


def precision(model, vocabulary: list[str], read: Read) -> float:
    """Return the average precision of a Keras model over all content words of a part."""
    ids = encode(read.bodies, vocabulary, LENGTH)
    p = model.predict(ids, batch_size=256, verbose=0)[..., 0]
    said = [row[: len(body)].astype(float) for row, body in zip(p, read.bodies, strict=True)]
    return average_precision(*read.pooled(said))


def train(
    data: Read,
    held: Read,
    seed: int = 0,
    *,
    epochs: int = EPOCHS,
    progress: bool | None = None,
) -> Trained:
    """Return the network as it was after the epoch with the best average precision on `held`.

    Parameters
    ----------
    data, held : Read
        What it learns from, and what its epochs are compared on.
    seed : int
        For its first weights, the order of the texts, and which words are forgotten.
    epochs : int
        How often it reads all of `data`.
    progress : bool, optional
        Whether a bar is shown; by default in a terminal.
    """
    keras().utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    vocabulary = most_frequent(data.bodies, WORDS, ("", UNKNOWN))
    model = build(len(vocabulary))
    ids, kept = encode(data.bodies, vocabulary, LENGTH), padded(data.kept)[..., None]
    history: dict[str, list[float]] = {"loss": [], "held": []}
    best = 0.0, model.get_weights()
    hidden = not sys.stderr.isatty() if progress is None else not progress
    steps = len(ids) // BATCH
    with tqdm(total=epochs * steps, unit="batch", desc=f"seed {seed}", disable=hidden) as bar:
        for _ in range(epochs):
            order, losses = random.permutation(len(ids)), []
            for rows in np.split(order[: steps * BATCH], steps):
                x = ids[rows]
                x = np.where((random.random(x.shape) < FORGOTTEN) & (x > 0), 1, x)
                losses.append(model.train_on_batch(x, kept[rows], (x > 0).astype(np.float32)))
                bar.update()
            history["loss"].append(round(float(np.mean(losses)), 4))
            history["held"].append(round(precision(model, vocabulary, held), 4))
            if history["held"][-1] > best[0]:
                best = history["held"][-1], model.get_weights()
    return Trained(best[1], vocabulary, history)


def exported(made: Trained) -> ExportedModel:
    """Return a trained network as it travels, with its weights as they are."""
    embeddings, *halves, kernel, bias = made.weights

    def half(way: str, weights: list[np.ndarray]) -> dict:
        return {
            **{"type": "LSTM", "name": f"{way}_lstm"},
            **{"activation": "tanh", "recurrent_activation": "sigmoid"},
            **{"return_sequences": True, "go_backwards": way == "backward"},
            "weights": packed(kernel=weights[0], recurrent_kernel=weights[1], bias=weights[2]),
        }

    def packed(**weights: np.ndarray) -> dict:
        return {name: packing.pack(array) for name, array in weights.items()}

    table = {"type": "Embedding", "name": "embedding", "mask_zero": True}
    both = {"type": "Bidirectional", "name": "both", "merge_mode": "concat"}
    both |= {"forward": half("forward", halves[:3]), "backward": half("backward", halves[3:])}
    head = {"type": "Dense", "name": "kept", "activation": "sigmoid"}
    return ExportedModel(
        {
            **{"format": FORMAT, "name": "summaries"},
            "title": "Which words belong in the summary line?",
            **{"unit": "word", "vocabulary": made.vocabulary, "unknown": 1},
            **{"standardize": "lower", "split": "signs", "labels": ["left out", "kept"]},
            "layers": [
                table | {"weights": packed(embeddings=embeddings)},
                both,
                head | {"weights": packed(kernel=kernel, bias=bias)},
            ],
        }
    )


def answers(model: ExportedModel, read: Read) -> list[np.ndarray]:
    """Return what an exported model says of each word of each body, each (words,)."""
    lengths = np.array([len(body) for body in read.bodies])
    number = {word: k for k, word in enumerate(model.vocabulary)}
    found: list[np.ndarray] = [np.zeros(0)] * len(read)
    for length in np.unique(lengths):
        same = np.flatnonzero(lengths == length)
        for rows in np.array_split(same, -(-len(same) // 64)):
            ids = [[number.get(word, model.text.unknown) for word in read.bodies[k]] for k in rows]
            for row, p in zip(rows, model.run(np.array(ids))[1], strict=True):
                found[row] = p[:, 0]
    return found
