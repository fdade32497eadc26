"""ActivationPlot: a function that squashes, its slope, and its formulas at large numbers."""

from __future__ import annotations

import traitlets

from lstm_edu import activations
from lstm_edu.figures.activation_plot_picture import activation_picture
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Number

NAMES = ("sigmoid", "tanh", "hard_sigmoid", "softsign")


class ActivationPlot(LiveFigure):
    """A function that squashes: drag a point along it, and see its slope die.

    The curve with its tangent, the slope as a second curve below, and beneath both the formulas of
    value and slope as they are naively written and as they are safely written, each computed at z
    in float64 and in float32. Where e to the power of z overflows the naive one fails.

    Parameters
    ----------
    activation : str
        ``"sigmoid"``, ``"tanh"``, ``"hard_sigmoid"`` or ``"softsign"``.
    z : float
        Where on the curve the point stands, −10000 to 10000; beyond ±6 the axis is logarithmic.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Attributes
    ----------
    value, slope : float
        What `lstm_edu.activations` gives at z.

    Examples
    --------
    >>> from lstm_edu.figures import ActivationPlot
    >>> plot = ActivationPlot(activation="tanh", z=2)
    >>> plot
    ActivationPlot(activation='tanh', z=2, value=0.964028, slope=0.0706508)
    >>> plot.z = 20
    >>> plot.slope
    0.0

    In prose, a link sets it: ``[far out](#activation-plot?activation=sigmoid&z=-800)``.
    """

    activation = traitlets.Enum(NAMES, "sigmoid").tag(sync=True, state=True)
    z = Number(1.0, -10_000, 10_000)

    @property
    def value(self) -> float:
        """The function at z."""
        return float(activations.get(self.activation)(self.z))

    @property
    def slope(self) -> float:
        """Its derivative at z, computed from the value, as in training."""
        return float(activations.get(self.activation).derivative(self.z))

    def picture(self) -> str:
        """Return both curves with point and tangent, as an SVG."""
        return activation_picture(self.activation, self.z)

    def description(self) -> str:
        """Return in words what the picture shows."""
        most = float(activations.get(self.activation).derivative(0.0))
        return (
            f"The function {self.activation.replace('_', ' ')} and its slope. At z = {self.z:g} "
            f"its value is {self.value:.4g} and its slope {self.slope:.4g}; the greatest slope is "
            f"{most:.4g}, at z = 0."
        )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return (
            f"ActivationPlot(activation={self.activation!r}, z={self.z:g}, "
            f"value={self.value:g}, slope={self.slope:g})"
        )
