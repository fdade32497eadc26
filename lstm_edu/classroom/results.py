"""Read what a worker said. Nothing in it is trusted: not a length, not a type, not a name."""

import io
import json
import math
import zipfile

import numpy as np

from lstm_edu.classroom.inside.packing import decode
from lstm_edu.exercises.collect import Arrays

_KINDS = "biufU"
_MOST_ENTRIES = 500
_LONGEST_AXIS = 1_000_000


class Forged(ValueError):
    """These bytes are not what a worker writes."""


def read(data: bytes) -> object:
    """Return the value of a frame: dicts, lists and plain arrays.

    Raises
    ------
    Forged
        If it is anything else than an uncompressed npz of numbers, truth values and text whose
        sizes are as they say.
    """
    try:
        arrays = _arrays(data)
        index = json.loads(arrays["index"].tobytes())
        return decode(index, lambda place: arrays[f"a{place}"])
    except Forged:
        raise
    except Exception as error:  # whatever someone thought of to write
        raise Forged(f"{type(error).__name__} on reading the results") from None


def read_errors(frame: bytes) -> list[tuple[int, str]]:
    """Return the errors of the first frame: numbers of cells, and names of exceptions."""
    said = read(frame)
    errors = said["errors"] if isinstance(said, dict) and "errors" in said else None
    if not isinstance(errors, list) or len(errors) > _MOST_ENTRIES:
        raise Forged("the first frame does not say how the notebook ran")
    checked = []
    for pair in errors:
        if not isinstance(pair, list) or len(pair) != 2:
            raise Forged("an error is no pair")
        number, name = pair
        if not isinstance(number, int) or not isinstance(name, str):
            raise Forged("an error is no number of a cell and name of an exception")
        checked.append((number, name))
    return checked


def read_answer(frame: bytes, exercise: str, calls: int) -> dict:
    """Return the frame of an answer: one of ``calls``, ``missing``, ``unfit``, ``raised``.

    Parameters
    ----------
    frame : bytes
    exercise : str
        Whose answer it must be.
    calls : int
        How many results it must have, if it has any.
    """
    said = read(frame)
    if not isinstance(said, dict) or said.get("exercise") != exercise or len(said) != 2:
        raise Forged("a frame does not belong to this answer")
    (kind,) = set(said) - {"exercise"}
    value = said[kind]
    if kind == "calls":
        if not isinstance(value, list) or len(value) != calls:
            raise Forged("there are more or fewer results than calls")
        for result in value:
            _check_result(result)
    elif kind == "missing":
        if value is not True:
            raise Forged("an answer is missing in a way of its own")
    elif kind not in ("unfit", "raised") or not isinstance(value, str):
        raise Forged("a frame says nothing that a worker says")
    return {kind: value}


def _check_result(result: Arrays) -> None:
    if not isinstance(result, dict):
        raise Forged("a result is no dict")
    for name, array in result.items():
        if not isinstance(name, str) or type(array) is not np.ndarray:
            raise Forged("a result holds something else than arrays by name")


def _arrays(data: bytes) -> dict[str, np.ndarray]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_ENTRIES:
            raise Forged("too many arrays")
        if sum(entry.file_size for entry in entries) > len(data):
            raise Forged("arrays that are larger than what came")
        for entry in entries:
            if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
                raise Forged("compressed arrays")
            found[entry.filename.removesuffix(".npy")] = _array(archive.read(entry))
    return found


def _array(data: bytes) -> np.ndarray:
    """Return an array from the bytes of an npy, its header checked before anything is made."""
    stream = io.BytesIO(data)
    version = np.lib.format.read_magic(stream)
    readers = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    if version not in readers:
        raise Forged("an unknown version of npy")
    shape, fortran, dtype = readers[version](stream)
    if dtype.kind not in _KINDS or dtype.names is not None or dtype.subdtype is not None:
        raise Forged(f"an array of {dtype.kind!r}")
    if any(not 0 <= axis <= _LONGEST_AXIS for axis in shape):
        raise Forged("an axis of impossible length")
    if math.prod(shape) * dtype.itemsize != len(data) - stream.tell():
        raise Forged("an array whose size is not what it says")
    flat = np.frombuffer(data, dtype, offset=stream.tell(), count=math.prod(shape))
    # In this machine's own form: a truth value of someone else's could be neither.
    own = flat.view(np.uint8) != 0 if dtype.kind == "b" else flat.astype(dtype.newbyteorder("="))
    return own.reshape(shape, order="F" if fortran else "C")
