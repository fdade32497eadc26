"""A trained character model that travels: written once, run here in NumPy and in a page's browser.

`lstm_edu.export` makes one of a Keras model, `ExportedModel.quantized` makes it small, `load` opens
one that comes with the package. Whatever precision the weights are stored in, all arithmetic is in
float64.
"""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.activations import softmax
from lstm_edu.characters import encode
from lstm_edu.exported_layers import read_layers
from lstm_edu.trace import Trace

FORMAT = "lstm_edu.model/1"


class ExportedModel:
    """Embedding → one or more LSTMs → Dense with softmax: what comes next in a text.

    Every text is read from the zero state, first character first.

    Parameters
    ----------
    data : dict
        The model as its JSON has it, see `to_dict`.

    Attributes
    ----------
    name, title, unit : str
        A short name, a title to print, and what a token is: ``"character"``.
    vocabulary : tuple of str
        The characters in the order of their numbers.
    embeddings : ndarray, shape (characters, width)
        What stands for each character as the first LSTM's x.
    lstms : dict of LSTM
        By the names of their layers, lowest first.
    scores, provenance, quantization : dict
        Measured quality, where the weights come from, and what rounding them cost.

    Raises
    ------
    ValueError
        The data are not of this format, or its parts do not fit together.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            given = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(f"the format of the model is {given!r}; expected {FORMAT!r}")
        self._data = copy.deepcopy(data)
        self.name: str = data["name"]
        self.title: str = data["title"]
        self.unit: str = data["unit"]
        self.vocabulary: tuple[str, ...] = tuple(data["vocabulary"])
        self.scores: dict[str, Any] = data.get("scores", {})
        self.provenance: dict[str, Any] = data.get("provenance", {})
        self.quantization: dict[str, Any] = data.get("quantization", {})
        words = data["vocabulary"]
        if len(set(words)) != len(words) or not all(len(word) == 1 for word in words):
            raise ValueError(f"vocabulary is {words!r}; expected single characters, each once")
        layers = read_layers(data["layers"], len(self.vocabulary))
        self.embeddings, self.lstms, self._dense = layers

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        units = " + ".join(str(lstm.units) for lstm in self.lstms.values())
        return (
            f"ExportedModel({self.name!r}, LSTM({units}), {len(self.vocabulary)} {self.unit}s, "
            f"{self.parameters:,} weights)"
        )

    @property
    def parameters(self) -> int:
        """How many weights there are."""
        return sum(
            int(np.prod(tensor["shape"]))
            for layer in self._data["layers"]
            for tensor in layer["weights"].values()
        )

    def encode(self, text: str) -> np.ndarray:
        """Return the number of each character, ``(len(text),)``, int64.

        Raises
        ------
        TypeError
            `text` is not a string.
        ValueError
            `text` is empty, or a character is not in the vocabulary; the message says which
            and where (the first character is at position 0).
        """
        if not isinstance(text, str):
            raise TypeError(f"text is a {type(text).__name__}; expected a string")
        if not text:
            raise ValueError("text is empty; give at least one character to read")
        return encode(text, "".join(self.vocabulary), repr(self.name))

    def run(self, ids: np.ndarray) -> tuple[dict[str, Trace], np.ndarray]:
        """Read a batch of encoded texts, each from the zero state.

        Parameters
        ----------
        ids : ndarray of int, shape (batch, time)
            Numbers of characters.

        Returns
        -------
        traces : dict of Trace
            By layer name.
        probabilities : ndarray, shape (batch, time, characters)
            Of what comes after each character.
        """
        ids = _checks.whole("ids", ids, 0, len(self.vocabulary) - 1)
        output = self.embeddings[_checks.shaped("ids", ids, "batch", "time")]
        traces = {}
        for name, lstm in self.lstms.items():
            traces[name] = replace(lstm(output), layer=name)
            output = traces[name].h
        return traces, self._answer(output)

    def _answer(self, h: np.ndarray) -> np.ndarray:
        return softmax(h @ self._dense.kernel + self._dense.bias)

    def trace(self, text: str, layer: str | None = None) -> Trace:
        """Return what an LSTM layer did at each character of a text.

        Parameters
        ----------
        text : str
            What to read; a text from a line start is what the model was trained on.
        layer : str, optional
            Which layer, by name; the lowest if not given.

        Returns
        -------
        Trace
            Of one example, with `tokens` (the characters) and `params` (the weights).
        """
        layer = self._layer(layer)
        traces, _ = self.run(self.encode(text)[None])
        return replace(traces[layer], tokens=tuple(text))

    def _layer(self, name: str | None) -> str:
        """Return the name of an LSTM layer, the lowest where none is given."""
        return _checks.choice("layer", next(iter(self.lstms)) if name is None else name, self.lstms)

    def probabilities(self, text: str) -> np.ndarray:
        """Return what the model expects after each character, ``(len(text), characters)``."""
        return self.run(self.encode(text)[None])[1][0]

    def top(self, text: str, k: int = 5) -> list[tuple[str, float]]:
        """Return the `k` characters that most probably follow a text, with their probabilities."""
        k = _checks.integer("k", k, 1, len(self.vocabulary))
        last = self.probabilities(text)[-1]
        return [(self.vocabulary[n], float(last[n])) for n in np.argsort(-last, kind="stable")[:k]]

    def sample(self, prompt: str, n: int, temperature: float = 1.0, seed: int = 0) -> str:
        """Write on: draw `n` characters, each from the model's own expectation.

        Parameters
        ----------
        prompt : str
            What has been read before; at least one character.
        n : int
            How many to draw.
        temperature : float
            Divides the logits: 1 draws as the model believes, towards 0 only the likeliest
            character, above 1 more boldly.
        seed : int
            The same seed gives the same text.

        Returns
        -------
        str
            The `n` characters, without the prompt.
        """
        n = _checks.integer("n", n, 0)
        temperature = _checks.number("temperature", temperature, 0.0, above=True)
        random = np.random.default_rng(seed)
        ids = self.encode(prompt)
        states: dict[str, tuple[np.ndarray, ...]] = dict.fromkeys(self.lstms, ())
        drawn: list[str] = []
        for _ in range(n):
            output = self.embeddings[ids][None]
            for name, lstm in self.lstms.items():
                trace = lstm(output, *states[name])
                output, states[name] = trace.h, trace.final_state
            logits = output[0, -1] @ self._dense.kernel + self._dense.bias
            threshold = np.cumsum(softmax(logits / temperature))
            choice = np.searchsorted(threshold, random.random() * threshold[-1], side="right")
            ids = np.array([choice])
            drawn.append(self.vocabulary[choice])
        return "".join(drawn)

    def quantized(self) -> ExportedModel:
        """Return the model with its weight matrices in 8 bits; biases stay as they are."""
        data = copy.deepcopy(self._data)
        for layer in data["layers"]:
            for name, tensor in layer["weights"].items():
                if name != "bias":
                    values = packing.unpack(tensor, f"{name} of {layer['name']!r}")
                    layer["weights"][name] = packing.quantize(values)
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
        """
        layer = self._layer(layer)
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
        ``"shakespeare"``: a character model of his plays.

    Raises
    ------
    ValueError
        No such model comes with the package; the message lists those that do.
    """
    folder = resources.files("lstm_edu.models")
    names = sorted(Path(f.name).stem for f in folder.iterdir() if f.name.endswith(".json"))
    _checks.choice("name", name, names)
    return ExportedModel(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
