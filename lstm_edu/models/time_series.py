"""Hold the forecaster of electricity demand against simpler ones, a day and half an hour ahead.

    python -m lstm_edu.models.time_series

writes ``lstm_edu/results/time_series.json`` (the next 24 hours) and ``time_series_step.json`` (the
next half-hour): about two minutes on one core. All forecasters read the same numbers; whatever
there is to choose about one is chosen on the validation weeks.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tqdm import tqdm

from lstm_edu.datasets import Demand, electricity_demand
from lstm_edu.datasets.demand import DAY, WEEK
from lstm_edu.models.demand import (
    HORIZON,
    READS,
    RIDGES,
    STEPS,
    UNITS,
    Scaled,
    by_network,
    export,
    linear,
    origins,
    rmse,
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
)
from lstm_edu.results import Measure, Results, Row, save

NAME = "time_series"
PAGE = "7_time_series"
#: Of gradient boosting: how many trees and how many leaves a tree.
BOOSTINGS = ((50, 8), (100, 31))

Forecaster = Callable[[np.ndarray], np.ndarray]


def simple(scaled: Scaled) -> dict[str, Forecaster]:
    """Return the forecasters that learn nothing; each takes nows and gives (nows, HORIZON)."""
    return {
        "as it is now": lambda at: np.repeat(scaled.gigawatts[at - 1][:, None], HORIZON, axis=1),
        "as a day before": lambda at: scaled.came(at - DAY),
        "as a week before": lambda at: scaled.came(at - WEEK),
        "a week before, as far off as now": lambda at: (
            scaled.came(at - WEEK)
            + (scaled.gigawatts[at - 1] - scaled.gigawatts[at - 1 - WEEK])[:, None]
        ),
    }


def boosting(scaled: Scaled, last: int, trees: int, leaves: int, progress=False) -> Forecaster:
    """Fit gradient-boosted trees, a forest for each half-hour ahead; return the forecaster.

    Parameters
    ----------
    scaled : Scaled
        The series.
    last : int
        Only half-hours before this step are learnt from.
    trees, leaves : int
        How many trees a forest has, and how many leaves a tree.
    progress : bool
        Whether to show a progress bar.
    """
    from sklearn.ensemble import HistGradientBoostingRegressor

    nows = np.arange(WEEK + READS, last - HORIZON + 1)
    x, y = scaled.read(nows), scaled.z[nows[:, None] + np.arange(HORIZON)]
    forests = [
        HistGradientBoostingRegressor(
            max_iter=trees, max_leaf_nodes=leaves, early_stopping=False, random_state=0
        ).fit(x, target)
        for target in tqdm(y.T, unit="half-hour", disable=not progress)
    ]

    def forecast(nows: np.ndarray) -> np.ndarray:
        read = scaled.read(nows)
        return scaled.forecast(nows, np.stack([f.predict(read) for f in forests], axis=1))

    return forecast


def refitted(scaled: Scaled, first: int, ridge: float) -> Forecaster:
    """Return a linear autoregression that is fitted anew each midnight, on all that came before.

    Parameters
    ----------
    scaled : Scaled
        The series.
    first : int
        The earliest step that it may be asked for.
    ridge : float
        As in `lstm_edu.models.demand.linear`.
    """

    def forecast(nows: np.ndarray) -> np.ndarray:
        if nows.min() < first:
            raise ValueError(f"asked for step {nows.min()}; expected {first} or later")
        result = np.empty((len(nows), HORIZON))
        for midnight in np.unique(nows // DAY * DAY):
            today = nows // DAY * DAY == midnight
            result[today] = linear(scaled, midnight, ridge)(nows[today])
        return result

    return forecast


def score(forecaster: Forecaster, scaled: Scaled, nows: np.ndarray, ahead: int) -> float:
    """Return the error in gigawatts, over the next `ahead` half-hours from each of `nows`."""
    return rmse(forecaster(nows)[:, :ahead], scaled.came(nows)[:, :ahead])


def compare(demand: Demand, steps: int = STEPS, progress: bool = True) -> list[Results]:
    """Train, fit and score all forecasters; return the two records."""
    scaled = Scaled(demand)
    last = demand.part("train").stop
    runs = over_seeds(
        lambda seed: export(train(scaled, last, seed, steps, progress), scaled, demand)
    )
    lines = {
        ridge: over_seeds(lambda _, r=ridge: linear(scaled, last, r), (0,))[0] for ridge in RIDGES
    }
    forests = {
        size: over_seeds(lambda _, s=size: boosting(scaled, last, *s, progress), (0,))[0]
        for size in BOOSTINGS
    }
    return [record(demand, scaled, runs, lines, forests, ahead) for ahead in (HORIZON, 1)]


def record(
    demand: Demand,
    scaled: Scaled,
    runs: list[Run],
    lines: dict[float, Run],
    forests: dict[tuple[int, int], Run],
    ahead: int,
) -> Results:
    """Return the comparison over the next `ahead` half-hours.

    Parameters
    ----------
    demand, scaled
        The data.
    runs : list of Run
        The exported networks.
    lines, forests : dict of Run
        The linear autoregressions by their ridge, the boosted trees by their size.
    ahead : int
        How many half-hours, of those that all of them forecast.
    """
    validation, test = (origins(demand, part) for part in ("validation", "test"))
    ridge, (trees, leaves) = (
        min(fitted, key=lambda key: score(fitted[key].made, scaled, validation, ahead))
        for fitted in (lines, forests)
    )
    day = ahead == HORIZON
    span = "24 hours" if day else "half-hour"
    rows = [
        Row(name, "baseline", (score(forecast, scaled, test, ahead),))
        for name, forecast in simple(scaled).items()
    ]
    rows += [
        Row(
            "gradient boosting",
            "baseline",
            (score(forests[trees, leaves].made, scaled, test, ahead),),
            seconds=mean_seconds([forests[trees, leaves]]) * (1 if day else 1 / HORIZON),
            note=f"a forest of {trees} trees for each half-hour, of {leaves} leaves at the most",
        ),
        Row(
            "linear autoregression",
            "baseline",
            (score(lines[ridge].made, scaled, test, ahead),),
            seconds=mean_seconds([lines[ridge]]),
            parameters=(READS + 1) * ahead,
            note=f"least squares with a ridge of {ridge:g}",
        ),
        Row(
            f"LSTM, {UNITS} units",
            "network",
            tuple(
                score(lambda at, m=run.made: by_network(m, scaled, at), scaled, test, ahead)
                for run in runs
            ),
            seconds=mean_seconds(runs),
            parameters=runs[0].made.parameters,
            note="" if day else "the first of its 48 answers",
        ),
    ]
    return Results(
        name=NAME if day else f"{NAME}_step",
        page=PAGE,
        title=f"Electricity demand, the next {span}",
        question=f"How much electricity will be used in the next {span}?",
        measure=Measure(
            "root mean squared error",
            "GW",
            "lower",
            3,
            f"{len(test)} forecasts, one from every half-hour of two weeks kept apart",
        ),
        rows=tuple(rows),
        data=data_of(demand, "pmdarima 2.1.1: half-hourly demand of England and Wales, 2000"),
        command=f"python -m lstm_edu.models.{NAME}",
        seeds=SEEDS,
        environment=environment(("numpy", "pmdarima", "scikit-learn")),
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog=f"python -m lstm_edu.models.{NAME}",
        description="Hold the forecaster of electricity demand against simpler ones.",
    )
    parser.add_argument("--steps", type=int, default=STEPS, help="default: %(default)s")
    parser.add_argument("--folder", type=Path, help="for the records; default: the package")
    options = parser.parse_args(arguments)
    if options.steps < 1:
        parser.error(f"--steps is {options.steps}; expected 1 or more")
    for results in compare(electricity_demand(), options.steps, sys.stderr.isatty()):
        print(results.title, results.table(seconds=True), results.verdict(), sep="\n")
        print(save(results, options.folder))


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
