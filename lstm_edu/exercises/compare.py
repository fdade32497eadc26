"""How an answer's arrays differ from what is right, said so that it does not give it away."""

from collections.abc import Sequence

import numpy as np

from lstm_edu.exercises.collect import Arrays

#: So near to the right number, relative to it, somebody has rounded.
NEARLY = 1e-3


def difference(
    outputs: Sequence[Arrays], expected: Sequence[Arrays], tolerance: float
) -> str | None:
    """Say how results differ from what is expected, without telling it; None where they do not.

    Parameters
    ----------
    outputs, expected : sequence of dict
        One dict of arrays a call.
    tolerance : float
        Floats may differ by this much of the largest of their array, or of 1 where that is less.
        Whole numbers, truth values and texts may not differ.
    """
    if len(outputs) != len(expected):
        return f"{len(outputs)} results came back for {len(expected)} calls."
    problems = [
        _of_one(given, right, tolerance) for given, right in zip(outputs, expected, strict=True)
    ]
    first = next((problem for problem in problems if problem is not None), None)
    if first is not None and None in problems:
        return f"Right for some of the inputs that were tried, not for all. {first}"
    return first


def misfit(arrays: Arrays, **shapes: tuple[int, ...]) -> str | None:
    """Say which array is missing, is too much, has another shape, or is not finite; or None.

    For a `judgement`, before it computes with what a student gave.

    Parameters
    ----------
    arrays : dict
        One result.
    **shapes
        The shape that each part must have; () for a number.
    """
    problem = _misnamed(arrays, dict.fromkeys(shapes))
    if problem is not None:
        return problem
    for name, wanted in shapes.items():
        array = arrays[name] if name in arrays else arrays[_position(name, shapes)]
        part = f"`{name}`"
        if array.dtype.kind not in "iuf":
            return f"{part} is {_type(array)}; expected numbers."
        if array.shape != wanted:
            return _shapes(part, array.shape, wanted)
        if not np.isfinite(array).all():
            return f"{part} holds NaN or infinity."
    return None


def in_order(arrays: Arrays, names: Sequence[str]) -> list[np.ndarray]:
    """Return the parts by these names, or by their place where a plain tuple was given."""
    return [arrays[n] if n in arrays else arrays[_position(n, names)] for n in names]


def _of_one(given: Arrays, right: Arrays, tolerance: float) -> str | None:
    given = _as_meant(given, right)
    problem = _misnamed(given, right)
    if problem is not None:
        return problem
    for name, wanted in right.items():
        array = given[name] if name in given else given[_position(name, right)]
        part = _part(name)
        if _family(array) != _family(wanted):
            return f"{part} is {_type(array)}; expected {_type(wanted)}."
        if array.shape != wanted.shape:
            return _shapes(part, array.shape, wanted.shape)
        if not close(array, wanted, tolerance):
            return _values(part, array, wanted, tolerance)
    return None


def _as_meant(given: Arrays, right: Arrays) -> Arrays:
    """Return a list of arrays, [h, c], as the tuple that it stands for, and the other way round."""
    shapes = {wanted.shape for wanted in right.values()}
    if set(given) == {""} and len(right) > 1 and len(shapes) == 1:
        array = given[""]
        if array.shape == (len(right), *shapes.pop()):
            return {str(place): part for place, part in enumerate(array)}
    if set(right) == {""} and _is_tuple(given) and right[""].ndim:
        parts = list(given.values())
        if {part.shape for part in parts} == {right[""].shape[1:]}:
            return {"": np.array(parts)}
    return given


def close(given: np.ndarray, right: np.ndarray, tolerance: float) -> bool:
    """Tell whether arrays of one shape hold the same, floats within a tolerance."""
    if right.dtype.kind == "U":
        return bool(np.all(_plain(given) == _plain(right)))
    if right.dtype.kind != "f":
        return bool(np.all(given == right))
    largest = np.abs(right[np.isfinite(right)]).max(initial=0)
    slack = tolerance * min(1.0, largest or 1.0)
    return np.allclose(given, right, rtol=tolerance, atol=slack, equal_nan=True)


def _misnamed(given: Arrays, right: Arrays) -> str | None:
    """Say where the parts are others than expected. Their order matters in a plain tuple only."""
    if set(given) == set(right) or (
        _is_tuple(given) and len(given) == len(right) and "" not in right
    ):
        return None
    if set(given) == {"0"} and set(right) == {""}:
        return "A tuple of one came back; is there a comma behind the value?"
    if len(given) != len(right):
        return f"{_parts(given)} came back; expected {_parts(right).lower()}."
    if _is_tuple(right):
        return (
            f"Parts by name came back; expected a tuple of {len(right)}, in order, without names."
        )
    missing = [name for name in right if name not in given]
    if missing == [""]:
        return "A part by name came back; expected the value alone."
    return f"There is no part `{missing[0]}`; expected {', '.join(f'`{n}`' for n in right)}."


def _is_tuple(arrays: Arrays) -> bool:
    return set(arrays) == {str(place) for place in range(len(arrays))}


def _position(name: str, names) -> str:
    return str(list(names).index(name))


def _plain(texts: np.ndarray) -> np.ndarray:
    return np.char.lower(np.char.strip(texts, " \t\n.()\"'"))


def _family(array: np.ndarray) -> str:
    return {"U": "text", "b": "truth"}.get(array.dtype.kind, "number")


def _shapes(part: str, given: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    if wanted == ():
        return f"{part} has the shape {given}; expected a single number."
    said = f"{part} has the shape {given}; expected {wanted}"
    if sorted(given) == sorted(wanted):
        return f"{said}. Are two axes swapped?"
    without_ones = [size for size in given if size != 1]
    if without_ones == [size for size in wanted if size != 1]:
        return f"{said}. They differ by an axis of length 1."
    if len(given) < len(wanted):
        return f"{said}. {'An axis is' if len(wanted) - len(given) == 1 else 'Axes are'} missing."
    return f"{said}."


def _values(part: str, given: np.ndarray, right: np.ndarray, tolerance: float) -> str:
    """Say of values that are not right what can be said of them in general."""
    if right.dtype.kind in "Ub":
        return (
            f"{part} is not right." if right.ndim == 0 else f"Not all of {part.lower()} is right."
        )
    if np.isnan(given).any():
        return f"{part} holds NaN: look for 0/0, inf − inf, or the logarithm of a negative."
    if np.isinf(given).any():
        return (
            f"{part} holds infinity: look for a division by 0, or an exponential that is too big."
        )
    if right.any() and close(-given.astype(float), right.astype(float), tolerance):
        return f"{part} is right but for its sign."
    if right.dtype.kind == "f" and given.dtype.kind in "iu" and right.ndim:
        return f"{part} holds whole numbers only; an integer array cuts what is written into it."
    if right.ndim == 0:
        if right.dtype.kind == "f" and close(given, right, NEARLY + 3 * tolerance):
            return f"{part} is nearly right; did you round on the way, or give too few digits?"
        return f"{part} is not the right number."
    return f"{part} has the right shape but not the right values."


def _part(name: str) -> str:
    if not name:
        return "Your answer"
    return f"Part {int(name) + 1} of your answer" if name.isdecimal() else f"Your `{name}`"


def _parts(arrays: Arrays) -> str:
    return "One value" if len(arrays) == 1 else f"{len(arrays)} values"


def _type(array: np.ndarray) -> str:
    return {
        "text": "text",
        "truth": "True or False" if array.ndim == 0 else "an array of True and False",
        "number": "a number" if array.ndim == 0 else "an array of numbers",
    }[_family(array)]
