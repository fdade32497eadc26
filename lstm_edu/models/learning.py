"""Train a small character model on Shakespeare's plays and record how it learns.

    python -m lstm_edu.models.learning

writes ``lstm_edu/runs/learning.json``: about two minutes on one core. The network is the package's
own, trained by :func:`lstm_edu.fit_batches`; the same seed gives the same run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lstm_edu.agreement import SIGNALS
from lstm_edu.datasets import Plays, shakespeare
from lstm_edu.datasets.windows import windows
from lstm_edu.layers import Dense, Embedding
from lstm_edu.lstm import LSTM
from lstm_edu.models.jobs import stretches
from lstm_edu.models.ngrams import NGrams
from lstm_edu.models.seeds import on_one_thread, provenance
from lstm_edu.network import Network
from lstm_edu.optimizers import Adam
from lstm_edu.recorder import Recorder
from lstm_edu.replay import TrainingRun
from lstm_edu.training import fit_batches, minibatches

NAME = "learning"
SEED = 0
WINDOW = 160  # characters, each window from the start of a line
BATCH = 32
EMBEDDING = 12
UNITS = 32
LEARNING_RATE = 1e-2
LAST = 4096
#: Each twice the one before while the network changes fastest, later √2 times.
#: 0 1 2 4 … 64, 91 128 181 … 4096.
STEPS = (0, *(2**k for k in range(7)), *(round(2 ** (k / 2)) for k in range(13, 25)))
SIMPLER = {2: "pairs counted", 3: "triples counted"}
TEXTS = 24  # stretches of each play to measure on
LENGTH = 240


def build(vocabulary: int, random: np.random.Generator) -> Network:
    """Return the network, not yet trained; its softmax is in the loss."""
    return Network(
        [
            Embedding.create(vocabulary, EMBEDDING, seed=random),
            LSTM.create(EMBEDDING, UNITS, seed=random),
            Dense.create(UNITS, vocabulary, seed=random),
        ]
    )


def batches(
    plays: Plays, optimizer: Adam, last: int, random: np.random.Generator
) -> Iterator[tuple]:
    """Yield batches without end; over the second half the learning rate falls to nought."""
    # The last window of a play may reach beyond its end.
    cut = [windows(play.text, plays.alphabet, WINDOW) for play in plays.split("train")]
    x = np.concatenate([each.inputs[:-1] for each in cut])
    y = np.concatenate([each.targets[:-1] for each in cut])
    step = 0
    while True:
        for batch in minibatches(x, y, batch_size=BATCH, seed=random):
            optimizer.learning_rate = LEARNING_RATE * min(1, 2 * (1 - step / last))
            yield batch
            step += 1


def record(plays: Plays, last: int = LAST, progress: bool = True) -> TrainingRun:
    """Train the network and return the run, measured and rounded to 8 bits.

    Parameters
    ----------
    plays : Plays
        The data.
    last : int
        After how many batches to stop.
    progress : bool
        Whether to show a progress bar.
    """
    random = np.random.default_rng(SEED)
    network = build(len(plays.alphabet), random)
    optimizer = Adam(LEARNING_RATE)
    steps = [step for step in STEPS if step <= last]
    recorder = Recorder(network, plays.alphabet, steps, name=NAME, title="A network learns to read")
    fit_batches(
        network,
        batches(plays, optimizer, last, random),
        loss="cross_entropy_on_logits",
        optimizer=optimizer,
        clip_norm=1.0,
        steps=last,
        callback=recorder,
        progress=progress,
    )
    training, validation = texts(plays, "train"), texts(plays, "validation")
    run = recorder.run(validation, training, signals=SIGNALS)
    return run.annotated(baselines=simpler(plays, validation), provenance=describe(plays, last))


def texts(plays: Plays, split: str) -> list[str]:
    """Return stretches of three plays of a split to measure on."""
    chosen = plays.split(split)
    return [text for play in chosen[:: len(chosen) // 3][:3] for text in measured(play)]


def measured(play) -> list[str]:
    """Return the stretches of a play that are measured on."""
    return stretches(play, LENGTH, TEXTS)


def simpler(plays: Plays, validation: list[str]) -> dict[str, float]:
    """Return the nats per character of n-grams, counted in all the training plays."""
    counted = plays.encode("".join(play.text for play in plays.split("train")))
    ngrams = NGrams(counted, len(plays.alphabet), max(SIMPLER))
    nats = np.concatenate([ngrams.nats(plays.encode(text)) for text in validation], axis=1)
    return {name: round(float(nats[order - 1].mean()), 6) for order, name in SIMPLER.items()}


def describe(plays: Plays, last: int) -> dict[str, object]:
    """Return where the run comes from: enough to make it again."""
    return {
        **provenance(f"lstm_edu.models.{NAME}", plays, ("numpy",)),
        "validation": [play.name for play in plays.split("validation")],
        "seed": SEED,
        "batches": last,
        "batch": BATCH,
        "window": WINDOW,
        "learning_rate": LEARNING_RATE,
        "measured_on": f"{TEXTS} stretches of {LENGTH} characters from each of three plays",
    }


def table(run: TrainingRun) -> str:
    """Return the losses and the jobs found, as text."""
    lines = [f"{'batches':>8} {'training':>9} {'validation':>11}   nats per character"]
    for step, training, validation in zip(
        run.steps, run.losses["training"], run.losses["validation"], strict=True
    ):
        lines.append(f"{step:8,d} {training:9.3f} {validation:11.3f}")
    lines += [f"{name:>20} {value:9.3f}" for name, value in run.baselines.items()]
    lines.append(f"\n{'signal':20} unit   {'r²':>5}  above ½ from")
    for job in run.jobs():
        since = "never for good" if job.found_at is None else f"batch {job.found_at:,}"
        lines.append(f"{job.signal:20} {job.unit:4d} {job.quantity} {job.explained:5.2f}  {since}")
    lines.append(f"each the best of {run.tried // len(run.signals):,} pairs of a unit and a state")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog=f"python -m lstm_edu.models.{NAME}",
        description="Train a small character model on Shakespeare and record how it learns.",
    )
    parser.add_argument("--batches", type=int, default=LAST, help="default: %(default)s")
    default = Path(__file__).parents[1] / "runs" / f"{NAME}.json"
    parser.add_argument("--output", type=Path, default=default, help="for the run")
    options = parser.parse_args(arguments)
    if options.batches < 1:
        parser.error(f"--batches is {options.batches}; expected 1 or more")
    run = record(shakespeare(), options.batches, progress=sys.stderr.isatty())
    run.save(options.output)
    print(table(run))
    print(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
