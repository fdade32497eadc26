"""Daily prices of two share indices and of crude oil, from the files that the package ``arch`` has.

Twenty years of the S&P 500 and of the Nasdaq Composite, with the highest and the lowest price of
each day, from which one sees how much a day moved; and the price of West Texas Intermediate. What
is later is never learnt from: `Prices.folds` cuts the years as a forecaster lives through them.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import hashlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lstm_edu import _checks

VERSION = "8.0.0"

LICENCE = (
    "arch: NCSA, © 2017 Kevin Sheppard; the prices in it: Yahoo! Finance (indices) and "
    "U.S. Energy Information Administration (oil)"
)
CITATION = "Kevin Sheppard: arch 8.0.0, https://github.com/bashtage/arch, arch.data"

TITLES = {
    "sp500": "S&P 500",
    "nasdaq": "Nasdaq Composite",
    "wti": "West Texas Intermediate crude oil",
}
#: SHA-256 of each ``NAME.csv.gz`` in arch 8.0.0.
CHECKSUMS = {
    "sp500": "1e028cbb9c400cc018c816ccc439b33c919387e726c3ed5ca2c05c82746059de",
    "nasdaq": "b2009535343ebb14e0aa11ed086788d2997a416ffe4f9450eed9a561ae30ac59",
    "wti": "b83498894138a65cdc14a67fc1716aa90b3cfda274f976bd3692cc3f1500084d",
}

#: In the first of these years forecasts begin; each fold tests on the years up to the next.
ORIGINS = (2007, 2009, 2011, 2013, 2015, 2017)

#: Trading days in a year, by which daily volatility is told as that of a year.
YEAR = 252


@dataclass(frozen=True)
class Fold:
    """What may be learnt from, and what is forecast then.

    Attributes
    ----------
    year : int
        The first year that is forecast.
    train, test : slice
        Days: all before that year, and those up to the next fold.
    """

    year: int
    train: slice
    test: slice


@dataclass(frozen=True)
class Prices:
    """Daily prices, oldest first; all arrays are read-only.

    Attributes
    ----------
    name, title : str
        ``"sp500"``, ``"S&P 500"``.
    dates : ndarray of datetime64[D], shape (days,)
        The trading days.
    close : ndarray of float64, shape (days,)
        The last price of each day.
    high, low : ndarray of float64, shape (days,), or None
        The highest and the lowest price of each day; None of oil.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the file that was read.
    """

    name: str
    title: str
    dates: np.ndarray
    close: np.ndarray
    high: np.ndarray | None
    low: np.ndarray | None
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = ""

    def __len__(self) -> int:
        """Return how many trading days there are."""
        return len(self.close)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Prices({self.title}, {len(self):,} days, {self.dates[0]} to {self.dates[-1]})"

    @property
    def returns(self) -> np.ndarray:
        """What each day brought, ``ln(close / close of the day before)``, (days,); NaN the first.

        Raises
        ------
        ValueError
            A price is 0 or less, which has no logarithm.
        """
        if (self.close <= 0).any():
            raise ValueError(f"a price of {self.title} is {self.close.min()}; it has no logarithm")
        return np.concatenate([[np.nan], np.diff(np.log(self.close))])

    @property
    def volatility(self) -> np.ndarray:
        """How much each day moved, in per cent a year, (days,).

        From the highest and the lowest price, ``ln(high / low) / √(4 ln 2)``, which a random walk
        exceeds and falls short of in equal measure (Parkinson 1980, doi 10.1086/296071), times
        ``100 √252``.

        Raises
        ------
        ValueError
            Highest and lowest prices are not known, of oil.
        """
        if self.high is None or self.low is None:
            raise ValueError(
                f"of {self.title} only the last price of a day is known; take 'sp500' or 'nasdaq'"
            )
        return 100 * np.sqrt(YEAR) * np.log(self.high / self.low) / np.sqrt(4 * np.log(2))

    def day(self, date: str) -> int:
        """Return the first trading day from a date on, ``"2008-09-15"``, as a place from 0."""
        day = int(np.searchsorted(self.dates, np.datetime64(date)))
        if day == len(self):
            raise ValueError(f"date is {date}; the last day of {self.title} is {self.dates[-1]}")
        return day

    def folds(self, origins: tuple[int, ...] = ORIGINS) -> Iterator[Fold]:
        """Go through the years as a forecaster lives through them: learn from all before, go on.

        Parameters
        ----------
        origins : tuple of int
            The years in which to learn anew; the last fold goes to the end.
        """
        begins = [self.day(f"{year}-01-01") for year in origins]
        for year, begin, end in zip(origins, begins, [*begins[1:], len(self)], strict=True):
            yield Fold(year, slice(0, begin), slice(begin, end))


def prices(name: str = "sp500") -> Prices:
    """Load daily prices that arch brings along.

    Parameters
    ----------
    name : {"sp500", "nasdaq", "wti"}
        The S&P 500 or the Nasdaq Composite, 4 January 1999 to 31 December 2018; or West Texas
        Intermediate, from 1986 on, days without a price left out.

    Returns
    -------
    Prices

    Raises
    ------
    ModuleNotFoundError
        arch is not installed.
    ValueError
        There is no such series, or its file is not the one that the book's scores were measured on.

    Notes
    -----
    arch is under the NCSA licence. It is only found, never imported, which would load pandas,
    scipy and statsmodels.

    Examples
    --------
    >>> index = prices("sp500")
    >>> index
    Prices(S&P 500, 5,031 days, 1999-01-04 to 2018-12-31)
    >>> print(index.volatility[:3].round(1))
    [23.  13.9 21. ]
    """
    name = _checks.choice("name", name, TITLES)
    file = _file(name)
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != CHECKSUMS[name]:
        raise ValueError(
            f"{file} is not the file of arch {VERSION}: SHA-256 {digest}, expected "
            f"{CHECKSUMS[name]}; install the locked version with: pip install arch=={VERSION}"
        )
    rows = list(csv.DictReader(gzip.decompress(content).decode("ascii").splitlines()))
    last = "DCOILWTICO" if name == "wti" else "Close"
    rows = [row for row in rows if row[last] != "."]  # holidays, in the file of oil
    dates = [datetime.datetime.strptime(row["Date"], "%m/%d/%Y").date() for row in rows]
    columns = [last] if name == "wti" else [last, "High", "Low"]
    arrays = [np.array([float(row[column]) for row in rows]) for column in columns]
    arrays.insert(0, np.array(dates, "datetime64[D]"))
    for array in arrays:
        array.setflags(write=False)
    dates, close, high, low = [*arrays, None, None][:4]
    return Prices(name, TITLES[name], dates, close, high, low, checksum=digest)


def _file(name: str) -> Path:
    """Find the file without importing the package."""
    spec = importlib.util.find_spec("arch")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "the prices come with the package arch, which is not installed; "
            "install it with: pip install 'lstm-edu[notebooks]'",
            name="arch",
        )
    return Path(spec.submodule_search_locations[0]) / "data" / name / f"{name}.csv.gz"
