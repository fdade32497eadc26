"""The same picture of every gate of a record, side by side."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes

from lstm_edu.plotting.style import Panels, Picture, check_record, hairlines, new_figure
from lstm_edu.record import Record


def gate_panels(
    trace: Record,
    draw: Callable[[Axes, str], Axes],
    *,
    name: str,
    height: float,
    theme: str,
    sharey: bool = False,
) -> Panels:
    """Draw each gate in a panel of its own; only the first is labelled on its left.

    Parameters
    ----------
    trace : Record
        The run.
    draw : callable
        Draws one gate, which it is given by name, into axes, and returns these.
    name : str
        What a panel is called: ``"histogram"`` gives "histogram of f".
    height : float
        Of the figure, in inches.
    theme : {"light", "dark"}
        The ground.
    sharey : bool
        Whether all panels have the vertical scale of the first.

    Returns
    -------
    Panels
        The axes by gate.

    Raises
    ------
    TypeError, ValueError
        Where `trace` is no record, or one without gates.
    """
    gates = check_record(trace).gates
    if not gates:
        raise ValueError(f"{trace!r} has no gates")
    figure = new_figure(height, theme)
    panels = Panels()
    for k, gate in enumerate(gates, start=1):
        ax = figure.add_subplot(
            1,
            len(gates),
            k,
            axes_class=Picture,
            label=f"{name} of {gate}",
            sharey=panels[gates[0]] if sharey and panels else None,
        )
        panels[gate] = draw(hairlines(ax, theme), gate)
        if k > 1:
            ax.set_ylabel("")
            ax.tick_params(labelleft=False)
    return panels
