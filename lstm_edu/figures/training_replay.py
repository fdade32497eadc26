"""TrainingReplay: scrub through a real training, and see what a text does in the network."""

from __future__ import annotations

from typing import Any

import traitlets

from lstm_edu.figures.base import LONGEST_TEXT
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.training_replay_picture import replay_picture
from lstm_edu.figures.training_source import TrainingTrait, reference
from lstm_edu.replay import TrainingRun
from lstm_edu.trace import Trace

#: The signal of a training that was recorded without any.
NONE = "none"


class TrainingReplay(LiveFigure):
    """A training, step by step: its loss, and a text in the network as it was at each snapshot.

    On top the loss over the batches, with a cursor to drag. Below it, for a signal that can be read
    off the text, how much of it each unit explains, and from which batch on the chosen one explains
    more than half. Then the gates and states of that unit over the text, what the network expects
    next, and how it would go on. All of it is worked out in the page from the recorded weights, so
    that a reader can type another text.

    Parameters
    ----------
    training : TrainingRun, dict or str
        The recorded training; a str names one that comes with the package.
    text : str
        What the network reads, in characters that it knows; 400 at most.
    snapshot : int
        Which snapshot is shown, from 0; by default the last.
    time : int
        Where the cursor stands in the text, from 0.
    signal : str
        The name of the signal that units are compared with; by default the one that a unit
        explains best in the end. ``"none"`` where the training was recorded without signals.
    unit : int
        Which unit of the lowest LSTM; by default the one that follows the signal best.
    gate : str
        Which of its quantities: ``"i"``, ``"f"``, ``"g"``, ``"o"``, ``"c"`` or ``"h"``; by default
        the one that follows the signal best.
    group : str
        Figures of the same group share time, unit and text.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Raises
    ------
    TypeError
        `training` is something else, or a trait is not one of the figure's.
    ValueError
        The training does not hold together.
    traitlets.TraitError
        A trait does not fit: the message says what would.

    Examples
    --------
    >>> from lstm_edu.figures import TrainingReplay
    >>> TrainingReplay("learning", text="To be, or not to be", snapshot=12)
    TrainingReplay(training='learning', text='To be, or not to be', snapshot=12, after 362 batches)

    A training of your own is recorded while it goes on:

    >>> from lstm_edu import LSTM, Dense, Embedding, Network, fit
    >>> from lstm_edu.recorder import Recorder, log_spaced
    >>> import numpy as np
    >>> x = np.array([[0, 1] * 8])
    >>> network = Network([Embedding.create(2, 2), LSTM.create(2, 3), Dense.create(3, 2)])
    >>> recorder = Recorder(network, "ab", log_spaced(20, 5))
    >>> history = fit(
    ...     network, x[:, :-1], x[:, 1:], loss="cross_entropy_on_logits", epochs=20,
    ...     callback=recorder, progress=False,
    ... )
    >>> figure = TrainingReplay(recorder.run(["abababab"]), text="abab")
    """

    training = TrainingTrait().tag(sync=True, state=True)
    text = traitlets.Unicode("").tag(sync=True, state=True)
    snapshot = traitlets.Int(0).tag(sync=True, state=True)
    time = traitlets.Int(0).tag(sync=True, state=True)
    unit = traitlets.Int(0).tag(sync=True, state=True)
    gate = traitlets.Enum(Trace.quantities, "h").tag(sync=True, state=True)
    signal = traitlets.Unicode(NONE).tag(sync=True, state=True)
    group = traitlets.Unicode("").tag(sync=True, state=True)

    _unpacked: tuple[dict, TrainingRun] | None = None

    def __init__(self, training: TrainingRun | dict | str, *, text: str, **traits: Any) -> None:
        run = TrainingRun(TrainingTrait().validate(None, training))
        jobs = run.jobs()
        signal = traits.get("signal")
        if jobs:
            wanted = [job for job in jobs if job.signal == signal] or jobs
            best = max(wanted, key=lambda job: job.explained)
            found = {"signal": best.signal, "unit": best.unit, "gate": best.quantity}
            traits = found | traits
        super().__init__(training=run, text=text, **({"snapshot": len(run) - 1} | traits))

    def recording(self) -> TrainingRun:
        """Return the training as an object, unpacked once."""
        if self._unpacked is None or self._unpacked[0] is not self.training:
            self._unpacked = (self.training, TrainingRun(self.training))
        return self._unpacked[1]

    @traitlets.validate("text")
    def _validate_text(self, proposal) -> str:
        text = proposal["value"]
        if len(text) > LONGEST_TEXT:
            raise traitlets.TraitError(
                f"text has {len(text)} characters; a figure reads {LONGEST_TEXT} at most."
            )
        try:
            self.recording().model(0).encode(text)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return text

    @traitlets.validate("signal")
    def _validate_signal(self, proposal) -> str:
        signal, known = proposal["value"], list(self.recording().signals) or [NONE]
        if signal in known:
            return signal
        names = ", ".join(known)
        raise traitlets.TraitError(f"signal is {signal!r}; expected one of: {names}.")

    @traitlets.validate("snapshot", "time", "unit")
    def _validate_index(self, proposal) -> int:
        value, trait = proposal["value"], proposal["trait"].name
        count = self._counts()[trait]
        if 0 <= value < count:
            return value
        raise traitlets.TraitError(f"{trait} is {value}; expected 0 to {count - 1}.")

    def _counts(self) -> dict[str, int]:
        """Return how many snapshots, time steps and units there are."""
        run = self.recording()
        units = next(iter(run.model(0).lstms.values())).units
        return {"snapshot": len(run), "time": len(self.text), "unit": units}

    @traitlets.observe("training", "text")
    def _keep_cursor_inside(self, change) -> None:
        """Move the cursor to the last snapshot, step or unit where there are fewer now."""
        for trait, count in self._counts().items():
            self.set_trait(trait, max(0, min(getattr(self, trait), count - 1)))
        known = list(self.recording().signals) or [NONE]
        if self.signal not in known:
            self.signal = known[0]

    def trace(self) -> Trace:
        """Return what the lowest LSTM does with the text at this snapshot."""
        return self.recording().model(self.snapshot).trace(self.text)

    def picture(self) -> str:
        """Return loss, the units' agreement and the chosen unit's quantities, as an SVG."""
        return replay_picture(
            self.recording(),
            self.trace(),
            snapshot=self.snapshot,
            unit=self.unit,
            gate=self.gate,
            signal=self.signal if self.recording().signals else None,
        )

    def description(self) -> str:
        """Return in words what the picture shows."""
        run = self.recording()
        step, last = run.steps[self.snapshot], run.steps[-1]
        nats = run.losses["validation"]
        follows = ""
        if run.signals:
            r = run.r(self.gate, self.snapshot, self.signal, self.unit)
            follows = f" Of “{self.signal}” its {self.gate} explains r² = {r * r:.2f} there."
        return (
            f"A training of {last:,} batches. The loss on validation texts falls from "
            f"{nats[0]:.2f} to {nats[-1]:.2f} nats per character; after {step:,} batches it is "
            f"{nats[self.snapshot]:.2f}. Below, the gates and states of unit {self.unit} over "
            f"“{self.text}” as they are then.{follows}"
        )

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from; a packaged training is named, not held."""
        return super().state() | {"training": reference(self.training)}

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        run = self.recording()
        return (
            f"TrainingReplay(training={run.name!r}, text={self.text!r}, snapshot={self.snapshot}, "
            f"after {run.steps[self.snapshot]:,} batches)"
        )
