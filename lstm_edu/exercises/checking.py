"""Instant feedback in the student's own notebook. It needs no network, and grades nothing."""

import html
import re

import numpy as np

from lstm_edu.exercises.collect import NotAnAnswer, collect
from lstm_edu.exercises.exercise import Exercise, Verdict
from lstm_edu.exercises.failure import failure
from lstm_edu.exercises.register import exercise

STYLE = (
    "display: flex; gap: 0.6em; max-width: 44rem; padding: 0.4em 0.9em; line-height: 1.5; "
    "border-left: 3px {line} currentColor"
)


class Feedback(Verdict):
    """A verdict that a notebook shows: a tick or a cross, and in words."""

    @property
    def mark(self) -> str:
        """✓ or ✗."""
        return "✓" if self.right else "✗"

    def __repr__(self) -> str:
        """Return it in a line."""
        return f"{self.mark} {self.message}"

    def _repr_html_(self) -> str:
        """Return it as it stands below a cell; it is read out where it appears."""
        kind = "right" if self.right else "wrong"
        words = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(self.message, quote=False))
        return (
            f'<div class="lstm-feedback lstm-{kind}" role="status" '
            f'style="{STYLE.format(line="solid" if self.right else "dashed")}">'
            f'<span aria-hidden="true">{self.mark}</span><span>{words}</span></div>'
        )


def check(name: str, answer: object, *, seed: int | None = None) -> Feedback:
    """Say what is right with an answer, and name the mistake where it is a usual one.

    Parameters
    ----------
    name : str
        The exercise: "3.2".
    answer : callable or value
        What the exercise asks for.
    seed : int, optional
        For the inputs that are drawn; fresh ones each time where it is not given.

    Returns
    -------
    Feedback
        True where the answer is right.

    Raises
    ------
    ValueError
        If there is no exercise of that name.

    Examples
    --------
    >>> check("3.2", my_step)
    ✗ 3.2: Your f multiplies h, not c.
    """
    return judged(exercise(name), answer, seed)


def judged(one: Exercise, answer: object, seed: int | None = None) -> Feedback:
    """Say what :func:`check` says, of an exercise that is at hand."""
    inputs = one.inputs(np.random.default_rng(seed))
    try:
        outputs = collect(answer, inputs)
    except NotAnAnswer as error:
        return Feedback(False, f"{one.name}: {_sentence(str(error))}")
    except Exception as error:  # whatever a student's function does
        return Feedback(False, f"{one.name}: {_sentence(failure(answer, error))}")
    verdict = one.judge(inputs, outputs)
    return Feedback(verdict.right, f"{one.name}: {verdict.message}")


def _sentence(words: str) -> str:
    end = "" if words.endswith((".", "?", "…")) else "."
    return f"{words[0].upper()}{words[1:]}{end}"
