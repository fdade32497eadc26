"""Half-hourly electricity demand of England and Wales, from the package ``pmdarima``.

Twelve summer weeks of the year 2000, the series that Taylor (2003) forecast. Whole weeks are kept
apart for validation and test, later ones for the later purpose, so that no network has seen
anything from after the day that it forecasts.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

Split = Literal["train", "validation", "test"]

DAY = 48  # half-hours
WEEK = 7 * DAY

#: Where each split begins and ends, in whole weeks: eight to train on, then two and two.
WEEKS: dict[Split, tuple[int, int]] = {"train": (0, 8), "validation": (8, 10), "test": (10, 12)}

#: The first half-hour: a Monday, at midnight.
START = np.datetime64("2000-06-05T00:00")

#: SHA-256 over the 4,032 numbers, a line each.
CHECKSUM = "4e9638f5287ae70f71d9a2c201e43d37e505c4693d21972dc3976907918a05bd"
VERSION = "2.1.1"

LICENCE = "pmdarima: MIT, © 2017 Taylor G Smith"
CITATION = (
    "James W. Taylor (2003): Short-term electricity demand forecasting using double seasonal "
    "exponential smoothing, Journal of the Operational Research Society 54, 799–805; "
    "as in pmdarima 2.1.1, https://github.com/alkaline-ml/pmdarima"
)


@dataclass(frozen=True)
class Demand:
    """The series.

    Attributes
    ----------
    values : ndarray of float64, shape (4032,)
        Demand in megawatts, one number a half-hour; read-only.
    times : ndarray of datetime64[m], shape (4032,)
        When each half-hour begins, local time; read-only.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the numbers.
    """

    values: np.ndarray
    times: np.ndarray
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = CHECKSUM

    def __len__(self) -> int:
        """Return how many half-hours there are."""
        return len(self.values)

    def part(self, name: Split) -> slice:
        """Return which half-hours belong to ``"train"``, ``"validation"`` or ``"test"``."""
        if name not in WEEKS:
            raise ValueError(f"no split is called {name!r}; there are: {', '.join(WEEKS)}")
        first, last = WEEKS[name]
        return slice(first * WEEK, last * WEEK)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        first, last = (str(self.times[k])[:10] for k in (0, -1))
        return f"Demand({len(self):,} half-hours, {first} to {last})"


def electricity_demand() -> Demand:
    """Load the demand for electricity that pmdarima brings along.

    Returns
    -------
    Demand
        Twelve weeks from Monday, 5 June 2000, none of them with a public holiday: eight to train
        on, two to validate on, two to test on.

    Raises
    ------
    ModuleNotFoundError
        pmdarima is not installed.
    ValueError
        Its numbers are not the ones that the book's scores were measured on.

    Notes
    -----
    pmdarima is under the MIT licence. It is only found, never imported, which would load pandas,
    scikit-learn and statsmodels: the numbers stand in its source, and are read from there.

    Examples
    --------
    >>> demand = electricity_demand()
    >>> demand
    Demand(4,032 half-hours, 2000-06-05 to 2000-08-27)
    >>> print(demand.values[:3])
    [22262. 21756. 22247.]
    """
    file = _file()
    numbers = _longest_list(file)
    digest = hashlib.sha256("\n".join(map(str, numbers)).encode()).hexdigest()
    if digest != CHECKSUM:
        raise ValueError(
            f"the {len(numbers):,} numbers in {file} are not those of pmdarima {VERSION}: SHA-256 "
            f"{digest}, expected {CHECKSUM}; install the locked version with: "
            f"pip install pmdarima=={VERSION}"
        )
    values = np.array(numbers, np.float64)
    times = START + np.arange(len(values)) * np.timedelta64(30, "m")
    for array in (values, times):
        array.setflags(write=False)
    return Demand(values, times)


def _file() -> Path:
    """Find the source that the numbers stand in."""
    spec = importlib.util.find_spec("pmdarima")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "the demand for electricity comes with the package pmdarima, which is not installed; "
            "install it with: pip install 'lstm-edu[notebooks]'",
            name="pmdarima",
        )
    return Path(spec.submodule_search_locations[0]) / "datasets" / "taylor.py"


def _longest_list(file: Path) -> list[int]:
    """Return the longest list of numbers that is written out in a Python source."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    lists = [node for node in ast.walk(tree) if isinstance(node, ast.List)]
    longest = max(lists, key=lambda node: len(node.elts), default=ast.List([]))
    return ast.literal_eval(longest)
