"""What was timed, and on which machine: records that the book shows and that you can make anew."""

import json
from importlib import resources

from lstm_edu import _checks


def load(name: str) -> dict:
    """Return a record of times.

    Parameters
    ----------
    name : str
        ``"outlook"``, what ``python -m bench outlook`` wrote.

    Raises
    ------
    ValueError
        There is none of this name.
    """
    files = {f.name.removesuffix(".json"): f for f in resources.files(__name__).iterdir()}
    records = {key: file for key, file in files.items() if file.name.endswith(".json")}
    _checks.choice("name", name, sorted(records))
    return json.loads(records[name].read_text("utf-8"))
