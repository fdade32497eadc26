"""The cell laid open: one unit at one step, with the number at every arrow."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from lstm_edu import _checks
from lstm_edu.activations import get
from lstm_edu.colours import colours
from lstm_edu.plotting.anatomy_cell import cell_height, draw_cell, draw_sums
from lstm_edu.plotting.anatomy_text import LINE_HEIGHT, TEXT_HEIGHT, draw_line, draw_text
from lstm_edu.plotting.canvas import Canvas
from lstm_edu.plotting.style import (
    WIDTH,
    Picture,
    check_example,
    check_record,
    check_units,
    new_figure,
    styled,
)
from lstm_edu.trace import Trace

GATES = ("i", "f", "g", "o")


class Moment(NamedTuple):
    """What one unit did at one step."""

    i: float
    f: float
    g: float
    o: float
    before: float
    c: float
    h: float
    squashed: float
    activation: str
    recurrent_activation: str
    sums: dict[str, tuple[float, float, float]] | None

    @property
    def kept(self) -> float:
        """What is left of the old state."""
        return self.f * self.before

    @property
    def written(self) -> float:
        """What is added to it."""
        return self.i * self.g


def moment(trace: Trace, time: int, unit: int, example: int = 0) -> Moment:
    """Return what a unit did at a step, with the sums W·x, U·h and b that fed its gates.

    `sums` is None where the trace holds neither inputs nor weights.
    """
    values = [float(getattr(trace, gate)[example, time, unit]) for gate in GATES]
    c = float(trace.c[example, time, unit])
    sums = None
    if trace.params is not None and trace.x is not None:
        x = trace.x[example, time].astype(np.float64)
        h = trace.h_previous[example, time].astype(np.float64)
        units = trace.shape[2]
        kernel, recurrent_kernel, bias = trace.params[:3]
        sums = {}
        for block, gate in enumerate(GATES):
            k = block * units + unit
            sums[gate] = (
                float(x @ kernel[:, k]),
                float(h @ recurrent_kernel[:, k]),
                float(bias[k]),
            )
    return Moment(
        *values,
        before=float(trace.c_previous[example, time, unit]),
        c=c,
        h=float(trace.h[example, time, unit]),
        squashed=float(get(trace.activation)(c)),
        activation=trace.activation,
        recurrent_activation=trace.recurrent_activation.replace("sigmoid", "σ"),
        sums=sums,
    )


@styled
def anatomy(
    trace: Trace,
    time: int,
    unit: int,
    *,
    example: int = 0,
    step: int = 0,
    ax: Axes | None = None,
    theme: str = "light",
) -> Axes:
    """Draw the cell with the numbers of one unit at one step.

    On top the text, tinted by the unit's cell state; then the cell: the state runs from left to
    right, × is where it forgets, + where it adds. A line is as wide as what flows in it, and hollow
    where that is negative. Below, what fed each gate, and the cell state over the whole text. A run
    of one step without tokens is the cell alone.

    Parameters
    ----------
    trace : Trace
        The run of an LSTM.
    time, unit, example : int
        Which step, unit and sequence.
    step : int
        0 for the whole cell, 1 to 5 for one step of the algorithm (input gate, forget gate, cell
        state, output gate, hidden state): the rest of the drawing steps back.
    ax : matplotlib axes, optional
        Where to draw; new axes, as wide as the book's text, if not given.
    theme : {"light", "dark"}
        The ground.

    Returns
    -------
    matplotlib axes
        In pixels, y downwards.

    Raises
    ------
    TypeError
        The trace is not that of a plain LSTM.
    ValueError
        There is no such step, unit or example.
    """
    if not isinstance(check_record(trace), Trace) or trace.cell != "lstm":
        raise TypeError(f"trace is {trace!r}, of a cell {trace.cell!r}; expected that of an LSTM")
    steps = trace.shape[1]
    time = _checks.integer("time", time, -steps, steps - 1) % steps
    (unit,) = check_units(trace, [unit])
    example = check_example(trace, example)
    step = _checks.integer("step", step, 0, 5)
    shades = colours(theme)
    now = moment(trace, time, unit, example)
    alone = steps == 1 and trace.tokens is None
    top = 0 if alone else TEXT_HEIGHT
    below = top + cell_height(now)
    height = below if alone else below + LINE_HEIGHT
    if ax is None:
        figure = new_figure(height / 96, theme)
        figure.set_layout_engine("none")
        ax = figure.add_axes((0, 0, 1, 1), axes_class=Picture, label=f"anatomy of unit {unit}")
    elif not isinstance(ax, Axes):
        raise TypeError(f"ax is a {type(ax).__name__}; expected matplotlib axes, or None")
    canvas = Canvas(ax, 96 * WIDTH, height, shades)
    states = trace.c[example, :, unit].astype(np.float64)
    limit = max(1.0, float(np.abs([*states, now.before]).max()))
    draw_cell(canvas, now, limit, step, top)
    if now.sums:
        draw_sums(canvas, now, step, top)
    if alone:
        return ax
    tokens = [str(token) for token in trace.tokens or range(1, steps + 1)]
    note = f"unit {unit}, tint: its cell state"
    if trace.mask is not None and not trace.mask[example, time]:
        note = f"unit {unit}, masked step: c and h are carried over"
    draw_text(canvas, tokens, states / limit, time, note)
    draw_line(canvas, states, time, unit, below + 6)
    return ax
