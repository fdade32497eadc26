"""GateExplorer: one unit, one step, every number of it to take hold of."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from lstm_edu import plotting
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Number
from lstm_edu.lstm import LSTM
from lstm_edu.trace import Trace

GATES = ("i", "f", "g", "o")


def weight(default: float) -> Number:
    """Return a trait for a weight or a bias."""
    return Number(default, -8, 8)


class GateExplorer(LiveFigure):
    """One unit of an LSTM at one step: drag any number, and see the gates open and c and h move.

    Left the input x, and the states h and c that the step before left; in the middle each gate's
    curve, with the pre-activation z = W·x + U·h + b as the sum that it is; right the arithmetic as
    a picture: the old c as far as f keeps it, i·g added to it, the sum squashed by tanh and shown
    as far as o opens. Below, the same as equations whose numbers can be dragged.

    Parameters
    ----------
    x : float
        The input, −2 to 2.
    h : float
        The unit's hidden state before the step, −1 to 1.
    c : float
        Its cell state before the step, −3 to 3.
    i_w, f_w, g_w, o_w : float
        W, which weighs the input, for each gate and the candidate, −8 to 8.
    i_u, f_u, g_u, o_u : float
        U, which weighs the hidden state, likewise.
    i_b, f_b, g_b, o_b : float
        b, the bias, likewise.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Attributes
    ----------
    trace : Trace
        The same step as `lstm_edu.LSTM` takes it.
    presets : dict
        The biases that make the unit ``"remember"``, ``"overwrite"``, ``"forget"`` or ``"hide"``.

    Examples
    --------
    >>> from lstm_edu.figures import GateExplorer
    >>> explorer = GateExplorer(c=0.8, **GateExplorer.presets["remember"])
    >>> explorer
    GateExplorer(x=1, h=0.5, c=0.8, i=0.009, f=0.998, g=0.604, o=0.690)
    >>> print(f"{explorer.trace.c.item():.3f}")
    0.804

    In prose, a link sets it: ``[close the forget gate](#gate-explorer?f_b=-6)``.
    """

    x = Number(1.0, -2, 2)
    h = Number(0.5, -1, 1)
    c = Number(0.7, -3, 3)
    i_w, i_u, i_b = weight(1.0), weight(0.5), weight(0.0)
    f_w, f_u, f_b = weight(0.4), weight(0.2), weight(1.0)
    g_w, g_u, g_b = weight(0.8), weight(0.4), weight(-0.3)
    o_w, o_u, o_b = weight(0.6), weight(0.8), weight(-0.2)

    presets: ClassVar[dict[str, dict[str, float]]] = {
        "remember": {"i_b": -6.0, "f_b": 6.0},
        "overwrite": {"i_b": 6.0, "f_b": -6.0},
        "forget": {"i_b": -6.0, "f_b": -6.0},
        "hide": {"o_b": -6.0},
    }

    @property
    def trace(self) -> Trace:
        """The step as `lstm_edu.LSTM` takes it: one example, one step, one unit, in float64."""

        def four(part: str) -> np.ndarray:
            return np.array([getattr(self, f"{gate}_{part}") for gate in GATES])

        lstm = LSTM(four("w")[None], four("u")[None], four("b"))
        x, h, c = (np.array([[getattr(self, name)]]) for name in ("x", "h", "c"))
        return lstm(x[None], h, c)

    def picture(self) -> str:
        """Return the anatomy of the cell with these numbers, as an SVG."""
        return plotting.anatomy(self.trace, 0, 0).svg()

    def description(self) -> str:
        """Return in words what the picture shows."""
        i, f, g, o, c, h = (getattr(self.trace, name).item() for name in Trace.quantities)
        return (
            f"One unit of an LSTM at one step. It keeps {f:.3f} of its old state {self.c:+.3f}, "
            f"writes {i:.3f} of the candidate {g:+.3f}, and so holds {c:+.3f}; it shows {o:.3f} of "
            f"what that is after tanh: {h:+.3f}."
        )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        states = [f"{name}={getattr(self, name):g}" for name in ("x", "h", "c")]
        gates = [f"{gate}={getattr(self.trace, gate).item():.3f}" for gate in GATES]
        return f"GateExplorer({', '.join(states + gates)})"
