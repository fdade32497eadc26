"""Train the book's tagger of semantic roles, score it beside simpler ones, and export it.

    python -m lstm_edu.models.roles

writes ``roles.json`` beside this file, and the record of the comparison,
``lstm_edu/results/roles.json``: some five minutes on one core. The verbs are divided into ten
parts; each sentence is tagged by a network that has learnt from the other parts, and so knows
neither its verb nor any of that verb's class. An LSTM in both directions, and one of as many
weights that reads forwards alone.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from lstm_edu import packing, results
from lstm_edu.datasets.roles import FOLDS, NONE, Roles, Sentence, Split, semantic_roles, spans
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.models import roles_baselines as baselines
from lstm_edu.models.command import options_of, report
from lstm_edu.models.roles_training import (
    BATCH,
    DROPPED,
    EPOCHS,
    FORGOTTEN,
    LEARNING_RATE,
    LEAST,
    MARKER,
    UNITS,
    WIDTH,
    Trained,
    tagged,
    train,
)
from lstm_edu.models.seeds import (
    SEEDS,
    data_of,
    environment,
    mean_seconds,
    on_one_thread,
    over_seeds,
    provenance,
)

NAME = "roles"
COMMAND = f"lstm_edu.models.{NAME}"
PACKAGES = ("nervaluate", "numpy", "scikit-learn", "verbenet")
#: The part whose network the page carries; what the page shows of it is from this part's test.
SHOWN = 0
SIMPLE: dict[str, tuple[baselines.Method, str]] = {
    "most frequent label": (baselines.nothing, "none, for every word"),
    "position": (baselines.position, "one role before the verb, one behind it"),
    "preposition": (baselines.preposition, "each preposition begins a role of its own"),
    "logistic regression": (baselines.logistic, "each word for itself, features by hand"),
}
KINDS = {"BiLSTM": "LSTM in both directions", "LSTM": "LSTM, forwards alone"}

Tags = Sequence[str]
Parts = dict[Split, list[Sentence]]


def prefixed(roles: Tags) -> list[str]:
    """Return roles as span scorers read them: ``B-`` where a span begins, ``I-`` inside it."""
    found = [NONE] * len(roles)
    for role, begin, end in spans(tuple(roles)):
        found[begin:end] = [f"B-{role}", *[f"I-{role}"] * (end - begin - 1)]
    return found


def scored(right: Sequence[Tags], said: Sequence[Tags]) -> dict[str, float]:
    """Return how good tags are, in per cent.

    Parameters
    ----------
    right, said : sequence of sequence of str
        The role of each word of each sentence: as it is, and as somebody says.

    Returns
    -------
    dict
        ``"spans"``: F1 of spans with the right words *and* the right role (nervaluate's
        ``strict``, which is conlleval's measure); ``"borders"``: F1 of spans with the right words,
        whatever their role; ``"words"``: the share of words with the right role.
    """
    from nervaluate import Evaluator

    # Of a role that is not among the tags, nervaluate would overlook the spans.
    names = sorted({role for tags in (*right, *said) for role in tags} - {NONE})
    pairs = [[prefixed(tags) for tags in each] for each in (right, said)]
    overall = Evaluator(*pairs, tags=names, loader="list").evaluate()["overall"]
    every = zip(*(np.concatenate(list(each)) for each in (right, said)), strict=True)
    same = [one == other for one, other in every]
    return {
        "spans": percent(overall["strict"].f1),
        "borders": percent(overall["exact"].f1),
        "words": percent(np.mean(same)),
    }


def percent(share: float) -> float:
    """Return a share in per cent."""
    return round(100 * float(share), 2)


def crossed(
    every: Sequence[Parts], learn: Callable[[Parts], Callable[[list[Sentence]], list[Tags]]]
) -> dict[str, Tags]:
    """Return the tags of each sentence by its text, each by what has learnt from the other parts.

    Parameters
    ----------
    every : sequence of dict
        Each as `Roles.parts` gives them.
    learn : callable
        Is given such parts and returns what tags sentences.
    """
    said: dict[str, Tags] = {}
    for parts in every:
        tag = learn(parts)
        found = tag(parts["test"])
        said |= {each.text: tags for each, tags in zip(parts["test"], found, strict=True)}
    return said


def simply(method: baselines.Method) -> Callable[[Parts], Callable]:
    """Return a simple method as `crossed` takes it."""

    def learn(parts: Parts) -> Callable:
        tag = method(parts["train"], parts["validation"])
        return lambda sentences: [tag(each) for each in sentences]

    return learn


def score(data: Roles, said: dict[str, Tags]) -> dict[str, float]:
    """Return how good the tags of all sentences are."""
    return scored(
        [each.roles for each in data.sentences], [said[each.text] for each in data.sentences]
    )


class Crossing:
    """A network for each part, from one seed; what they say of all sentences.

    Parameters
    ----------
    kind : {"BiLSTM", "LSTM"}
        Which network.
    data : Roles
        The sentences.
    every : sequence of dict
        Each as `Roles.parts` gives them.
    seed : int
        Of every one of its trainings.
    epochs, progress
        As in `train`.
    """

    def __init__(self, kind, data: Roles, every, seed: int, epochs: int, progress: bool):
        self.trained: list[Trained] = []

        def learn(parts: Parts) -> Callable:
            held = parts["validation"]
            made = train(kind, parts["train"], held, data.names, epochs, progress, seed)
            self.trained.append(made)
            return lambda sentences: tagged(made, sentences, data.names)

        self.said = crossed(every, learn)
        self.scores = score(data, self.said)

    @property
    def described(self) -> dict[str, object]:
        """What its record keeps."""
        nats = [made.history["nats"][-1] for made in self.trained]
        return {**self.scores, "validation_nats": [round(value, 4) for value in nats]}


def by_sentence(data: Roles) -> list[Parts]:
    """Return other parts, in which a verb's other sentences may be learnt from."""
    order = data.sample(len(data.sentences))
    fold = {each.text: place % FOLDS for place, each in enumerate(order)}
    folds = tuple(fold[each.text] for each in data.sentences)
    return [Roles(data.sentences, data.left_out, folds).parts(k) for k in range(FOLDS)]


def export(made: Trained, names: Sequence[str]) -> ExportedModel:
    """Return a trained BiLSTM as it travels, with its weights as they are."""
    embedding, both, _, dense = made.network.layers

    def packed(params) -> dict:
        return {name: packing.pack(array) for name, array in params._asdict().items()}

    def half(name: str, lstm) -> dict:
        return {
            **{"type": "LSTM", "name": name, "weights": packed(lstm.params)},
            **{"activation": "tanh", "recurrent_activation": "sigmoid"},
            **{"return_sequences": True, "go_backwards": name == "backward"},
        }

    reader = {"type": "Bidirectional", "name": "both", "merge_mode": "concat"}
    reader |= {"forward": half("forward", both.there), "backward": half("backward", both.back)}
    words = {"type": "Embedding", "name": "embedding", "mask_zero": False}
    head = {"type": "Dense", "name": "role", "activation": "softmax"}
    return ExportedModel(
        {
            "format": FORMAT,
            "name": NAME,
            "title": "Who does what to whom: semantic roles in French",
            "unit": "word",
            "vocabulary": list(made.vocabulary.tokens),
            "unknown": made.vocabulary.unknown,
            "standardize": made.vocabulary.standardize,
            "split": made.vocabulary.splitting,
            "marker": MARKER,
            "labels": list(names),
            "layers": [
                words | {"weights": packed(embedding.params)},
                reader,
                head | {"weights": packed(dense.params)},
            ],
        }
    )


def answers(model: ExportedModel, sentences: Sequence[Sentence]) -> list[Tags]:
    """Return what an exported model makes of sentences."""
    found = [model.answers(each.text, marked=each.verb).argmax(axis=1) for each in sentences]
    return [tuple(model.labels[k] for k in row) for row in found]


def confusions(data: Roles, said: dict[str, Tags]) -> list[list[object]]:
    """Return for spans with the right words how often which role was called what, most often first.

    Returns
    -------
    list of [str, str, int]
        Right role, what it was called, how often; the right calls among them.
    """
    counts: Counter = Counter()
    for each in data.sentences:
        found = {(begin, end): role for role, begin, end in spans(tuple(said[each.text]))}
        counts.update(
            (role, found[begin, end]) for role, begin, end in each.spans if (begin, end) in found
        )
    return [[*pair, count] for pair, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]


def evaluate(data: Roles, epochs: int, progress: bool) -> tuple[ExportedModel, results.Results]:
    """Train all, score all; return the network of the page, and the record."""
    every = [data.parts(k) for k in range(FOLDS)]
    simple = {}
    for name, (method, _) in SIMPLE.items():
        started = time.process_time()
        simple[name] = score(data, crossed(every, simply(method)))
        simple[name]["seconds"] = round(time.process_time() - started, 1)
        print(name, simple[name], flush=True)
    runs = {}
    for kind in KINDS:
        runs[kind] = over_seeds(
            lambda seed, kind=kind: Crossing(kind, data, every, seed, epochs, progress)
        )
        for run in runs[kind]:
            print(kind, run.seed, run.made.described, f"{run.seconds:.0f} s", flush=True)
    met = by_sentence(data)
    known = {
        "BiLSTM": Crossing("BiLSTM", data, met, SEEDS[0], epochs, progress).scores,
        **{
            name: score(data, crossed(met, simply(SIMPLE[name][0])))
            for name in ("position", "preposition")
        },
    }
    print("other sentences of the verb known", known, flush=True)
    nats = [run.made.trained[SHOWN].history["nats"][-1] for run in runs["BiLSTM"]]
    best = int(np.argmin(nats))
    test = every[SHOWN]["test"]
    whole = export(runs["BiLSTM"][best].made.trained[SHOWN], data.names)
    small = whole.quantized()
    p = {
        model: np.concatenate([model.answers(each.text, marked=each.verb) for each in test])
        for model in (whole, small)
    }
    moved = np.abs(p[whole] - p[small])
    small = small.annotated(
        scores={
            "unit": "per cent: F1 of spans, F1 of their borders, share of words",
            "test": scored([each.roles for each in test], answers(small, test)),
            "runs": {kind: [run.made.described for run in runs[kind]] for kind in KINDS},
            "simple": simple,
            "verb_known": known,
            "confusions": confusions(data, runs["BiLSTM"][best].made.said),
        },
        quantization={
            "bits": 8,
            "spans_before": scored([each.roles for each in test], answers(whole, test))["spans"],
            "probability_max": float(f"{moved.max():.3g}"),
            "probability_mean": float(f"{moved.mean():.3g}"),
            "measured_on": "the test sentences of its part",
        },
        provenance=describe(data, epochs, SEEDS[best]),
    )
    return small, record(data, simple, runs)


def record(data: Roles, simple: dict, runs: dict) -> results.Results:
    """Return the comparison as the results page has it."""
    rows = [
        results.Row(name, "baseline", (row["spans"],), row["seconds"], note=SIMPLE[name][1])
        for name, row in simple.items()
    ]
    for kind, title in KINDS.items():
        network = runs[kind][0].made.trained[SHOWN].network
        rows.append(
            results.Row(
                f"{title}, {UNITS[kind]} units" + " each" * (kind == "BiLSTM"),
                "network",
                tuple(run.made.scores["spans"] for run in runs[kind]),
                mean_seconds(runs[kind]),
                sum(array.size for array in network.weights),
                note="ten trainings a seed, one for each part",
            )
        )
    count = len(data.sentences)
    return results.Results(
        name="roles",
        page="3_roles",
        title="Semantic roles",
        question="Which words are who, what and where to the verb?",
        measure=results.Measure(
            "F1 of spans", "%", "higher", 1, f"{count} sentences, each with a verb not learnt from"
        ),
        rows=tuple(rows),
        data=data_of(data, "verbenet 1.0.0: example sentences of the French VerbNet"),
        command=f"python -m {COMMAND}",
        seeds=SEEDS,
        environment=environment(PACKAGES),
    )


def describe(data: Roles, epochs: int, seed: int) -> dict[str, object]:
    """Return where the weights come from: enough to make them again."""
    parts = data.parts(SHOWN)
    return provenance(COMMAND, data, PACKAGES) | {
        "parts": {name: len(part) for name, part in parts.items()},
        "part": SHOWN,
        "seeds": list(SEEDS),
        "seed": seed,
        "epochs": epochs,
        "batch": BATCH,
        "learning_rate": LEARNING_RATE,
        "forgotten": FORGOTTEN,
        "dropped": DROPPED,
        "least": LEAST,
        "width": WIDTH,
        "units": UNITS,
    }


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = options_of(
        COMMAND,
        "Train the book's tagger of semantic roles, score it, and export it.",
        Path(__file__).with_suffix(".json"),
        EPOCHS,
    )
    options = parser.parse_args(arguments)
    small, comparison = evaluate(semantic_roles(), options.epochs, sys.stderr.isatty())
    small.save(options.output)
    report(options.output, options.unrecorded, comparison)


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
