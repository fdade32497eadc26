"""All exercises, by name. A chapter's are loaded when one of them is asked for."""

from importlib import import_module
from importlib.util import find_spec

from lstm_edu.exercises.exercise import Exercise

CHAPTERS = (1, 2, 3, 4, 5)
LEVELS = {1: "predict and run", 2: "implement", 3: "investigate"}


def exercises(chapter: int) -> tuple[Exercise, ...]:
    """Return a chapter's exercises, in their order.

    Raises
    ------
    ValueError
        If the chapter has none.
    """
    module = f"lstm_edu.exercises.chapter_{chapter}"
    if chapter not in CHAPTERS or find_spec(module) is None:
        raise ValueError(f"chapter is {chapter!r}; chapters with exercises: {CHAPTERS}")
    return import_module(module).EXERCISES


def exercise(name: str) -> Exercise:
    """Return the exercise of a name such as "3.2".

    Raises
    ------
    ValueError
        If there is none of that name; the message lists the chapter's.
    """
    head = str(name).split(".")[0]
    if not isinstance(name, str) or not head.isdecimal() or int(head) not in CHAPTERS:
        raise ValueError(f'there is no exercise {name!r}; expected chapter and number: "3.2"')
    found = {one.name: one for one in exercises(int(head))}
    if name not in found:
        raise ValueError(f"there is no exercise {name!r}; chapter {head} has {', '.join(found)}")
    return found[name]


def label(name: str) -> str:
    """Return what a student is told of an exercise beforehand: "Level 2: implement · 3 points".

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    one = exercise(name)
    points = f"{one.points} point{'' if one.points == 1 else 's'}"
    return f"Level {one.level}: {LEVELS[one.level]} · {points}"
