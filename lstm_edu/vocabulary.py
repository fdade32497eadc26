"""A text as the tokens that a network reads: characters, or words as Keras makes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from lstm_edu import _checks

UNITS = ("character", "word")
#: What is done to a text before it is looked up, by the names of Keras' `TextVectorization`.
STANDARDS = ("lower_and_strip_punctuation", "lower", "strip_punctuation")

_PIECES = {"word": re.compile(r"[^ \t\n\v\f\r]+"), "character": re.compile(r".", re.DOTALL)}
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
#: As in Keras, A to Z alone are made small.
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class Vocabulary:
    """Which tokens a network knows, and how it finds them in a text.

    Words are what stands between blanks (space, tab, line break), standardised as `standardize`
    says; a word that nothing is left of is no token.

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

    Raises
    ------
    ValueError
        A token is there twice, a character is none, `unknown` is no token's number, or a name is
        not known.
    """

    tokens: tuple[str, ...]
    unit: str = "character"
    unknown: int | None = None
    standardize: str | None = None
    padded: bool = False
    owner: str = "the network"

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
        object.__setattr__(self, "_ids", {token: k for k, token in enumerate(self.tokens)})

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
        if not isinstance(text, str):
            raise TypeError(f"text is a {type(text).__name__}; expected a string")
        standard = self.standardize or ""
        if standard.startswith("lower"):
            text = text.translate(_SMALL)
        pieces = _PIECES[self.unit].findall(text)
        if standard.endswith("punctuation"):
            pieces = [_PUNCTUATION.sub("", piece) for piece in pieces]
        return tuple(piece for piece in pieces if piece)

    def encode(self, text: str) -> np.ndarray:
        """Return the number of each token of a text, ``(tokens,)``, int64.

        Raises
        ------
        TypeError
            `text` is not a string.
        ValueError
            There is no token in it, or one that is not known; the message says which and where
            (the first is at position 0).
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
        return np.array(ids, np.int64)

    def _id(self, token: str) -> int | None:
        known = self._ids.get(token)
        return self.unknown if known is None or (self.padded and known == 0) else known

    def writable(self) -> np.ndarray:
        """Return which tokens can be written so that they are read as what they are, ``(tokens,)``.

        Padding and what stands for the unknown cannot.
        """
        return np.array(
            [
                self.split(token) == (token,) and self._id(token) == k and k != self.unknown
                for k, token in enumerate(self.tokens)
            ]
        )
