"""Values made of arrays, numbers, texts, tuples, lists and dicts as an npz, never as a pickle."""

import io
import json
from collections import namedtuple
from collections.abc import Callable

import numpy as np


def pack(value: object) -> bytes:
    """Return a value as the bytes of an npz: its arrays, and an index that says where they belong.

    Raises
    ------
    TypeError
        If something in it is neither an array, a number, a text, nor a tuple, list or dict.
    """
    arrays: list[np.ndarray] = []
    text = json.dumps(_encode(value, arrays))
    named = {f"a{place}": array for place, array in enumerate(arrays)}
    buffer = io.BytesIO()
    np.savez(buffer, index=np.frombuffer(text.encode(), np.uint8), **named)
    return buffer.getvalue()


def unpack(data: bytes) -> object:
    """Return what `pack` packed; only for bytes from a side that is trusted."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        index = json.loads(arrays["index"].tobytes())
        return decode(index, lambda place: arrays[f"a{place}"])


def decode(node: dict, array: Callable[[int], np.ndarray]) -> object:
    """Return the value that a node of an index stands for.

    Parameters
    ----------
    node : dict
    array : callable
        Gives the array of a place.
    """
    if "plain" in node:
        return node["plain"]
    if "array" in node:
        return array(node["array"])
    if "scalar" in node:
        return array(node["scalar"])[()]
    if "dict" in node:
        return {decode(key, array): decode(part, array) for key, part in node["dict"]}
    if "fields" in node:
        parts = [decode(part, array) for part in node["tuple"]]
        return namedtuple(node["name"], node["fields"])(*parts)
    kind = list if "list" in node else tuple
    return kind(decode(part, array) for part in node[kind.__name__])


def _encode(value: object, arrays: list) -> dict:
    if isinstance(value, np.ndarray | np.generic):
        arrays.append(value)
        return {"array" if isinstance(value, np.ndarray) else "scalar": len(arrays) - 1}
    if isinstance(value, dict):
        return {"dict": [[_encode(part, arrays) for part in pair] for pair in value.items()]}
    if isinstance(value, tuple):
        names = {}
        if hasattr(value, "_fields"):
            names = {"name": type(value).__name__, "fields": list(value._fields)}
        return names | {"tuple": [_encode(part, arrays) for part in value]}
    if isinstance(value, list):
        return {"list": [_encode(part, arrays) for part in value]}
    if value is None or isinstance(value, bool | int | float | str):
        return {"plain": value}
    raise TypeError(
        f"a {type(value).__name__} cannot be packed; expected arrays, numbers, texts, "
        "or tuples, lists and dicts of these"
    )
