"""The questions asked of every argument, and the errors that answer a wrong one.

Each check returns what it was given, as an array, or raises an error that says what was given,
what was expected and how to mend it. Nothing is cast, cut or padded on the way.
"""

from __future__ import annotations

import difflib
import operator
from collections.abc import Iterable

import numpy as np

DTYPES = (np.dtype(np.float32), np.dtype(np.float64))


def floating(name: str, value) -> np.ndarray:
    """Return `value` as a float32 or float64 array, or raise TypeError."""
    array = np.asarray(value)
    if array.dtype not in DTYPES:
        raise TypeError(
            f"{name} has dtype {array.dtype}; expected float32 or float64. "
            f"Convert it, for example with np.asarray({name}, dtype=np.float32)."
        )
    return array


def dtype(name: str, value) -> np.dtype:
    """Return `value` as a dtype, float32 or float64, or raise TypeError."""
    found = np.dtype(value)
    if found not in DTYPES:
        raise TypeError(f"{name} is {found}; expected float32 or float64.")
    return found


def shaped(name: str, array: np.ndarray, *shape: int | str) -> np.ndarray:
    """Return `array` if it has `shape`; a word in `shape` stands for any length from 1."""
    if array.shape == shape or (array.ndim == len(shape) and all(map(_fits, array.shape, shape))):
        return array
    expected = "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"
    if array.ndim != len(shape):
        raise ValueError(
            f"{name} has shape {array.shape}, {array.ndim} axes; expected {len(shape)}: {expected}."
        )
    for length, wanted in zip(array.shape, shape, strict=True):
        if isinstance(wanted, str) and length == 0:
            raise ValueError(
                f"{name} has shape {array.shape}: its {wanted} axis is empty; expected {expected} "
                "with at least one entry on each axis."
            )
    raise ValueError(f"{name} has shape {array.shape}; expected {expected}.")


def _fits(length: int, wanted: int | str) -> bool:
    """Return whether an axis has the length that is wanted, or any where that is a word."""
    return length > 0 if isinstance(wanted, str) else length == wanted


def finite(name: str, array: np.ndarray, *, hint: str = "") -> np.ndarray:
    """Return `array` if it holds no NaN and no infinity; else raise ValueError and say where."""
    good = np.isfinite(array)
    if not good.all():
        where = tuple(int(k) for k in np.argwhere(~good)[0])
        found = f"{name} holds {array[where]} at index {where}; expected finite numbers."
        raise ValueError(f"{found} {hint}".rstrip())
    return array


def same_dtype(dtype: np.dtype, owner: str, **arrays: np.ndarray | None) -> None:
    """Raise TypeError unless all `arrays` have `dtype`, which is that of `owner`."""
    for name, array in arrays.items():
        if array is not None and array.dtype != dtype:
            raise TypeError(
                f"{name} has dtype {array.dtype}, but {owner} has {dtype}. "
                f"Convert one of them, for example {name}.astype(np.{dtype})."
            )


def weights(shapes: dict[str, tuple], **given) -> dict[str, np.ndarray]:
    """Return read-only copies of weights of the given shapes, finite and of one dtype, or raise."""
    arrays = {
        name: finite(name, shaped(name, floating(name, value), *shapes[name]))
        for name, value in given.items()
    }
    first, *_ = arrays
    same_dtype(arrays[first].dtype, first, **arrays)
    return {name: read_only(array.copy()) for name, array in arrays.items()}


def boolean(name: str, value, *shape: int | str) -> np.ndarray:
    """Return `value` as a boolean array of `shape`; numbers are not taken for truth values."""
    array = np.asarray(value)
    if array.dtype != np.bool_:
        raise TypeError(
            f"{name} has dtype {array.dtype}; expected bool, True where a step counts. "
            f"Write {name} != 0 if you mean that."
        )
    return shaped(name, array, *shape)


def whole(name: str, value, low: int, high: int) -> np.ndarray:
    """Return `value` as an array of integers from `low` to `high`, or raise."""
    array = np.asarray(value)
    if not np.issubdtype(array.dtype, np.integer):
        raise TypeError(f"{name} has dtype {array.dtype}; expected integers from {low} to {high}.")
    outside = array[(array < low) | (array > high)]
    if outside.size:
        raise ValueError(f"{name} holds {outside[0]}; expected integers from {low} to {high}.")
    return array


def integer(name: str, value, low: int, high: int | None = None) -> int:
    """Return `value` as an int with ``low <= value <= high``, or raise."""
    span = f"at least {low}" if high is None else f"from {low} to {high}"
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} is {value!r}; expected a whole number {span}.")
    if number < low or (high is not None and number > high):
        raise ValueError(f"{name} is {value!r}; expected a whole number {span}.")
    return number


def number(
    name: str, value, low: float = -np.inf, high: float = np.inf, *, above: bool = False
) -> float:
    """Return `value` as a finite float in ``[low, high]``; ``above`` leaves `low` itself out."""
    try:
        result = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} is {value!r}; expected a number.") from None
    if not np.isfinite(result) or result < low or result > high or (above and result == low):
        start = f"above {low:g}" if above else f"from {low:g}"
        span = f" {start}" if high == np.inf else f" {start} to {high:g}"
        span = "" if low == -np.inf and high == np.inf else span
        raise ValueError(f"{name} is {value!r}; expected a finite number{span}.")
    return result


def choice(name: str, value, options: Iterable[str], *, hint: str = "") -> str:
    """Return `value` if it is one of `options`; else raise with the nearest option named."""
    options = list(options)
    if not isinstance(value, str):
        raise TypeError(f"{name} is {value!r}; expected one of the names {', '.join(options)}.")
    if value not in options:
        near = difflib.get_close_matches(value, options, n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        known = ", ".join(options)
        raise ValueError(f"{name} is {value!r}; expected one of {known}.{guess} {hint}".rstrip())
    return value


def read_only(array: np.ndarray) -> np.ndarray:
    """Return a view of `array` that cannot be written through."""
    view = array.view()
    view.flags.writeable = False
    return view
