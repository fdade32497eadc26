"""Cut a text into stretches to train and to score on, each beginning where a line begins.

A network that starts from the zero state at every line start in training is at home on a line that
a reader types: it, too, begins there with nothing before it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lstm_edu.characters import encode


class Windows(NamedTuple):
    """Stretches of a text, side by side.

    Attributes
    ----------
    inputs, targets : ndarray of int64, shape (windows, length)
        What is read, and the character that follows each of them. Past the end of the text both are
        0, and `scored` is false there.
    scored : ndarray of bool, shape (windows, length)
        Where a target counts. Windows overlap by part of a line; over all of them each character of
        the text but its first is scored exactly once.
    """

    inputs: np.ndarray
    targets: np.ndarray
    scored: np.ndarray

    def join(self, *others: Windows) -> Windows:
        """Return these windows and others in one."""
        return Windows(*(np.concatenate(arrays) for arrays in zip(self, *others, strict=True)))

    def mean(self, loss: np.ndarray) -> float:
        """Return the mean of `loss`, (windows, length), over what is scored."""
        return float(np.mean(loss[self.scored]))


def windows(text: str, alphabet: str, length: int) -> Windows:
    """Cut `text` into windows of `length` characters, each from a line start.

    A window begins at the last line start that the one before it reaches, so that the character
    after its last whole line, the next window's first, is still predicted with that line in view.

    Parameters
    ----------
    text : str
        At least two characters.
    alphabet : str
        The characters, in the order of their numbers.
    length : int
        Characters read in a window.

    Returns
    -------
    Windows

    Raises
    ------
    ValueError
        A line is longer than a window, the text is too short, or a character is unknown.
    """
    if len(text) < 2:
        raise ValueError(f"a text of {len(text)} characters predicts nothing; give at least 2")
    ids = encode(text, alphabet, "the alphabet")
    starts = _starts(text, length)
    places = starts[:, None] + np.arange(length + 1)
    inside = places < len(ids)
    stretches = np.where(inside, ids[np.minimum(places, len(ids) - 1)], 0)
    # A window scores the targets up to the next window's first character, the last one all.
    until = np.append(starts[1:], len(ids) - 1)
    scored = places[:, 1:] <= until[:, None]
    inputs, targets = stretches[:, :-1], stretches[:, 1:]
    return Windows(np.where(inside[:, 1:], inputs, 0), targets, scored)


def _starts(text: str, length: int) -> np.ndarray:
    """Return where the windows begin."""
    newlines = np.flatnonzero(np.array(list(text)) == "\n")
    lines = np.concatenate([[0], newlines + 1])
    starts = [0]
    # The last character is a target only: what has been read up to it is all there is to read.
    while starts[-1] + length < len(text) - 1:
        reached = lines[np.searchsorted(lines, starts[-1] + length, side="right") - 1]
        if reached == starts[-1]:
            raise ValueError(
                f"the line at position {reached} is longer than a window of {length} characters: "
                f"{text[reached : reached + 40]!r}…; give a greater length"
            )
        starts.append(int(reached))
    return np.array(starts)
