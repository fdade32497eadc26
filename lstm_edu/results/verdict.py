"""Who won, and by how much in the network's own spread."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_edu.results.record import Measure, Results, Row


@dataclass(frozen=True)
class Verdict:
    """The network of a page held against the best baseline.

    Attributes
    ----------
    outcome : {"wins", "loses", "level"}
        What the network does; level where the two means are no further apart than the network's own
        scores spread.
    network, baseline : Row
        The two.
    lead : float
        By how much the network is better, in the unit of the measure; negative where it is worse.
    spreads : float or None
        The lead in units of the network's own spread, the sample standard deviation over its
        seeds; None where it was trained once, or never came out otherwise.
    measure : Measure
        What is measured.
    """

    outcome: str
    network: Row
    baseline: Row
    lead: float
    spreads: float | None
    measure: Measure

    @classmethod
    def of(cls, results: Results) -> Verdict:
        """Return the verdict on results."""
        network, baseline, measure = results.network, results.baseline, results.measure
        lead = network.mean - baseline.mean
        if measure.better == "lower":
            lead = -lead
        spreads = lead / network.spread if network.spread else None
        near = abs(lead) <= (network.spread or 0.0)
        outcome = "level" if near else "wins" if lead > 0 else "loses"
        return cls(outcome, network, baseline, lead, spreads, measure)

    def __str__(self) -> str:
        """Return it as one sentence."""
        how = {"wins": "beats", "loses": "loses to", "level": "is level with"}[self.outcome]
        mean, spread = self.network.mean, self.network.spread
        mine = self.measure.written(mean)
        if spread is not None:
            mine += f" ± {self.measure.written(spread)}"
        theirs = self.measure.written(self.baseline.mean)
        unit = f" {self.measure.unit}" if self.measure.unit else ""
        seeds = len(self.network.scores)
        if seeds == 1:
            margin = "from one training, so without a spread"
        elif self.outcome == "level":
            margin = f"within its own spread over {seeds} seeds"
        elif self.spreads is None:
            margin = f"the same with each of {seeds} seeds"
        else:
            margin = f"{times(abs(self.spreads))} its own spread over {seeds} seeds"
        return (
            f"{self.network.name} {how} {self.baseline.name}: "
            f"{mine} against {theirs}{unit}, {margin}."
        )


def times(ratio: float) -> str:
    """Return a ratio of 1 or more in words: ``"3.2 times"``, ``"40 times"``."""
    return f"{ratio:.1f} times" if ratio < 9.95 else f"{ratio:.0f} times"
