"""A trained translator that travels: run here in NumPy, step by step, and in a page's browser.

`lstm_edu.encoder_decoder` trains one. Whatever precision the weights are stored in, all arithmetic
is in float64.
"""

from __future__ import annotations

import copy
import json
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.activations import softmax
from lstm_edu.exported_layers import read_recurrent, tensors, weighted
from lstm_edu.lstm import LSTM, Step, lstm_step
from lstm_edu.pieces import UNITS, joined, source_pieces
from lstm_edu.trace import Trace
from lstm_edu.vocabulary import Vocabulary

FORMAT = "lstm_edu.translator/1"
LANGUAGES = ("chinese", "french")

#: The first two tokens of both vocabularies: what is not known, and the end.
UNKNOWN, END = 0, 1
SPECIAL = ("[unknown]", "[end]")
#: A translation that has not ended after so many tokens is cut there.
LONGEST = 60
WIDEST = 10


class Source(NamedTuple):
    """A sentence as the decoder finds it.

    Attributes
    ----------
    pieces : tuple of str
        Its words and signs as they were typed, and the end.
    ids : ndarray of int64, shape (source,)
        Their numbers; 0 for those that are not known.
    states : ndarray, shape (source, units)
        h̄_s: what the encoder made of each, both directions side by side.
    h, c : ndarray, shape (units,)
        Its last states, with which the decoder begins.
    """

    pieces: tuple[str, ...]
    ids: np.ndarray
    states: np.ndarray
    h: np.ndarray
    c: np.ndarray

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that the translator does not know: it reads “[unknown]” in their place."""
        return tuple(p for p, k in zip(self.pieces, self.ids, strict=True) if k == UNKNOWN)


class Moment(NamedTuple):
    """One step of the decoder, for one sentence or for several hypotheses.

    Attributes
    ----------
    cell : Step
        The decoder's gates and states, (…, units) each.
    weights : ndarray, shape (…, source)
        α: how much it looks at each token of the source.
    p : ndarray, shape (…, target tokens)
        How probable each token is to come next.
    """

    cell: Step
    weights: np.ndarray
    p: np.ndarray


class Translation(NamedTuple):
    """What became of a sentence, and how.

    Attributes
    ----------
    source : Source
        What was read.
    ids : tuple of int
        The numbers of the tokens that were written, with the end where it came.
    pieces : tuple of str
        The same as text; where an unknown one was written, the source's word that was looked at
        most stands in its place.
    copied : tuple of int
        At which steps that was so.
    text : str
        The pieces put together.
    trace : Trace
        The decoder's gates and states, of one example.
    weights : ndarray, shape (target, source)
        The attention of each step.
    p : ndarray, shape (target, target tokens)
        How probable each token was at each step.
    """

    source: Source
    ids: tuple[int, ...]
    pieces: tuple[str, ...]
    copied: tuple[int, ...]
    text: str
    trace: Trace
    weights: np.ndarray
    p: np.ndarray

    @property
    def log_probability(self) -> float:
        """The sum of the logarithms of the probabilities of its tokens, in nats."""
        return float(np.log(self.p[np.arange(len(self.ids)), list(self.ids)]).sum())


class Translator:
    """Encoder, decoder and attention; the equations stand in `lstm_edu.EncoderDecoder`'s docstring.

    Parameters
    ----------
    data : dict
        As its JSON has it, see `to_dict`.

    Attributes
    ----------
    name, title : str
        A short name, and a title to print.
    language : {"chinese", "french"}
        Into which it translates English.
    unit : {"character", "word"}
        What it writes at a step, see `lstm_edu.pieces`.
    source : Vocabulary
        The English words that it knows.
    target : tuple of str
        The tokens that it can write.
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
            raise ValueError(f"the format of the translator is {given!r}; expected {FORMAT!r}")
        self._data = copy.deepcopy(data)
        self.name: str = data["name"]
        self.title: str = data["title"]
        self.language = _checks.choice("language", data["language"], LANGUAGES)
        self.unit = _checks.choice("unit", data["unit"], UNITS)
        self.scores: dict[str, Any] = data.get("scores", {})
        self.provenance: dict[str, Any] = data.get("provenance", {})
        self.quantization: dict[str, Any] = data.get("quantization", {})
        self.source = Vocabulary(
            tuple(data["source"]), "word", unknown=UNKNOWN, standardize="lower", owner=self.name
        )
        self.target = tuple(data["target"])
        for what, tokens in (("source", self.source.tokens), ("target", self.target)):
            if tokens[:2] != SPECIAL:
                raise ValueError(f"{what} begins with {tokens[:2]}; expected {SPECIAL}")
        self._read(data["layers"])

    def _read(self, layers: list[dict[str, Any]]) -> None:
        """Unpack the weights."""
        expected = ("source", "encoder", "target", "decoder", "attention", "combine", "output")
        names = tuple(layer["name"] for layer in layers)
        if names != expected:
            raise ValueError(f"the layers are {', '.join(names)}; expected {', '.join(expected)}")
        by_name = dict(zip(expected, layers, strict=True))
        given = {name: tensors(layer) for name, layer in by_name.items() if "weights" in layer}
        self._read_table = _checks.shaped(
            "embeddings of 'source'", given["source"]["embeddings"], len(self.source), "width"
        )
        width = self._read_table.shape[1]
        self._write_table = _checks.shaped(
            "embeddings of 'target'", given["target"]["embeddings"], len(self.target), width
        )
        self.encoder = read_recurrent(by_name["encoder"], width)
        (self.decoder,) = read_recurrent(by_name["decoder"], width).cells.values()
        if not isinstance(self.decoder, LSTM) or self.encoder.merge != "concat":
            raise ValueError("the decoder is no LSTM, or the encoder does not join its two ways")
        both = self.decoder.units
        self._score = _checks.shaped("score", given["attention"]["score"], both, both)
        kernel, bias = given["combine"]["kernel"], given["combine"]["bias"]
        self._combine = (
            _checks.shaped("kernel of 'combine'", kernel, 2 * both, width),
            _checks.shaped("bias of 'combine'", bias, width),
        )
        self._bias = _checks.shaped("bias of 'output'", given["output"]["bias"], len(self.target))

    @property
    def parameters(self) -> int:
        """How many weights there are."""
        return sum(
            int(np.prod(tensor["shape"]))
            for layer in weighted(self._data)
            for tensor in layer["weights"].values()
        )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return (
            f"Translator({self.name!r}, {len(self.source):,} English words → "
            f"{len(self.target):,} {self.unit}s, decoder LSTM({self.decoder.units}), "
            f"{self.parameters:,} weights)"
        )

    def read(self, text: str) -> Source:
        """Read an English sentence with the encoder.

        Raises
        ------
        TypeError, ValueError
            `text` is no string, or there is nothing in it to read.
        """
        if not isinstance(text, str):
            raise TypeError(f"text is a {type(text).__name__}; expected a string")
        pieces = source_pieces(text)
        if not pieces:
            raise ValueError(f"text is {text!r}; give at least one word to translate")
        ids = np.append(self.source.encode(" ".join(pieces)), END)
        records, states, _ = self.encoder(self._read_table[ids][None])
        h, c = (
            np.concatenate([getattr(record, name)[0, -1] for record in records.values()])
            for name in "hc"
        )
        return Source((*pieces, SPECIAL[END]), ids, states[0], h, c)

    def step(self, source: Source, token, h: np.ndarray, c: np.ndarray) -> Moment:
        """Take one step of the decoder.

        Parameters
        ----------
        source : Source
            What is translated.
        token : int or ndarray of int, shape (batch,)
            The number of what was written last; of the end, before anything is.
        h, c : ndarray, shape (units,) or (batch, units)
            The states that the step before left.
        """
        cell = lstm_step(self._write_table[token], h, c, self.decoder.params)
        scores = cell.h @ self._score @ source.states.T  # h_tᵀ W_a h̄_s
        weights = softmax(scores)  # α
        context = weights @ source.states
        kernel, bias = self._combine
        attentional = np.tanh(np.concatenate([context, cell.h], axis=-1) @ kernel + bias)
        p = softmax(attentional @ self._write_table.T + self._bias)
        return Moment(cell, weights, p)

    def greedy(self, source: Source) -> tuple[int, ...]:
        """Return the numbers of a translation that takes the likeliest token at each step."""
        ids, token, h, c = [], END, source.h, source.c
        while len(ids) < LONGEST:
            cell, _, p = self.step(source, token, h, c)
            token, h, c = int(p.argmax()), cell.h, cell.c
            ids.append(token)
            if token == END:
                break
        return tuple(ids)

    def beam(self, source: Source, width: int = 4) -> tuple[int, ...]:
        """Return the numbers of the likeliest translation that a search finds.

        Of all hypotheses, each longer by one token at each step, only the `width` likeliest are
        kept. When as many have ended, the one with the highest mean log-probability per token is
        returned. With a width of 1 this is `greedy`.
        """
        width = _checks.integer("width", width, 1, WIDEST)
        live = [((), 0.0)]
        h, c, tokens = source.h[None], source.c[None], np.array([END])
        ended: list[tuple[tuple[int, ...], float]] = []
        for _ in range(LONGEST):
            cell, _, p = self.step(source, tokens, h, c)
            further = []
            for k, (ids, log_p) in enumerate(live):
                for token in np.argsort(-p[k], kind="stable")[:width]:
                    further.append((k, (*ids, int(token)), log_p + np.log(p[k, token])))
            further.sort(key=lambda each: -each[2])
            kept = [each for each in further[:width] if each[1][-1] != END]
            ended += [(ids, log_p) for _, ids, log_p in further[:width] if ids[-1] == END]
            if len(ended) >= width or not kept:
                break
            rows = [k for k, _, _ in kept]
            live = [(ids, log_p) for _, ids, log_p in kept]
            h, c, tokens = cell.h[rows], cell.c[rows], np.array([ids[-1] for ids, _ in live])
        return max(ended or live, key=lambda each: each[1] / len(each[0]))[0]

    def follow(self, source: Source, ids: tuple[int, ...]) -> Translation:
        """Return everything that happens while these tokens are written."""
        token, h, c = END, source.h, source.c
        moments = []
        for next_token in ids:
            moments.append(self.step(source, token, h, c))
            token, (*_, c, h) = next_token, moments[-1].cell
        weights = np.stack([moment.weights for moment in moments])
        written, copied = [], []
        for t, token in enumerate(ids):
            piece = self.target[token]
            if token == UNKNOWN:
                copied.append(t)
                word = source.pieces[int(weights[t, :-1].argmax())]
                piece = word if self.unit == "character" else f" {word}"
            written.append(piece)
        ended = bool(ids) and ids[-1] == END
        text = joined(written[: len(ids) - ended], self.unit, source.pieces[0][:1].isupper())
        states = {
            name: np.stack([getattr(m.cell, name) for m in moments])[None] for name in "ifgoch"
        }
        trace = Trace(
            **states,
            x=self._write_table[[END, *ids[:-1]]][None],
            h0=source.h[None],
            c0=source.c[None],
            params=self.decoder.params,
            layer="decoder",
            tokens=tuple(piece.strip() for piece in written),
        )
        p = np.stack([moment.p for moment in moments])
        return Translation(source, ids, tuple(written), tuple(copied), text, trace, weights, p)

    def __call__(self, text: str, beam: int = 1) -> Translation:
        """Translate an English text.

        Parameters
        ----------
        text : str
            A sentence, or a few words.
        beam : int
            How many hypotheses are kept; 1 is greedy.
        """
        source = self.read(text)
        return self.follow(source, self.beam(source, beam))

    def quantized(self) -> Translator:
        """Return the translator with its weight matrices in 8 bits; biases stay as they are."""
        data = copy.deepcopy(self._data)
        packing.quantize_layers(weighted(data))
        return Translator(data | {"quantization": {"bits": 8}})

    def annotated(self, **records: Any) -> Translator:
        """Return the translator with `scores`, `provenance` and the like replaced."""
        for name in records:
            _checks.choice("record", name, ("scores", "provenance", "quantization", "examples"))
        return Translator(self._data | records)

    def to_dict(self) -> dict[str, Any]:
        """Return the translator as its JSON has it; what the live figure takes."""
        return copy.deepcopy(self._data)

    def save(self, path: str | Path) -> None:
        """Write the JSON, in a layout that depends on nothing but the translator."""
        Path(path).write_text(packing.dumps(self._data), encoding="utf-8", newline="\n")


def load(language: str) -> Translator:
    """Open a translator that comes with the package.

    Parameters
    ----------
    language : {"chinese", "french"}
        Into which it translates English.

    Raises
    ------
    ValueError
        None comes with the package for that language.
    """
    _checks.choice("language", language, LANGUAGES)
    file = resources.files("lstm_edu.models") / f"translation_{language}.json"
    if not file.is_file():
        raise ValueError(f"no translator into {language!r} comes with the package")
    return Translator(json.loads(file.read_text(encoding="utf-8")))
