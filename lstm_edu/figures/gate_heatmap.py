"""GateHeatmap: every gate and state of every unit at every character."""

from __future__ import annotations

from typing import ClassVar

import traitlets

from lstm_edu import plotting
from lstm_edu.figures.base import Figure
from lstm_edu.plotting.heatmaps import SORTS
from lstm_edu.plotting.style import NAMES
from lstm_edu.trace import Trace


class GateHeatmap(Figure):
    """Units down, characters across; one gate or state large, all six to choose from.

    A cursor reads off values; it is shared with the other figures of the group.

    Parameters
    ----------
    gate : str
        What is shown large: ``"i"``, ``"f"``, ``"g"``, ``"o"``, ``"c"`` or ``"h"``.
    sort : str
        The order of the units: ``"index"``, or the greatest first by ``"mean"``, ``"half-life"``
        (after how many steps half of the memory is left) or ``"activity"`` (standard deviation
        over time).
    model, trace, text, layer, name, group, time, unit
        As in :class:`~lstm_edu.figures.Figure`.

    Examples
    --------
    >>> from lstm_edu.figures import GateHeatmap
    >>> GateHeatmap("shakespeare", text="To be", sort="half-life")
    GateHeatmap(model='shakespeare', text='To be', time=0, unit=0, gate='f', sort='half-life')
    """

    gate = traitlets.Enum(Trace.quantities, "f").tag(sync=True, state=True)
    sort = traitlets.Enum(SORTS, "index").tag(sync=True, state=True)

    told: ClassVar[tuple[str, ...]] = (*Figure.told, "gate", "sort")

    def picture(self) -> str:
        """Return the large heatmap as an SVG."""
        return plotting.heatmap(self.run(), self.gate, sort=self.sort).svg()

    def description(self) -> str:
        """Return in words what the heatmap shows."""
        run = self.run()
        _, steps, units = run.shape
        of = f" of “{''.join(run.tokens)}”" if self.text else ""
        order = "" if self.sort == "index" else f", sorted by {self.sort}"
        return (
            f"Heatmap of the {NAMES[self.gate]} {self.gate}: {units} units{order}, "
            f"over {steps} {'characters' if self.text else 'steps'}{of}."
        )
