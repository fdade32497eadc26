"""Forecast how much a share index will move, walk forward through twelve years, and export.

    python -m lstm_edu.models.volatility

writes ``volatility.json`` beside this file, and the records of both indices (``stocks`` and
``stocks_nasdaq``) to ``lstm_edu/results``: under a minute on one core. The network is the
package's own, trained by :func:`lstm_edu.fit_batches`. It reads two months of daily log volatility
and returns, and answers with the log volatility of each of the next five trading days.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lstm_edu import packing
from lstm_edu.datasets.stocks import ORIGINS, Prices, prices
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.layers import Dense
from lstm_edu.lstm import LSTM
from lstm_edu.models import volatility_baselines as baselines
from lstm_edu.models.forecasters import later_answers, packed_layers
from lstm_edu.models.pace import learning_rate
from lstm_edu.models.seeds import (
    SEEDS,
    data_of,
    environment,
    mean_seconds,
    on_one_thread,
    over_seeds,
    provenance,
)
from lstm_edu.models.volatility_baselines import HORIZON, Days
from lstm_edu.network import Network
from lstm_edu.optimizers import Adam
from lstm_edu.results import Measure, Results, Row, save
from lstm_edu.series import Beside, Series
from lstm_edu.training import fit_batches

NAME = "volatility"
COMMAND = f"python -m lstm_edu.models.{NAME}"
INDICES = ("sp500", "nasdaq")
#: These five were chosen among fourteen on the S&P 500 of 2003 to 2006, which no score counts.
READS, UNITS, STEPS, LEARNING_RATE, NOISE = 44, 16, 300, 5e-3, 0.5
BATCH = 64
WARM_UP = 30  # batches
#: In training every day from here on answers; before it, too little has been read.
ANSWERS_FROM = 22
#: The fold whose network goes to the page, with the days of its test.
SHOWN = 0


class Scaled:
    """Log volatility and returns, scaled by what was known before a day.

    Parameters
    ----------
    days : Days
        The data.
    last : int
        The first day that is not known yet.

    Attributes
    ----------
    x : ndarray of float32, shape (days, 2)
        ``(value − mean) / std`` of both.
    mean, std : ndarray, shape (2,)
        Of the days before `last`.
    """

    def __init__(self, days: Days, last: int) -> None:
        both = np.stack([days.log, days.returns], axis=1)
        self.mean, self.std = both[:last].mean(axis=0), both[:last].std(axis=0)
        self.x = ((both - self.mean) / self.std).astype(np.float32)

    def read(self, nows: np.ndarray) -> np.ndarray:
        """Return what is read before each of `nows`, (nows, READS, 2)."""
        return self.x[nows[:, None] - READS + np.arange(READS)]


def batches(
    scaled: Scaled, last: int, optimizer: Adam, random: np.random.Generator, steps: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield stretches from before day `last`, and what each of their later days should answer."""
    answering = np.arange(ANSWERS_FROM, READS)[:, None] + 1 + np.arange(HORIZON)
    for step in range(steps):
        starts = random.integers(0, last - HORIZON - READS + 1, BATCH)
        x = scaled.x[starts[:, None] + np.arange(READS)]
        x = x + random.normal(0, NOISE, x.shape).astype(np.float32)
        optimizer.learning_rate = learning_rate(step, steps, LEARNING_RATE, WARM_UP)
        yield x, scaled.x[starts[:, None, None] + answering, 0]


def train(
    scaled: Scaled,
    last: int,
    seed: int,
    steps: int = STEPS,
    progress: bool = True,
    callback: Callable | None = None,
) -> Network:
    """Return a network that has learnt from the days before day `last`.

    `progress` and `callback` are those of `lstm_edu.fit_batches`.
    """
    random = np.random.default_rng(seed)
    network = Network(
        [LSTM.create(2, UNITS, seed=random), Dense.create(UNITS, HORIZON, seed=random)]
    )
    optimizer = Adam(LEARNING_RATE)
    fit_batches(
        network,
        batches(scaled, last, optimizer, random, steps),
        loss=later_answers(ANSWERS_FROM),
        optimizer=optimizer,
        clip_norm=1.0,
        progress=progress,
        callback=callback,
    )
    return network


def forecast(network: Network, scaled: Scaled, nows: np.ndarray) -> np.ndarray:
    """Return a network's forecasts of log volatility from each of `nows`, (nows, HORIZON)."""
    return network(scaled.read(nows))[:, -1] * scaled.std[0] + scaled.mean[0]


class Walk(NamedTuple):
    """One seed's way through the years: a network a fold, and all that they forecast."""

    networks: list[Network]
    forecasts: np.ndarray


def walk(days: Days, seed: int, steps: int = STEPS, progress=True) -> Walk:
    """Train before each fold on all that was known then, and forecast the fold."""
    networks, found = [], []
    for fold in days.folds:
        scaled = Scaled(days, fold.train.stop)
        networks.append(train(scaled, fold.train.stop, seed, steps, progress))
        found.append(forecast(networks[-1], scaled, days.origins(fold)))
    return Walk(networks, np.concatenate(found))


def export(network: Network, days: Days, fold: int = SHOWN, dtype=np.float32) -> ExportedModel:
    """Return the network of a fold, with the days that it forecasts and what was read before them.

    Parameters
    ----------
    network : Network
        As `train` returns it.
    days : Days
        The data.
    fold : int
        Which fold it was trained for.
    dtype : dtype
        What its weights are stored as.
    """
    shown = list(days.folds)[fold]
    scaled = Scaled(days, shown.train.stop)
    part = slice(shown.test.start - READS, shown.test.stop)
    kernel, bias = baselines.har_as_matrix(days, shown.train.stop, READS)
    series = Series(
        np.stack([days.log, days.returns], axis=1)[part],
        reads=READS,
        mean=scaled.mean,
        std=scaled.std,
        dates=days.dates[part],
        title=f"How much the {days.prices.title} moves in a day: log volatility, 3 is 20 % a year",
        beside=Beside("HAR", kernel, bias),
    )

    return ExportedModel(
        {
            "format": FORMAT,
            "name": NAME,
            "title": f"Volatility of the {days.prices.title}, a week ahead",
            "input": "numbers",
            "features": ["log volatility", "return"],
            "labels": [f"day {k + 1}" for k in range(HORIZON)],
            "layers": packed_layers(network, dtype),
            "series": series.to_dict(),
        }
    )


def record(loaded: Prices, days: Days, runs: list) -> Results:
    """Return the record of one index."""
    simple = baselines.all_of(days)
    rows = [
        Row(name, "baseline", (baselines.rmse(made, days.came),), parameters=count, note=note)
        for name, (made, count, note) in simple.items()
    ]
    scores = tuple(baselines.rmse(run.made.forecasts, days.came) for run in runs)
    weights = sum(w.size for w in runs[0].made.networks[0].weights)
    rows.append(
        Row(
            f"LSTM, {UNITS} units",
            "network",
            scores,
            seconds=mean_seconds(runs),
            parameters=weights,
            note=f"trained anew before each of {len(ORIGINS)} pairs of years",
        )
    )
    return Results(
        name="stocks" if loaded.name == "sp500" else f"stocks_{loaded.name}",
        page="4_stocks",
        title=f"Volatility of the {loaded.title}",
        question="How much will each of the next five trading days move?",
        measure=Measure(
            "root mean squared error of log volatility",
            "",
            "lower",
            3,
            f"{len(days.nows):,} days from {ORIGINS[0]} to 2018, walking forward",
        ),
        rows=tuple(rows),
        data=data_of(loaded, f"arch 8.0.0: daily prices of the {loaded.title}"),
        command=COMMAND,
        seeds=SEEDS,
        environment=environment(("arch", "numpy")),
    )


def annotated(model: ExportedModel, days: Days, runs: list, seed: int) -> ExportedModel:
    """Return an exported model with its scores, each seed's losses, and where it comes from."""
    fold = next(iter(days.folds))
    nows = days.origins(fold)
    scaled = Scaled(days, fold.train.stop)
    answers = model.run(scaled.read(nows))[1] * scaled.std[0] + scaled.mean[0]
    losses = np.stack([baselines.losses(run.made.forecasts, days.came) for run in runs])
    return model.annotated(
        scores={
            "unit": "root mean squared error of log volatility, of each of the next five days",
            "shown_years": baselines.rmse(answers, days.came_from(nows)),
            "losses": packing.pack(losses.astype(np.float16)),
        },
        provenance=provenance(f"lstm_edu.models.{NAME}", days.prices, ("arch", "numpy"))
        | {
            "series": f"{fold.year} and the year after, and what the network reads before them",
            "trained_on": "all days before",
            "seeds": list(SEEDS),
            "seed": seed,
            "steps": STEPS,
            "batch": BATCH,
            "learning_rate": LEARNING_RATE,
            "noise": NOISE,
        },
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
        What is done with each record; `lstm_edu.results.save` if not given.
    """
    parser = argparse.ArgumentParser(
        prog=COMMAND,
        description="Forecast how much a share index will move, walk forward, and export.",
    )
    parser.add_argument("--steps", type=int, default=STEPS, help="default: %(default)s")
    parser.add_argument(
        "--output", type=Path, default=Path(__file__).with_suffix(".json"), help="for the model"
    )
    options = parser.parse_args(arguments)
    if options.steps < 1:
        parser.error(f"--steps is {options.steps}; expected 1 or more")
    progress = sys.stderr.isatty()
    for name in INDICES:
        loaded = prices(name)
        days = Days(loaded)
        runs = over_seeds(lambda seed, days=days: walk(days, seed, options.steps, progress))
        if name == "sp500":
            # Which seed is shown was settled beforehand: the first.
            small = export(runs[0].made.networks[SHOWN], days)
            annotated(small, days, runs, SEEDS[0]).save(options.output)
            print(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB")
        results = record(loaded, days, runs)
        print(results.table(seconds=True))
        (write or save)(results)


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
