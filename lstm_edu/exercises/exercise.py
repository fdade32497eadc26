"""An exercise: the inputs it draws, what is right, and the mistakes that it knows by name."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lstm_edu.exercises.collect import Arrays, NotAnAnswer, as_arrays, collect
from lstm_edu.exercises.compare import difference


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer.

    Attributes
    ----------
    right : bool
    message : str
        A sentence or two for the student. It never gives the answer away.
    """

    right: bool
    message: str

    def __bool__(self) -> bool:
        """Tell whether the answer is right."""
        return self.right


@dataclass(frozen=True)
class Mistake:
    """A usual mistake, known by what it gives.

    Attributes
    ----------
    message : str
        Names the mistake ("Your f multiplies h, not c.").
    wrong : callable or value
        As the reference, with the mistake in it.
    """

    message: str
    wrong: object


@dataclass(frozen=True)
class Exercise:
    """An exercise and its check.

    Attributes
    ----------
    name : str
        Chapter and number: "3.2".
    title : str
    answer : str
        The name that the student's notebook gives to the answer.
    level : int
        1 predict and run, 2 implement, 3 investigate.
    points : int
    reference : callable or value
        The right answer; where it is a function, of the same arguments as the student's.
    draw : callable or None
        ``draw(random)`` gives fresh arguments, a tuple a call; None where the answer is a value.
        Several calls of different sizes, none of which are alike, keep mistakes apart.
    mistakes : tuple of Mistake
        Tried in this order.
    tolerance : float
        How far floats may be off, as :func:`~lstm_edu.exercises.compare.difference` measures it.
    judgement : callable or None
        ``judgement(inputs, outputs)`` gives the verdict itself, where right is not one thing
        (weights that make a cell latch, say). `outputs` are plain arrays, as `collect` gives them.
    """

    name: str
    title: str
    answer: str
    level: int
    points: int
    reference: object
    draw: Callable[[np.random.Generator], list[tuple]] | None = None
    mistakes: tuple[Mistake, ...] = ()
    tolerance: float = 1e-6
    judgement: Callable[[list[tuple] | None, list[Arrays]], Verdict] | None = None

    def inputs(self, random: np.random.Generator) -> list[tuple] | None:
        """Return fresh arguments, a tuple a call; None where the answer is a value."""
        return None if self.draw is None else self.draw(random)

    def judge(self, inputs: list[tuple] | None, outputs: list[Arrays]) -> Verdict:
        """Return what is to be said of the arrays that an answer gave for these inputs.

        Parameters
        ----------
        inputs : list of tuple, or None
            As :meth:`inputs` gave them.
        outputs : list of dict
            As :func:`~lstm_edu.exercises.collect.collect` gave them.
        """
        if self.judgement is not None:
            try:
                return self.judgement(inputs, outputs)
            except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                return Verdict(False, f"Nothing can be computed with it: {error}")
        problem = difference(outputs, self.results(self.reference, inputs), self.tolerance)
        if problem is None:
            return Verdict(True, "Right.")
        for mistake in self.mistakes:
            try:
                with np.errstate(all="ignore"):
                    wrong = self.results(mistake.wrong, inputs)
                    if difference(outputs, wrong, self.tolerance) is None:
                        return Verdict(False, mistake.message)
            except (ArithmeticError, LookupError, NotAnAnswer, ValueError):
                continue  # for these inputs the mistake gives nothing, so this is not it
        return Verdict(False, problem)

    @staticmethod
    def results(answer: object, inputs: list[tuple] | None) -> list[Arrays]:
        """Return what the reference, or a mistake, gives for these inputs."""
        return [as_arrays(answer)] if inputs is None else collect(answer, inputs)
