"""LiveModel: a trained network in the page; type, and see what it says and what goes on in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import traitlets

from lstm_edu.export import export
from lstm_edu.exported import ExportedModel
from lstm_edu.figures.base import LONGEST_TEXT, Figure
from lstm_edu.figures.live_model_picture import live_model_picture
from lstm_edu.figures.number import Number, Whole
from lstm_edu.figures.sources import ModelTrait, is_keras, short_name
from lstm_edu.lstm import LSTM
from lstm_edu.plotting.style import visible
from lstm_edu.record import Record

#: How many outputs are told.
TOP = 6
#: Read where no text is given, by networks that know its letters.
USUAL = "To be, or not to be"


class LiveModel(Figure):
    """A trained network in the page: type, and at each token see its answer and its gates.

    Each character, or word, of the text is tinted by the state of a unit after it. Beside the text
    stands what the network says there: what comes next, which of the classes, or a number. A
    language model writes on when asked; a classifier is asked about every beginning of the text,
    and the token is marked from which on the class that wins in the end has won without a break:
    there it made up its mind. A heatmap of all units folds out.

    Parameters
    ----------
    model : keras.Model, ExportedModel, dict or str
        The network: a trained Keras model, see `lstm_edu.export.export` for what it may be made of;
        or an exported one; a str names one that comes with the package.
    vocabulary : sequence of str or keras.layers.TextVectorization, optional
        Of a Keras model: its tokens in the order of their numbers, as in `export`. Not needed where
        the model begins with a TextVectorization.
    labels : sequence of str, optional
        Of a Keras model: the names of its outputs, unless they are the vocabulary.
    title : str, optional
        Of a Keras model: what to call it for readers.
    text : str, optional
        What the network reads, 400 characters at most.
    time : int, optional
        Where the cursor stands, in tokens from 0; by default at the last.
    unit : int
        Whose state tints the text.
    layer : int
        Which recurrent layer it is in, from 0, the lowest. A Bidirectional counts as two: forward,
        backward.
    temperature : float
        When the network writes on, it divides the logits: 0.1 to 2.
    seed : int
        The same text, temperature and seed go on alike; 0 to 999 999.
    name, group
        As in :class:`~lstm_edu.figures.Figure`.

    Raises
    ------
    ValueError
        The network cannot be shown: the message names the layer, and says what would do.
    TypeError
        `model` is something else, or a trait is not one of the figure's.
    traitlets.TraitError
        A trait does not fit: the message says what would.

    Notes
    -----
    The weights travel in the page; those of a large model do so eight bits each with
    ``LiveModel(export(model, …).quantized())``, which tells what that costs.

    Examples
    --------
    >>> from lstm_edu.figures import LiveModel
    >>> LiveModel("shakespeare", text="To be", unit=12, temperature=0.5)
    LiveModel(model='shakespeare', text='To be', time=4, unit=12, layer=0, temperature=0.5, seed=1)

    A model of your own, trained in Keras, here on words with two classes:

    >>> from lstm_edu.interop import keras
    >>> layers = keras().layers
    >>> model = keras().Sequential([
    ...     layers.Input((None,), dtype="int32"),
    ...     layers.Embedding(5, 8, mask_zero=True),
    ...     layers.Bidirectional(layers.GRU(4), name="both"),
    ...     layers.Dense(1, activation="sigmoid"),
    ... ])
    >>> words = ["", "[UNK]", "good", "bad", "not"]
    >>> LiveModel(model, words, labels=["against", "for"], text="Not bad!", title="Mine").run()
    GRURecord(layer='both/forward', batch=1, time=2, units=4, float64)
    """

    layer = traitlets.Int(0).tag(sync=True, state=True)
    temperature = Number(0.7, 0.1, 2)
    seed = Whole(1, 0, 999_999)
    trace = None  # It reads; it shows no record.

    told: ClassVar[tuple[str, ...]] = (*Figure.told, "layer", "temperature", "seed")

    def __init__(
        self,
        model,
        vocabulary=None,
        *,
        labels: Sequence[str] | None = None,
        title: str | None = None,
        **traits: Any,
    ) -> None:
        about = {"vocabulary": vocabulary, "labels": labels, "title": title}
        given = [name for name, value in about.items() if value is not None]
        if is_keras(model):
            name, title = short_name(model), title or "A network of your own"
            model = export(model, vocabulary, name=name, title=title, labels=labels)
        elif given:
            raise TypeError(
                f"{given[0]} goes with a Keras model; {type(model).__name__} brings its own"
            )
        network = ModelTrait().validate(self, model)
        if network is None:
            raise ValueError("model is None; give the network that is to read")
        network = ExportedModel(network)
        text = traits.setdefault("text", _usual_text(network))
        if text == "":
            raise traitlets.TraitError("text is empty; give at least one token to read")
        if network.text is not None and isinstance(text, str) and len(text) <= LONGEST_TEXT:
            traits.setdefault("time", max(0, len(network.tokens(text)) - 1))
        super().__init__(network, **traits)

    def _check_layer(self, network: ExportedModel, layer: int) -> None:
        """Take any layer."""

    def answer(self) -> np.ndarray:
        """Return what the network says at the cursor, ``(outputs,)``."""
        return self._network().answers(self.text)[self.time]

    def states(self) -> np.ndarray:
        """Return the state of every unit after each token, in the order of the text.

        Returns
        -------
        ndarray, shape (tokens, units)
            c of an LSTM, h of a GRU.
        """
        record = self.run()
        values = getattr(record, record.memory)[0]
        return values[::-1] if self._layer_name().endswith("/backward") else values

    def _layer_name(self) -> str:
        return list(self._network().cells)[self.layer]

    def decision(self) -> int | None:
        """Return the token at which the network made up its mind, from 0.

        It is the one from which on the class that wins in the end has won without a break. None
        where the network answers at every step, or where no class wins: only a softmax, or a single
        sigmoid between two labels, has a winner.
        """
        network = self._network()
        last = network.stack.head[-1].activation
        two = last == "sigmoid" and len(network.labels) == 2 > len(network.stack.head[-1].bias)
        if network.task != "text" or not (last == "softmax" or two):
            return None
        answers = network.answers(self.text)
        winners = (answers[:, 0] > 0.5) if two else answers.argmax(axis=1)
        others = np.flatnonzero(winners != winners[-1])
        return int(others[-1]) + 1 if len(others) else 0

    def _said(self) -> list[tuple[str, float]]:
        """Return the outputs with their values at the cursor, the greatest first."""
        labels, values = self._network().labels, self.answer()
        if len(labels) > len(values):
            values = np.array([1 - values[0], values[0]])
        order = np.argsort(-values, kind="stable")[:TOP]
        return [(labels[k], float(values[k])) for k in order]

    def picture(self) -> str:
        """Return the tinted text and the answer at the cursor, as an SVG."""
        network = self._network()
        record: Record = self.run()
        note = f"{record.memory} of unit {self.unit} in {self._layer_name()}"
        return live_model_picture(
            network.tokens(self.text), self.states()[:, self.unit], self.time, self._said(), note
        )

    def description(self) -> str:
        """Return in words what the picture shows."""
        network = self._network()
        token = visible(network.tokens(self.text)[self.time])
        said = ", ".join(f"{visible(label)} {value:.3f}" for label, value in self._said())
        state = "cell" if isinstance(network.cells[self._layer_name()], LSTM) else "hidden"
        does = "expects next" if network.task == "next" else "says"
        return (
            f"“{self.text}”, read by the network {network.title}, each {network.unit} tinted by "
            f"the {state} state of unit {self.unit}. At {token} the network {does}: {said}."
        )


def _usual_text(network: ExportedModel) -> str:
    """Return a text that the network can read."""
    if network.text is None:
        return "-"  # refused where the model is
    try:
        network.encode(USUAL)
        return USUAL
    except ValueError:
        known = [
            t for t, can in zip(network.vocabulary, network.text.writable(), strict=True) if can
        ]
        return (" " if network.unit == "word" else "").join(known[:12])
