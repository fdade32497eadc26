"""GradientFlow: how much of each step the last step still hears."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np
import traitlets

from lstm_edu import _checks
from lstm_edu.figures.gradient_flow_picture import Line, draw
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Number, Whole
from lstm_edu.figures.page_random import PageRandom
from lstm_edu.initializers import recurrent_weights
from lstm_edu.lstm import LSTM
from lstm_edu.record import Record
from lstm_edu.recurrent import RNN

#: What the networks read, a character a step: Hamlet, Act 3, Scene 1. As in js/src/figures.
TEXT = (
    "To be, or not to be, that is the question: Whether 'tis nobler in the mind to suffer "
    "The slings and arrows of outrageous fortune, Or to take arms against a sea of troubles, "
    "And, by opposing, end them."
)
UNITS = 12
FEATURES = 8
#: A step is lost where less than this arrives of it, and the gradient explodes above the inverse.
LIMIT = 1e-3


class Flow(NamedTuple):
    """What arrives at the last step, (time,) each, and 1 at the end."""

    rnn: np.ndarray
    """Spectral norm of ∂h_T/∂h_t of the plain RNN."""
    lstm: np.ndarray
    """Spectral norm of ∂c_T/∂c_t of the LSTM, by every path."""
    conveyor: np.ndarray
    """The same along its cell state alone: the most that any unit's forget gates let through."""
    own: dict[str, np.ndarray]
    """The norms of the traces, by their names."""


class Fate(NamedTuple):
    """What becomes of a gradient on its way back."""

    kind: str
    """``"lost"``, ``"explodes"`` or ``"all"``, where it does neither."""
    heard: int
    """How many steps back are heard before that."""

    def __str__(self) -> str:
        """Return it as it is told."""
        steps = f"{self.heard} step{'' if self.heard == 1 else 's'}"
        return {
            "lost": f"hears {steps} back",
            "explodes": f"explodes {steps} back",
            "all": f"hears all {steps}",
        }[self.kind]


def fate_of(norms: np.ndarray) -> Fate:
    """Return after how many steps back less than `LIMIT` arrives, or more than its inverse."""
    backwards = norms[::-1]
    beyond = np.flatnonzero((backwards < LIMIT) | (backwards > 1 / LIMIT))
    if beyond.size == 0:
        return Fate("all", len(norms) - 1)
    first = int(beyond[0])
    return Fate("lost" if backwards[first] < 1 else "explodes", first - 1)


class Traces(traitlets.TraitType):
    """Records of the reader's own networks by name; kept as the norms that follow from them."""

    longest = 200
    most = 6

    def validate(self, obj, value):
        """Return plain values: norms, the state that remembers, tokens."""
        if not isinstance(value, dict):
            raise TypeError(
                f"traces is a {type(value).__name__}; expected a dict of records by name, "
                'such as {"my LSTM": lstm(x)}.'
            )
        if len(value) > self.most:
            raise ValueError(
                f"traces holds {len(value)} records; a figure tells {self.most} apart."
            )
        return {self._name(name): self._plain(name, record) for name, record in value.items()}

    def _name(self, name: object) -> str:
        if isinstance(name, str) and 0 < len(name) <= 30:
            return name
        raise ValueError(f"a trace is called {name!r}; expected a name of 1 to 30 characters.")

    def _plain(self, name: str, record: Record | dict) -> dict[str, Any]:
        if isinstance(record, dict):  # computed before: as a kernel sends it back
            norms = _checks.shaped(name, np.asarray(record.get("norms"), float), "time")
            tokens, memory = record.get("tokens"), record.get("memory")
            if len(norms) > self.longest or (tokens is not None and len(tokens) != len(norms)):
                raise ValueError(f"the norms of {name!r} do not fit; give the record itself.")
        else:
            norms, memory, tokens = self._norms(name, record), record.memory, record.tokens
        _checks.finite(f"the norms of {name!r}", norms)
        if norms.min() < 0:
            raise ValueError(f"the norms of {name!r} go down to {norms.min()}; expected from 0.")
        return {
            "norms": [float(f"{norm:.6g}") for norm in norms],  # as every machine computes them
            "memory": "c" if memory == "c" else "h",
            "tokens": None if tokens is None else [str(token) for token in tokens],
        }

    def _norms(self, name: str, record: Record) -> np.ndarray:
        """Return how much of each step arrives at the last."""
        if not isinstance(record, Record):
            raise TypeError(
                f"{name!r} is a {type(record).__name__}; expected the Trace or Record that calling "
                "a layer returns, or lstm_edu.interop's trace of a Keras model."
            )
        batch, steps, _ = record.shape
        if batch != 1:
            raise ValueError(
                f"{name!r} holds {batch} examples; a line is of one. "
                "Choose it: trace.select(example=0)."
            )
        if not 2 <= steps <= self.longest:
            raise ValueError(
                f"{name!r} has {steps} steps; expected 2 to {self.longest}. "
                f"Choose the last ones: trace.select(time=slice(-{self.longest}, None))."
            )
        if record.params is None:
            raise ValueError(
                f"{name!r} holds no params, and without the weights there is no gradient. A trace "
                "loses them where units are selected, and where it is made from a dict."
            )
        for quantity in (*record.quantities, *(f"{state}0" for state in record.states)):
            _checks.finite(f"{quantity} of {name!r}", getattr(record, quantity))
        for kind, weights in record.params._asdict().items():
            _checks.finite(f"{kind} of {name!r}", weights)
        with np.errstate(over="ignore", invalid="ignore"):
            return record.gradient_norms().total[0]


class GradientFlow(LiveFigure):
    """How much of each step the last step still hears: in an RNN, in an LSTM, in networks of yours.

    The norm of ∂h_T/∂h_t of a plain RNN and of ∂c_T/∂c_t of an LSTM over the steps t, on a
    logarithmic axis. Both are drawn with the same seed, read the same text, and are differentiated
    in the browser. Pull a line by its point, and the parameter follows that puts it there: the
    scale of the recurrent weights, or the bias of the forget gate. Beneath, the text fades as the
    gradient does.

    Parameters
    ----------
    scale : float
        What the recurrent weights of both networks are multiplied by, 0 to 3. With 1 they are
        orthogonal, as Keras draws them.
    forget_bias : float
        The bias of the LSTM's forget gate, −2 to 6; Keras begins with 1.
    length : int
        How many characters of the text are read, one a step: 2 to 200.
    seed : int
        Which networks, 0 to 9999.
    traces : dict of Record, optional
        Runs of your own networks by name, drawn as further lines: a `Trace`, or the record of an
        `RNN` or `GRU`. Each of one example, of 2 to 200 steps, with its weights. Six at most. Where
        a trace has tokens, they fade below.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Attributes
    ----------
    presets : dict
        ``"keras"``, ``"vanish"``, ``"explode"``, ``"shut"`` (forget bias 0), ``"open"`` (3).

    Raises
    ------
    traitlets.TraitError, ValueError, TypeError
        A trait does not fit, or a trace cannot be differentiated: the message says why.

    Notes
    -----
    The measure of Pascanu, Mikolov & Bengio (2013, arXiv 1211.5063): the spectral norm, the most
    that a small change at step t is stretched on its way to step T, by every path. Networks of 12
    units; each character is 8 numbers from the standard normal distribution; glorot_uniform
    kernels, orthogonal recurrent kernels. Where the RNN explodes, rounding does too: its line then
    differs from one machine to another.

    Examples
    --------
    >>> from lstm_edu.figures import GradientFlow
    >>> GradientFlow()
    GradientFlow(scale=1, forget_bias=1, length=60, seed=2: RNN hears 20 steps back, LSTM 41)
    >>> figure = GradientFlow(**GradientFlow.presets["open"])
    >>> print(f"{figure.flow().lstm[0]:.2f} of step 1 arrives")
    0.43 of step 1 arrives

    Your own network beside them:

    >>> from lstm_edu import LSTM
    >>> lstm = LSTM.create(input_dim=3, units=8, seed=0)
    >>> x = np.random.default_rng(0).standard_normal((1, 50, 3), np.float32)
    >>> figure = GradientFlow(traces={"my LSTM": lstm(x)})

    In prose, a link sets it: ``[open the gate](#gradient-flow?forget_bias=3)``.
    """

    scale = Number(1.0, 0, 3)
    forget_bias = Number(1.0, -2, 6)
    length = Whole(60, 2, len(TEXT))
    seed = Whole(2, 0, 9999)
    traces = Traces({}).tag(sync=True, state=True)

    presets: ClassVar[dict[str, dict[str, float]]] = {
        "keras": {"scale": 1.0, "forget_bias": 1.0},
        "vanish": {"scale": 0.5, "forget_bias": 1.0},
        "explode": {"scale": 3.0, "forget_bias": 1.0},
        "shut": {"scale": 1.0, "forget_bias": 0.0},
        "open": {"scale": 1.0, "forget_bias": 3.0},
    }

    def networks(self) -> tuple[RNN, LSTM, np.ndarray]:
        """Return the RNN, the LSTM and what they read, x (1, length, 8): those of the page."""
        random = PageRandom(self.seed)
        vectors = {character: random.standard_normal(FEATURES) for character in dict.fromkeys(TEXT)}
        x = np.stack([vectors[character] for character in TEXT[: self.length]])

        def weights(*blocks: str, **options: float) -> tuple[np.ndarray, ...]:
            kernel, recurrent_kernel, bias = recurrent_weights(
                FEATURES, UNITS, blocks, seed=random, dtype=np.float64, **options
            )
            return kernel, self.scale * recurrent_kernel, bias

        rnn = RNN(*weights("h"))
        return rnn, LSTM(*weights(*"ifgo", forget_bias=self.forget_bias)), x[None]

    def flow(self) -> Flow:
        """Return how much of each step arrives at the last: what the page draws."""
        rnn, lstm, x = self.networks()
        of_lstm = lstm(x).gradient_norms()
        own = {name: np.array(trace["norms"]) for name, trace in self.traces.items()}
        return Flow(rnn(x).gradient_norms().total[0], of_lstm.total[0], of_lstm.direct[0], own)

    def picture(self) -> str:
        """Return the lines and the fading text, as an SVG."""
        flow, read = self.flow(), TEXT[: self.length]
        lines = [
            Line("forget gates alone", flow.conveyor, "f", None),
            Line("RNN", flow.rnn, "h", read),
            Line("LSTM", flow.lstm, "c", read),
        ]
        own = [
            Line(name, flow.own[name], trace["memory"], trace["tokens"])
            for name, trace in self.traces.items()
        ]
        return draw(lines, own).svg()

    def description(self) -> str:
        """Return in words what the picture shows."""
        flow = self.flow()
        own = {f"“{name}”": norms for name, norms in flow.own.items()}
        lines = {"The RNN": flow.rnn, "The LSTM": flow.lstm} | own
        told = [f"{name} {fate_of(norms)}." for name, norms in lines.items()]
        return (
            f"How much of each step arrives at the last of {self.length}, on a logarithmic axis; "
            f"recurrent weights × {self.scale:g}, forget bias {self.forget_bias:g}. "
            + " ".join(told)
        )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        flow = self.flow()
        own = [f"{name} {fate_of(norms).heard}" for name, norms in flow.own.items()]
        told = [f"RNN {fate_of(flow.rnn)}", f"LSTM {fate_of(flow.lstm).heard}", *own]
        state = ("scale", "forget_bias", "length", "seed")
        settings = ", ".join(f"{name}={getattr(self, name):g}" for name in state)
        return f"GradientFlow({settings}: {', '.join(told)})"
