"""Forecast tomorrow's price as so many tutorials do, and see that it is today's.

    python -m lstm_edu.models.stock_price

writes the record ``stocks_price`` to ``lstm_edu/results``: half a minute on one core. Two networks
that differ in one thing: the scaler of the one has seen the prices of the test years.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import numpy as np

from lstm_edu.datasets.stocks import Prices, prices
from lstm_edu.layers import Dense, LastStep
from lstm_edu.lstm import LSTM
from lstm_edu.models.seeds import (
    SEEDS,
    data_of,
    environment,
    mean_seconds,
    on_one_thread,
    over_seeds,
)
from lstm_edu.network import Network
from lstm_edu.optimizers import Adam
from lstm_edu.results import Measure, Results, Row, save
from lstm_edu.training import fit

COMMAND = "python -m lstm_edu.models.stock_price"
READS, UNITS, EPOCHS, BATCH = 30, 32, 6, 64
#: Prices from this day on are not learnt from.
FIRST_TEST = "2015-01-01"


class Windows:
    """Prices, scaled to lie between 0 and 1, in windows of `READS` days.

    Parameters
    ----------
    index : Prices
        The data.
    leak : bool
        Whether the least and the greatest price are those of all years, the test years' too.

    Attributes
    ----------
    x : ndarray of float32, shape (windows, READS, 1)
        What is read.
    y : ndarray of float32, shape (windows, 1)
        The next day's price.
    first : int
        The first window of the test.
    """

    def __init__(self, index: Prices, leak: bool) -> None:
        begin = index.day(FIRST_TEST)
        known = index.close if leak else index.close[:begin]
        self.low, self.span = float(known.min()), float(np.ptp(known))
        scaled = ((index.close - self.low) / self.span).astype(np.float32)
        cut = np.lib.stride_tricks.sliding_window_view(scaled, READS + 1)
        self.x, self.y = cut[:, :-1, None].copy(), cut[:, -1:].copy()
        self.first = begin - READS

    def price(self, scaled: np.ndarray) -> np.ndarray:
        """Return what is between 0 and 1 as prices."""
        return scaled * self.span + self.low


def train(
    windows: Windows,
    seed: int,
    epochs: int = EPOCHS,
    progress: bool = True,
    callback: Callable | None = None,
) -> Network:
    """Return a network that has learnt the next price from the windows before the test.

    `progress` and `callback` are those of `lstm_edu.fit`.
    """
    random = np.random.default_rng(seed)
    network = Network(
        [LSTM.create(1, UNITS, seed=random), LastStep(), Dense.create(UNITS, 1, seed=random)]
    )
    fit(
        network,
        windows.x[: windows.first],
        windows.y[: windows.first],
        loss="mean_squared_error",
        epochs=epochs,
        batch_size=BATCH,
        optimizer=Adam(3e-3),
        clip_norm=1.0,
        seed=random,
        progress=progress,
        callback=callback,
    )
    return network


def forecast(network: Network, windows: Windows) -> np.ndarray:
    """Return the network's forecasts of the price of each test day, (days,)."""
    return windows.price(network(windows.x[windows.first :])[:, 0].astype(np.float64))


def rmse(forecasts: np.ndarray, came: np.ndarray) -> float:
    """Return the root of the mean squared error, in points."""
    return round(float(np.sqrt(np.mean((forecasts - came) ** 2))), 2)


def main(
    arguments: list[str] | None = None, write: Callable[[Results], object] | None = None
) -> None:
    """Run the command; see `lstm_edu.models.volatility.main` for the parameters."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__.partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="default: %(default)s")
    options = parser.parse_args(arguments)
    if options.epochs < 1:
        parser.error(f"--epochs is {options.epochs}; expected 1 or more")
    index = prices("sp500")
    begin = index.day(FIRST_TEST)
    came, before = index.close[begin:], index.close[begin - 1 : -1]
    rows = [Row("as it was yesterday", "baseline", (rmse(before, came),), parameters=0)]
    names = {False: "LSTM, 32 units", True: "LSTM, its scaler has seen the test years"}
    for leak, name in names.items():
        windows = Windows(index, leak)
        runs = over_seeds(
            lambda seed, w=windows: train(w, seed, options.epochs, sys.stderr.isatty())
        )
        scores = tuple(rmse(forecast(run.made, windows), came) for run in runs)
        weights = sum(w.size for w in runs[0].made.weights)
        rows.append(Row(name, "network", scores, mean_seconds(runs), weights))
    results = Results(
        name="stocks_price",
        page="4_stocks",
        title="Tomorrow's price of the S&P 500",
        question="At which price will tomorrow close?",
        measure=Measure(
            "root mean squared error",
            "points",
            "lower",
            1,
            f"{len(came):,} days from 2015 to 2018",
        ),
        rows=tuple(rows),
        data=data_of(index, "arch 8.0.0: daily prices of the S&P 500"),
        command=COMMAND,
        seeds=SEEDS,
        environment=environment(("arch", "numpy")),
    )
    (write or save)(results)
    print(results.table(seconds=True))


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
