"""CellStepper: the anatomy of one cell, stepped through a text."""

from __future__ import annotations

from typing import ClassVar

import traitlets

from lstm_edu import plotting
from lstm_edu.figures.search import SearchFigure

#: What the steps of the algorithm make, in their order; 0 is the whole cell.
STEPS = ("whole cell", "input gate", "forget gate", "cell state", "output gate", "hidden state")


class CellStepper(SearchFigure):
    """The cell with the real numbers of one unit, by character and by the steps of the algorithm.

    On top the text, tinted by the unit's state, and what the model expects next; in the middle the
    cell: the state runs from left to right, × is where it forgets, + where it adds, the gates are
    vessels filled to their value. A reader steps by character, and inside a character through the
    five steps of the algorithm, each with its equation, its numbers and its line of code. With a
    model, the reader can type another line. In any case they can mark a stretch of the text and see
    which units are on exactly there.

    Parameters
    ----------
    step : int
        0 for the whole cell; 1 input gate and candidate, 2 forget gate, 3 cell state, 4 output
        gate, 5 hidden state.
    of : str
        By which state units are searched for, ``"c"`` or ``"h"``.
    mark_start, mark_stop, threshold, direction
        As in :class:`~lstm_edu.figures.search.SearchFigure`.
    model, trace, text, layer, name, group, time, unit
        As in :class:`~lstm_edu.figures.Figure`.

    Examples
    --------
    >>> from lstm_edu.figures import CellStepper
    >>> CellStepper("shakespeare", text="To be, or not to be", time=8, unit=57, step=3)
    CellStepper(model='shakespeare', text='To be, or not to be', time=8, unit=57, step=3)

    Any recorded run will do, also one of a model of your own:

    >>> import numpy as np
    >>> from lstm_edu import LSTM
    >>> trace = LSTM.create(input_dim=3, units=4, seed=0)(np.ones((1, 5, 3), np.float32))
    >>> CellStepper(trace=trace, time=2)
    CellStepper(trace=5 steps × 4 units, time=2, unit=0, step=0)
    """

    step = traitlets.Int(0).tag(sync=True, state=True)
    of = traitlets.Enum(("c", "h"), "c").tag(sync=True, state=True)

    told: ClassVar[tuple[str, ...]] = (*SearchFigure.told, "step")
    searched = "of"

    @traitlets.validate("step")
    def _validate_step(self, proposal) -> int:
        step = proposal["value"]
        if 0 <= step < len(STEPS):
            return step
        named = ", ".join(f"{number} {name}" for number, name in enumerate(STEPS))
        raise traitlets.TraitError(f"step is {step}; expected one of: {named}.")

    def picture(self) -> str:
        """Return the anatomy at this time step, unit and step of the algorithm, as an SVG."""
        return plotting.anatomy(self.run(), self.time, self.unit, step=self.step).svg()

    def description(self) -> str:
        """Return in words what the picture shows."""
        run = self.run()
        now = run.select(time=self.time, unit=self.unit)
        i, f, g, o, c, h = (float(getattr(now, name).item()) for name in run.quantities)
        what = f"“{run.tokens[self.time]}”, " if run.tokens else ""
        part = "" if self.step == 0 else f" Shown: the step of the {STEPS[self.step]}."
        return (
            f"Anatomy of an LSTM cell: unit {self.unit} at {what}"
            f"number {self.time + 1} of {run.shape[1]}. Input gate {i:.3f}, forget gate {f:.3f}, "
            f"candidate {g:+.3f}, output gate {o:.3f}, cell state {c:+.3f}, "
            f"hidden state {h:+.3f}.{part}"
        )
