"""Train the book's translators of interface texts, score them beside simpler ones, export them.

    python -m lstm_edu.models.translation chinese
    python -m lstm_edu.models.translation french

writes ``translation_chinese.json`` (or french) beside this file, and the record of the comparison,
``lstm_edu/results/translation_chinese.json``: some minutes on one core for each language.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from lstm_edu import results
from lstm_edu.datasets.language_packs import LOCALES, VERSION, Translations, translations
from lstm_edu.models import translation_baselines as baselines
from lstm_edu.models import translation_training as training
from lstm_edu.models.command import options_of, report
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
from lstm_edu.translator import Translator

COMMAND = "lstm_edu.models.translation"
PACKAGES = ("numpy", "sacrebleu")
#: How many hypotheses the search of the compared network keeps.
BEAM = 4
SEARCHES = {"beam": BEAM, "greedy": 1}
NAMES = {"beam": f"LSTM with attention, beam of {BEAM}", "greedy": "LSTM with attention, greedy"}


def scores(language: str, found: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """Return chrF (Popović 2015) and BLEU (Papineni et al. 2002) of translations, 0 to 100.

    As sacreBLEU computes them with its defaults (Post 2018); BLEU counts Chinese by character.

    Parameters
    ----------
    language : {"chinese", "french"}
        Of the translations.
    found, wanted : sequence of str
        What was made of each text, and what volunteers made of it.
    """
    from sacrebleu.metrics import BLEU, CHRF

    measures = {"chrF": CHRF(), "BLEU": BLEU(tokenize="zh" if language == "chinese" else "13a")}
    return {
        name: round(measure.corpus_score(list(found), [list(wanted)]).score, 2)
        for name, measure in measures.items()
    }


def simple(data: Translations) -> dict[str, dict[str, float]]:
    """Return the scores of the simple translators on the test part, by name, with their seconds."""
    started = time.process_time()
    unit = training.UNIT[data.language]
    found = baselines.translate_all(data.train, data.test.sources, unit)
    seconds = round(time.process_time() - started, 2)
    table = {name: scores(data.language, texts, data.test.targets) for name, texts in found.items()}
    print(*table.items(), f"{seconds} s", sep="\n", flush=True)
    return table


def score(translator: Translator, data: Translations, part: str, beam: int) -> dict[str, float]:
    """Return the scores of a translator on a part."""
    pairs = getattr(data, part)
    found = [translator(text, beam).text for text in pairs.sources]
    return scores(data.language, found, pairs.targets)


def reach(run: Run[training.Trained], data: Translations) -> dict[str, object]:
    """Return what one training reached, and how it went."""
    history = run.made.history
    translator = training.export(run.made, data.language)
    entry: dict[str, object] = {"seed": run.seed, "seconds": round(run.seconds, 1)}
    entry["epoch"] = 1 + int(np.argmin(history["nats"]))
    for search, beam in SEARCHES.items():
        entry[search] = score(translator, data, "test", beam)
    entry["validation"] = score(translator, data, "validation", 1)
    print(entry, flush=True)
    return entry | {"history": history}


def evaluate(data: Translations, epochs: int, progress: bool) -> tuple[Translator, results.Results]:
    """Train and score all; return the one of the least validation loss, and the record."""
    language = data.language
    table = simple(data)
    learn = partial(
        training.train, data.train, data.validation, training.UNIT[language], epochs, progress
    )
    runs = over_seeds(lambda seed: learn(seed=seed))
    reached = [reach(run, data) for run in runs]
    best = int(np.argmin([min(run.made.history["nats"]) for run in runs]))
    whole = training.export(runs[best].made, language)
    small = whole.quantized()
    small = small.annotated(
        scores={
            "unit": "chrF and BLEU, 0 to 100, test part",
            "simple": table,
            "runs": reached,
            "test": score(small, data, "test", BEAM),
        },
        quantization={"bits": 8, **moved(whole, small, data)},
        provenance=describe(data, epochs, SEEDS[best]),
    )
    return small, record(data, table, reached, runs)


def moved(whole: Translator, small: Translator, data: Translations) -> dict[str, object]:
    """Return what rounding the weights changed, while the test part's own words are written."""
    differences, same = [], 0
    for text in data.test.sources:
        written = whole(text)
        again = small.follow(small.read(text), written.ids)
        differences.append(np.abs(again.p - written.p).ravel())
        same += small(text).ids == written.ids
    every = np.concatenate(differences)
    return {
        "probability_max": float(f"{every.max():.3g}"),
        "probability_mean": float(f"{every.mean():.3g}"),
        "same_greedy": round(same / len(data.test), 4),
        "measured_on": "test sources",
    }


def record(data: Translations, table: dict, reached: list, runs: list) -> results.Results:
    """Return the comparison as the results page has it."""
    language = data.language
    rows = [results.Row(name, "baseline", (row["chrF"],)) for name, row in table.items()]
    network = runs[0].made.network
    rows += [
        results.Row(
            name,
            "network",
            tuple(entry[search]["chrF"] for entry in reached),
            mean_seconds(runs),
            sum(array.size for array in network.weights),
        )
        for search, name in NAMES.items()
    ]
    package = f"jupyterlab-language-pack-{LOCALES[language].replace('_', '-')}"
    return results.Results(
        name=f"translation_{language}",
        page="2_translation",
        title=training.TITLES[language],
        question=f"What is this text of an interface in {language.capitalize()}?",
        measure=results.Measure(
            "chrF", "", "higher", 1, f"the {len(data.test)} texts of the test part"
        ),
        rows=tuple(rows),
        data=data_of(data, f"{package} {VERSION}: the interface of JupyterLab"),
        command=f"python -m {COMMAND} {language}",
        seeds=SEEDS,
        environment=environment(PACKAGES),
    )


def describe(data: Translations, epochs: int, seed: int) -> dict[str, object]:
    """Return where the weights come from: enough to make them again."""
    return provenance(f"{COMMAND} {data.language}", data, PACKAGES) | {
        "parts": {name: len(getattr(data, name)) for name in ("train", "validation", "test")},
        "seeds": list(SEEDS),
        "seed": seed,
        "epochs": epochs,
        "batch": training.BATCH,
        "learning_rate": training.LEARNING_RATE,
        "dropout": training.DROPOUT,
        "smoothing": training.SMOOTHING,
        "hidden": training.HIDDEN,
    }


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    description = "Train the book's translators, score them, and export them."
    parser = options_of(COMMAND, description, None, training.EPOCHS)
    parser.add_argument("language", choices=list(LOCALES))
    options = parser.parse_args(arguments)
    data = translations(options.language)
    small, comparison = evaluate(data, options.epochs, sys.stderr.isatty())
    name = f"translation_{options.language}.json"
    output = options.output or Path(__file__).with_name(name)
    small.save(output)
    report(output, options.unrecorded, comparison)


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
