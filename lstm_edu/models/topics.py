"""Train the source article's own model on ten topics, score it beside simpler ones, and export it.

    python -m lstm_edu.models.topics

writes ``topics.json`` beside this file: a few minutes on one core. Each training is kept in
``_build/topics/`` as it ends, and taken from there by a second run; ``--fresh`` trains anew.

The article gives the layers, the optimiser, the loss and the number of epochs, and nothing else.
It is trained as printed, where the padding is read like words, and with a mask on the padding.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import numpy as np
from tqdm import tqdm

from lstm_edu import packing
from lstm_edu.datasets.topics import Glosses, Topics, topics
from lstm_edu.export import export
from lstm_edu.exported import ExportedModel
from lstm_edu.interop import keras
from lstm_edu.models.seeds import SEEDS, provenance

NAME = "topics"
WORDS = 10_000
LENGTH = 24  # words: the whole of 98 of 100 definitions, and the beginning of the others
EPOCHS = 10
#: The page reads the most frequent words alone: all of them would weigh a megabyte.
PAGE_WORDS = 5000
STRENGTHS = (1.0, 3.0, 10.0)
#: Takes seven seconds each time, and then trains twice as fast.
COMPILED = True

AS_PRINTED, MASKED, AVERAGE = "as printed", "with a mask", "embedding average"


def build(kind: str, words: int = WORDS):
    """Return a network, compiled and not yet trained.

    Parameters
    ----------
    kind : {"as printed", "with a mask", "embedding average"}
        The article's model; the same that skips the padding; or, in place of its LSTMs, the mean of
        the words' vectors, which knows nothing of their order.
    words : int
        How many words it knows, padding and what stands for unknown ones among them.
    """
    layers = keras().layers
    middle = [
        layers.LSTM(64, return_sequences=True, name="lstm"),
        layers.LSTM(32, name="lstm_1"),
    ]
    if kind == AVERAGE:
        middle = [layers.GlobalAveragePooling1D(name="average")]
    model = keras().Sequential(
        [
            layers.Input((None,), dtype="int32", name="words"),
            layers.Embedding(words, 64, mask_zero=kind != AS_PRINTED, name="embedding"),
            *middle,
            layers.Dense(10, activation="softmax", name="topic"),
        ],
        name=NAME,
    )
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=COMPILED,
    )
    return model


def vectorizer(data: Topics):
    """Return the layer that turns texts into numbers of words, with the words of the training."""
    layer = keras().layers.TextVectorization(max_tokens=WORDS, output_sequence_length=LENGTH)
    layer.adapt(list(data.train.texts))
    return layer


def encode(layer, glosses: Glosses) -> np.ndarray:
    """Return the numbers of the words, (glosses, LENGTH), int32; padded at the end with 0."""
    return np.asarray(layer(list(glosses.texts))).astype(np.int32)


class Encoded:
    """The three parts as arrays.

    Parameters
    ----------
    data : Topics
        The texts.

    Attributes
    ----------
    vocabulary : list of str
        The words in the order of their numbers.
    train, validation, test : tuple of ndarray
        (numbers of words, labels).
    """

    def __init__(self, data: Topics) -> None:
        layer = vectorizer(data)
        self.vocabulary = layer.get_vocabulary()
        self.train, self.validation, self.test = (
            (encode(layer, part), part.labels) for part in (data.train, data.validation, data.test)
        )


def train(kind: str, seed: int, encoded: Encoded, epochs: int = EPOCHS) -> tuple:
    """Return the network as it was after its best epoch on the validation part, and its history.

    Returns
    -------
    model : keras.Model
        With the weights of the epoch whose validation loss was least: early stopping, without
        stopping.
    history : dict of list of float
        ``loss``, ``accuracy``, ``val_loss``, ``val_accuracy`` after each epoch.
    """
    keras().utils.set_random_seed(seed)
    model = build(kind, len(encoded.vocabulary))
    best = keras().callbacks.EarlyStopping("val_loss", patience=epochs, restore_best_weights=True)
    bar = tqdm(unit="batch", disable=not sys.stderr.isatty())
    step = keras().callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: bar.update())
    with bar:
        bar.total = epochs * -(-len(encoded.train[0]) // 32)
        bar.set_description(f"{kind}, seed {seed}")
        history = model.fit(
            *encoded.train,
            epochs=epochs,
            validation_data=encoded.validation,
            verbose=0,
            callbacks=[best, step],
        ).history
    return model, {name: [round(float(v), 5) for v in row] for name, row in history.items()}


def trained(kind: str, seed: int, encoded: Encoded, epochs: int, folder: Path) -> tuple:
    """Return what `train` returns, from the folder where it was trained before."""
    stem = folder / f"{kind.replace(' ', '-')}-{seed}-{epochs}"
    weights, curves = stem.with_suffix(".npz"), stem.with_suffix(".json")
    if curves.exists():
        model = build(kind, len(encoded.vocabulary))
        with np.load(weights) as arrays:
            model.set_weights([arrays[f"arr_{k}"] for k in range(len(arrays.files))])
        return model, json.loads(curves.read_text())
    model, history = train(kind, seed, encoded, epochs)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(weights, *model.get_weights())
    curves.write_text(json.dumps(history))
    return model, history


def score(model, part: tuple) -> dict[str, float]:
    """Return the share of right answers, and the nats per text."""
    x, y = part
    p = model.predict(x, batch_size=256, verbose=0)
    right = p.argmax(axis=1) == y
    nats = -np.log(np.maximum(p[np.arange(len(y)), y], 1e-12))
    return {"accuracy": round(float(right.mean()), 4), "nats": round(float(nats.mean()), 4)}


def confusion(answers: np.ndarray, labels: np.ndarray) -> list[list[int]]:
    """Count how often each topic (row) was taken for each (column)."""
    table = np.zeros((10, 10), int)
    np.add.at(table, (labels, answers), 1)
    return table.tolist()


def simple(data: Topics) -> dict[str, dict[str, float]]:
    """Return what is right of the most frequent topic, and of counted words."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = np.bincount(data.train.labels)
    parts = {"validation": data.validation, "test": data.test}
    majority = {
        name: round(float(np.mean(part.labels == counts.argmax())), 4)
        for name, part in parts.items()
    }
    words = TfidfVectorizer(max_features=WORDS, sublinear_tf=True)
    x = words.fit_transform(data.train.texts)
    tried = {}
    for strength in STRENGTHS:
        line = LogisticRegression(C=strength, max_iter=1000).fit(x, data.train.labels)
        tried[strength] = {
            name: round(float(line.score(words.transform(part.texts), part.labels)), 4)
            for name, part in parts.items()
        }
    best = max(tried, key=lambda strength: tried[strength]["validation"])
    return {"majority": majority, "TF-IDF + logistic regression": {**tried[best], "C": best}}


def shortened(model: ExportedModel, words: int) -> ExportedModel:
    """Return the model with the most frequent words alone; the others are unknown to it."""
    data = model.to_dict()
    weights = data["layers"][0]["weights"]
    rows = packing.unpack(weights["embeddings"], "embeddings")[:words]
    weights["embeddings"] = packing.pack(np.ascontiguousarray(rows))
    return ExportedModel(data | {"vocabulary": data["vocabulary"][:words]})


def answers(model: ExportedModel, glosses: Glosses) -> np.ndarray:
    """Return which topic an exported model finds each definition to be of, ``(glosses,)``.

    Each is read to its end, without padding.
    """
    ids = [model.encode(text) for text in glosses.texts]
    lengths = np.array([len(each) for each in ids])
    found = np.empty(len(ids), np.int64)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        _, output = model.run(np.stack([ids[row] for row in rows]))
        found[rows] = output.argmax(axis=1)
    return found


def keras_model(model: ExportedModel):
    """Return an exported model as a Keras model again, with the very numbers it computes with."""
    result = build(MASKED, len(model.vocabulary))
    order = "embeddings", "kernel", "recurrent_kernel", "bias"  # as Keras has them in a layer
    for layer, data in zip(result.layers, model.to_dict()["layers"], strict=True):
        weights = data["weights"]
        names = [name for name in order if name in weights]
        layer.set_weights(
            [packing.unpack(weights[name], name).astype(np.float32) for name in names]
        )
    return result


def evaluate(data: Topics, epochs: int, folder: Path) -> ExportedModel:
    """Train all, score all, and export the masked network that did best on the validation part."""
    encoded = Encoded(data)
    runs: dict[str, list[dict]] = {kind: [] for kind in (MASKED, AS_PRINTED, AVERAGE)}
    networks = []
    for seed in SEEDS:
        for kind, kept in runs.items():
            model, history = trained(kind, seed, encoded, epochs, folder)
            scores = {part: score(model, getattr(encoded, part)) for part in ("validation", "test")}
            epoch = 1 + int(np.argmin(history["val_loss"]))
            kept.append({"seed": seed, "epoch": epoch, **scores, "history": history})
            print(f"{kind:18} seed {seed}  best after epoch {epoch:2}  {scores}", flush=True)
            if kind == MASKED:
                networks.append(model)
    best = int(np.argmax([run["validation"]["accuracy"] for run in runs[MASKED]]))
    whole = export(
        networks[best],
        encoded.vocabulary,
        name=NAME,
        title="What is it? Ten topics of definitions",
        labels=data.names,
    )
    small = shortened(whole, PAGE_WORDS).quantized()
    found = {model: answers(model, data.test) for model in (whole, small)}
    right = {model: float(np.mean(found[model] == data.test.labels)) for model in found}
    return small.annotated(
        scores={
            "unit": "share of right answers; nats per definition",
            "accuracy": round(right[small], 4),
            "all_words": round(right[whole], 4),
            "same_answer": round(float(np.mean(found[small] == found[whole])), 4),
            "confusion": confusion(found[whole], data.test.labels),
            "runs": runs,
            "simple": simple(data),
        },
        provenance=describe(data, epochs, SEEDS[best]),
    )


def describe(data: Topics, epochs: int, seed: int) -> dict[str, object]:
    """Return where the weights come from: enough to make them again."""
    packages = ("keras", "nlptoolkit-wordnet", "numpy", "scikit-learn", "tensorflow")
    return {
        **provenance(f"lstm_edu.models.{NAME}", data, packages),
        "parts": {name: len(getattr(data, name)) for name in ("train", "validation", "test")},
        "seeds": list(SEEDS),
        "seed": seed,
        "epochs": epochs,
        "words": WORDS,
        "length": LENGTH,
        "batch": 32,
        "page_words": PAGE_WORDS,
    }


def table(model: ExportedModel) -> str:
    """Return the scores as a table."""
    scores = model.scores
    lines = [f"{'share of right answers':32} validation    test"]
    for name, row in scores["simple"].items():
        lines.append(f"{name:32} {row['validation']:10.3f} {row['test']:7.3f}")
    for name, runs in scores["runs"].items():
        mean = [np.mean([run[part]["accuracy"] for run in runs]) for part in ("validation", "test")]
        spread = np.std([run["test"]["accuracy"] for run in runs])
        lines.append(f"{name:32} {mean[0]:10.3f} {mean[1]:7.3f} ± {spread:.3f}")
    lines.append(
        f"the one kept: {scores['all_words']:.3f}; as the page has it, with "
        f"{len(model.vocabulary):,} words in 8 bits, {scores['accuracy']:.3f}, "
        f"the same answer to {scores['same_answer']:.1%}"
    )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog=f"python -m lstm_edu.models.{NAME}",
        description="Train the source article's model on ten topics, score it, and export it.",
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="default: %(default)s")
    parser.add_argument(
        "--folder", type=Path, default=Path("_build", NAME), help="for the trainings"
    )
    parser.add_argument("--fresh", action="store_true", help="train anew what is in the folder")
    parser.add_argument(
        "--output", type=Path, default=Path(__file__).with_suffix(".json"), help="for the model"
    )
    options = parser.parse_args(arguments)
    if options.epochs < 1:
        parser.error(f"--epochs is {options.epochs}; expected 1 or more")
    if options.fresh:
        for file in options.folder.glob("*-[0-9]*-[0-9]*.*"):
            file.unlink()
    # One thread adds up in one order, so that a second run gives the same weights.
    os.environ |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
    small = evaluate(topics(), options.epochs, options.folder)
    small.save(options.output)
    print(table(small))
    print(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
