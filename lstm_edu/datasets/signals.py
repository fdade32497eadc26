"""What can be read off a play, character by character: jobs that a unit might have taken up.

A signal has one value a character, as it stands once that character has been read. After ``[`` one
is inside a stage direction, after ``]`` no longer.
"""

from __future__ import annotations

import re

import numpy as np

VOWELS = "aeiouAEIOU"
DIRECTION = re.compile(r"\[[^\]]*")
#: A line of its own that begins a speech: it follows a blank line, a line of speech follows it, and
#: all its words are names. Acts and scenes are none.
SPEAKER = re.compile(
    r"(?:(?<=\n\n)|\A)(?!(?:ACT|SCENE)\b)"
    r"[A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|[0-9]|&|and|of|the|to))*:?(?=\n[^\n])"
)


def signals(text: str) -> dict[str, np.ndarray]:
    """Return all signals of a text, by name.

    Parameters
    ----------
    text : str
        Plain text of a play, from the start of a line.

    Returns
    -------
    dict of ndarray, shape (len(text),), float64
        1 and 0 where a signal is yes or no, else a count of characters.
    """
    if not text:
        raise ValueError("text is empty; give at least one character")
    characters = np.array(list(text))
    letter = np.array([c.isalpha() for c in text])
    # A letter, or an apostrophe within a word: o'er, wish'd.
    around = np.concatenate([[False], letter, [False]])
    inside = letter | ((characters == "'") & around[:-2] & around[2:])
    flags = {
        "stage direction": _spans(text, DIRECTION),
        "speaker's name": _spans(text, SPEAKER),
        "capital letter": np.array([c.isupper() for c in text]),
        "vowel": np.isin(characters, list(VOWELS)),
        "letter": letter,
        "space": characters == " ",
        "line break": characters == "\n",
        "punctuation": np.isin(characters, list(",.;:!?-")),
        "apostrophe": characters == "'",
        "first letter of a word": inside & ~np.concatenate([[False], inside[:-1]]),
    }
    counts = {
        "position in the line": _since(characters == "\n"),
        "position in the word": np.where(inside, _since(~inside), 0),
        "characters since the sentence began": _since(np.isin(characters, list(".!?"))),
        "characters since a comma or stop": _since(np.isin(characters, list(",.;:!?"))),
    }
    return {name: values.astype(np.float64) for name, values in {**flags, **counts}.items()}


def _spans(text: str, pattern: re.Pattern) -> np.ndarray:
    """Return true within each match."""
    within = np.zeros(len(text), bool)
    for match in pattern.finditer(text):
        within[match.start() : match.end()] = True
    return within


def _since(event: np.ndarray) -> np.ndarray:
    """Count the characters since the last event; 0 at it, and from the start before the first."""
    places = np.arange(len(event))
    last = np.maximum.accumulate(np.where(event, places, -1))
    return places - last
