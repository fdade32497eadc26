"""WordTagger: a network that says something of each word, over a text of the reader's own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
import traitlets

from lstm_edu import tagging
from lstm_edu.exported import ExportedModel
from lstm_edu.figures.base import Figure
from lstm_edu.figures.number import Number, Whole
from lstm_edu.figures.sources import ModelTrait
from lstm_edu.figures.word_tagger_examples import ExamplesTrait, check_example
from lstm_edu.figures.word_tagger_picture import draw
from lstm_edu.lstm import LSTM

#: The usual name of the label of what is nothing.
NOTHING = "O"
#: The most words, or sentences, that are kept as the best.
MOST_BEST = 60


class WordTagger(Figure):
    """A network that says something of each word, over a text of the reader's own.

    With one label a word, stretches of the same label stand under a bracket with its name and its
    probability. With a single probability a word, words are tinted by it, and what is kept is
    written out. Where the network has a marker, the reader says of which word the question is. At
    the cursor stand the probabilities of all labels, and what a unit does there, reading forwards
    and backwards; a heatmap of all units folds out.

    Parameters
    ----------
    model : ExportedModel, dict or str
        A network of LSTMs, one way or both, that answers at each word with softmax, or with a
        single sigmoid; a str names one that comes with the package.
    examples : sequence of str or dict
        Texts to choose from. A dict has a ``"text"``, and may have: ``"marked"``, the word that is
        marked; ``"gold"``, the right label of each word; ``"reference"``, a text that what is kept
        is to be compared with.
    text : str, optional
        What the network reads, 1500 characters at most; by default the first example.
    marked : int, optional
        Before which word, from 0, the marker is read; None where the network has none.
    time : int
        Where the cursor stands, in words from 0.
    unit : int
        Which unit is looked at.
    layer : int
        In which recurrent layer, from 0, the lowest; a Bidirectional counts as two: forward,
        backward.
    quiet : str
        The label of what is nothing, which gets no bracket; by default ``"O"`` where there is one.
    select : {"threshold", "words", "sentences"}
        How what is kept is chosen: all words that are probable enough, or the best words, or the
        best sentences.
    threshold : float
        The least probability that is kept.
    best : int
        How many words or sentences are kept as the best, 1 to 60.
    name, group
        As in :class:`~lstm_edu.figures.Figure`.

    Raises
    ------
    ValueError
        The model does not answer at each word with probabilities.
    TypeError
        `model` or an example is something else, or a trait is not one of the figure's.
    traitlets.TraitError
        A trait does not fit: the message says what would.

    Notes
    -----
    Equal labels of neighbours are one stretch. The first eight labels have colours of their own. A
    network keeps or leaves out where it has a single sigmoid output or two outputs with softmax;
    kept is what its last label names.
    """

    examples = ExamplesTrait().tag(sync=True, state=True)
    marked = traitlets.Int(None, allow_none=True).tag(sync=True, state=True)
    quiet = traitlets.Unicode("").tag(sync=True, state=True)
    select = traitlets.Enum(tagging.SELECTIONS, "threshold").tag(sync=True, state=True)
    threshold = Number(0.5, 0, 1)
    best = Whole(8, 1, MOST_BEST)
    trace = None  # It reads; it shows no record.

    longest: ClassVar[int] = 1500
    told: ClassVar[tuple[str, ...]] = (*Figure.told, "layer", "marked")

    def __init__(
        self,
        model: ExportedModel | dict | str,
        *,
        examples: Sequence[str | dict[str, Any]] = (),
        **traits: Any,
    ) -> None:
        model = ModelTrait().validate(self, model)
        if model is None:
            raise ValueError("model is None; give the network that is to read")
        network = ExportedModel(model)
        _check_model(network)
        examples = ExamplesTrait().validate(self, examples)
        first = examples[0] if examples else {}
        if "text" not in traits and not first:
            raise ValueError("neither text nor examples are given; expected something to read")
        traits.setdefault("text", first.get("text"))
        if network.text.marker is not None:
            own = first.get("marked", 0) if traits["text"] == first.get("text") else 0
            traits.setdefault("marked", own)
        traits.setdefault("quiet", _usual_quiet(network))
        super().__init__(model, examples=examples, **traits)

    @traitlets.validate("model")
    def _validate_source(self, proposal) -> dict | None:
        network = ExportedModel(proposal["value"])
        try:
            _check_model(network)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        for k, example in enumerate(self.examples):
            check_example(network, k, example, self.longest)
        return proposal["value"]

    @traitlets.validate("examples")
    def _validate_examples(self, proposal) -> list[dict[str, Any]]:
        if self.model is not None:
            for k, example in enumerate(proposal["value"]):
                check_example(self._network(), k, example, self.longest)
        return proposal["value"]

    @traitlets.validate("marked")
    def _validate_marked(self, proposal) -> int | None:
        value, network = proposal["value"], self._network()
        if (value is None) != (network.text.marker is None):
            has, expected = ("no", "None") if value is not None else ("a", "the number of a word")
            raise traitlets.TraitError(
                f"marked is {value!r}, but {network.name!r} has {has} marker; expected {expected}."
            )
        words = self._counts()["time"]
        if value is None or 0 <= value < words:
            return value
        raise traitlets.TraitError(f"marked is {value}; expected 0 to {words - 1}.")

    @traitlets.validate("quiet")
    def _validate_quiet(self, proposal) -> str:
        quiet, labels = proposal["value"], self._network().labels
        if quiet in ("", *labels):
            return quiet
        raise traitlets.TraitError(
            f"quiet is {quiet!r}; expected '' or one of the labels: {', '.join(labels)}."
        )

    @traitlets.observe("model", "text")
    def _keep_marked_inside(self, change) -> None:
        """Mark the last word where the new text has fewer, and none without a marker."""
        network = self._network()
        marked = self.marked
        if network.text.marker is None:
            marked = None
        elif change["name"] == "model" or marked is not None:
            marked = min(marked or 0, len(network.tokens(self.text)) - 1)
        self.set_trait("marked", marked)
        if self.quiet not in ("", *network.labels):
            self.quiet = _usual_quiet(network)

    def _check_layer(self, network: ExportedModel, layer: int) -> None:
        """Take any layer: all are LSTMs."""

    @property
    def keeps(self) -> bool:
        """Whether the network says of each word only whether to keep it."""
        return keeps(self._network())

    def answers(self) -> np.ndarray:
        """Return what the network says of each word, ``(words, outputs)``."""
        return self._network().answers(self.text, marked=self.marked)

    def answer(self) -> np.ndarray:
        """Return what the network says of the word at the cursor, ``(outputs,)``."""
        return self.answers()[self.time]

    def run(self):
        """Return what the layer did at each word, the marker included where one is read."""
        network = self._network()
        return network.trace(self.text, list(network.cells)[self.layer], marked=self.marked)

    def states(self) -> np.ndarray:
        """Return the cell state of every unit at each word, in the order of the text.

        Returns
        -------
        ndarray, shape (words, units)
            Without the marker's own.
        """
        values = self.run().c[0]
        if list(self._network().cells)[self.layer].endswith("/backward"):
            values = values[::-1]
        return values if self.marked is None else np.delete(values, self.marked, axis=0)

    def spans(self) -> list[tagging.Span]:
        """Return the stretches of words of the same label, those of the quiet one left out."""
        network, answers = self._network(), self.answers()
        return tagging.spans(_shares(answers, network), network.labels, self.quiet)

    def kept(self) -> list[int]:
        """Return the numbers of the words that are kept.

        Raises
        ------
        ValueError
            The network names one of several labels.
        """
        network = self._network()
        if not self.keeps:
            raise ValueError(f"{network.name!r} names one of {len(network.labels)} labels a word")
        return tagging.kept(
            self.answers()[:, -1],
            self.select,
            threshold=self.threshold,
            best=self.best,
            groups=tagging.sentences(self.text, network.text.pieces(self.text)),
        )

    def summary(self) -> str:
        """Return the words that are kept as a text."""
        return tagging.written_out(self.text, self._network().text.pieces(self.text), self.kept())

    def picture(self) -> str:
        """Return the text with its labels, or with what is kept of it, as an SVG."""
        network = self._network()
        pieces = network.text.pieces(self.text)
        return draw(
            [self.text[piece.start : piece.end] for piece in pieces],
            {k for k, (a, b) in enumerate(pairwise(pieces), 1) if a.end == b.start},
            [] if self.keeps else self.spans(),
            self.answers()[:, -1] if self.keeps else None,
            self.kept() if self.keeps else (),
            self.marked,
            network.labels,
            self.quiet,
        )

    def description(self) -> str:
        """Return in words what the picture shows."""
        network = self._network()
        read = f"“{self.text}”, read by the network {network.title}"
        if self.keeps:
            return f"{read}. It keeps: {self.summary() or 'nothing'}"
        words = network.text.pieces(self.text)
        found = [
            f"{label} “{tagging.written_out(self.text, words, range(first, end))}” ({p:.2f})"
            for label, first, end, p in self.spans()
        ]
        asked = ""
        if self.marked is not None:
            start, end = words[self.marked][1:]
            asked = f" and asked about “{self.text[start:end]}”"
        return f"{read}{asked}. It says: {'; '.join(found) or 'nothing'}."


def keeps(network: ExportedModel) -> bool:
    """Return whether a network has two things to say of a word: to keep it, or not."""
    return len(network.labels) == 2 or len(network.stack.head[-1].bias) == 1


def _shares(answers: np.ndarray, network: ExportedModel) -> np.ndarray:
    """Return the share of each label; of a single sigmoid that of both."""
    if answers.shape[1] == 1 < len(network.labels):
        return np.concatenate([1 - answers, answers], axis=1)
    return answers


def _usual_quiet(network: ExportedModel) -> str:
    return NOTHING if NOTHING in network.labels else ""


def _check_model(network: ExportedModel) -> None:
    """Raise unless the network says something of each word of a text."""
    last = network.stack.head[-1]
    shares = last.activation == "softmax" or (len(last.bias) == 1 and last.activation == "sigmoid")
    fits = network.text is not None and network.text.unit == "word" and network.task == "steps"
    if not (fits and shares and all(isinstance(cell, LSTM) for cell in network.cells.values())):
        raise ValueError(
            f"model {network.name!r} does not tag words; expected LSTMs that read words and answer "
            "at each of them with softmax, or with a single sigmoid"
        )
