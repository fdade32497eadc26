"""SoundExplorer: edit a recording, and a trained network says at once what it hears."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from lstm_edu.exported import ExportedModel
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Whole
from lstm_edu.figures.sound_explorer_picture import draw
from lstm_edu.figures.sources import ModelTrait, packaged_name
from lstm_edu.lstm import LSTM
from lstm_edu.sounds import LEAST_FRAMES, MOST_FRAMES, Sounds, decided, read_by, spans

QUANTITIES = ("i", "f", "g", "o", "c", "h")
SHORTEST, LONGEST = 50, 150  # per cent


class SoundsTrait(traitlets.TraitType):
    """A `Sounds` or its dict; kept as the dict. None stands for those that the model brings."""

    info_text = "a lstm_edu.sounds.Sounds, its dict, or None"

    def validate(self, obj, value):
        """Return the recordings' dict."""
        if value is None:
            return None
        if isinstance(value, Sounds):
            return value.to_dict()
        if isinstance(value, dict):
            return Sounds.from_dict(value).to_dict()
        raise TypeError(f"sounds is a {type(value).__name__}; expected {self.info_text}.")


class SoundExplorer(LiveFigure):
    """Edit a recording, and the trained network says at once what it hears.

    Above, the frames of a recording, to cut at both ends and to cover with silence; it can be
    blended with another one, stretched, and turned round. Beneath, over the frames that the network
    then reads: what it would have answered had the recording ended there, from where on it held to
    its answer, and a gate or a state of all units of each direction.

    Parameters
    ----------
    model : ExportedModel, dict or str
        A network of LSTMs that reads numbers and answers once, with one of its labels; a str names
        one that comes with the package: ``"digits"``.
    sounds : Sounds or dict, optional
        The recordings, see `lstm_edu.sounds.Sounds`. A packaged model brings some that it was not
        trained on.
    recording : int
        Which of them, from 0.
    other, share : int
        Which one is blended in, and by how many per cent, 0 to 100.
    covers : str
        Which frames are covered with silence: ``"none"``, or ``"3-7;10-12"``.
    head, tail : int
        How many frames are cut off at the beginning and at the end; three must be left.
    stretch : int
        How long the rest becomes, in per cent, 50 to 150.
    direction : {"forwards", "backwards"}
        Which way it is played.
    gate : {"i", "f", "g", "o", "c", "h"}
        What is shown of the units.
    time : int, optional
        Where the cursor stands, in frames that are read; by default at the last.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Raises
    ------
    ValueError
        The model does not answer once for a whole series, or does not fit the recordings.
    TypeError
        `model` or `sounds` is something else, or a trait is not one of the figure's.
    traitlets.TraitError
        A trait does not fit: the message says what would.

    Attributes
    ----------
    frames : ndarray, shape (frames, features)
        What the network reads, after all edits and before scaling.
    answers : ndarray, shape (frames, outputs)
        What it would answer after each frame, were it the last.
    decided : int
        From which frame on its answer stays the same.

    Examples
    --------
    >>> from lstm_edu.figures import SoundExplorer
    >>> figure = SoundExplorer("digits", recording=14, tail=6)
    >>> figure.answers.shape[1]
    10

    In prose, a link sets it: ``[played backwards](#sound-explorer?direction=backwards)``.
    """

    model = ModelTrait().tag(sync=True, state=True)
    sounds = SoundsTrait(default_value=None, allow_none=True).tag(sync=True, state=True)
    recording = Whole(0, 0, 99)
    other = Whole(0, 0, 99)
    share = Whole(0, 0, 100)
    covers = traitlets.Unicode("none").tag(sync=True, state=True)
    head = Whole(0, 0, MOST_FRAMES)
    tail = Whole(0, 0, MOST_FRAMES)
    stretch = Whole(100, SHORTEST, LONGEST)
    direction = traitlets.Enum(("forwards", "backwards"), "forwards").tag(sync=True, state=True)
    gate = traitlets.Enum(QUANTITIES, "f").tag(sync=True, state=True)
    time = Whole(0, 0, 2 * MOST_FRAMES)

    _opened: tuple[Any, Any, ExportedModel, Sounds] | None = None

    def __init__(self, model="digits", sounds=None, **traits: Any) -> None:
        model = ModelTrait().validate(self, model)
        if model is None:
            raise ValueError("model is None; give the network that is to listen")
        self._opened = _open(model, SoundsTrait().validate(self, sounds))
        super().__init__(model=model, sounds=self._opened[1], **traits)
        if "time" not in traits:
            self.time = len(self.frames) - 1

    @traitlets.validate("model", "sounds")
    def _validate_sources(self, proposal) -> dict | None:
        trait, value = proposal["trait"].name, proposal["value"]
        sources = {"model": self.model, "sounds": self.sounds, trait: value}
        if sources["model"] is not None:
            try:
                self._opened = _open(**sources)
            except ValueError as error:
                raise traitlets.TraitError(str(error)) from None
        return value

    @traitlets.validate("recording", "other")
    def _validate_recording(self, proposal) -> int:
        value, trait, count = proposal["value"], proposal["trait"].name, len(self._sources()[1])
        if value >= count:
            raise traitlets.TraitError(f"{trait} is {value}; expected 0 to {count - 1}.")
        if trait == "recording":
            self._check_cuts(value, self.head, self.tail, self.covers)
        return value

    @traitlets.validate("head", "tail", "covers")
    def _validate_edit(self, proposal):
        value, trait = proposal["value"], proposal["trait"].name
        edits = {"head": self.head, "tail": self.tail, "covers": self.covers, trait: value}
        if self.recording < len(self._sources()[1]):
            self._check_cuts(self.recording, **edits)
        return value

    def _check_cuts(self, recording: int, head: int, tail: int, covers: str) -> None:
        """Raise unless a recording is long enough for what is cut off and covered."""
        length = len(self._sources()[1].sequences[recording])
        try:
            last = max((last for _, last in spans(covers)), default=-1)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        if last >= length:
            raise traitlets.TraitError(
                f"covers is {covers!r}; recording {recording} ends with frame {length - 1}."
            )
        if length - head - tail < LEAST_FRAMES:
            raise traitlets.TraitError(
                f"head {head} and tail {tail} leave too little of the {length} frames of "
                f"recording {recording}; expected {LEAST_FRAMES} or more."
            )

    @traitlets.validate("time")
    def _validate_time(self, proposal) -> int:
        value, last = proposal["value"], len(self.frames) - 1
        if value <= last:
            return value
        raise traitlets.TraitError(f"time is {value}; expected 0 to {last}, the last frame read.")

    @traitlets.observe("recording", "head", "tail", "stretch", "sounds")
    def _keep_time_inside(self, change) -> None:
        self.set_trait("time", min(self.time, len(self.frames) - 1))

    def _sources(self) -> tuple[ExportedModel, Sounds]:
        """Return model and recordings, unpacked once."""
        if self._opened is None:
            self._opened = _open(self.model, self.sounds)
        return self._opened[2:]

    @property
    def frames(self) -> np.ndarray:
        """What the network reads, after all edits and before scaling."""
        names = ("other", "share", "covers", "head", "tail", "stretch", "direction")
        edits = {name: getattr(self, name) for name in names}
        return self._sources()[1].edited(self.recording, **edits)

    @property
    def answers(self) -> np.ndarray:
        """What it would answer after each frame, were it the last, (frames, outputs)."""
        model, sounds = self._sources()
        return model.answers(sounds.scaled(self.frames))

    @property
    def decided(self) -> int:
        """From which frame on its answer stays the same."""
        return decided(self.answers)

    def picture(self) -> str:
        """Return what is read and what is answered as two heatmaps, an SVG."""
        model, sounds = self._sources()
        return draw(sounds.scaled(self.frames), self.answers, model.labels)

    def description(self) -> str:
        """Return in words what the picture shows."""
        model, sounds = self._sources()
        answers = self.answers
        best = int(answers[-1].argmax())
        said = model.labels[sounds.labels[self.recording]]
        return (
            f"The {len(answers)} frames of a recording of “{said}”, and what the network would "
            f"answer after each: at the end “{model.labels[best]}” with {answers[-1, best]:.2f}, "
            f"from frame {decided(answers) + 1} on."
        )

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from; a packaged model is named, not held."""
        state = super().state()
        reference = packaged_name(self.model)
        return state if reference is None else state | {"model": {"ref": reference}}

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        usual = {name: trait.default_value for name, trait in self.traits(state=True).items()}
        told = [
            f"{name}={getattr(self, name)!r}"
            for name in ("recording", *_EDITS, "gate")
            if name == "recording" or getattr(self, name) != usual[name]
        ]
        return f"SoundExplorer(model={self.model['name']!r}, {', '.join(told)})"


_EDITS = ("other", "share", "covers", "head", "tail", "stretch", "direction")


def _open(model: dict, sounds: dict | None) -> tuple[dict, dict | None, ExportedModel, Sounds]:
    """Unpack a model and its recordings, and check that they fit on one another."""
    network = ExportedModel(model)
    given = model.get("recordings") if sounds is None else sounds
    if given is None:
        raise ValueError(
            f"sounds is None, and the model {network.name!r} brings no recordings; give some: "
            "lstm_edu.sounds.Sounds(sequences, labels, mean, std)"
        )
    opened = Sounds.from_dict(given)
    chooses = network.stack.head[-1].activation == "softmax"
    whole = network.text is None and network.task == "text" and not network.stack.pooled and chooses
    if not whole or not all(isinstance(cell, LSTM) for cell in network.cells.values()):
        raise ValueError(
            f"model {network.name!r} is no listener; expected LSTMs that read numbers and answer "
            "once, at the end, with softmax"
        )
    if len(network.features) != len(opened.mean):
        raise ValueError(
            f"the model reads {len(network.features)} numbers a frame, the recordings have "
            f"{len(opened.mean)}"
        )
    read_by(network.labels, opened)
    return model, sounds, network, opened
