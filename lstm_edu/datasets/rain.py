"""SIMULATED rain in three parts: sequences of the scenes of `lstm_edu.rain`, drawn from seeds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from lstm_edu.rain import AHEAD, GRID, PAST, rainfall, scene

#: How many sequences there are of each, and the seed they are drawn from.
COUNTS = {"train": 400, "validation": 60, "test": 120}
SEEDS = {"train": 1, "validation": 2, "test": 3}

LICENCE = "SIMULATED by the book's own code: MIT"
CITATION = "SIMULATED: lstm_edu.rain; no rain was measured"


@dataclass(frozen=True)
class Rain:
    """SIMULATED rain, in mm/h.

    Attributes
    ----------
    train, validation, test : ndarray of float32, shape (sequences, 12, 32, 32)
        400, 60 and 120 sequences: the first 6 frames of each are read, the others forecast. Each is
        a scene of its own, with its own wind.
    licence, citation, checksum : str
        That it is simulated, and the SHA-256 of all parts, rounded to hundredths of a mm/h.
    """

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    licence: str = LICENCE
    citation: str = CITATION

    @property
    def checksum(self) -> str:
        """SHA-256 of all parts, rounded to hundredths of a mm/h."""
        digest = hashlib.sha256()
        for part in COUNTS:
            hundredths = np.rint(100 * getattr(self, part).astype(np.float64))
            digest.update(hundredths.astype("<i4").tobytes())
        return digest.hexdigest()

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{len(getattr(self, part))} {part}" for part in COUNTS)
        return f"Rain(SIMULATED; {counts} sequences of {PAST} + {AHEAD} frames, {GRID} × {GRID})"


def simulated_rain() -> Rain:
    """Return the SIMULATED rain; always the same.

    Returns
    -------
    Rain

    Examples
    --------
    >>> simulated_rain()
    Rain(SIMULATED; 400 train, 60 validation, 120 test sequences of 6 + 6 frames, 32 × 32)
    """
    parts = {}
    for part, count in COUNTS.items():
        random = np.random.default_rng(SEEDS[part])
        # float32 keeps seven digits: more than a rain gauge has.
        parts[part] = np.stack([rainfall(scene(random)) for _ in range(count)]).astype(np.float32)
        parts[part].setflags(write=False)
    return Rain(**parts)
