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
    chosen = correlations(*observe(model, texts))
    confirmed = correlations(*observe(model, stretches(confirmed_on, length, count)))
    jobs = []
    for (name, quantity), found in chosen.items():
        unit = int(np.argmax(np.abs(found)))
        again = float(confirmed[name, quantity][unit])
        jobs.append(Job(name, unit, quantity, float(found[unit]), again))
    jobs.sort(key=lambda job: -abs(job.confirmed))
    return Search(jobs, sum(map(len, chosen.values())))


def correlations(trace: Trace, found: dict[str, np.ndarray]) -> dict[tuple[str, str], np.ndarray]:
    """Return how each unit's c and h follow each signal: by signal and state, ``(units,)``.

    Parameters
    ----------
    trace, found
        As `observe` returns them.
    """
    result = {}
    for name, signal in found.items():
        for quantity in QUANTITIES:
            r = np.empty(trace.shape[2])
            for unit, correlation in trace.follows(signal, of=quantity):
                r[unit] = correlation
            result[name, quantity] = r
    return result


def of_each_unit(
    chosen: dict[tuple[str, str], np.ndarray], confirmed: dict[tuple[str, str], np.ndarray]
) -> list[Job]:
    """Return for each unit the signal that it follows best; the closest first.

    Parameters
    ----------
    chosen, confirmed : dict of ndarray
        Correlations, as `correlations` returns them: where a unit's signal is chosen, and where it
        is measured again.
    """
    jobs = []
    for unit in range(len(next(iter(chosen.values())))):
        name, quantity = max(chosen, key=lambda key, unit=unit: abs(chosen[key][unit]))
        found, again = (float(r[name, quantity][unit]) for r in (chosen, confirmed))
        jobs.append(Job(name, unit, quantity, found, again))
    return sorted(jobs, key=lambda job: -abs(job.confirmed))


def by_chance(trace: Trace, found: dict[str, np.ndarray]) -> float:
    """Return the greatest |correlation| with signals of another text: what a search finds anyway.

    Each text's states are held against the signals of the text before it, which are begun in their
    middle, so that what all beginnings have in common is no help.

    Parameters
    ----------
    trace, found
        As `observe` returns them, of several texts.
    """
    if trace.shape[0] < 2:
        raise ValueError(f"trace has {trace.shape[0]} text; expected two at least, to change")
    half = trace.shape[1] // 2
    others = {n: np.roll(np.roll(v, 1, axis=0), half, axis=1) for n, v in found.items()}
    return float(max(np.abs(r).max() for r in correlations(trace, others).values()))


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
