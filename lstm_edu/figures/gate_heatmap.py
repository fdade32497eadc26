"""GateHeatmap: every gate and state of every unit at every character."""

from __future__ import annotations

from typing import ClassVar

import traitlets

from lstm_edu import plotting
from lstm_edu.colours import colours
from lstm_edu.figures.search import SearchFigure
from lstm_edu.plotting.heatmaps import SORTS as PLOTTED
from lstm_edu.plotting.style import NAMES
from lstm_edu.trace import Trace

SORTS = (*PLOTTED, "likeness")


class GateHeatmap(SearchFigure):
    """Units down, characters across; one gate or state large, all six to choose from.

    A cursor reads off values; it is shared with the other figures of the group. A reader can mark a
    stretch of the text and see which units are on exactly there, by the gate or state that is
    shown, and where else they are on.

    Parameters
    ----------
    gate : str
        What is shown large: ``"i"``, ``"f"``, ``"g"``, ``"o"``, ``"c"`` or ``"h"``.
    sort : str
        The order of the units: ``"index"``, or the greatest first by ``"mean"``, ``"half-life"``
        (after how many steps half of the memory is left), ``"activity"`` (standard deviation
        over time) or ``"likeness"`` to the marked stretch (as `units_on` ranks them).
    mark_start, mark_stop, threshold, direction
        As in :class:`~lstm_edu.figures.search.SearchFigure`.
    model, trace, text, layer, name, group, time, unit
        As in :class:`~lstm_edu.figures.Figure`.

    Examples
    --------
    >>> from lstm_edu.figures import GateHeatmap
    >>> GateHeatmap("shakespeare", text="To be", sort="half-life")
    GateHeatmap(model='shakespeare', text='To be', time=0, unit=0, gate='f', sort='half-life')

    Which unit holds more than 2 in its cell state at “him”, and neither just before nor just after?

    >>> heat = GateHeatmap("shakespeare", text="Alas, poor Yorick! I knew him, Horatio:", gate="c")
    >>> heat.threshold = 2
    >>> heat.mark(26, 29)
    >>> heat.text[heat.mark_start : heat.mark_stop], heat.units_on()[0].unit
    ('him', 82)
    """

    gate = traitlets.Enum(Trace.quantities, "f").tag(sync=True, state=True)
    sort = traitlets.Enum(SORTS, "index").tag(sync=True, state=True)

    told: ClassVar[tuple[str, ...]] = (*SearchFigure.told, "gate", "sort")
    searched = "gate"

    def picture(self) -> str:
        """Return the large heatmap as an SVG."""
        options = {"sort": self.sort}
        if self.sort == "likeness":
            options = {"units": [each.unit for each in self.units_on()]} if self.marked else {}
        ax = plotting.heatmap(self.run(), self.gate, **options)
        if "units" in options:
            ax.yaxis.label.set_text("units, by likeness")
        if self.marked:
            ink = colours("light").ink
            for edge in (self.mark_start, self.mark_stop):
                ax.axvline(edge - 0.5, color=ink, linewidth=0.8, linestyle=(0, (3, 2)))
        return ax.svg()

    def description(self) -> str:
        """Return in words what the heatmap shows."""
        run = self.run()
        _, steps, units = run.shape
        of = f" of “{''.join(run.tokens)}”" if self.text else ""
        order = "" if self.sort == "index" else f", sorted by {self.sort}"
        return (
            f"Heatmap of the {NAMES[self.gate]} {self.gate}: {units} units{order}, "
            f"over {steps} {'characters' if self.text else 'steps'}{of}.{self._told_mark()}"
        )

    def _told_mark(self) -> str:
        """Return in words which stretch is marked, and which units are on exactly there."""
        if not self.marked:
            return ""
        exact = [str(found.unit) for found in self.units_on() if found.exact]
        units = f"units {', '.join(exact)}" if exact else "no unit"
        return (
            f" Marked: steps {self.mark_start + 1} to {self.mark_stop}; {self.direction} "
            f"{self.threshold:g} exactly there: {units}."
        )
