"""Forecasts of volatility that need no network, and tests of whether a difference means anything.

All forecast the log volatility of each of the next five trading days, from a day on, by what was
known before it.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import NamedTuple

import numpy as np

from lstm_edu import _checks
from lstm_edu.datasets.stocks import Fold, Prices

HORIZON = 5
#: How many days the simple forecasts read: about a month.
MONTH, WEEK = 22, 5
#: How far an exponentially weighted mean looks back.
LONG = 60
DECAYS = (0.94, 0.9, 0.8, 0.7)


class Days:
    """The days of an index, and from which of them forecasts are made.

    Parameters
    ----------
    prices : Prices
        With highest and lowest prices.

    Attributes
    ----------
    log : ndarray, shape (days,)
        Log of each day's volatility in per cent a year.
    returns : ndarray, shape (days,)
        In per cent; 0 on the first day.
    folds : list of Fold
        The pairs of years.
    nows : ndarray of int, shape (origins,)
        All days from which forecasts are scored.
    came : ndarray, shape (origins, HORIZON)
        What came.
    """

    def __init__(self, prices: Prices) -> None:
        self.prices = prices
        self.dates = prices.dates
        self.log = np.log(prices.volatility)
        self.returns = 100 * np.nan_to_num(prices.returns)
        self.folds = list(prices.folds())
        self.nows = np.concatenate([self.origins(fold) for fold in self.folds])
        self.came = self.came_from(self.nows)

    @staticmethod
    def origins(fold: Fold) -> np.ndarray:
        """Return every day of a fold's test from which the next five lie within it."""
        return np.arange(fold.test.start, fold.test.stop - HORIZON + 1)

    def came_from(self, nows: np.ndarray) -> np.ndarray:
        """Return what came from each of `nows` on, (nows, HORIZON)."""
        return self.log[nows[:, None] + np.arange(HORIZON)]

    def before(self, nows: np.ndarray, length: int) -> np.ndarray:
        """Return the log volatility of the days before each of `nows`, (nows, length)."""
        return self.log[nows[:, None] - length + np.arange(length)]

    @cached_property
    def falls(self) -> np.ndarray:
        """The returns where they are negative, else 0."""
        return np.minimum(self.returns, 0)


def rmse(forecast: np.ndarray, came: np.ndarray) -> float:
    """Return the root of the mean squared error."""
    return round(float(np.sqrt(np.mean((forecast - came) ** 2))), 4)


def losses(forecast: np.ndarray, came: np.ndarray) -> np.ndarray:
    """Return the mean squared error of each forecast over its five days, (origins,)."""
    return np.mean((forecast - came) ** 2, axis=1)


def persistence(days: Days, nows: np.ndarray) -> np.ndarray:
    """Forecast that all stays as it is, (nows, HORIZON)."""
    return np.repeat(days.log[nows - 1][:, None], HORIZON, axis=1)


def ewma(days: Days, nows: np.ndarray, decay: float) -> np.ndarray:
    """Forecast a mean of the past in which each day counts `decay` of the one after it.

    As RiskMetrics does with squared returns and 0.94 (J.P. Morgan 1996); here of log volatility.
    """
    weights = decay ** np.arange(LONG - 1, -1, -1.0)
    mean = days.before(nows, LONG) @ (weights / weights.sum())
    return np.repeat(mean[:, None], HORIZON, axis=1)


def best_decay(days: Days, last: int) -> float:
    """Return which decay would have forecast the days before day `last` best."""
    nows = np.arange(LONG, last - HORIZON + 1)
    came = days.came_from(nows)
    return min(DECAYS, key=lambda decay: np.mean((ewma(days, nows, decay) - came) ** 2))


def har_reads(days: Days, nows: np.ndarray, falls: bool = False) -> np.ndarray:
    """Return what HAR reads: 1, the last day, the last week's mean, the last month's mean.

    With `falls` also how far prices fell on the last day, and on average in the last week: after a
    fall markets move more (Black 1976; Corsi & Renò 2012, doi 10.1080/07350015.2012.663261).
    """
    month = days.before(nows, MONTH)
    columns = [np.ones(len(nows)), month[:, -1], month[:, -WEEK:].mean(1), month.mean(1)]
    if falls:
        week = days.falls[nows[:, None] - WEEK + np.arange(WEEK)]
        columns += [week[:, -1], week.mean(axis=1)]
    return np.stack(columns, axis=1)


def fit_har(days: Days, last: int, falls: bool = False) -> np.ndarray:
    """Return HAR's coefficients, (4 or 6, HORIZON), by least squares on the days before `last`.

    The heterogeneous autoregression of Corsi (2009, doi 10.1093/jjfinec/nbp001), here of log
    volatility, one regression for each of the next five days.
    """
    nows = np.arange(MONTH, last - HORIZON + 1)
    return np.linalg.lstsq(har_reads(days, nows, falls), days.came_from(nows), rcond=None)[0]


def har_as_matrix(days: Days, last: int, reads: int) -> tuple[np.ndarray, np.ndarray]:
    """Return HAR as one product with the last `reads` days: kernel (reads, HORIZON), and bias."""
    bias, day, week, month = fit_har(days, last)
    kernel = np.zeros((reads, HORIZON))
    kernel[-1:] += day
    kernel[-WEEK:] += week / WEEK
    kernel[-MONTH:] += month / MONTH
    return kernel, bias


class Simple(NamedTuple):
    """A simple method's forecasts, how many numbers were fitted, and what else to know."""

    forecasts: np.ndarray
    parameters: int
    note: str


def all_of(days: Days) -> dict[str, Simple]:
    """Return every simple method's forecasts of all folds, walking forward like the network."""
    found: dict[str, list[np.ndarray]] = {"EWMA": [], "HAR": [], "HAR with falls": []}
    decays = []
    for fold in days.folds:
        nows, last = days.origins(fold), fold.train.stop
        decays.append(best_decay(days, last))
        found["EWMA"].append(ewma(days, nows, decays[-1]))
        for name, falls in (("HAR", False), ("HAR with falls", True)):
            found[name].append(har_reads(days, nows, falls) @ fit_har(days, last, falls))
    joined = {name: np.concatenate(parts) for name, parts in found.items()}
    chosen = ", ".join(f"{decay:g}" for decay in sorted(set(decays)))
    return {
        "as it is now": Simple(persistence(days, days.nows), 0, ""),
        "EWMA": Simple(joined["EWMA"], 1, f"decay chosen on the years before: {chosen}"),
        "HAR": Simple(joined["HAR"], 4 * HORIZON, "last day, week and month"),
        "HAR with falls": Simple(
            joined["HAR with falls"], 6 * HORIZON, "and how far prices fell, day and week"
        ),
    }


class Difference(NamedTuple):
    """Of two methods: the mean difference of their losses, and how sure its sign is."""

    mean: float
    statistic: float
    p: float
    low: float
    high: float


def compare(
    first: np.ndarray, second: np.ndarray, *, lags: int = MONTH, seed: int = 0
) -> Difference:
    """Ask whether the losses of two methods differ by more than chance.

    The test of Diebold & Mariano (1995, doi 10.1080/07350015.1995.10524599), whose variance counts
    that neighbouring days resemble each other (Newey & West 1987), and beside it a bootstrap of
    blocks of days (Künsch 1989), which assumes less.

    Parameters
    ----------
    first, second : ndarray, shape (origins,)
        Losses of the two on the same days.
    lags : int
        How many days resemble each other; also the length of a block.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Difference
        ``mean`` of first − second, negative where the first is better; the test's ``statistic`` and
        two-sided ``p``; ``low`` to ``high``, where 95 of 100 bootstrapped means lie.
    """
    difference = np.asarray(first, np.float64) - second
    count = len(_checks.shaped("difference", difference, "origins"))
    lags = _checks.integer("lags", lags, 0, count - 1)
    mean = float(difference.mean())
    off = difference - mean
    covariance = [float(off[k:] @ off[: count - k]) / count for k in range(lags + 1)]
    weights = 1 - np.arange(1, lags + 1) / (lags + 1)
    variance = (covariance[0] + 2 * float(weights @ covariance[1:])) / count
    statistic = mean / math.sqrt(variance)
    p = math.erfc(abs(statistic) / math.sqrt(2))
    random = np.random.default_rng(seed)
    block = max(lags, 1)
    starts = random.integers(0, count - block + 1, (2000, -(-count // block)))
    sums = np.concatenate([[0.0], np.cumsum(difference)])
    means = ((sums[starts + block] - sums[starts]) / block).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Difference(mean, statistic, p, float(low), float(high))
