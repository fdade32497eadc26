"""Answers that are words from a list: which one, for each of several cases."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.exercise import Verdict


def choices(
    right: Mapping[str, str],
    options: Sequence[str],
    said: Mapping[tuple[str, str], str],
    otherwise: str,
) -> Callable[[list[tuple] | None, list[Arrays]], Verdict]:
    """Return a judgement of a dict that gives each case one word.

    Parameters
    ----------
    right : mapping of str to str
        The right word of each case.
    options : sequence of str
        All words that may be chosen.
    said : mapping of (case, word) to str
        What is said of a wrong choice.
    otherwise : str
        What is said where `said` has nothing; ``{case}`` in it becomes the case.

    Returns
    -------
    callable
        ``judgement(inputs, outputs)``. It speaks of the first case that is wrong, and only of that.
    """

    def judgement(inputs: list[tuple] | None, outputs: list[Arrays]) -> Verdict:
        given = outputs[0]
        if set(given) != set(right):
            return Verdict(False, f"Give one word for each of {', '.join(right)}.")
        words = {case: word_of(array) for case, array in given.items()}
        for case, word in right.items():
            chosen = words[case]
            if chosen not in options:
                return Verdict(
                    False, f"{case}: {chosen[:40]!r} is none of {', '.join(map(repr, options))}."
                )
            if chosen != word:
                return Verdict(False, said.get((case, chosen), otherwise.format(case=case)))
        return Verdict(True, "Right.")

    return judgement


def word_of(array: np.ndarray) -> str:
    """Return a text as it is compared: in lower case, without spaces around it."""
    return str(array.item() if array.size == 1 else array.tolist()).strip().lower()
