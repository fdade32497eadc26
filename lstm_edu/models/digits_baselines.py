"""Simple listeners to spoken digits, from guessing to the nearest neighbour under a warped time."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np

from lstm_edu.datasets.digits import Recordings

#: To how many frames a recording is stretched or squeezed before a machine without memory reads it.
FRAMES = 12
STRENGTHS = (0.01, 0.1, 1.0)
MARGINS = (1.0, 10.0, 100.0)
NEIGHBOURS = (1, 3, 5)


def averaged(sequences: list[np.ndarray]) -> np.ndarray:
    """Return the mean of each coefficient, (recordings, 13): nothing of the order is left."""
    return np.stack([sequence.mean(axis=0) for sequence in sequences])


def spread(sequences: list[np.ndarray]) -> np.ndarray:
    """Return mean and standard deviation of each coefficient, (recordings, 26)."""
    deviations = np.stack([sequence.std(axis=0) for sequence in sequences])
    return np.concatenate([averaged(sequences), deviations], axis=1)


def resampled(sequences: list[np.ndarray], frames: int = FRAMES) -> np.ndarray:
    """Return each recording at so many frames, (recordings, frames·13): a line between frames."""
    rows = []
    for sequence in sequences:
        places = np.linspace(0, len(sequence) - 1, frames)
        rows.append(
            np.stack([np.interp(places, np.arange(len(sequence)), c) for c in sequence.T], axis=1)
        )
    return np.stack(rows).reshape(len(rows), -1)


def warped_distances(sequences: list[np.ndarray], others: list[np.ndarray]) -> np.ndarray:
    """Return how far recordings are from others when time may be warped, (sequences, others).

    Dynamic time warping: the frames of two recordings are paired in order, one perhaps with
    several, so that the sum of the squared distances of the pairs is least; its root.
    """
    from dtaidistance import dtw_ndim

    every = [np.ascontiguousarray(s, np.float64) for s in (*sequences, *others)]
    first = len(sequences)
    block = ((0, first), (first, len(every)))
    matrix = dtw_ndim.distance_matrix_fast(
        every, block=block, ndim=every[0].shape[1], parallel=False
    )
    return np.asarray(matrix)[:first, first:]


def nearest(distances: np.ndarray, labels: np.ndarray, neighbours: int) -> np.ndarray:
    """Return what most of the nearest say, (rows,); where as many say another, the nearest."""
    order = np.argsort(distances, axis=1, kind="stable")[:, :neighbours]
    found = []
    for row in labels[order]:
        counts = np.bincount(row, minlength=10)
        found.append(next(label for label in row if counts[label] == counts.max()))
    return np.array(found)


def score_all(parts: Mapping[str, Recordings]) -> dict[str, dict[str, float]]:
    """Return the share of right answers on ``validation`` and ``test``, by the name of a listener.

    Parameters
    ----------
    parts : mapping of str to Recordings
        ``train``, from which all learn; ``validation``, on which the strength of each is chosen;
        ``test``.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    frames = np.concatenate(parts["train"].sequences)
    mean, std = frames.mean(axis=0), frames.std(axis=0)
    scaled = {
        name: [(sequence - mean) / std for sequence in part.sequences]
        for name, part in parts.items()
    }
    labels = {name: part.labels for name, part in parts.items()}
    held = ("validation", "test")

    def lines(strength: float):
        return LogisticRegression(C=strength, max_iter=3000)

    def margins(strength: float):
        return SVC(C=strength, kernel="rbf", gamma="scale")

    most = np.bincount(labels["train"]).argmax()
    result = {
        "most frequent digit": {part: share(labels[part] == most) for part in held}
        | {"seconds": 0.0, "note": ""}
    }
    for name, view, make, strengths in (
        ("logistic regression, mean", averaged, lines, STRENGTHS),
        ("logistic regression, mean and spread", spread, lines, STRENGTHS),
        (f"logistic regression, {FRAMES} frames", resampled, lines, STRENGTHS),
        (f"support vector machine, {FRAMES} frames", resampled, margins, MARGINS),
    ):
        began = time.perf_counter()
        x = {part: view(scaled[part]) for part in parts}
        tried = {}
        for strength in strengths:
            line = make_pipeline(StandardScaler(), make(strength)).fit(x["train"], labels["train"])
            tried[strength] = {part: share(line.predict(x[part]) == labels[part]) for part in held}
        best = max(tried, key=lambda strength: tried[strength]["validation"])
        note = "C = {:g}, chosen on the validation part"
        result[name] = {**tried[best], "seconds": since(began), "note": note.format(best)}
    began = time.perf_counter()
    far = {part: warped_distances(scaled[part], scaled["train"]) for part in held}
    tried = {
        k: {part: share(nearest(far[part], labels["train"], k) == labels[part]) for part in held}
        for k in NEIGHBOURS
    }
    best = max(tried, key=lambda k: tried[k]["validation"])
    found = {**tried[best], "seconds": since(began), "note": f"neighbours asked: {best}"}
    return result | {"nearest neighbour, warped time": found}


def share(right: np.ndarray) -> float:
    """Return the share of what is true, to four decimals."""
    return round(float(np.mean(right)), 4)


def since(began: float) -> float:
    """Return how many seconds have passed."""
    return round(time.perf_counter() - began, 1)
