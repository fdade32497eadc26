"""Train the book's small classifier, which tells languages apart, score it, and export it.

    python -m lstm_edu.models.languages

writes ``languages.json`` beside this file: about two minutes on one core.
"""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path

import numpy as np

from lstm_edu.datasets.cldr import LICENCE, VERSION, Names, names
from lstm_edu.export import export
from lstm_edu.exported import ExportedModel
from lstm_edu.interop import keras

NAME = "languages"
SEED = 1887  # The year of Esperanto.
EMBEDDING = 24
UNITS = 96
BATCH = 64
EPOCHS = 22
LEARNING_RATE = 8e-3
PAD = ""


def build(characters: int, languages: int, *, every_step: bool):
    """Return the network, not yet trained: Embedding with a mask, GRU, Dense with softmax.

    Parameters
    ----------
    characters, languages : int
        How many it knows, padding among the characters.
    every_step : bool
        Whether it answers after each character, as it does in training, or at the end.
    """
    layers = keras().layers
    return keras().Sequential(
        [
            layers.Input((None,), dtype="int32", name="characters"),
            layers.Embedding(characters, EMBEDDING, mask_zero=True, name="embedding"),
            layers.Dropout(0.2),
            layers.GRU(UNITS, return_sequences=every_step, name="gru"),
            layers.Dropout(0.2),
            layers.Dense(languages, activation="softmax", name="language"),
        ],
        name=NAME,
    )


def padded(texts: list[str], alphabet: str) -> np.ndarray:
    """Return the numbers of the characters, (texts, longest), 0 where there is none."""
    number = {character: k for k, character in enumerate(alphabet, start=1)}
    ids = np.zeros((len(texts), max(map(len, texts))), np.int32)
    for row, text in zip(ids, texts, strict=True):
        row[: len(text)] = [number[character] for character in text]
    return ids


def train(data: Names, epochs: int = EPOCHS):
    """Train the network to answer after every character, so that it can be asked as one types."""
    keras().utils.set_random_seed(SEED)
    model = build(len(data.alphabet) + 1, len(data.languages), every_step=True)
    rate = keras().optimizers.schedules.CosineDecay(
        LEARNING_RATE, decay_steps=epochs * -(-data.splits.count("train") // BATCH), alpha=0.02
    )
    model.compile(
        optimizer=keras().optimizers.Adam(rate, clipnorm=1.0),
        loss="sparse_categorical_crossentropy",
        jit_compile=False,
    )
    texts, labels = data.split("train")
    x = padded(texts, data.alphabet)
    y = np.repeat(labels[:, None], x.shape[1], axis=1)
    # Nobody can tell after one letter: an answer counts as much as has been read of its name.
    lengths = np.array([[len(text)] for text in texts])
    counts = np.minimum(1.0, np.arange(1, x.shape[1] + 1) / lengths) ** 2
    model.fit(x, y, sample_weight=counts, batch_size=BATCH, epochs=epochs, verbose=2)
    return model


def accuracy(model: ExportedModel, texts: list[str], labels: np.ndarray, upto: int = 0) -> float:
    """Return how often the likeliest language is the right one, read up to a character or whole."""
    right = [
        model.answers(text)[: upto or None][-1].argmax() == label
        for text, label in zip(texts, labels, strict=True)
    ]
    return round(float(np.mean(right)), 4)


def trigrams(data: Names) -> float:
    """Return the accuracy of naive Bayes on groups of three characters, add one half, on the test.

    The usual simple answer to the same question (Cavnar & Trenkle 1994 rank such groups).
    """

    def groups(text: str) -> list[str]:
        framed = f"\x02{text}\x03"
        return [framed[k : k + 3] for k in range(len(framed) - 2)]

    texts, labels = data.split("train")
    known = {g: k for k, g in enumerate(sorted({g for text in texts for g in groups(text)}))}
    counts = np.full((len(data.languages), len(known)), 0.5)
    for text, label in zip(texts, labels, strict=True):
        for group in groups(text):
            counts[label, known[group]] += 1
    logs = np.log(counts / counts.sum(axis=1, keepdims=True))
    prior = np.log(np.bincount(labels) / len(labels))
    texts, labels = data.split("test")
    said = [
        (prior + sum(logs[:, known[g]] for g in groups(text) if g in known)).argmax()
        for text in texts
    ]
    return round(float(np.mean(np.array(said) == labels)), 4)


def scores(model: ExportedModel, data: Names) -> dict[str, float]:
    """Return accuracies on the test names: of the network, and of simpler answers beside it."""
    texts, labels = data.split("test")
    _, training = data.split("train")
    return {
        "test_accuracy": accuracy(model, texts, labels),
        "test_accuracy_after_4": accuracy(model, texts, labels, 4),
        "trigrams_test_accuracy": trigrams(data),
        "most_frequent_test_accuracy": round(
            float(np.mean(labels == np.bincount(training).argmax())), 4
        ),
        "test_names": len(labels),
    }


def main() -> None:
    """Run the command."""
    data = names()
    print(data)
    trained = train(data)
    whole = build(len(data.alphabet) + 1, len(data.languages), every_step=False)
    whole.set_weights(trained.get_weights())
    exact = export(
        whole,
        [PAD, *data.alphabet],
        name=NAME,
        title="A teller of eight languages",
        labels=data.languages,
    )
    model = exact.quantized()
    found = scores(model, data) | {"test_accuracy_unrounded": scores(exact, data)["test_accuracy"]}
    provenance = {
        "data": f"names in babel {VERSION}; {LICENCE}",
        "command": "python -m lstm_edu.models.languages",
        "seed": SEED,
        "epochs": EPOCHS,
        "python": platform.python_version(),
        "tensorflow": metadata.version("tensorflow-cpu"),
    }
    path = Path(__file__).parent / f"{NAME}.json"
    model.annotated(scores=found, provenance=provenance).save(path)
    print(path, f"{path.stat().st_size:,} bytes", found)


if __name__ == "__main__":
    main()
