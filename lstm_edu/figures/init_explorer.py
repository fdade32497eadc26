"""InitExplorer: how an LSTM begins, and how far it remembers before it has learnt anything."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import traitlets

from lstm_edu.figures.init_explorer_picture import draw
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Number, Whole
from lstm_edu.figures.page_random import PageRandom
from lstm_edu.initializers import SCHEMES, recurrent_weights
from lstm_edu.lstm import LSTM
from lstm_edu.trace import Trace


class InitExplorer(LiveFigure):
    """The weights of an untrained LSTM, the gates that they make, and how far it remembers so.

    On top the weights, really drawn, with the density of the scheme as a line; drag its knob to
    scale them. Below, the gates of that very network while it reads random input: drag the hump of
    the forget gate. At the bottom the memory that follows, fading: drag its end.

    Parameters
    ----------
    scheme : str
        How the weights are drawn, as in `LSTM.create`: ``"keras"``, ``"torch"``, ``"normal"``,
        ``"uniform"`` or ``"orthogonal"``.
    gain : float
        What all weights are multiplied by, 0.25 to 4; the biases are not.
    forget_bias : float
        What is added to the forget gate's bias as the scheme draws it (0, for PyTorch at random
        about 0), −3 to 6. If not given, 1 for ``"keras"``, as Keras does, and 0 for the others.
    units, input_dim : int
        4 to 96 units, and 1 to 128 features of x.
    seed : int
        Which draw, 0 to 9999.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Attributes
    ----------
    lstm : LSTM
        The network itself, in float64: the weights that the page draws.
    trace : Trace
        What it does with random input, each feature from N(0, 1): as many steps as make about 4096
        values a gate, 32 to 256.
    half_life : float
        After how many steps half of the cell state is left, on the average: ln ½ / the mean of
        ln f over all units and steps.

    Examples
    --------
    >>> from lstm_edu.figures import InitExplorer
    >>> InitExplorer()
    InitExplorer(scheme='keras', gain=1, forget_bias=1, units=64, input_dim=32, seed=0)
    >>> explorer = InitExplorer(scheme="torch")
    >>> print(f"{explorer.trace.f.mean():.2f}, half left after {explorer.half_life:.3g} steps")
    0.50, half left after 0.967 steps

    In prose, a link sets it: ``[forget bias 3](#init-explorer?forget_bias=3)``.
    """

    scheme = traitlets.Enum(SCHEMES, "keras").tag(sync=True, state=True)
    gain = Number(1.0, 0.25, 4)
    forget_bias = Number(1.0, -3, 6)
    units = Whole(64, 4, 96)
    input_dim = Whole(32, 1, 128)
    seed = Whole(0, 0, 9999)

    #: The forget bias that each scheme brings along.
    own_forget_bias: ClassVar[dict[str, float]] = dict.fromkeys(SCHEMES, 0.0) | {"keras": 1.0}

    def __init__(self, **traits) -> None:
        own = self.own_forget_bias.get(traits.get("scheme", "keras"), 1.0)
        super().__init__(**{"forget_bias": own} | traits)

    def _drawn(self) -> tuple[LSTM, np.ndarray]:
        """Return the network and its input, (1, steps, input_dim)."""
        random = PageRandom(self.seed)
        own = 0.0 if self.scheme == "keras" else None
        kernel, recurrent_kernel, bias = recurrent_weights(
            *(self.input_dim, self.units, LSTM.blocks),
            scheme=self.scheme,
            forget_bias=own,
            dtype=np.float64,
            seed=random,
        )
        bias[self.units : 2 * self.units] += self.forget_bias
        lstm = LSTM(self.gain * kernel, self.gain * recurrent_kernel, bias)
        steps = min(256, max(32, -(-4096 // self.units)))
        return lstm, random.standard_normal((1, steps, self.input_dim))

    @property
    def lstm(self) -> LSTM:
        """The network itself."""
        return self._drawn()[0]

    @property
    def trace(self) -> Trace:
        """Its run over random input."""
        lstm, x = self._drawn()
        return lstm(x)

    @property
    def half_life(self) -> float:
        """After how many steps half of the cell state is left, on the average."""
        return float(np.log(0.5) / np.log(self.trace.f).mean())

    def picture(self) -> str:
        """Return weights, gates and memory as an SVG."""
        return draw(self.trace, self.scheme, self.gain, self.half_life).svg()

    def description(self) -> str:
        """Return in words what the picture shows."""
        f = self.trace.f
        low, high = np.quantile(f, [0.1, 0.9])
        return (
            f"An untrained LSTM of {self.units} units, its weights drawn by the scheme "
            f"{self.scheme} times {self.gain:g}, its forget bias {self.forget_bias:+g}. The forget "
            f"gate begins at {f.mean():.3f} on the average, eight in ten values between {low:.3f} "
            f"and {high:.3f}: half of what a unit holds is left after {self.half_life:.3g} steps."
        )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        traits = ("gain", "forget_bias", "units", "input_dim", "seed")
        numbers = [f"{trait}={getattr(self, trait):g}" for trait in traits]
        return f"InitExplorer(scheme={self.scheme!r}, {', '.join(numbers)})"
