"""Train the book's forecaster of electricity demand, score it, and export it.

    python -m lstm_edu.models.demand

writes ``demand.json`` beside this file: about two minutes on one core. The network is the package's
own, trained by :func:`lstm_edu.fit_batches`. It reads three days of half-hours, each as its
difference from the week before, and answers with the next 24 hours at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from tqdm import tqdm

from lstm_edu.datasets import Demand, electricity_demand
from lstm_edu.datasets.demand import DAY, WEEK
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.layers import Dense
from lstm_edu.lstm import LSTM
from lstm_edu.models.forecasters import later_answers, packed_layers
from lstm_edu.models.pace import learning_rate
from lstm_edu.models.seeds import SEEDS, on_one_thread, provenance
from lstm_edu.network import Network
from lstm_edu.optimizers import Adam
from lstm_edu.series import Series
from lstm_edu.training import fit_batches

NAME = "demand"
READS = 3 * DAY
HORIZON = DAY
UNITS = 32
STEPS = 600
BATCH = 48
LEARNING_RATE = 5e-3
WARM_UP = 30  # batches
#: Added to what is read in training, in standard deviations: eight weeks are soon learnt by heart.
NOISE = 0.2
#: In training every step from here on answers; before it, too little has been read.
ANSWERS_FROM = DAY
RIDGES = (1.0, 10.0, 100.0)


class Scaled:
    """The differences from a week before, scaled by those of the training weeks.

    Parameters
    ----------
    demand : Demand
        The data.

    Attributes
    ----------
    z : ndarray, shape (half-hours,)
        ``(difference − mean) / std``; NaN in the first week.
    mean, std : float
        In gigawatts, of the training weeks.
    """

    def __init__(self, demand: Demand) -> None:
        self.gigawatts = demand.values / 1000
        difference = np.full(len(demand), np.nan)
        difference[WEEK:] = self.gigawatts[WEEK:] - self.gigawatts[:-WEEK]
        training = difference[demand.part("train")][WEEK:]
        self.mean, self.std = float(training.mean()), float(training.std())
        self.z = (difference - self.mean) / self.std

    def read(self, nows: np.ndarray) -> np.ndarray:
        """Return what is read before each of `nows`, (nows, READS)."""
        return self.z[nows[:, None] - READS + np.arange(READS)]

    def came(self, nows: np.ndarray) -> np.ndarray:
        """Return what came from each of `nows` on, (nows, HORIZON), in gigawatts."""
        return self.gigawatts[nows[:, None] + np.arange(HORIZON)]

    def forecast(self, nows: np.ndarray, answers: np.ndarray) -> np.ndarray:
        """Return answers as forecasts, (nows, HORIZON), in gigawatts."""
        return self.came(nows - WEEK) + answers * self.std + self.mean


def origins(demand: Demand, part: str) -> np.ndarray:
    """Return every half-hour of a split from which the next 24 hours lie within it."""
    inside = demand.part(part)
    first = max(inside.start, WEEK + READS)
    return np.arange(first, inside.stop - HORIZON + 1)


def batches(
    scaled: Scaled, last: int, optimizer: Adam, random: np.random.Generator, steps: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield stretches from before step `last`, and what each of their later steps should answer."""
    z = scaled.z.astype(np.float32)
    answering = np.arange(ANSWERS_FROM, READS)[:, None] + 1 + np.arange(HORIZON)
    for step in range(steps):
        starts = random.integers(WEEK, last - HORIZON - READS + 1, BATCH)
        x = z[starts[:, None] + np.arange(READS)]
        x += random.normal(0, NOISE, x.shape).astype(np.float32)
        optimizer.learning_rate = learning_rate(step, steps, LEARNING_RATE, WARM_UP)
        yield x[..., None], z[starts[:, None, None] + answering]


def train(scaled: Scaled, last: int, seed: int, steps: int = STEPS, progress=True) -> Network:
    """Return a network that has learnt from the half-hours before step `last`."""
    random = np.random.default_rng(seed)
    network = Network(
        [LSTM.create(1, UNITS, seed=random), Dense.create(UNITS, HORIZON, seed=random)]
    )
    optimizer = Adam(LEARNING_RATE)
    fit_batches(
        network,
        tqdm(
            batches(scaled, last, optimizer, random, steps),
            total=steps,
            unit="batch",
            leave=False,
            disable=not progress,
        ),
        loss=later_answers(ANSWERS_FROM),
        optimizer=optimizer,
        clip_norm=1.0,
        progress=False,
    )
    return network


def linear(scaled: Scaled, last: int, ridge: float) -> Callable[[np.ndarray], np.ndarray]:
    """Fit a linear autoregression on the same numbers; return the function that forecasts by it."""

    def read(nows: np.ndarray) -> np.ndarray:
        return np.concatenate([scaled.read(nows), np.ones((len(nows), 1))], axis=1)

    nows = np.arange(WEEK + READS, last - HORIZON + 1)
    x, y = read(nows), scaled.z[nows[:, None] + np.arange(HORIZON)]
    penalty = np.diag([ridge] * READS + [0.0])
    weights = np.linalg.solve(x.T @ x + penalty, x.T @ y)
    return lambda nows: scaled.forecast(nows, read(nows) @ weights)


def rmse(forecast: np.ndarray, came: np.ndarray) -> float:
    """Return the root of the mean squared error."""
    return round(float(np.sqrt(np.mean((forecast - came) ** 2))), 4)


def export(network: Network, scaled: Scaled, demand: Demand, dtype=np.float32) -> ExportedModel:
    """Return the network, with the held-out weeks and what was read before them.

    Parameters
    ----------
    network : Network
        As `train` returns it.
    scaled, demand
        The data.
    dtype : dtype
        What its weights are stored as.
    """
    held_out = demand.part("test")
    start = held_out.start - WEEK - READS
    series = Series(
        scaled.gigawatts[start : held_out.stop],
        reads=READS,
        mean=scaled.mean,
        std=scaled.std,
        season=WEEK,
        differenced=True,
        start=str(demand.times[start]),
        minutes=30,
        unit="GW",
        title="Electricity demand, England and Wales",
    )

    return ExportedModel(
        {
            "format": FORMAT,
            "name": NAME,
            "title": "Electricity demand, a day ahead",
            "input": "numbers",
            "features": ["difference from a week before"],
            "labels": [f"{(k + 1) / 2:g} h" for k in range(HORIZON)],
            "layers": packed_layers(network, dtype),
            "series": series.to_dict(),
        }
    )


def by_network(model: ExportedModel, scaled: Scaled, nows: np.ndarray) -> np.ndarray:
    """Return a network's forecasts from each of `nows`, (nows, HORIZON), in gigawatts."""
    return scaled.forecast(nows, model.run(scaled.read(nows)[..., None])[1])


def evaluate(networks: list[Network], scaled: Scaled, demand: Demand) -> ExportedModel:
    """Export the network that forecast the validation weeks best, in 16 bits, with its scores.

    8 bits would do for the mean, but now and then they move a forecast by nearly a gigawatt.
    """
    nows = {part: origins(demand, part) for part in ("train", "validation", "test")}
    came = {part: scaled.came(at) for part, at in nows.items()}

    def score(forecast: Callable[[np.ndarray], np.ndarray], *parts: str) -> dict[str, float]:
        return {part: rmse(forecast(nows[part]), came[part]) for part in parts}

    exact = [export(network, scaled, demand) for network in networks]
    seeds = [score(lambda at, m=m: by_network(m, scaled, at), *nows) for m in exact]
    best = int(np.argmin([scores["validation"] for scores in seeds]))
    small = export(networks[best], scaled, demand, np.float16)
    last = demand.part("train").stop
    lines = {ridge: linear(scaled, last, ridge) for ridge in RIDGES}
    ridge = min(RIDGES, key=lambda r: score(lines[r], "validation")["validation"])
    simple = {
        "linear autoregression": lines[ridge],
        "as a week before": lambda at: scaled.came(at - WEEK),
        "as a day before": lambda at: scaled.came(at - DAY),
        "as it is now": lambda at: np.repeat(scaled.gigawatts[at - 1][:, None], HORIZON, axis=1),
    }
    before, after = (by_network(m, scaled, nows["test"]) for m in (exact[best], small))
    moved = np.abs(before - after)
    return small.annotated(
        scores={
            "unit": "GW, root mean squared error over the next 24 hours",
            **score(lambda at: by_network(small, scaled, at), *nows),
            "seeds": seeds,
            "simple": {name: score(f, "validation", "test") for name, f in simple.items()},
        },
        quantization={
            "bits": 16,
            "rmse_before": rmse(before, came["test"]),
            "rmse_after": rmse(after, came["test"]),
            "forecast_max": float(f"{moved.max():.3g}"),
            "forecast_mean": float(f"{moved.mean():.3g}"),
            "unit": "GW",
            "measured_on": "test weeks",
        },
        provenance=describe(demand, SEEDS[best], ridge),
    )


def describe(demand: Demand, seed: int, ridge: float) -> dict[str, object]:
    """Return where the weights and the series come from: enough to make them again."""
    return {
        **provenance(f"lstm_edu.models.{NAME}", demand, ("numpy", "pmdarima")),
        "series": "the two test weeks, and the ten days before them, which the network reads first",
        "weeks": {"train": 8, "validation": 2, "test": 2},
        "seeds": list(SEEDS),
        "seed": seed,
        "steps": STEPS,
        "batch": BATCH,
        "learning_rate": LEARNING_RATE,
        "noise": NOISE,
        "ridge": ridge,
    }


def table(model: ExportedModel) -> str:
    """Return the scores as a table."""
    scores, cost = model.scores, model.quantization
    test = [seed["test"] for seed in scores["seeds"]]
    rows = {
        "LSTM, as it is stored": scores,
        **{f"LSTM, seed {k}": seed for k, seed in zip(SEEDS, scores["seeds"], strict=True)},
        **scores["simple"],
    }
    lines = [f"{scores['unit']:52} validation    test"]
    lines += [
        f"{name:52} {row['validation']:10.3f} {row['test']:7.3f}" for name, row in rows.items()
    ]
    lines.append(
        f"LSTM over {len(test)} seeds: test {np.mean(test):.3f} ± {np.std(test):.3f}; "
        f"rounding moved a forecast by {cost['forecast_mean']:g} on average, "
        f"{cost['forecast_max']:g} at most"
    )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog=f"python -m lstm_edu.models.{NAME}",
        description="Train the book's forecaster of electricity demand, score it, and export it.",
    )
    parser.add_argument("--steps", type=int, default=STEPS, help="default: %(default)s")
    parser.add_argument(
        "--output", type=Path, default=Path(__file__).with_suffix(".json"), help="for the model"
    )
    options = parser.parse_args(arguments)
    if options.steps < 1:
        parser.error(f"--steps is {options.steps}; expected 1 or more")
    demand = electricity_demand()
    scaled = Scaled(demand)
    last = demand.part("train").stop
    progress = sys.stderr.isatty()
    networks = [train(scaled, last, seed, options.steps, progress) for seed in SEEDS]
    small = evaluate(networks, scaled, demand)
    small.save(options.output)
    print(table(small))
    print(f"{options.output}: {options.output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
