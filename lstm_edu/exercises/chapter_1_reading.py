"""Chapter 1: a failure to explain, with the gradients of the network that failed."""

from functools import cache

import numpy as np

from lstm_edu.exercises.choices import word_of
from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.exercise import Exercise, Verdict
from lstm_edu.long_lag import adding
from lstm_edu.recurrent import RNN, RNNRecord

CAUSES = {
    "a": "Your cause is the size of the network: 32 units could well hold one sum.",
    "c": "Your cause is a gradient that explodes: look at whether the line rises or falls on "
    "its way back.",
    "d": "Your cause is the data: the sum of the two marked numbers follows from the row "
    "without any noise.",
}
REMEDIES = {
    "a": "Your remedy shortens gradients that are too long; these are too short.",
    "b": "Your remedy makes every gradient larger by the same factor, what comes from the last "
    "steps as well: what comes from the first remains as much smaller.",
    "d": "Your remedy is more of the same: through each of these rows the same nothing arrives.",
}
LETTERS = ("a", "b", "c", "d")
#: A step is heard while at least this much of it arrives.
HEARD = 1e-3


@cache
def failed() -> RNNRecord:
    """Return the run of the network that exercise 1.8 is about: 100 steps of the adding problem."""
    x, _ = adding(1, 100, np.random.default_rng(0), np.float64)
    return RNN.create(2, 32, scheme="torch", seed=2, dtype=np.float64)(x)


def steps_heard(norms: np.ndarray) -> int:
    """Return how many steps back at least a thousandth arrives; norms of ∂h_T/∂h_t (time,)."""
    return int(np.argmax(norms[::-1] < HEARD)) - 1


@cache
def _expected() -> int:
    return steps_heard(failed().gradient_norms().total[0])


def judged_diagnosis(_inputs: None, outputs: list[Arrays]) -> Verdict:
    """Judge the three parts of exercise 1.8, each by itself."""
    given = outputs[0]
    if set(given) != {"heard", "cause", "remedy"}:
        return Verdict(False, "Your answer has other parts than `heard`, `cause` and `remedy`.")
    cause, remedy = word_of(given["cause"]), word_of(given["remedy"])
    if not (cause in LETTERS and remedy in LETTERS):
        return Verdict(False, "Your `cause` and your `remedy` are one letter each: a, b, c or d.")
    said = [
        _about_heard(given["heard"]),
        CAUSES.get(cause),
        REMEDIES.get(remedy),
    ]
    said = [one for one in said if one]
    return Verdict(not said, " ".join(said) or "Right.")


def _about_heard(given: np.ndarray) -> str | None:
    """Say what is wrong with the number of steps; None where nothing is."""
    if given.shape != () or given.dtype.kind not in "iuf" or not np.isfinite(given):
        return "Your `heard` is a number of steps, and nothing else."
    steps, right = float(given), _expected()
    if steps == right:
        return None
    norms = failed().gradient_norms().total[0]
    if steps in (len(norms) - right, len(norms) - 1 - right):
        return (
            "Your `heard` is the number of a step; asked is how many steps it lies before the last."
        )
    if steps == right + 1:
        return (
            "Your `heard` counts a step that is lost already, or the last one, which lies 0 "
            "steps back."
        )
    if steps == int(np.argmax(norms[::-1] < 1e-2)) - 1:
        return "Your `heard` goes by a hundredth, not by a thousandth."
    if steps >= len(norms) - 1:
        return (
            "Your `heard` is the whole row: most of what stands there arrives with next to nothing."
        )
    return "Your `heard` is not where the line falls below a thousandth."


EXERCISES = (
    Exercise(
        name="1.8",
        title="Explain a failure",
        answer="diagnosis",
        level=3,
        points=3,
        reference={"heard": _expected(), "cause": "b", "remedy": "c"},
        judgement=judged_diagnosis,
    ),
)
