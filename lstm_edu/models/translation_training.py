"""How the book's translators are built, trained and asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from lstm_edu import Adam, packing
from lstm_edu.datasets.language_packs import Pairs, Translations
from lstm_edu.encoder_decoder import Batch, EncoderDecoder, smoothed
from lstm_edu.models.pace import pacer
from lstm_edu.pieces import source_pieces, target_pieces
from lstm_edu.training import fit_batches
from lstm_edu.translator import END, FORMAT, SPECIAL, UNKNOWN, Translator

#: Chinese is written by character, French by word.
UNIT = {"chinese": "character", "french": "word"}
TITLES = {"chinese": "English to Chinese", "french": "English to French"}
WIDTH, UNITS = 64, 64
#: What stands in the training texts less often is not known.
LEAST = 2
EPOCHS = 30
BATCH = 32
LEARNING_RATE = 5e-3
WARM_UP = 60  # batches
DROPOUT = 0.3
SMOOTHING = 0.1
#: The share of the source's words that are made unknown in training, so that it learns to copy.
HIDDEN = 0.05
#: Batches are made of sentences of like lengths, out of so many batches' worth at a time.
POOL = 10


@dataclass(frozen=True)
class Vocabularies:
    """Which tokens are known, on both sides, and how texts become numbers.

    Attributes
    ----------
    source, target : tuple of str
        By number; 0 is the unknown one, 1 the end.
    unit : {"character", "word"}
        What a piece of the target is.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    unit: str

    @classmethod
    def of(cls, pairs: Pairs, unit: str) -> Vocabularies:
        """Return those that stand in these texts at least twice, the most frequent first."""
        sides = (
            (piece.lower() for text in pairs.sources for piece in source_pieces(text)),
            (piece for text in pairs.targets for piece in target_pieces(text, unit)),
        )
        found = []
        for pieces in sides:
            counts = Counter(pieces)
            known = [piece for piece, count in counts.items() if count >= LEAST]
            found.append((*SPECIAL, *sorted(known, key=lambda p: (-counts[p], p))))
        return cls(*found, unit)

    def numbers(self, pairs: Pairs) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the tokens of each text and of its translation, with their ends."""
        source = {piece: k for k, piece in enumerate(self.source)}
        target = {piece: k for k, piece in enumerate(self.target)}
        found = []
        for text, translation in zip(pairs.sources, pairs.targets, strict=True):
            read = [source.get(piece.lower(), UNKNOWN) for piece in source_pieces(text)]
            write = [target.get(p, UNKNOWN) for p in target_pieces(translation, self.unit)]
            found.append((np.array([*read, END]), np.array([*write, END])))
        return found


class Trained(NamedTuple):
    """A network as it was after its best epoch, its vocabularies, and how its training went."""

    network: EncoderDecoder
    vocabularies: Vocabularies
    history: dict[str, list[float]]


def batch_of(numbers: list[tuple[np.ndarray, np.ndarray]]) -> tuple[Batch, np.ndarray]:
    """Return sentences side by side, and what is to be written: −1 after the end."""
    lengths = np.array([[len(read), len(write)] for read, write in numbers])
    sources, targets = (np.arange(n) < lengths[:, [k]] for k, n in enumerate(lengths.max(axis=0)))
    source = np.full(sources.shape, END)
    source[sources] = np.concatenate([read for read, _ in numbers])
    write = np.full(targets.shape, -1)
    write[targets] = np.concatenate([write for _, write in numbers])
    told = np.concatenate([np.full((len(write), 1), END), write[:, :-1]], axis=1)
    return Batch(source, sources, np.maximum(told, UNKNOWN)), write


def batches(
    numbers: list[tuple[np.ndarray, np.ndarray]], random: np.random.Generator
) -> Iterator[tuple[Batch, np.ndarray]]:
    """Yield all sentences once in random batches, those of like lengths together."""
    lengths = np.array([len(write) + len(read) / 100 for read, write in numbers])
    order = random.permutation(len(numbers))
    for start in range(0, len(order), POOL * BATCH):
        pool = order[start : start + POOL * BATCH]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        parts = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
        for k in random.permutation(len(parts)):
            batch, write = batch_of([numbers[row] for row in parts[k]])
            hidden = (random.random(batch.source.shape) < HIDDEN) & (batch.source != END)
            yield batch._replace(source=np.where(hidden, UNKNOWN, batch.source)), write


def nats(network: EncoderDecoder, numbers: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """Return the cross-entropy of held-out translations, in nats per token."""
    order = sorted(numbers, key=lambda pair: len(pair[1]))
    dropout, network.dropout = network.dropout, 0.0
    total, count, loss = 0.0, 0, smoothed(0.0)
    for at in range(0, len(order), 64):
        batch, write = batch_of(order[at : at + 64])
        tokens = int((write >= 0).sum())
        total += loss(network.forward(batch).output, write)[0] * tokens
        count += tokens
    network.dropout = dropout
    return round(total / count, 4)


def train(
    pairs: Pairs,
    held: Pairs,
    unit: str,
    epochs: int = EPOCHS,
    progress: bool = True,
    seed: int = 0,
) -> Trained:
    """Return the network as it was after the epoch with the least loss on `held`.

    Parameters
    ----------
    pairs, held : Pairs
        What it learns from, and what its epochs are compared on.
    unit : {"character", "word"}
        What it writes at a step.
    epochs : int
        How often it reads all of `pairs`.
    progress : bool
        Whether a bar is shown.
    seed : int
        For its first weights, the order of the texts, and what is dropped.

    Returns
    -------
    Trained
        With ``loss`` on `pairs` during, ``nats`` on `held` after each epoch.
    """
    random = np.random.default_rng(seed)
    vocabularies = Vocabularies.of(pairs, unit)
    numbers, waiting = vocabularies.numbers(pairs), vocabularies.numbers(held)
    network = EncoderDecoder.create(
        len(vocabularies.source), len(vocabularies.target), WIDTH, UNITS, seed=random
    )
    network.dropout, network.random = DROPOUT, random
    optimizer = Adam(LEARNING_RATE)
    steps = epochs * sum(1 for _ in batches(numbers, np.random.default_rng(0)))
    history: dict[str, list[float]] = {"loss": [], "nats": []}
    best = np.inf, network.weights
    paced = pacer(optimizer, steps, LEARNING_RATE, WARM_UP)
    with tqdm(total=epochs, unit="epoch", desc=f"seed {seed}", disable=not progress) as bar:
        for _ in range(epochs):
            losses = fit_batches(
                network,
                paced(batches(numbers, random)),
                loss=smoothed(SMOOTHING),
                optimizer=optimizer,
                clip_norm=1.0,
                progress=False,
            ).loss
            history["loss"].append(round(float(np.mean(losses)), 4))
            history["nats"].append(nats(network, waiting))
            if history["nats"][-1] < best[0]:
                best = history["nats"][-1], network.weights
            bar.update()
            bar.set_postfix_str(f"{history['nats'][-1]:.3f} nats")
    network.weights = best[1]
    return Trained(network, vocabularies, history)


def export(trained: Trained, language: str) -> Translator:
    """Return a trained network as it travels, with its weights as they are."""
    network, vocabularies, _ = trained

    def weights(params) -> dict:
        return {name: packing.pack(array) for name, array in params._asdict().items()}

    def lstm(name: str, layer, backwards: bool = False) -> dict:
        return {
            **{"type": "LSTM", "name": name, "weights": weights(layer.params)},
            **{"activation": "tanh", "recurrent_activation": "sigmoid"},
            **{"return_sequences": True, "go_backwards": backwards},
        }

    halves = {
        "forward": lstm("forward", network.there),
        "backward": lstm("backward", network.back, backwards=True),
    }
    return Translator(
        {
            "format": FORMAT,
            "name": f"translation_{language}",
            "title": TITLES[language],
            "language": language,
            "unit": vocabularies.unit,
            "source": list(vocabularies.source),
            "target": list(vocabularies.target),
            "layers": [
                {"type": "Embedding", "name": "source", "weights": weights(network.source.params)},
                {"type": "Bidirectional", "name": "encoder", "merge_mode": "concat"} | halves,
                {"type": "Embedding", "name": "target", "weights": weights(network.target.params)},
                lstm("decoder", network.decoder),
                {
                    "type": "Attention",
                    "name": "attention",
                    "weights": {"score": packing.pack(network.score)},
                },
                {
                    "type": "Dense",
                    "name": "combine",
                    "activation": "tanh",
                    "weights": weights(network.combine.params),
                },
                {
                    "type": "Dense",
                    "name": "output",
                    "activation": "softmax",
                    "weights": {"bias": packing.pack(network.bias)},
                },
            ],
        }
    )


def translated(data: Translations, trained: Trained, part: str, beam: int = 1) -> list[str]:
    """Return what a trained network makes of the sources of a part."""
    translator = export(trained, data.language)
    return [translator(text, beam).text for text in getattr(data, part).sources]
