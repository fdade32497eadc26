"""What an answer gives, as plain arrays: the only form in which answers are compared.

This module knows NumPy and nothing of the book, so that it can run beside code that nobody trusts.
"""

import copy
import inspect
from collections.abc import Callable, Mapping, Sequence

import numpy as np

#: One result, its parts by name: "" for a lone array, "0", "1" … for a tuple, or an answer's keys.
Arrays = dict[str, np.ndarray]


class NotAnAnswer(TypeError):
    """What was given cannot be turned into plain arrays; the message is for the student."""


def collect(answer: object, inputs: Sequence[tuple] | None) -> list[Arrays]:
    """Return what an answer gives.

    Parameters
    ----------
    answer : callable or value
        A student's function, or a number, text, array, or a tuple or dict of these.
    inputs : sequence of tuple, or None
        The arguments of each call; None where the answer is a value.

    Returns
    -------
    list of dict
        One dict of arrays a call; one in all for a value.

    Raises
    ------
    NotAnAnswer
        If a function was expected and a value given, or the other way round; if the function does
        not take these arguments, or writes into them; if what it gives is not made of numbers,
        texts and arrays.
    Exception
        Whatever the student's function raises.
    """
    if answer is ...:
        raise NotAnAnswer("it is still blank")
    if inputs is None:
        if callable(answer):
            raise NotAnAnswer(
                f"{_kind(answer)} was given, not a value; is it still to be called: `name(...)`?"
            )
        return [as_arrays(answer)]
    if not callable(answer):
        raise NotAnAnswer(f"{_kind(answer)} was given, not a function; give its name, uncalled")
    return [_called(answer, arguments) for arguments in inputs]


def as_arrays(value: object) -> Arrays:
    """Return a value as named arrays of numbers, truth values or text, all copied.

    Raises
    ------
    NotAnAnswer
        If it holds anything else; None and `...` among them: they are what a blank answer gives.
    """
    if value is None or value is ...:
        raise NotAnAnswer("there is no value yet")
    if isinstance(value, Mapping):
        return {str(name): _array(part) for name, part in value.items()}
    if isinstance(value, tuple):
        names = getattr(value, "_fields", range(len(value)))
        return {str(name): _array(part) for name, part in zip(names, value, strict=True)}
    if isinstance(value, list) and not _even(value) and not _has_blank(value):
        return as_arrays(tuple(value))  # [h, c], of two shapes: what was meant is clear
    return {"": _array(value)}


def _called(function: Callable, arguments: tuple) -> Arrays:
    """Call with copies, so that an answer that writes into its arguments changes nothing here."""
    given = copy.deepcopy(arguments)
    try:
        takes = inspect.signature(function)
    except (TypeError, ValueError):
        takes = None  # NumPy's own functions do not tell
    if takes is not None:
        try:
            names = list(takes.bind(*given).arguments)
        except TypeError:
            raise NotAnAnswer(
                f"your function takes {takes}, but is called with {_count(len(given), 'argument')}"
            ) from None
    result = function(*given)
    if result is None or result is ...:
        raise NotAnAnswer(
            "your function gives nothing back; is it still blank, or is its `return` missing?"
        )
    arrays = as_arrays(result)
    for place, (before, after) in enumerate(zip(arguments, given, strict=True)):
        if not _unchanged(before, after):
            name = names[place] if takes and place < len(names) else f"number {place + 1}"
            raise NotAnAnswer(
                f"your function changes its argument {name} in place, and so the caller's array; "
                "write `a = a + b` where you have `a += b`, or begin with `a = a.copy()`"
            )
    return arrays


def _array(value: object) -> np.ndarray:
    if _has_blank(value):
        raise NotAnAnswer("a part of it is still missing: `...` or None stands there")
    if inspect.isgenerator(value) or isinstance(value, map | zip | filter | range):
        raise NotAnAnswer(
            f"{_kind(value)} was given; put its items into an array: `np.array([...])`"
        )
    if callable(value):
        raise NotAnAnswer(f"{_kind(value)} was given among the values; is it still to be called?")
    try:
        array = np.array(value)
    except Exception as error:  # whatever a foreign object does when it is made an array
        raise NotAnAnswer(
            f"{_kind(value)} was given that makes no array; do its parts differ in length?"
        ) from error
    if array.dtype.kind not in "biufU":
        raise NotAnAnswer(f"{_kind(value)} was given; expected numbers, truth values or text")
    return array


def _has_blank(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_has_blank, value))
    return value is None or value is ...


def _even(value: list) -> bool:
    """Tell whether a list makes one array."""
    try:
        np.array(value)
    except ValueError:
        return False
    return True


def _unchanged(before: object, after: object) -> bool:
    if isinstance(before, np.ndarray):
        floats = before.dtype.kind == "f"
        return before.shape == after.shape and np.array_equal(before, after, equal_nan=floats)
    if isinstance(before, tuple | list):
        return len(before) == len(after) and all(map(_unchanged, before, after))
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(
            _unchanged(part, after[name]) for name, part in before.items()
        )
    return True


def _kind(value: object) -> str:
    name = type(value).__name__
    return "a function" if name in ("function", "method") else f"a value of type `{name}`"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
