"""How the book's listeners to spoken digits are built, trained and asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from lstm_edu import GRU, LSTM, Adam, Dense, LastStep, Network
from lstm_edu.activations import softmax
from lstm_edu.both_ways import BothWays
from lstm_edu.datasets.digits import FEATURES, Recordings
from lstm_edu.losses import cross_entropy_on_logits
from lstm_edu.models.pace import pacer
from lstm_edu.training import fit_batches

#: Units, so that each has about 11,800 weights below the answer.
UNITS = {"BiLSTM": 32, "LSTM": 48, "GRU": 56}
EPOCHS = 40
BATCH = 32
LEARNING_RATE = 6e-3
WARM_UP = 30  # batches
#: Added to what is read in training, in standard deviations.
NOISE = 0.4
#: Batches are made of recordings of like lengths, out of so many batches' worth at a time.
POOL = 12


class Trained(NamedTuple):
    """A network as it was after its best epoch, and the curves of its training."""

    network: Network
    history: dict[str, list[float]]


class Scaled:
    """Recordings as the networks read them: each coefficient with mean 0 and standard deviation 1.

    Parameters
    ----------
    recordings : Recordings
        What is trained on: only its frames say how to scale.

    Attributes
    ----------
    mean, std : ndarray of float32, shape (13,)
        Of all its frames.
    """

    def __init__(self, recordings: Recordings) -> None:
        frames = np.concatenate(recordings.sequences).astype(np.float64)
        self.mean = frames.mean(axis=0).astype(np.float32)
        self.std = frames.std(axis=0).astype(np.float32)

    def __call__(self, recordings: Recordings) -> list[np.ndarray]:
        """Return the scaled sequences, float32."""
        return [(sequence - self.mean) / self.std for sequence in recordings.sequences]


def build(kind: str, seed: int | np.random.Generator) -> Network:
    """Return a network that is not yet trained; it answers in logits.

    Parameters
    ----------
    kind : {"BiLSTM", "LSTM", "GRU"}
        Which layer reads the frames.
    seed : int or Generator
        For its first weights.
    """
    random, units = np.random.default_rng(seed), UNITS[kind]
    if kind == "BiLSTM":
        reader = [BothWays(*(LSTM.create(FEATURES, units, seed=random) for _ in range(2)))]
    else:
        cell = GRU if kind == "GRU" else LSTM
        reader = [cell.create(FEATURES, units, seed=random), LastStep()]
    wide = 2 * units if kind == "BiLSTM" else units
    return Network([*reader, Dense.create(wide, 10, seed=random)])


def padded(sequences: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return sequences side by side, (sequences, frames, 13), and the mask that tells their ends.

    After its end a sequence goes on with noughts, which the mask keeps any network from reading.
    """
    lengths = np.array([len(sequence) for sequence in sequences])
    mask = np.arange(lengths.max()) < lengths[:, None]
    x = np.zeros((*mask.shape, FEATURES), np.float32)
    x[mask] = np.concatenate(sequences)
    return x, mask


def batches(
    sequences: list[np.ndarray], labels: np.ndarray, random: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield all sequences once in random batches with noise, those of like lengths together."""
    lengths = np.array([len(sequence) for sequence in sequences])
    order = random.permutation(len(sequences))
    for start in range(0, len(order), POOL * BATCH):
        pool = order[start : start + POOL * BATCH]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        parts = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
        for k in random.permutation(len(parts)):
            x, mask = padded([sequences[row] for row in parts[k]])
            x += random.normal(0, NOISE, x.shape).astype(np.float32)
            yield x, labels[parts[k]], mask


def probabilities(network: Network, sequences: list[np.ndarray]) -> np.ndarray:
    """Return how probable each digit is for each recording, (recordings, 10)."""
    order = np.argsort([len(sequence) for sequence in sequences], kind="stable")
    result = np.empty((len(sequences), 10))
    for at in range(0, len(order), 64):
        rows = order[at : at + 64]
        result[rows] = softmax(network(*padded([sequences[row] for row in rows])))
    return result


def right(p: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of right answers."""
    return round(float(np.mean(p.argmax(axis=1) == labels)), 4)


def nats(p: np.ndarray, labels: np.ndarray) -> float:
    """Return the cross-entropy, in nats per recording."""
    return round(float(-np.log(p[np.arange(len(labels)), labels] + 1e-12).mean()), 4)


def train(
    kind: str,
    data: Recordings,
    held: Recordings,
    epochs: int = EPOCHS,
    progress: bool = True,
    seed: int = 0,
) -> Trained:
    """Return the network as it was after the epoch with the least loss on `held`.

    Parameters
    ----------
    kind : {"BiLSTM", "LSTM", "GRU"}
        Which layer reads the frames.
    data, held : Recordings
        What it learns from, and what its epochs are compared on.
    epochs : int
        How often it hears all of `data`.
    progress : bool
        Whether a bar is shown.
    seed : int
        For its first weights, the order of the recordings, and the noise.

    Returns
    -------
    Trained
        With ``loss`` on `data` during, ``nats`` and ``right`` on `held` after each epoch.
    """
    random = np.random.default_rng(seed)
    scaled = Scaled(data)
    sequences, waiting = scaled(data), scaled(held)
    network, optimizer = build(kind, random), Adam(LEARNING_RATE)
    steps = epochs * -(-len(data) // BATCH)
    history: dict[str, list[float]] = {"loss": [], "nats": [], "right": []}
    best = np.inf, network.weights
    paced = pacer(optimizer, steps, LEARNING_RATE, WARM_UP)
    with tqdm(total=epochs, unit="epoch", desc=f"{kind}, seed {seed}", disable=not progress) as bar:
        for _ in range(epochs):
            losses = fit_batches(
                network,
                paced(batches(sequences, data.labels, random)),
                loss=cross_entropy_on_logits,
                optimizer=optimizer,
                clip_norm=1.0,
                progress=False,
            ).loss
            p = probabilities(network, waiting)
            history["loss"].append(round(float(np.mean(losses)), 4))
            history["nats"].append(nats(p, held.labels))
            history["right"].append(right(p, held.labels))
            if history["nats"][-1] < best[0]:
                best = history["nats"][-1], network.weights
            bar.update()
            bar.set_postfix_str(f"{history['right'][-1]:.1%} right")
    network.weights = best[1]
    return Trained(network, history)
