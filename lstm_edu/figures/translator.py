"""Translator: type English, and watch a trained network write it in another language."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import traitlets

from lstm_edu import translator as engine
from lstm_edu.figures.base import LONGEST_TEXT
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Whole
from lstm_edu.figures.translator_picture import draw

#: As in js/src/figures/translator_state.ts.
WIDEST = 5


class TranslatorTrait(traitlets.TraitType):
    """A `lstm_edu.translator.Translator`, its dict, or a language; kept as the dict."""

    info_text = "a lstm_edu.translator.Translator, its dict, or the language of a packaged one"

    def validate(self, obj, value):
        """Return the translator's dict."""
        if isinstance(value, str):
            return json.loads(_packaged(value))
        if isinstance(value, engine.Translator):
            return value.to_dict()
        if isinstance(value, dict):
            return engine.Translator(value).to_dict()
        raise TypeError(f"model is a {type(value).__name__}; expected {self.info_text}.")


@cache
def _packaged(language: str) -> str:
    return json.dumps(engine.load(language).to_dict())


class Translator(LiveFigure):
    """Type English, and a trained encoder and decoder write it in another language.

    Above, the words that are read, tinted by how much the decoder looks at each of them while it
    writes the token under the cursor. Then what it thinks comes next; the attention of all steps as
    a matrix; and all units of the decoder at this step, a row for each gate and state.

    Parameters
    ----------
    model : Translator, dict or str
        A `lstm_edu.translator.Translator`; a str names the language of one that comes with the
        package: ``"chinese"``.
    text : str
        English, 400 characters at most. Words that the translator does not know are read as
        “[unknown]”, and the figure says so.
    beam : int
        How many hypotheses are kept, 1 to 5; 1 is greedy.
    time : int, optional
        Which token of the translation the cursor is at, from 0; by default the last.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Raises
    ------
    ValueError, TypeError
        `model` is no translator.
    traitlets.TraitError
        A trait does not fit: the message says what would.

    Attributes
    ----------
    translation : lstm_edu.translator.Translation
        What is written, with the attention and the gates of every step.

    Examples
    --------
    >>> from lstm_edu.figures import Translator
    >>> figure = Translator("chinese", text="Open the file in a new tab")
    >>> figure.translation.weights.shape[1]
    8

    In prose, a link sets it: ``[with a beam of four](#translator?beam=4)``.
    """

    model = TranslatorTrait().tag(sync=True, state=True)
    text = traitlets.Unicode("Open").tag(sync=True, state=True)
    beam = Whole(1, 1, WIDEST)
    time = Whole(0, 0, engine.LONGEST - 1)

    _opened: tuple[dict, engine.Translator] | None = None
    _written: tuple[tuple, engine.Translation] | None = None

    def __init__(self, model="chinese", text="Open the file in a new tab", **traits: Any) -> None:
        super().__init__(model=model, text=text, **traits)
        if "time" not in traits:
            self.time = len(self.translation.ids) - 1

    @traitlets.validate("text")
    def _validate_text(self, proposal) -> str:
        text = proposal["value"]
        if len(text) > LONGEST_TEXT:
            raise traitlets.TraitError(
                f"text has {len(text)} characters; a figure reads {LONGEST_TEXT} at most."
            )
        if not engine.source_pieces(text):
            raise traitlets.TraitError(f"text is {text!r}; give at least one word to translate.")
        return text

    @traitlets.validate("time")
    def _validate_time(self, proposal) -> int:
        value, last = proposal["value"], len(self.translation.ids) - 1
        if value <= last:
            return value
        raise traitlets.TraitError(
            f"time is {value}; expected 0 to {last}, the last token of the translation."
        )

    @traitlets.observe("model", "text", "beam")
    def _keep_time_inside(self, change) -> None:
        self.set_trait("time", min(self.time, len(self.translation.ids) - 1))

    @property
    def translation(self) -> engine.Translation:
        """What is written, with the attention and the gates of every step."""
        if self._opened is None or self._opened[0] is not self.model:
            self._opened = (self.model, engine.Translator(self.model))
        translator = self._opened[1]
        asked = (translator, self.text, self.beam)
        if self._written is None or self._written[0] != asked:
            self._written = (asked, translator(self.text, self.beam))
        return self._written[1]

    def picture(self) -> str:
        """Return the attention as a matrix, an SVG."""
        return draw(self.translation)

    def description(self) -> str:
        """Return in words what the picture shows."""
        written = self.translation
        return (
            f"“{self.text}” becomes “{written.text}”, {len(written.ids)} tokens with the end; a "
            "matrix shows at which English word the decoder looked for each."
        )

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from; a packaged model is named, not held."""
        state = super().state()
        language = self.model["language"]
        try:
            packaged = json.loads(_packaged(language)) == self.model
        except ValueError:
            packaged = False
        return state | {"model": {"ref": f"translation_{language}"}} if packaged else state

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        told = f"{self.model['name']!r}, {self.text!r}, beam={self.beam}, time={self.time}"
        return f"Translator({told})"
