"""How a record is kept in a file: NumPy's .npz, without pickled objects.

Such a file can be read by any NumPy and runs no code when it is opened. Its arrays have the names
of the record's fields, the weights ``params.kernel`` and so on; ``header`` is JSON with the rest.
"""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from lstm_edu import _checks

if TYPE_CHECKING:
    from lstm_edu.record import Record


def save(record: Record, path: str | os.PathLike) -> None:
    """Write `record` to `path`, under just this name."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    params = values.pop("params")
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    if params is not None:
        arrays |= {f"params.{name}": array for name, array in params._asdict().items()}
    header = {"format": format_of(type(record))}
    header |= {name: value for name, value in values.items() if isinstance(value, str | tuple)}
    with open(path, "wb") as file:
        np.savez(file, header=np.array(json.dumps(header)), **arrays)


def load(kind: type[Record], path: str | os.PathLike, cells: dict[str, type]) -> Record:
    """Read a record of the given kind.

    Parameters
    ----------
    kind : type
        The class of the record.
    path : str or path
        Where :func:`save` wrote it.
    cells : dict
        The layer class for each cell, which knows the type of its weights.

    Raises
    ------
    ValueError
        Where the file holds something else.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
        header = json.loads(str(arrays.pop("header")))
        found = header.pop("format")
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile):
        raise ValueError(f"{os.fspath(path)} is not a record written by save().") from None
    if found != format_of(kind):
        raise ValueError(f"{os.fspath(path)} holds a {found}; expected {format_of(kind)}.")
    weights = {
        name.removeprefix("params."): arrays.pop(name)
        for name in list(arrays)
        if name.startswith("params.")
    }
    if weights:
        cell = _checks.choice("cell", header["cell"], cells)
        arrays["params"] = cells[cell].Params(**weights)
    return kind(**header, **arrays)


def format_of(kind: type[Record]) -> str:
    """Return the name of the format, with its version."""
    return f"lstm_edu.{kind.__name__}/1"
