"""A text as the tokens that a network reads: characters, or words as Keras makes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np

from lstm_edu import _checks

UNITS = ("character", "word")
#: What is done to a text before it is looked up, by the names of Keras' `TextVectorization`.
STANDARDS = ("lower_and_strip_punctuation", "lower", "strip_punctuation")

#: How else words may be found than between blanks: signs of punctuation are tokens of their own.
SPLITS = ("signs",)

_PIECES = {
    "word": re.compile(r"[^ \t\n\v\f\r]+"),
    "character": re.compile(r".", re.DOTALL),
    "signs": re.compile(r"\w+['’]?|[^\w \t\n\v\f\r\u00a0\u2009\u202f]"),
}
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
#: As in Keras, A to Z alone are made small.
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class Piece(NamedTuple):
    """A token as a network reads it, and where it stands in the text as it was typed."""

    token: str
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """Which tokens a network knows, and how it finds them in a text.

    Words are what stands between blanks (space, tab, line break), standardised as `standardize`
    says; a word that nothing is left of is no token. With ``splitting="signs"`` a run of letters
    and digits, with an apostrophe that closes it, is one token, and any other sign another:
    ``L'été!`` is ``L'``, ``été``, ``!``. A typographic apostrophe is read as the plain one.

    Parameters
    ----------
    tokens : tuple of str
        Each token once; a token's place is its number.
    unit : {"character", "word"}
        What a token is.
    unknown : int, optional
        The number that stands for every token that is not known.
    standardize : str, optional
        ``"lower_and_strip_punctuation"``, ``"lower"`` (A to Z alone), ``"strip_punctuation"``
        (that of ASCII), or None: the text as it is.
    padded : bool
        Whether token 0 stands for padding, and so for nothing in a text.
    owner : str
        Whose vocabulary it is, for errors.
    splitting : str, optional
        ``"signs"``, see above; words alone can be split so, and keep their punctuation.
    marker : str, optional
        The token that is put before a word to point at it; typed, it is unknown.

    Raises
    ------
    ValueError
        A token is there twice, a character is none, `unknown` is no token's number, a name is
        not known, or `splitting` or `marker` does not go with the rest.

    Examples
    --------
    >>> words = ("", "[UNK]", "<v>", "le", "chat", "dort", ".")
    >>> vocabulary = Vocabulary(
    ...     words, "word", unknown=1, standardize="lower", splitting="signs", marker="<v>"
    ... )
    >>> vocabulary.split("Le chat dort.")
    ('le', 'chat', 'dort', '.')
    >>> vocabulary.encode("Le chat dort.", marked=2)
    array([3, 4, 2, 5, 6])
    """

    tokens: tuple[str, ...]
    unit: str = "character"
    unknown: int | None = None
    standardize: str | None = None
    padded: bool = False
    owner: str = "the network"
    splitting: str | None = None
    marker: str | None = None

    def __post_init__(self) -> None:
        """Check that it can be read with."""
        _checks.choice("unit", self.unit, UNITS)
        if self.standardize is not None:
            _checks.choice("standardize", self.standardize, STANDARDS)
        if not self.tokens or not all(isinstance(token, str) for token in self.tokens):
            raise TypeError("vocabulary is not a list of texts, or an empty one")
        special = {self.unknown, 0 if self.padded or self.tokens[0] == "" else None}
        long = self.unit == "character" and any(
            len(token) != 1 for k, token in enumerate(self.tokens) if k not in special
        )
        if long or len(set(self.tokens)) != len(self.tokens):
            kind = f"single {self.unit}s" if self.unit == "character" else "words"
            shown = list(self.tokens) if len(self.tokens) < 200 else self._twice()
            raise ValueError(f"vocabulary is {shown!r}; expected {kind}, each once")
        if self.unknown is not None:
            _checks.integer("unknown", self.unknown, 0, len(self.tokens) - 1)
        if self.splitting is not None:
            _checks.choice("splitting", self.splitting, SPLITS)
            if self.unit != "word" or (self.standardize or "").endswith("punctuation"):
                raise ValueError(
                    f"splitting is {self.splitting!r}, unit {self.unit!r} and standardize "
                    f"{self.standardize!r}; where signs are tokens, expected words, and "
                    "standardize 'lower' or None"
                )
        object.__setattr__(self, "_ids", {token: k for k, token in enumerate(self.tokens)})
        if self.marker is not None and (
            self.unit != "word" or self._ids.get(self.marker) in (None, *special)
        ):
            raise ValueError(
                f"marker is {self.marker!r}; expected one of the words, and neither padding nor "
                "what stands for the unknown"
            )

    @classmethod
    def of_model(cls, data: dict[str, Any]) -> Self:
        """Return the vocabulary that a model's dict tells of."""
        layers = data["layers"]
        return cls(
            tuple(data["vocabulary"]),
            unit=data["unit"],
            unknown=data.get("unknown"),
            standardize=data.get("standardize"),
            padded=bool(layers and layers[0].get("mask_zero", False)),
            owner=repr(data["name"]),
            # "split", or by the name that it has here.
            splitting=data.get("split"),
            marker=data.get("marker"),
        )

    def __len__(self) -> int:
        """Return how many tokens there are."""
        return len(self.tokens)

    def _twice(self) -> str:
        seen: set[str] = set()
        again = next((t for t in self.tokens if t in seen or seen.add(t)), "")
        return f"{len(self.tokens)} tokens, with {again!r} in it twice or too long"

    def split(self, text: str) -> tuple[str, ...]:
        """Return the tokens of a text, standardised."""
        return tuple(piece.token for piece in self.pieces(text))

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Return the tokens of a text, each with its place in the text as it was typed."""
        if not isinstance(text, str):
            raise TypeError(f"text is a {type(text).__name__}; expected a string")
        standard = self.standardize or ""
        # Neither of these moves a character.
        lower = text.translate(_SMALL) if standard.startswith("lower") else text
        plain = lower.replace("’", "'") if self.splitting else lower
        found = []
        for match in _PIECES[self.splitting or self.unit].finditer(plain):
            token = match.group()
            if standard.endswith("punctuation"):
                token = _PUNCTUATION.sub("", token)
            if token:
                found.append(Piece(token, match.start(), match.end()))
        return tuple(found)

    def encode(self, text: str, marked: int | None = None) -> np.ndarray:
        """Return the number of each token of a text, ``(tokens,)``, int64.

        Parameters
        ----------
        text : str
            What is to be read.
        marked : int, optional
            Before which of its tokens, from 0, the marker is put.

        Raises
        ------
        TypeError
            `text` is not a string.
        ValueError
            There is no token in it, or one that is not known; the message says which and where
            (the first is at position 0). Or there is no marker, or no token `marked`.
        """
        tokens = self.split(text)
        if not tokens:
            what = "is empty" if not text else f"is {text!r}, which holds no {self.unit}"
            raise ValueError(f"text {what}; give at least one {self.unit} to read")
        ids = [self._id(token) for token in tokens]
        if None in ids:
            at = ids.index(None)
            knows = repr("".join(self.tokens)) if self.unit == "character" else f"{len(self)} words"
            raise ValueError(
                f"{self.unit} {tokens[at]!r} at position {at} is unknown to {self.owner}; "
                f"it knows {knows}"
            )
        if marked is not None:
            ids.insert(self.check_marked(marked, len(ids)), self._ids[self.marker])
        return np.array(ids, np.int64)

    def check_marked(self, marked: int, tokens: int) -> int:
        """Return `marked` where one of so many tokens can be marked so."""
        if self.marker is None:
            raise ValueError(f"marked is {marked!r}, but {self.owner} has no marker; leave it out")
        return _checks.integer("marked", marked, 0, tokens - 1)

    def _id(self, token: str) -> int | None:
        known = self._ids.get(token)
        nothing = known is None or (self.padded and known == 0) or token == self.marker
        return self.unknown if nothing else known

    def writable(self) -> np.ndarray:
        """Return which tokens can be written so that they are read as what they are, ``(tokens,)``.

        Padding, a marker and what stands for the unknown cannot.
        """
        return np.array(
            [
                self.split(token) == (token,) and self._id(token) == k and k != self.unknown
                for k, token in enumerate(self.tokens)
            ]
        )
