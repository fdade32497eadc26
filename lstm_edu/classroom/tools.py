"""What of the book an answer may use while it is asked for.

A function that someone has to write could be a call of what the book has written already. So it
does without the book's networks, their gradients, their training, its data, and without frameworks;
`NEEDS` names what an exercise allows all the same. Cells that use them go on with their next
statement. A value may be found with any tool there is.
"""

from lstm_edu.exercises.exercise import Exercise

#: By exercise: modules, or classes and functions in them, with all that they use there.
NEEDS: dict[str, tuple[str, ...]] = {
    # Walking along time is asked for, not the step.
    "3.4": ("lstm_edu.lstm.LSTMParams", "lstm_edu.lstm.lstm_step"),
}

#: Modules that no function is asked to be: they stay for all.
COMMON = (
    *("_checks", "activations", "characters", "colours", "initializers", "storage", "vocabulary"),
    *("exercises", "figures", "models", "plotting", "runs"),
)


def tools(exercise: Exercise) -> tuple[str, ...] | None:
    """Return what an answer may use beside `COMMON`, or None where it may use everything."""
    return None if exercise.draw is None else NEEDS.get(exercise.name, ())
