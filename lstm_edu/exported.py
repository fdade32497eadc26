"""A trained model that travels: written once, run here in NumPy and in a page's browser.

`lstm_edu.export` makes one of a Keras model, `ExportedModel.quantized` makes it small, `load` opens
one that comes with the package. Whatever precision the weights are stored in, all arithmetic is in
float64.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.activations import softmax
from lstm_edu.exported_layers import Cell, read_layers, weighted
from lstm_edu.lstm import LSTM
from lstm_edu.record import Record
from lstm_edu.vocabulary import Vocabulary

FORMAT = "lstm_edu.model/2"
#: The first knew characters, LSTMs and what comes next; all that the second adds may be left out.
FORMATS = ("lstm_edu.model/1", FORMAT)


class ExportedModel:
    """A recurrent network for texts or for series of numbers.

    Embedding (for texts) → LSTM, GRU or Bidirectional, one or more → perhaps the mean over the
    steps → Dense, one or more. Every text is read from the zero state, first token first, as it is:
    without padding.

    Parameters
    ----------
    data : dict
        The model as its JSON has it, see `to_dict`.

    Attributes
    ----------
    name, title : str
        A short name, and a title to print.
    unit : str
        What a step is: ``"character"``, ``"word"``, or ``"step"`` where it reads numbers.
    task : {"next", "steps", "text"}
        What it says: which token comes next, something of each step, or something of the whole.
    text : Vocabulary or None
        How it reads a text; None where it reads numbers.
    vocabulary : tuple of str
        The tokens in the order of their numbers; none where it reads numbers.
    features : tuple of str
        The names of the numbers of a step; none where it reads texts.
    labels : tuple of str
        The names of the outputs; of a language model, its vocabulary. A single sigmoid output may
        have two: of 0, and of 1.
    stack : Stack
        The layers.
    scores, provenance, quantization : dict
        Measured quality, where the weights come from, and what rounding them cost.

    Raises
    ------
    ValueError
        The data are not of this format, or its parts do not fit together.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        if not isinstance(data, dict) or data.get("format") not in FORMATS:
            given = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(
                f"the format of the model is {given!r}; expected {' or '.join(map(repr, FORMATS))}"
            )
        self._data = copy.deepcopy(data)
        self.name: str = data["name"]
        self.title: str = data["title"]
        self.scores: dict[str, Any] = data.get("scores", {})
        self.provenance: dict[str, Any] = data.get("provenance", {})
        self.quantization: dict[str, Any] = data.get("quantization", {})
        self.text = None if data.get("input") == "numbers" else Vocabulary.of_model(data)
        self.unit: str = "step" if self.text is None else self.text.unit
        self.vocabulary: tuple[str, ...] = () if self.text is None else self.text.tokens
        self.features: tuple[str, ...] = tuple(data.get("features", ()))
        if self.text is None and not self.features:
            raise ValueError("the model reads numbers, but names no features")
        tokens = None if self.text is None else len(self.text)
        self.stack = read_layers(data["layers"], tokens, len(self.features))
        self.embeddings = self.stack.embeddings
        self.labels: tuple[str, ...] = tuple(data.get("labels", ()))
        outputs, last = len(self.stack.head[-1].bias), self.stack.head[-1].activation
        speaks = last == "softmax" and self.stack.causal and outputs == tokens
        if not self.labels and speaks:
            self.task = "next"
            self.labels = self.vocabulary
        else:
            self.task = "steps" if self.stack.stepwise else "text"
            two = (outputs, len(self.labels), last) == (1, 2, "sigmoid")
            if len(self.labels) != outputs and not two:
                raise ValueError(
                    f"the model has {outputs} outputs and {len(self.labels)} labels; expected one "
                    "label for each (or two for a single sigmoid: of 0 and of 1)"
                )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        kinds: dict[str, list[str]] = {}
        for layer in self.stack.recurrent:
            cell = next(iter(layer.cells.values()))
            kind = "GRU" if not isinstance(cell, LSTM) else "LSTM"
            way = "Bidirectional " if layer.merge else ""
            kinds.setdefault(way + kind, []).append(str(cell.units))
        layers = ", ".join(f"{kind}({' + '.join(units)})" for kind, units in kinds.items())
        reads = (
            f"{len(self.vocabulary)} {self.unit}s" if self.text else f"{len(self.features)} numbers"
        )
        says = "" if self.task == "next" else f", {len(self.labels)} labels"
        return f"ExportedModel({self.name!r}, {layers}, {reads}{says}, {self.parameters:,} weights)"

    @property
    def parameters(self) -> int:
        """How many weights there are."""
        return sum(
            int(np.prod(tensor["shape"]))
            for layer in weighted(self._data)
            for tensor in layer["weights"].values()
        )

    @property
    def cells(self) -> dict[str, Cell]:
        """The recurrent cells by the names of their layers, lowest first.

        A Bidirectional ``both`` has two: ``both/forward`` and ``both/backward``.
        """
        return self.stack.cells

    @property
    def lstms(self) -> dict[str, LSTM]:
        """Those of the cells that are LSTMs."""
        return {name: cell for name, cell in self.cells.items() if isinstance(cell, LSTM)}

    def tokens(self, text: str) -> tuple[str, ...]:
        """Return the tokens of a text, as the model reads it."""
        return self._reader().split(text)

    def encode(self, text: str, marked: int | None = None) -> np.ndarray:
        """Return the number of each token, ``(tokens,)``, int64.

        Parameters
        ----------
        text : str
            What to read.
        marked : int, optional
            Before which token the marker is put, where the model has one.

        Raises
        ------
        TypeError
            `text` is not a string, or the model reads numbers.
        ValueError
            `text` is empty, or a token is not in the vocabulary; the message says which
            and where (the first is at position 0). Or no token can be `marked` so.
        """
        return self._reader().encode(text, marked)

    def _reader(self) -> Vocabulary:
        if self.text is None:
            raise TypeError(f"{self.name!r} reads numbers, {', '.join(self.features)}; not a text")
        return self.text

    def _embedded(self, inputs) -> np.ndarray:
        """Return a batch as the first recurrent layer takes it, (batch, time, width)."""
        if self.embeddings is None:
            x = _checks.floating("x", inputs).astype(np.float64)
            _checks.shaped("x", x, "batch", "time", len(self.features))
            return _checks.finite("x", x)
        # Padding changes nothing in Keras, and takes time here: texts are read as they are.
        least = 1 if self.text.padded else 0
        ids = _checks.whole("ids", inputs, least, len(self.vocabulary) - 1)
        return self.embeddings[_checks.shaped("ids", ids, "batch", "time")]

    def _one(self, given, marked: int | None = None) -> np.ndarray:
        """Return one text, or one series of numbers, as a batch of one."""
        if self.text is None and marked is not None:
            self._reader()
        return self._embedded((given if self.text is None else self.encode(given, marked))[None])

    def run(self, inputs: np.ndarray) -> tuple[dict[str, Record], np.ndarray]:
        """Read a batch of encoded texts or of series, each from the zero state.

        Parameters
        ----------
        inputs : ndarray of int, shape (batch, time); or of float, (batch, time, features)
            Numbers of tokens (without padding), or what is measured at each step.

        Returns
        -------
        records : dict of Record
            By the names of the cells, each in the order in which it read: a `Trace` of each LSTM, a
            `GRURecord` of each GRU.
        output : ndarray, shape (batch, time, outputs) or (batch, outputs)
            What the last layer says: at each step, or once where `task` is ``"text"``.
        """
        records, given = self.stack.run(self._embedded(inputs))
        return records, self.stack.answer(given)

    def trace(self, text, layer: str | None = None, *, marked: int | None = None) -> Record:
        """Return what a recurrent layer did at each token of a text.

        Parameters
        ----------
        text : str, or ndarray of float, shape (time, features)
            What to read.
        layer : str, optional
            Which layer, by name; the lowest if not given.
        marked : int, optional
            Before which token the marker is read; it is then one of the tokens.

        Returns
        -------
        Trace, or GRURecord of a GRU
            Of one example, with `tokens` and `params` (the weights), in the order in which the
            layer read: the backward half of a Bidirectional from the end.
        """
        layer = self._layer(layer)
        records, _ = self.stack.run(self._one(text, marked))
        if self.text is None:
            return records[layer]
        tokens = list(self.tokens(text))
        if marked is not None:
            tokens.insert(marked, self.text.marker)
        back = layer.endswith("/backward")
        return replace(records[layer], tokens=tuple(tokens[:: -1 if back else 1]))

    def _layer(self, name: str | None) -> str:
        """Return the name of a recurrent layer, the lowest where none is given."""
        return _checks.choice("layer", next(iter(self.cells)) if name is None else name, self.cells)

    def answers(self, text, *, marked: int | None = None) -> np.ndarray:
        """Return what the model says after each token, ``(tokens, outputs)``.

        Where it answers once for the whole (`task` is ``"text"``), row t is its answer to the text
        up to and with token t.

        Parameters
        ----------
        text : str, or ndarray of float, shape (time, features)
            What to read.
        marked : int, optional
            Before which token the marker is read; what the model says at the marker is left out.
        """
        answers = self.stack.answer(self.stack.so_far(self._one(text, marked)[0]))
        return answers if marked is None else np.delete(answers, marked, axis=0)

    def probabilities(self, text: str) -> np.ndarray:
        """Return what the model expects after each token, ``(tokens, outputs)``: its `answers`."""
        return self.answers(text)

    def top(self, text: str, k: int = 5) -> list[tuple[str, float]]:
        """Return the `k` outputs that are the most probable after a text, with their probabilities.

        Of a language model these are tokens that may follow.
        """
        k = _checks.integer("k", k, 1, len(self.labels))
        last = self.answers(text)[-1]
        return [(self.labels[n], float(last[n])) for n in np.argsort(-last, kind="stable")[:k]]

    def sample(self, prompt: str, n: int, temperature: float = 1.0, seed: int = 0) -> str:
        """Write on: draw `n` tokens, each from the model's own expectation.

        Parameters
        ----------
        prompt : str
            What has been read before; at least one token.
        n : int
            How many to draw.
        temperature : float
            Divides the logits: 1 draws as the model believes, towards 0 only the likeliest
            token, above 1 more boldly.
        seed : int
            The same seed gives the same text.

        Returns
        -------
        str
            The `n` tokens, without the prompt; words with a space between them. Padding, and what
            stands for unknown words, are never drawn.

        Raises
        ------
        ValueError
            The model does not say what comes next, or an argument makes no sense.
        """
        if self.task != "next":
            raise ValueError(f"{self.name!r} says which of its labels, not what comes next")
        n = _checks.integer("n", n, 0)
        temperature = _checks.number("temperature", temperature, 0.0, above=True)
        random = np.random.default_rng(seed)
        writable = self.text.writable()
        drawn: list[str] = []
        step = self._speak(self.encode(prompt))
        logits = next(step)
        for _ in range(n):
            threshold = np.cumsum(softmax(logits / temperature) * writable)
            choice = np.searchsorted(threshold, random.random() * threshold[-1], side="right")
            drawn.append(self.vocabulary[choice])
            logits = step.send(np.array([choice]))
        return (" " if self.unit == "word" else "").join(drawn)

    def _speak(self, ids: np.ndarray) -> Iterator[np.ndarray]:
        """Yield the logits of what comes next, and read on with what is sent."""
        states: dict[str, tuple[np.ndarray, ...]] = dict.fromkeys(self.cells, ())
        sums = steps = 0
        while True:
            output = self.embeddings[ids][None]
            for name, cell in self.cells.items():
                record = cell(output, *states[name])
                output, states[name] = record.h, record.final_state
            sums, steps = sums + output[0].sum(axis=0), steps + len(ids)
            ids = yield self.stack.logits(sums / steps if self.stack.pooled else output[0, -1])

    def quantized(self) -> ExportedModel:
        """Return the model with its weight matrices in 8 bits; biases stay as they are."""
        data = copy.deepcopy(self._data)
        packing.quantize_layers(weighted(data))
        return ExportedModel(data | {"quantization": {"bits": 8}})

    def silenced(self, *units: int, layer: str | None = None) -> ExportedModel:
        """Return the model with some units unheard: whatever they hold, nobody is shown it.

        What a unit is for is seen from what goes wrong without it. All weights by which others
        read its h are set to zero; the unit itself goes on as before.

        Parameters
        ----------
        *units : int
            Which units.
        layer : str, optional
            Of which LSTM layer, by name; the lowest if not given.

        Raises
        ------
        ValueError
            There is no such unit or layer, or the model has other layers than LSTMs and Dense.
        """
        layer = self._layer(layer)
        if (
            len(self.lstms) < len(self.stack.recurrent)
            or not self.stack.causal
            or self.stack.pooled
        ):
            raise ValueError("units can be silenced in LSTMs with Dense on top of them alone")
        rows = [_checks.integer("unit", unit, 0, self.lstms[layer].units - 1) for unit in units]
        data = copy.deepcopy(self._data)
        place = next(k for k, each in enumerate(data["layers"]) if each["name"] == layer)
        for k, name in ((place, "recurrent_kernel"), (place + 1, "kernel")):
            weights = data["layers"][k]["weights"]
            values = packing.unpack(weights[name])
            values[rows] = 0.0
            weights[name] = packing.pack(values)
        return ExportedModel(data)

    def annotated(self, **records: dict[str, Any]) -> ExportedModel:
        """Return the model with `scores`, `provenance` or `quantization` replaced."""
        for name in records:
            _checks.choice("record", name, ("scores", "provenance", "quantization"))
        return ExportedModel(self._data | records)

    def to_dict(self) -> dict[str, Any]:
        """Return the model as its JSON has it; what the live figures take."""
        return copy.deepcopy(self._data)

    def save(self, path: str | Path) -> None:
        """Write the JSON, in a layout that depends on nothing but the model."""
        Path(path).write_text(packing.dumps(self._data), encoding="utf-8", newline="\n")


def read(path: str | Path) -> ExportedModel:
    """Open a model that `ExportedModel.save` wrote."""
    return ExportedModel(json.loads(Path(path).read_text(encoding="utf-8")))


def load(name: str) -> ExportedModel:
    """Open a model that comes with the package.

    Parameters
    ----------
    name : str
        Such as ``"shakespeare"``, a character model of his plays, or ``"languages"``, which tells
        eight languages apart.

    Raises
    ------
    ValueError
        No such model comes with the package; the message lists those that do.
    """
    folder = resources.files("lstm_edu.models")
    names = sorted(Path(f.name).stem for f in folder.iterdir() if f.name.endswith(".json"))
    if name not in names:  # other formats lie beside, which other modules read
        texts = {each: (folder / f"{each}.json").read_text(encoding="utf-8") for each in names}
        names = [each for each, text in texts.items() if json.loads(text)["format"] in FORMATS]
    _checks.choice("name", name, names)
    return ExportedModel(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
