"""Recordings as frames of numbers, edited as one edits sound: blended, covered, cut, stretched.

What is edited are the frames, not the sound: half-way between two frames of MFCCs lies a frame
whose spectrum is half-way on a logarithmic scale, which is not what two voices at once sound like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_edu import _checks, packing

FORMAT = "lstm_edu.recordings/1"

#: More recordings, and longer ones, than a page should hold or answer within a frame.
MOST_RECORDINGS, MOST_FRAMES = 100, 60
#: What must be left between the cuts.
LEAST_FRAMES = 3
#: As in js/src/figures/sound_explorer_sounds.ts.
MOST_COVERS = 16
COVER = re.compile("([0-9]{1,3})-([0-9]{1,3})")


@dataclass(frozen=True)
class Sounds:
    """Recordings that a network can be made to listen to.

    Attributes
    ----------
    sequences : sequence of ndarray, each of shape (frames, features)
        Their frames as they were measured, the first column the loudness: float64, read-only.
    labels : sequence of int
        What is said in each, by the numbers of the network's outputs.
    mean, std : array_like, shape (features,)
        The network reads ``(value − mean) / std``.
    licence, citation, changes : str
        Whose recordings they are, under which terms, and how they differ from the originals.

    Raises
    ------
    ValueError, TypeError
        The parts do not fit together: the message says which, and how to mend it.
    """

    sequences: tuple[np.ndarray, ...]
    labels: tuple[int, ...]
    mean: np.ndarray
    std: np.ndarray
    licence: str = ""
    citation: str = ""
    changes: str = ""

    def __post_init__(self) -> None:
        """Check that the parts fit together."""
        if not 1 <= len(self.sequences) <= MOST_RECORDINGS:
            raise ValueError(
                f"there are {len(self.sequences)} recordings; expected 1 to {MOST_RECORDINGS}"
            )
        if len(self.labels) != len(self.sequences):
            raise ValueError(
                f"there are {len(self.labels)} labels for {len(self.sequences)} recordings"
            )
        features = np.shape(self.mean)
        kept = []
        for k, sequence in enumerate(self.sequences):
            what = f"recording {k}"
            sequence = np.array(sequence, np.float64)
            _checks.finite(what, _checks.shaped(what, sequence, "frames", *features))
            if not LEAST_FRAMES <= len(sequence) <= MOST_FRAMES:
                raise ValueError(
                    f"{what} has {len(sequence)} frames; expected {LEAST_FRAMES} to {MOST_FRAMES}"
                )
            sequence.setflags(write=False)
            kept.append(sequence)
        for name in ("mean", "std"):
            values = np.array(getattr(self, name), np.float64)
            object.__setattr__(
                self, name, _checks.finite(name, _checks.shaped(name, values, *features))
            )
        if (self.std <= 0).any():
            raise ValueError("std holds a number that is not above 0, which nothing can be over")
        labels = tuple(_checks.integer("a label", label, 0) for label in self.labels)
        object.__setattr__(self, "labels", labels)
        object.__setattr__(self, "sequences", tuple(kept))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.sequences)

    def to_dict(self) -> dict[str, Any]:
        """Return what a page holds, JSON-able: the frames in 16 bits where those hold them."""
        frames = np.concatenate(self.sequences)
        exact = np.array_equal(frames.astype(np.float16), frames)
        return {
            "format": FORMAT,
            "values": packing.pack(frames.astype(np.float16 if exact else np.float64)),
            "lengths": [len(sequence) for sequence in self.sequences],
            "labels": list(self.labels),
            "mean": self.mean.tolist(),
            "std": self.std.tolist(),
            "licence": self.licence,
            "citation": self.citation,
            "changes": self.changes,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Sounds:
        """Return what `to_dict` wrote.

        Raises
        ------
        ValueError
            The data are not of that format, or its parts do not fit together.
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            given = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(f"the format of the recordings is {given!r}; expected {FORMAT!r}")
        frames = packing.unpack(data["values"], "the recordings")
        lengths = [_checks.integer("a length", length, 1) for length in data["lengths"]]
        if frames.ndim != 2 or sum(lengths) != len(frames):
            raise ValueError(
                f"the recordings have {sum(lengths)} frames, the values shape {frames.shape}"
            )
        said = {name: str(data.get(name, "")) for name in ("licence", "citation", "changes")}
        sequences = np.split(frames, np.cumsum(lengths)[:-1])
        return cls(tuple(sequences), tuple(data["labels"]), data["mean"], data["std"], **said)

    def edited(
        self,
        recording: int,
        *,
        other: int = 0,
        share: int = 0,
        covers: str = "none",
        head: int = 0,
        tail: int = 0,
        stretch: int = 100,
        direction: str = "forwards",
    ) -> np.ndarray:
        """Return the frames of a recording after all edits, in this order.

        Parameters
        ----------
        recording : int
            Which one.
        other, share : int
            Another one, stretched to the length of the first, and how many per cent of it are
            blended in, frame by frame.
        covers : str
            Which frames are replaced by the quietest one: ``"none"``, or spans of frames from 0,
            ``"3-7;10-12"``.
        head, tail : int
            How many frames are cut off at the beginning and at the end.
        stretch : int
            How long the rest becomes, in per cent.
        direction : {"forwards", "backwards"}
            Whether it is read as it is, or the last frame first.

        Returns
        -------
        ndarray, shape (frames, features)
        """
        x = self.sequences[recording]
        if share:
            x = (1 - share / 100) * x + share / 100 * stretched(self.sequences[other], len(x))
        quiet = x[np.argmin(x[:, 0])]
        x = np.array(x)
        for first, last in spans(covers):
            x[first : last + 1] = quiet
        x = x[head : len(x) - tail]
        x = stretched(x, lasting(len(x), stretch))
        return x[::-1] if direction == "backwards" else x

    def scaled(self, frames: np.ndarray) -> np.ndarray:
        """Return frames as the network reads them."""
        return (frames - self.mean) / self.std


def spans(covers: str) -> list[tuple[int, int]]:
    """Return the spans of frames that a text names, or raise ValueError.

    Parameters
    ----------
    covers : str
        ``"none"``, or spans in rising order that do not touch: ``"3-7;10-12"``.
    """
    if covers == "none":
        return []
    found = [COVER.fullmatch(part) for part in covers.split(";")]
    ends = [int(end) for each in found if each for end in each.groups()]
    rising = all(a <= b for a, b in zip(ends[::2], ends[1::2], strict=True)) and all(
        b + 1 < c for b, c in zip(ends[1::2], ends[2::2], strict=False)
    )
    if not all(found) or not rising or len(found) > MOST_COVERS:
        raise ValueError(
            f"covers is {covers[:80]!r}; expected 'none' or spans of frames from 0 in rising "
            f"order, with a frame between them, {MOST_COVERS} at most, as '3-7;10-12'"
        )
    return list(zip(ends[::2], ends[1::2], strict=True))


def lasting(frames: int, stretch: int) -> int:
    """Return how many frames a stretch by so many per cent makes of some, one at least."""
    return max(1, int(np.floor(frames * (stretch / 100) + 0.5)))


def stretched(x: np.ndarray, frames: int) -> np.ndarray:
    """Return a recording in so many frames: on straight lines between its own."""
    if frames == len(x):
        return x
    places = np.arange(frames) * ((len(x) - 1) / max(1, frames - 1))
    low = np.minimum(np.floor(places).astype(int), len(x) - 1)
    part = (places - low)[:, None]
    return (1 - part) * x[low] + part * x[np.minimum(low + 1, len(x) - 1)]


def decided(answers: np.ndarray) -> int:
    """Return the first step from which on the answer stays what it is at the end.

    Parameters
    ----------
    answers : ndarray, shape (steps, outputs)
        What a network says after each step, were it the last.
    """
    best = answers.argmax(axis=1)
    differs = np.flatnonzero(best != best[-1])
    return int(differs[-1]) + 1 if len(differs) else 0


def read_by(labels: Sequence[str], sounds: Sounds) -> None:
    """Raise ValueError unless a network with these outputs can have said what the labels say."""
    most = max(sounds.labels)
    if most >= len(labels):
        raise ValueError(f"a recording has label {most}; the network has {len(labels)} outputs")
