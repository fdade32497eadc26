"""Look for units with a job: units whose state follows something that a reader can see.

    python -m lstm_edu.models.jobs

With enough units and enough signals some will agree by chance. So the best unit for a signal is
chosen on the validation plays, its correlation is then measured on Hamlet, which had no part in the
choice, and how many pairs were tried is said beside. Karpathy, Johnson & Fei-Fei (2015, arXiv
1506.02078) found units with a readable job too, and most units without one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lstm_edu.datasets import Play, shakespeare
from lstm_edu.datasets.signals import SPEAKER, signals
from lstm_edu.exported import ExportedModel, load
from lstm_edu.trace import Trace

LENGTH, COUNT = 300, 60  # characters in a stretch, stretches of a play
QUANTITIES = ("c", "h")


class Job(NamedTuple):
    """A signal, the unit whose state follows it best, and how closely."""

    signal: str
    unit: int
    quantity: str
    found: float
    """Correlation on the plays on which the unit was chosen."""
    confirmed: float
    """Correlation on the play that had no part in the choice."""


class Search(NamedTuple):
    """What was found, and among how many pairs of a signal and a unit's state."""

    jobs: list[Job]
    tried: int


def stretches(play: Play, length: int = LENGTH, count: int = COUNT) -> list[str]:
    """Return `count` stretches from all over a play, each beginning with a speaker's name."""
    starts = [match.start() for match in SPEAKER.finditer(play.text)]
    starts = [start for start in starts if start + length <= len(play.text)]
    if len(starts) < count:
        raise ValueError(f"{play!r} has {len(starts)} speeches to begin at; expected {count}")
    chosen = np.linspace(0, len(starts) - 1, count).astype(int)
    return [play.text[starts[k] : starts[k] + length] for k in chosen]


def observe(model: ExportedModel, texts: list[str]) -> tuple[Trace, dict[str, np.ndarray]]:
    """Run texts of one length; return the first LSTM's trace, and each signal, (texts, length)."""
    traces, _ = model.run(np.stack([model.encode(text) for text in texts]))
    each = [signals(text) for text in texts]
    return next(iter(traces.values())), {
        name: np.stack([s[name] for s in each]) for name in each[0]
    }


def search(
    model: ExportedModel,
    chosen_on: list[Play],
    confirmed_on: Play,
    *,
    length: int = LENGTH,
    count: int = COUNT,
) -> Search:
    """Find the unit whose c, and the unit whose h, follows each signal best; the closest first.

    The two may differ: a c that counts far beyond 3 says no more in h, for tanh(3) is nearly 1.

    Parameters
    ----------
    model : ExportedModel
        The network.
    chosen_on : list of Play
        Where the best unit for each signal is chosen.
    confirmed_on : Play
        Where its correlation is measured again.
    length, count : int
        How many characters are read in a stretch, and how many stretches of each play.
    """
    texts = [text for play in chosen_on for text in stretches(play, length, count)]
    trace, found = observe(model, texts)
    again, expected = observe(model, stretches(confirmed_on, length, count))
    jobs = []
    for name, signal in found.items():
        for quantity in QUANTITIES:
            unit, correlation = trace.follows(signal, of=quantity)[0]
            confirmed = dict(again.follows(expected[name], of=quantity))[unit]
            jobs.append(Job(name, unit, quantity, correlation, confirmed))
    jobs.sort(key=lambda job: -abs(job.confirmed))
    return Search(jobs, len(found) * trace.shape[2] * len(QUANTITIES))


def main() -> None:
    """Run the command."""
    plays = shakespeare()
    jobs, tried = search(load("shakespeare"), list(plays.split("validation")), plays["hamlet"])
    print(f"{'signal':38} {'unit':>4}   {'chosen':>7} {'Hamlet':>7}")
    for job in jobs:
        print(
            f"{job.signal:38} {job.unit:4d} {job.quantity} {job.found:+7.3f} {job.confirmed:+7.3f}"
        )
    print(f"the best of {tried:,} pairs of a signal and a state")


if __name__ == "__main__":
    main()
