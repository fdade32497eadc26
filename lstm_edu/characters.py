"""Characters as numbers: the place of each in an alphabet."""

from __future__ import annotations

import numpy as np


def encode(text: str, alphabet: str, owner: str) -> np.ndarray:
    """Return the places of the characters of a text in an alphabet.

    Parameters
    ----------
    text, alphabet : str
        The alphabet holds each character once, in any order.
    owner : str
        Whose alphabet it is, for the error.

    Returns
    -------
    ndarray of int64, shape (len(text),)

    Raises
    ------
    ValueError
        A character is not in the alphabet; the message says which and where (the first character
        is at position 0).
    """
    codes, known = _code_points(text), _code_points(alphabet)
    order = np.argsort(known)
    places = order[np.minimum(np.searchsorted(known[order], codes), len(known) - 1)]
    wrong = np.flatnonzero(known[places] != codes)
    if len(wrong):
        raise ValueError(
            f"character {text[wrong[0]]!r} at position {wrong[0]} is unknown to {owner}; "
            f"it knows {alphabet!r}"
        )
    return places


def _code_points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
