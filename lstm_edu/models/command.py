"""What the commands that train and score share: their options, and what they say at the end."""

from __future__ import annotations

import argparse
from pathlib import Path

from lstm_edu import results
from lstm_edu.results import Results


def options_of(
    command: str, description: str, output: Path | None, epochs: int | None = None
) -> argparse.ArgumentParser:
    """Return a parser with ``--output``, ``--unrecorded`` and, if it has a default, ``--epochs``.

    Parameters
    ----------
    command : str
        The module that is run.
    description : str
        What it does, a sentence.
    output : Path, optional
        Where the networks go by default; None where that depends on another option.
    epochs : int, optional
        How often all data are read, by default.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {command}", description=description)
    if epochs is not None:
        parser.add_argument("--epochs", type=_count, default=epochs, help="default: %(default)s")
    where = "" if output else "; default: beside this file"
    parser.add_argument("--output", type=Path, default=output, help=f"for what was trained{where}")
    parser.add_argument("--unrecorded", action="store_true", help="leave lstm_edu/results alone")
    return parser


def report(output: Path, unrecorded: bool, *records: Results) -> None:
    """Save the records, unless told not to, and print them with their verdicts."""
    for record in records:
        if not unrecorded:
            results.save(record)
        print(record.table(seconds=True), record.verdict(), sep="\n\n", end="\n\n")
    print(f"{output}: {output.stat().st_size / 1000:.0f} kB")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} given; expected 1 or more")
    return number
