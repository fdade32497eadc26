"""Sentences cut into the pieces that a translator reads and writes, and put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: English words, placeholders such as %1, numbers; every other sign by itself.
_SOURCE = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|%[0-9]|[0-9]+|[^\sA-Za-z0-9]")
#: Chinese: each character by itself; foreign words, placeholders and numbers whole.
_CHARACTERS = re.compile(r"[A-Za-z_]+|%[0-9]|[0-9]+|[^\sA-Za-z_0-9]")
#: Other languages: words (a shortened article for itself: “l'”) and signs, with the blank before.
_WORDS = re.compile(r" ?[^\W\d_]+['’]?| ?%[0-9]| ?[0-9]+| ?[^\s]")

_FOREIGN = r"[A-Za-z0-9_%]"
_CHINESE = r"[\u4e00-\u9fff]"
_BESIDE = re.compile(f"(?<={_FOREIGN})(?={_CHINESE})|(?<={_CHINESE})(?={_FOREIGN})")

UNITS = ("character", "word")


def source_pieces(text: str) -> tuple[str, ...]:
    """Return the words and signs of an English text, as they are.

    Examples
    --------
    >>> source_pieces("Don't rename “%1”…")
    ("Don't", 'rename', '“', '%1', '”', '…')
    """
    return tuple(_SOURCE.findall(text))


def target_pieces(text: str, unit: str) -> tuple[str, ...]:
    """Return the pieces of a translation.

    Parameters
    ----------
    text : str
        In the other language.
    unit : {"character", "word"}
        Characters for Chinese, where blanks fall away. Words carry the blank before them; so does
        the first, and its capital becomes small unless the word has others.

    Examples
    --------
    >>> target_pieces("从 URL 打开", "character")
    ('从', 'URL', '打', '开')
    >>> target_pieces("Ouvrir l'URL…", "word")
    (' ouvrir', " l'", 'URL', '…')
    """
    if unit == "character":
        return tuple(_CHARACTERS.findall(text))
    pieces = _WORDS.findall(f" {text}")
    if pieces and pieces[0][1:2].isupper() and not pieces[0][2:3].isupper():
        pieces[0] = pieces[0][:2].lower() + pieces[0][2:]
    return tuple(pieces)


def joined(pieces: Sequence[str], unit: str, capital: bool = False) -> str:
    """Return the text that `target_pieces` cut.

    Parameters
    ----------
    pieces : sequence of str
        Of one text.
    unit : {"character", "word"}
        As there. Between Chinese and foreign words a blank is set, and between foreign words.
    capital : bool
        Whether a text of words begins with a capital.

    Examples
    --------
    >>> joined(("从", "URL", "打", "开"), "character")
    '从 URL 打开'
    >>> joined((" ouvrir", " l'", "URL", "…"), "word", capital=True)
    "Ouvrir l'URL…"
    """
    if unit == "character":
        text = ""
        for piece in pieces:
            apart = re.search(f"{_FOREIGN}$", text) and re.match(_FOREIGN, piece)
            text += " " * bool(apart) + piece
        return _BESIDE.sub(" ", text)
    text = "".join(pieces).strip()
    return text[:1].upper() + text[1:] if capital else text
