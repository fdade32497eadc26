"""Interface texts of JupyterLab in English, with their Chinese or French translations.

Volunteers translated every button, menu entry and message of JupyterLab and of some of its
extensions. The language packs hold them as catalogues: English on the left, the translation right.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lstm_edu import _checks

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
Language = Literal["chinese", "french"]

#: Which locale's package holds a language.
LOCALES: dict[str, str] = {"chinese": "zh_CN", "french": "fr_FR"}
VERSION = "4.5.post3"
#: SHA-256 over the names and contents of a pack's catalogues, in the order of their names.
CHECKSUMS = {
    "chinese": "0a4900666feac9c34f94b92003925ebecbea713e59ebba11e616530f86b9f9bb",
    "french": "14aa3267815bbc871bcbef743e915e81d3353cb299f10854c1b1b4d49163e9b3",
}

#: Longer texts, a tenth of all, are whole paragraphs of settings; they are left out.
LONGEST = 16
#: Of ten groups of like texts so many are for training; one is for validation, one for the test.
TENTHS: dict[Split, int] = {"train": 8, "validation": 1, "test": 1}
#: Two texts are alike if they share so much of the words that either of them has.
LIKE = 0.7

LICENCE = "BSD 3-Clause, © Project Jupyter Contributors"
CITATION = (
    "Project Jupyter: language packs for JupyterLab, translated by volunteers on Crowdin, "
    "https://github.com/jupyterlab/language-packs; packages jupyterlab-language-pack-{} "
    f"{VERSION}"
)

_WORD = re.compile(r"[a-z]+")
_FILLERS = frozenset(("a", "an", "the"))


@dataclass(frozen=True)
class Pairs:
    """Texts with their translations.

    Attributes
    ----------
    sources : tuple of str
        In English.
    targets : tuple of str
        What volunteers made of each.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.sources)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Pairs({len(self):,})"


@dataclass(frozen=True)
class Translations:
    """Texts of an interface in English and in another language, in three parts.

    Attributes
    ----------
    language : {"chinese", "french"}
        The other language.
    train, validation, test : Pairs
        Of ten groups of like English texts eight, one and one: a text that is in one part is not,
        nor nearly, in another.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of what was read.
    """

    language: str
    train: Pairs
    validation: Pairs
    test: Pairs
    licence: str
    citation: str
    checksum: str

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{len(getattr(self, split)):,} {split}" for split in SPLITS)
        return f"Translations({self.language}; {counts})"


def translations(language: Language) -> Translations:
    """Load the interface texts of JupyterLab with their translations.

    Parameters
    ----------
    language : {"chinese", "french"}
        Into which English was translated.

    Returns
    -------
    Translations
        Always the same parts in the same order.

    Raises
    ------
    ModuleNotFoundError
        The language pack is not installed.
    ValueError
        `language` is neither, or the pack is not the one that the book's scores were measured on.

    Notes
    -----
    Left out are texts that nobody translated, those that stand in the other language as they are
    in English (names, mostly), and those of more than 16 English words. A text with two
    translations is there twice.

    Two texts are alike, and so fall into the same part, if they are the same but for capitals,
    signs, numbers, articles and a plural's s, or if they share at least four fifths of their
    words. The part of a group follows from a hash of its first text, so it is the same for both
    languages.

    Examples
    --------
    >>> translations("chinese").language
    'chinese'
    """
    locale = LOCALES[_checks.choice("language", language, LOCALES)]
    files = _files(language, locale)
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\n" + file.read_bytes() + b"\n")
    if digest.hexdigest() != CHECKSUMS[language]:
        package = f"jupyterlab-language-pack-{locale.replace('_', '-')}"
        raise ValueError(
            f"{files[0].parent} does not hold the catalogues of {package} {VERSION}: SHA-256 "
            f"{digest.hexdigest()}, expected {CHECKSUMS[language]}; install the locked version "
            f"with: pip install {package}=={VERSION}"
        )
    pairs = {
        pair: None
        for file in files
        for pair in _entries(file)
        if pair[0] != pair[1] and key(pair[0]) and len(pair[0].split()) <= LONGEST
    }
    parts: dict[Split, list[tuple[str, str]]] = {split: [] for split in SPLITS}
    belongs = _parts(source for source, _ in pairs)
    for source, target in sorted(pairs, key=lambda pair: _digest(" ".join(pair))):
        parts[belongs[source]].append((source, target))
    return Translations(
        language,
        **{split: Pairs(*zip(*part, strict=True)) for split, part in parts.items()},
        licence=LICENCE,
        citation=CITATION.format(locale.replace("_", "-")),
        checksum=CHECKSUMS[language],
    )


def key(text: str) -> tuple[str, ...]:
    """Return what is left of an English text without what hardly matters.

    Capitals, signs, numbers, articles and a plural's s are taken away; the order of the words too.

    Examples
    --------
    >>> key("Close the Tabs to Right") == key("Close tabs to the right…")
    True
    """
    words = (word for word in _WORD.findall(text.lower()) if word not in _FILLERS)
    return tuple(sorted({word.removesuffix("s") if len(word) > 3 else word for word in words}))


def _parts(sources: Iterable[str]) -> dict[str, Split]:
    """Return to which part each text belongs: like ones to the same."""
    keys = {source: key(source) for source in sources}
    leader = {words: words for words in keys.values()}

    def lead(words: tuple[str, ...]) -> tuple[str, ...]:
        while leader[words] != words:
            words = leader[words]
        return words

    with_word = defaultdict(list)
    for words in sorted(leader):
        shared: dict[tuple[str, ...], int] = defaultdict(int)
        for word in words:
            for other in with_word[word]:
                shared[other] += 1
            with_word[word].append(words)
        for other, count in shared.items():
            if count >= LIKE * (len(words) + len(other) - count):
                first, second = sorted((lead(words), lead(other)))
                leader[second] = first
    ends = [sum(list(TENTHS.values())[: k + 1]) for k in range(len(TENTHS))]
    found = {}
    for source, words in keys.items():
        tenth = int.from_bytes(_digest(" ".join(lead(words)))[:4]) % 10
        found[source] = next(split for split, end in zip(SPLITS, ends, strict=True) if tenth < end)
    return found


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _entries(file: Path) -> list[tuple[str, str]]:
    """Return the translated texts of a catalogue; a context before one is taken off."""
    catalogue = json.loads(file.read_text(encoding="utf-8"))
    return [
        (" ".join(source.split("\x04")[-1].split()), " ".join(target.split()))
        for source, (target, *_) in ((s, t) for s, t in catalogue.items() if s)
        if target.strip()
    ]


def _files(language: str, locale: str) -> list[Path]:
    """Find the catalogues without importing the package."""
    name = f"jupyterlab_language_pack_{locale}"
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"the {language.capitalize()} texts come with the package {name.replace('_', '-')}, "
            "which is not installed; install it with: pip install 'lstm-edu[notebooks]'",
            name=name,
        )
    folder = Path(spec.submodule_search_locations[0]) / "locale" / locale / "LC_MESSAGES"
    return sorted(folder.glob("*.json"))
