"""Train the book's two summarisers, score them beside simpler ones, and export the one that works.

    python -m lstm_edu.models.summaries

writes ``summaries.json`` beside this file and two records, ``lstm_edu/results/summaries_extract``
and ``summaries_write``: some ten minutes on one core. Each training is kept in
``_build/summaries/`` as it ends, and taken from there by a second run; ``--fresh`` trains anew.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import ModuleType

import numpy as np

from lstm_edu import results
from lstm_edu.datasets.docstrings import Docstrings, docstrings
from lstm_edu.exported import ExportedModel
from lstm_edu.models import summaries_baselines as baselines
from lstm_edu.models import summaries_extract as extract
from lstm_edu.models import summaries_lines as lines
from lstm_edu.models import summaries_study as study
from lstm_edu.models import summaries_write as writing
from lstm_edu.models.command import options_of, report
from lstm_edu.models.seeds import (
    SEEDS,
    Run,
    data_of,
    environment,
    mean_seconds,
    on_one_thread,
    provenance,
)
from lstm_edu.models.summaries_data import LENGTH, WORDS, Read, average_precision
from lstm_edu.models.summaries_study import percent

NAME = "summaries"
COMMAND = f"lstm_edu.models.{NAME}"
PACKAGES = ("keras", "numpy", "scikit-learn", "tensorflow")
KINDS: dict[str, ModuleType] = {"extract": extract, "write": writing}
SOURCE = "docstrings of numpy, scipy, pandas (training), keras (validation), scikit-learn (test)"


def trained(kind: str, split: str, seed: int, parts: dict[str, Read], folder: Path) -> Run:
    """Return a training, from the folder where it was made before.

    Parameters
    ----------
    kind : {"extract", "write"}
        Which network.
    split : {"library", "random"}
        How `parts` were made; for the name of the file.
    seed : int
        The seed.
    parts : dict of Read
        ``"train"`` and ``"validation"`` are used.
    folder : Path
        Where trainings are kept.
    """
    module = KINDS[kind]
    stem = folder / f"{kind}-{split}-{seed}-{module.EPOCHS}"
    weights, notes = stem.with_suffix(".npz"), stem.with_suffix(".json")
    if notes.exists():
        kept = json.loads(notes.read_text(encoding="utf-8"))
        with np.load(weights) as arrays:
            found = [arrays[f"arr_{k}"] for k in range(len(arrays.files))]
        return Run(
            seed, extract.Trained(found, kept["vocabulary"], kept["history"]), kept["seconds"]
        )
    started = time.process_time()
    made = module.train(parts["train"], parts["validation"], seed)
    seconds = round(time.process_time() - started, 2)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(weights, *made.weights)
    kept = {"vocabulary": made.vocabulary, "history": made.history, "seconds": seconds}
    notes.write_text(json.dumps(kept), encoding="utf-8")
    print(f"{stem.name}: {made.history}, {seconds:.0f} s", flush=True)
    return Run(seed, made, seconds)


def claims(split: str, folder: Path) -> dict[str, float]:
    """Return what a split, ``"library"`` or ``"random"``, lets one claim, see `study.claims`."""
    parts = study.read_parts(docstrings(split))
    runs = (trained(kind, split, SEEDS[0], parts, folder) for kind in KINDS)
    return study.claims(parts, *runs)


def evaluate(folder: Path) -> tuple[ExportedModel, results.Results, results.Results]:
    """Train all, score all; return the extractive network to be kept, and the two records."""
    data = docstrings()
    parts = study.read_parts(data)
    train, held, test = (parts[name] for name in study.PARTS)
    runs = {
        kind: [trained(kind, "library", seed, parts, folder) for seed in SEEDS] for kind in KINDS
    }
    simple = baselines.score_all(train, held, test)
    reached, picked = [], []
    for run in runs["extract"]:
        model = extract.exported(run.made)
        said = [extract.answers(model, part) for part in (held, test)]
        row = {"seed": run.seed, "history": run.made.history}
        for name, told in zip(("validation", "test"), said, strict=True):
            row[name] = percent(average_precision(*parts[name].pooled(told)))
        reached.append(row)
        picked.append(study.picked_lines(parts, *said))
    best = int(np.argmax([row["validation"] for row in reached]))
    whole = extract.exported(runs["extract"][best].made)
    small = whole.quantized()
    found = {model: extract.answers(model, test) for model in (whole, small)}
    moved = np.abs(np.concatenate(found[whole]) - np.concatenate(found[small]))
    after = {model: percent(average_precision(*test.pooled(said))) for model, said in found.items()}
    small = small.annotated(
        scores={
            "unit": "average precision over content words, %; F1 of the words of lines, %",
            "test": after[small],
            "threshold": study.threshold(extract.answers(small, held), held),
            "runs": reached,
            "simple": {name: percent(row["test"]) for name, row in simple.items()},
            "lines": study.simple_lines(parts),
            "possible": study.scored(lines.best_sentences(test), test),
            "picked": picked,
            "writer": study.writer(runs["write"], parts, data.test.names),
            "claims": {split: claims(split, folder) for split in ("library", "random")},
        },
        quantization={
            "bits": 8,
            "precision_before": after[whole],
            "precision_after": after[small],
            "probability_max": float(f"{moved.max():.3g}"),
            "probability_mean": float(f"{moved.mean():.3g}"),
            "measured_on": "the bodies of scikit-learn",
        },
        provenance=describe(data, SEEDS[best]),
    )
    return small, record_extract(data, small, simple, runs), record_write(data, small, runs)


def record_extract(data: Docstrings, model: ExportedModel, simple, runs) -> results.Results:
    """Return the comparison of the words kept, as the results page has it."""
    rows = [
        results.Row(name, "baseline", (percent(row["test"]),), row["seconds"], note=row["note"])
        for name, row in simple.items()
    ]
    network = results.Row(
        f"LSTM in both directions, {extract.UNITS} units each",
        "network",
        tuple(row["test"] for row in model.scores["runs"]),
        mean_seconds(runs["extract"]),
        model.parameters,
    )
    return results.Results(
        name="summaries_extract",
        page="1_summaries",
        title="Summaries: words kept",
        question="Which words of a text belong in its summary line?",
        measure=results.Measure(
            "average precision", "%", "higher", 1, "the content words of scikit-learn's docstrings"
        ),
        rows=(*rows, network),
        **common(data),
    )


def record_write(data: Docstrings, model: ExportedModel, runs) -> results.Results:
    """Return the comparison of whole lines, as the results page has it."""
    scores = model.scores
    rows = [
        results.Row(name, "baseline", (row["content"],)) for name, row in scores["lines"].items()
    ]
    rows.append(
        results.Row(
            study.WRITER,
            "network",
            tuple(row["content"] for row in scores["writer"]["runs"]),
            mean_seconds(runs["write"]),
            sum(array.size for array in runs["write"][0].made.weights),
        )
    )
    for name in (study.SENTENCE, study.WORDS):
        rows.append(
            results.Row(
                name,
                "network",
                tuple(row[name]["content"] for row in scores["picked"]),
                mean_seconds(runs["extract"]),
                model.parameters,
            )
        )
    return results.Results(
        name="summaries_write",
        page="1_summaries",
        title="Summaries: whole lines",
        question="What does the summary line say?",
        measure=results.Measure(
            "F1 of content words", "%", "higher", 1, "the summary lines of scikit-learn"
        ),
        rows=tuple(rows),
        **common(data),
    )


def common(data: Docstrings) -> dict:
    """Return what both records say alike."""
    return {
        "data": data_of(data, SOURCE),
        "command": f"python -m {COMMAND}",
        "seeds": SEEDS,
        "environment": environment(PACKAGES),
    }


def describe(data: Docstrings, seed: int) -> dict[str, object]:
    """Return where the weights come from: enough to make them again."""
    return provenance(COMMAND, data, PACKAGES) | {
        "parts": {name: len(getattr(data, name)) for name in study.PARTS},
        "seeds": list(SEEDS),
        "seed": seed,
        "epochs": extract.EPOCHS,
        "batch": extract.BATCH,
        "learning_rate": extract.LEARNING_RATE,
        "length": LENGTH,
        "words": WORDS,
        "forgotten": extract.FORGOTTEN,
    }


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = options_of(
        COMMAND,
        "Train the book's two summarisers, score them, and export one.",
        Path(__file__).with_suffix(".json"),
    )
    parser.add_argument(
        "--folder", type=Path, default=Path("_build", NAME), help="for the trainings"
    )
    parser.add_argument("--fresh", action="store_true", help="train anew what is in the folder")
    options = parser.parse_args(arguments)
    if options.fresh:
        for file in options.folder.glob("*-[0-9]*-[0-9]*.*"):
            file.unlink()
    small, *records = evaluate(options.folder)
    small.save(options.output)
    report(options.output, options.unrecorded, *records)


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
