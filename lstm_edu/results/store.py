"""Records on disk: one ``NAME.json`` each, beside this file."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from lstm_edu import _checks, packing
from lstm_edu.results.record import Results


def names() -> list[str]:
    """Return the names of all records, in the order of their pages."""
    return [results.name for results in _all()]


def load(name: str) -> Results:
    """Open the record of an application.

    Raises
    ------
    ValueError
        There is none of this name; the message lists those that there are.
    """
    found = _files()
    _checks.choice("name", name, sorted(found))
    return _read(found[name])


def save(results: Results, folder: Path | str | None = None) -> Path:
    """Write a record as ``NAME.json``; return its path.

    Parameters
    ----------
    results : Results
        The record.
    folder : path, optional
        Where to; into the package, if not given.
    """
    if not isinstance(results, Results):
        raise TypeError(f"results is a {type(results).__name__}; expected a Results")
    path = Path(folder or Path(__file__).parent) / f"{results.name}.json"
    path.write_text(packing.dumps(results.to_dict()), encoding="utf-8")
    return path


def _all() -> list[Results]:
    """Return all records, those of one page in the order of their names."""
    return sorted(map(_read, _files().values()), key=lambda results: (results.page, results.name))


def _files() -> dict[str, Path]:
    folder = resources.files("lstm_edu.results")
    return {Path(f.name).stem: f for f in folder.iterdir() if f.name.endswith(".json")}


def _read(file) -> Results:
    results = Results.from_dict(json.loads(file.read_text(encoding="utf-8")))
    if f"{results.name}.json" != file.name:
        raise ValueError(
            f"{file.name} holds the results {results.name!r}; expected it to be called "
            f"{results.name}.json"
        )
    return results
