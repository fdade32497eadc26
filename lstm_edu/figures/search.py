"""What the figures share in which units can be searched for: a marked stretch, and a threshold."""

from __future__ import annotations

from typing import ClassVar

import traitlets

from lstm_edu.figures.base import Figure
from lstm_edu.figures.number import Number
from lstm_edu.measures import UnitOn

#: The bounds of a threshold, as in js/src/unit_search.ts.
MOST = 1e6


class SearchFigure(Figure):
    """A live figure over a run, in which a reader marks a stretch and finds the units that are on.

    Parameters
    ----------
    mark_start, mark_stop : int
        The marked stretch as a slice of the steps, ``text[mark_start:mark_stop]``; both −1 where
        nothing is marked. Set both together with `mark`.
    threshold : float
        What a value must be above, or below, for its unit to count as on.
    direction : str
        On which side of the threshold: ``"above"`` or ``"below"``.
    model, trace, text, layer, name, group, time, unit
        As in :class:`~lstm_edu.figures.Figure`; a group shares mark, threshold and direction too.
    """

    mark_start = traitlets.Int(-1).tag(sync=True, state=True)
    mark_stop = traitlets.Int(-1).tag(sync=True, state=True)
    threshold = Number(0.5, -MOST, MOST)
    direction = traitlets.Enum(("above", "below"), "above").tag(sync=True, state=True)

    #: The trait that names the quantity by which units are on.
    searched: ClassVar[str]

    @property
    def marked(self) -> bool:
        """Whether a stretch is marked."""
        return self.mark_stop > 0

    def mark(self, start: int = -1, stop: int = -1) -> None:
        """Mark the steps from `start` to before `stop`; without arguments, take the mark off."""
        with self.hold_trait_notifications():
            self.mark_start, self.mark_stop = start, stop

    def units_on(self) -> list[UnitOn]:
        """Return what the figure lists, for all units: see :func:`lstm_edu.measures.units_on`.

        Raises
        ------
        ValueError
            Nothing is marked.
        """
        if not self.marked:
            raise ValueError("nothing is marked; mark a stretch first: figure.mark(start, stop)")
        of = getattr(self, self.searched)
        return self.run().units_on(
            self.mark_start, self.mark_stop, self.threshold, of, self.direction
        )

    @traitlets.validate("mark_start", "mark_stop")
    def _validate_mark(self, proposal) -> int:
        value, trait = proposal["value"], proposal["trait"].name
        start, stop = (
            value if trait == name else getattr(self, name) for name in ("mark_start", "mark_stop")
        )
        steps = self._counts()["time"]
        if (start, stop) == (-1, -1) or 0 <= start < stop <= steps:
            return value
        raise traitlets.TraitError(
            f"{trait} is {value}, which makes the mark {start} to {stop}; expected a slice of "
            f"{steps} steps, or −1 and −1 for none. Set both together: figure.mark(start, stop)."
        )

    @traitlets.observe("model", "trace", "text")
    def _keep_mark_inside(self, change) -> None:
        """Take the mark off where the new run is too short for it."""
        if self.mark_stop > self._counts()["time"]:
            self.mark()
