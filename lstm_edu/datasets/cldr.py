"""What things are called in eight languages: countries, languages, currencies, from ``babel``.

babel ships the Unicode Consortium's Common Locale Data Repository (CLDR). Here a name is kept where
only one of the eight languages writes it so: "Portugal" tells nothing. Whatever is named is in one
split for all languages, so that no translation of a test name has been trained on.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

import numpy as np

from lstm_edu import _checks

#: By CLDR's codes, in the order of their English names.
LANGUAGES = {
    "en": "English",
    "fi": "Finnish",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "pl": "Polish",
    "es": "Spanish",
    "tr": "Turkish",
}
KINDS = ("territories", "languages", "scripts", "currencies")
SPLITS = ("train", "validation", "test")
LONGEST = 40

#: Of babel 2.18.0: SHA-256 over all names with their kinds, codes and languages.
VERSION = "2.18.0"
CHECKSUM = "977488c3be29d3a2e489f3e0783bb8d507176daea7b59ab57589285f2effe772"
LICENCE = "CLDR: Unicode License v3, © 1991-2025 Unicode, Inc.; babel: BSD 3-Clause"


@dataclass(frozen=True)
class Names:
    """Names with the languages that they are written in.

    Attributes
    ----------
    texts : tuple of str
        The names.
    labels : ndarray of int, shape (names,)
        Which of `languages` each is in.
    splits : tuple of str
        What each is for: ``"train"``, ``"validation"`` or ``"test"``.
    languages : tuple of str
        Their English names.
    alphabet : str
        All characters that occur, in code-point order.
    """

    texts: tuple[str, ...]
    labels: np.ndarray
    splits: tuple[str, ...]
    languages: tuple[str, ...]
    alphabet: str

    def split(self, name: str) -> tuple[list[str], np.ndarray]:
        """Return the texts and the labels of a split."""
        _checks.choice("split", name, SPLITS)
        chosen = [k for k, split in enumerate(self.splits) if split == name]
        return [self.texts[k] for k in chosen], self.labels[chosen]

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{self.splits.count(name):,} {name}" for name in SPLITS)
        return f"Names({len(self.languages)} languages; {counts})"


def names() -> Names:
    """Load the names of territories, languages, scripts and currencies in eight languages.

    Returns
    -------
    Names

    Raises
    ------
    ModuleNotFoundError
        babel is not installed.
    ValueError
        Its data are not those that the book's scores were measured on.

    Examples
    --------
    >>> names()
    Names(8 languages; ...)
    """
    every = _every()
    digest = hashlib.sha256("\n".join("\t".join(row) for row in every).encode()).hexdigest()
    if digest != CHECKSUM:
        raise ValueError(
            f"babel's names are not those of babel {VERSION}: SHA-256 {digest}, expected "
            f"{CHECKSUM}; install the locked version with: pip install babel=={VERSION}"
        )
    spellings = Counter(text for text, _ in {(text, code) for text, code, *_ in every})
    kept: dict[str, tuple[str, str]] = {}
    for text, code, kind, thing in every:
        if spellings[text] == 1:
            kept.setdefault(text, (code, _split_of(f"{kind} {thing}")))
    codes = list(LANGUAGES)
    return Names(
        tuple(kept),
        np.array([codes.index(code) for code, _ in kept.values()]),
        tuple(split for _, split in kept.values()),
        tuple(LANGUAGES.values()),
        "".join(sorted(set("".join(kept)))),
    )


def _every() -> list[tuple[str, str, str, str]]:
    """Return all names with language, kind and code, in a fixed order."""
    from babel import Locale

    found = []
    for code in LANGUAGES:
        locale = Locale(code)
        for kind in KINDS:
            for thing, text in sorted(getattr(locale, kind).items()):
                if 3 <= len(text) <= LONGEST and text.isprintable():
                    found.append((text, code, kind, thing))
    return found


def _split_of(thing: str) -> str:
    """Put seven in ten of the things named into training, the others into halves."""
    share = hashlib.sha256(thing.encode()).digest()[0] / 256
    return "train" if share < 0.7 else "validation" if share < 0.85 else "test"
