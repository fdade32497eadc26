"""Two of the six voices among the spoken digits, found again though the file does not name them.

Each of the six people said each digit fifty times. A group of recordings that sound alike, and of
which exactly fifty are of each digit, is one of them: another group would have to be so by chance.
"""

from __future__ import annotations

import numpy as np

from lstm_edu.datasets.digits import Digits, Recordings

SPEAKERS = 6
EACH = 50
#: What a recording is compared by: this many of its quietest frames tell the room.
QUIET = 3


def described(recordings: Recordings) -> np.ndarray:
    """Return how recordings sound all in all, (recordings, 40): not what is said, but how.

    Mean and standard deviation of each coefficient, the mean of the quietest frames, and the
    logarithm of the length; each column with mean 0 and standard deviation 1.
    """
    rows = []
    for sequence in recordings.sequences:
        quiet = sequence[np.argsort(sequence[:, 0], kind="stable")[:QUIET]]
        parts = [sequence.mean(0), sequence.std(0), quiet.mean(0), [np.log(len(sequence))]]
        rows.append(np.concatenate(parts))
    features = np.array(rows, np.float64)
    return (features - features.mean(0)) / features.std(0)


def sure_voices(digits: Digits, seed: int = 0) -> list[np.ndarray]:
    """Return the places in the file of the recordings of each voice that is certain.

    Parameters
    ----------
    digits : Digits
        All three parts.
    seed : int
        Where the search for groups begins.

    Returns
    -------
    list of ndarray
        The groups of which exactly fifty recordings are of each digit, each in rising order, that
        with the first recording first. They are the same from every seed that was tried.
    """
    from sklearn.mixture import GaussianMixture

    every = Recordings.join((digits.train, digits.validation, digits.test))
    every = every.select(np.argsort(every.places))
    mixture = GaussianMixture(SPEAKERS, reg_covar=1e-3, random_state=seed)
    found = mixture.fit_predict(described(every))
    counts = [np.bincount(every.labels[found == k], minlength=10) for k in range(SPEAKERS)]
    sure = [every.places[found == k] for k, count in enumerate(counts) if (count == EACH).all()]
    return sorted(sure, key=min)


def without(digits: Digits, voice: np.ndarray) -> dict[str, Recordings]:
    """Return the training and the validation part less a voice, and all of that voice as the test.

    Parameters
    ----------
    digits : Digits
        All three parts.
    voice : ndarray of int
        The places of its recordings in the file, see `sure_voices`.
    """
    rest = {
        name: part.select(~np.isin(part.places, voice))
        for name, part in (("train", digits.train), ("validation", digits.validation))
    }
    own = [
        part.select(np.isin(part.places, voice))
        for part in (digits.train, digits.validation, digits.test)
    ]
    return rest | {"test": Recordings.join(own)}


def centred(recordings: Recordings) -> Recordings:
    """Return recordings each scaled by itself: every coefficient with mean 0 and deviation 1.

    Cepstral mean and variance normalisation (Viikki & Laurila 1998, Speech Communication 25): what
    a room, a microphone and a voice add to every frame alike is taken off again.
    """
    sequences = tuple(
        (sequence - sequence.mean(axis=0)) / (sequence.std(axis=0) + np.float32(1e-3))
        for sequence in recordings.sequences
    )
    return Recordings(sequences, recordings.labels, recordings.places)
