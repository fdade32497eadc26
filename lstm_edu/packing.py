"""Arrays inside JSON: base64, little-endian, row-major, with 8 bits a weight where that is enough.

A quantised tensor keeps one float32 scale for each index of its last axis (for a weight matrix:
one for each output), so that a unit with small weights is rounded as finely as one with large ones.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

import numpy as np

DTYPES = ("float16", "float32", "float64", "int8")
LEVELS = 127  # −127 … 127: the scale is symmetric, −128 stays unused.


def pack(array: np.ndarray) -> dict[str, Any]:
    """Return a tensor as the format has it, exactly.

    Parameters
    ----------
    array : ndarray of float16, float32 or float64

    Returns
    -------
    dict
        ``shape``, ``dtype`` and ``data``.
    """
    array = np.asarray(array)
    if array.dtype.name not in DTYPES[:3]:
        raise TypeError(f"a tensor has dtype {array.dtype}; expected one of {DTYPES[:3]}")
    return {"shape": list(array.shape), "dtype": array.dtype.name, "data": _encode(array)}


def quantize(array: np.ndarray) -> dict[str, Any]:
    """Return a tensor with 8 bits an entry and a float32 scale for each index of the last axis.

    Each entry is rounded to the nearest of 255 levels: it moves by half a scale at the most.
    """
    array = np.asarray(array, np.float64)
    if not np.isfinite(array).all():
        raise ValueError("a tensor holds NaN or infinity, which 8 bits cannot; train it anew")
    largest = np.abs(array).max(axis=tuple(range(array.ndim - 1)))
    scale = (np.where(largest > 0, largest, LEVELS) / LEVELS).astype(np.float32)
    levels = np.clip(np.rint(array / scale.astype(np.float64)), -LEVELS, LEVELS).astype(np.int8)
    return {
        "shape": list(array.shape),
        "dtype": "int8",
        "scale": _encode(scale),
        "data": _encode(levels),
    }


def quantize_layers(layers: Iterable[dict[str, Any]]) -> None:
    """Replace all weights of these layers by their `quantize`d ones; biases stay as they are."""
    for layer in layers:
        for name, tensor in layer["weights"].items():
            if name != "bias":
                values = unpack(tensor, f"{name} of {layer['name']!r}")
                layer["weights"][name] = quantize(values)


def unpack(tensor: dict[str, Any], name: str = "tensor") -> np.ndarray:
    """Return what `pack` or `quantize` packed, as float64.

    Parameters
    ----------
    tensor : dict
        ``shape``, ``dtype``, ``data``, and ``scale`` for int8.
    name : str
        What to call it in an error.

    Raises
    ------
    ValueError
        The dtype is unknown, or the data are not as many as the shape says.
    """
    try:
        shape, dtype = tuple(tensor["shape"]), tensor["dtype"]
        if dtype not in DTYPES:
            raise ValueError(f"dtype is {dtype!r}; expected one of {', '.join(DTYPES)}")
        values = _decode(tensor["data"], dtype).astype(np.float64).reshape(shape)
        if dtype == "int8":
            values = values * _decode(tensor["scale"], "float32").astype(np.float64)
    except (KeyError, TypeError, ValueError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else error
        raise ValueError(f"{name} cannot be unpacked: {what}") from None
    return values


def dumps(data: Any) -> str:
    """Return JSON in one layout: keys sorted, one line a tensor, for short and stable diffs."""
    return _lines(data, "\n") + "\n"


def _lines(data: Any, newline: str) -> str:
    if isinstance(data, dict) and data and "dtype" not in data:
        deeper = newline + " "
        items = (f"{json.dumps(key)}: {_lines(data[key], deeper)}" for key in sorted(data))
        return "{" + deeper + ("," + deeper).join(items) + newline + "}"
    if isinstance(data, list) and any(isinstance(item, dict) for item in data):
        deeper = newline + " "
        return "[" + deeper + ("," + deeper).join(_lines(d, deeper) for d in data) + newline + "]"
    return json.dumps(data, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _encode(array: np.ndarray) -> str:
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return base64.b64encode(little.tobytes()).decode("ascii")


def _decode(data: str, dtype: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(data, validate=True), np.dtype(dtype).newbyteorder("<"))
