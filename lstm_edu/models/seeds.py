"""What the commands that train over several seeds share: runs, their times, their surroundings."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Generic, NamedTuple, TypeVar

from lstm_edu.results import Data, Environment

SEEDS = (0, 1, 2)

T = TypeVar("T")


class Run(NamedTuple, Generic[T]):
    """One training: its seed, what came of it, and how many seconds of the processor it took."""

    seed: int
    made: T
    seconds: float


def over_seeds(train: Callable[[int], T], seeds: Sequence[int] = SEEDS) -> list[Run[T]]:
    """Train once from each seed.

    The time is the processor's, over all threads, so that it depends neither on what else the
    machine does meanwhile nor on how many cores it has.

    Parameters
    ----------
    train : callable
        Is given a seed and returns whatever it made of it.
    seeds : sequence of int
        The seeds.
    """
    runs = []
    for seed in seeds:
        started = time.process_time()
        made = train(seed)
        runs.append(Run(seed, made, time.process_time() - started))
    return runs


def mean_seconds(runs: Sequence[Run]) -> float:
    """Return how long one of the trainings took on average, in seconds of the processor."""
    return round(sum(run.seconds for run in runs) / len(runs), 2)


def versions(packages: Sequence[str]) -> dict[str, str]:
    """Return the installed version of each package; TensorFlow goes by two names."""
    found = {}
    for package in packages:
        for name in (package, f"{package}-cpu"):
            with contextlib.suppress(metadata.PackageNotFoundError):
                found[package] = metadata.version(name)
    return found


def environment(packages: Sequence[str]) -> Environment:
    """Return what is trained with: Python and these packages.

    Raises
    ------
    ModuleNotFoundError
        One of them is not installed.
    """
    found = versions(packages)
    if missing := [package for package in packages if package not in found]:
        raise ModuleNotFoundError(f"{missing[0]} is not installed", name=missing[0])
    return Environment(platform.python_version(), found)


def data_of(loaded, source: str) -> Data:
    """Return where data come from, as their loader tells it.

    Parameters
    ----------
    loaded : object
        With ``licence``, ``citation`` and ``checksum``, as every loader's result has them.
    source : str
        The package and what it holds.
    """
    return Data(source, loaded.licence, loaded.citation, loaded.checksum)


def provenance(command: str, loaded, packages: Sequence[str]) -> dict[str, object]:
    """Return what an exported model tells of its making, whatever the model.

    Parameters
    ----------
    command : str
        The module that is run.
    loaded : object
        The data, as in `data_of`.
    packages : sequence of str
        Whose versions are kept.
    """
    return {
        "command": f"python -m {command}",
        "data": loaded.citation,
        "licence": loaded.licence,
        "checksum": loaded.checksum,
        "versions": {"python": platform.python_version(), **versions(packages)},
    }


def on_one_thread(module: str) -> None:
    """Run this command again with one thread, unless it has but one.

    One thread adds up in one order, so that a second run gives the same weights; for matrices as
    small as the book's it is the fastest, too. NumPy reads the variable when it is imported, which
    it has been by now: so begin again. Call it under ``if __name__ == "__main__"``.

    Parameters
    ----------
    module : str
        ``__spec__.name``.
    """
    if os.environ.get("OMP_NUM_THREADS") == os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        return
    names = ("OMP", "OPENBLAS", "TF_NUM_INTRAOP", "TF_NUM_INTEROP")
    for name in names:
        variable = f"{name}_THREADS" if name.startswith("TF") else f"{name}_NUM_THREADS"
        os.environ[variable] = "1"
    os.execv(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]])
