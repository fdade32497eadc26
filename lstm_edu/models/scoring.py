"""How well a character model predicts plays that it never read, and what counting does there.

The unit is the nat per character: the mean of −ln p of the character that came. Divided by ln 2 it
is the bit per character.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lstm_edu.datasets import Play, Plays
from lstm_edu.datasets.signals import signals
from lstm_edu.datasets.windows import Windows, windows
from lstm_edu.exported import ExportedModel
from lstm_edu.models.ngrams import NGrams

BATCH = 32  # windows: the gates of all their steps then fit the processor's cache
ORDERS = 6


def losses(model: ExportedModel, stretches: Windows) -> np.ndarray:
    """Return −ln p of each target, (windows, length); each window is read from the zero state."""
    result = []
    for part in batches(stretches):
        _, p = model.run(part.inputs)
        result.append(minus_log(p, part.targets))
    return np.concatenate(result)


def batches(stretches: Windows) -> Iterator[Windows]:
    """Go through windows, a few at a time."""
    for start in range(0, len(stretches.inputs), BATCH):
        yield Windows(*(array[start : start + BATCH] for array in stretches))


def minus_log(p: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Return −ln p of the targets, (windows, length), from p of all characters."""
    return -np.log(np.take_along_axis(p, targets[..., None], -1)[..., 0])


def play_losses(model: ExportedModel, play: Play, window: int) -> np.ndarray:
    """Return −ln p of each character of a play but its first, in their order."""
    stretches = windows(play.text, "".join(model.vocabulary), window)
    return losses(model, stretches)[stretches.scored]


def network_scores(model: ExportedModel, plays: Plays, window: int) -> dict[str, object]:
    """Return nats per character on each split, on each test play, and on the parts of these.

    Parts are the speeches, the names of the speakers above them, and the stage directions: names of
    people whom the network has never met are the hardest, and no network could know them.
    """
    by_play = {play.name: play_losses(model, play, window) for play in plays}
    scores: dict[str, object] = {}
    for split in ("train", "validation", "test"):
        joined = np.concatenate([by_play[play.name] for play in plays.split(split)])
        scores[split] = round(float(joined.mean()), 6)
    test = plays.split("test")
    scores["test_plays"] = {p.name: round(float(by_play[p.name].mean()), 6) for p in test}
    joined = np.concatenate([by_play[play.name] for play in test])
    scores["test_parts"] = {
        name: {
            "nats": round(float(joined[where].mean()), 6),
            "share": round(float(where.mean()), 4),
        }
        for name, where in parts(test).items()
    }
    return scores


def parts(plays: tuple[Play, ...]) -> dict[str, np.ndarray]:
    """Return where in the plays, less the first character of each, there are speeches and so on."""
    found = [signals(play.text) for play in plays]
    names, directions = (
        np.concatenate([signal[name][1:] for signal in found]) > 0
        for name in ("speaker's name", "stage direction")
    )
    return {"speech": ~names & ~directions, "speakers": names, "directions": directions}


def count_ngrams(plays: Plays, orders: int = ORDERS) -> NGrams:
    """Return the n-grams up to an order, counted in the training plays."""
    training = plays.encode("".join(play.text for play in plays.split("train")))
    return NGrams(training, len(plays.alphabet), orders)


def ngram_scores(ngrams: NGrams, plays: Plays, split: str) -> dict[str, float]:
    """Return nats per character of n-grams on a split, by their order: ``"1"`` is the unigram."""
    held_out = [ngrams.nats(plays.encode(play.text)) for play in plays.split(split)]
    means = np.concatenate(held_out, axis=1).mean(axis=1)
    return {str(order): round(float(mean), 6) for order, mean in enumerate(means, start=1)}


def rounding_error(
    exact: ExportedModel, rounded: ExportedModel, stretches: Windows
) -> dict[str, float]:
    """Measure what rounding the weights changes, over all that is scored.

    Returns
    -------
    dict
        Greatest and mean |Δ| of the hidden states and of the probabilities, and the nats per
        character before and after.
    """
    characters = int(stretches.scored.sum())
    greatest, total, nats = np.zeros(2), np.zeros(2), np.zeros(2)
    for part in batches(stretches):
        (a, p), (b, q) = (model.run(part.inputs) for model in (exact, rounded))
        a, b = (list(traces.values())[-1].h for traces in (a, b))
        for k, difference in enumerate((a - b, p - q)):
            moved = np.abs(difference[part.scored])
            greatest[k] = max(greatest[k], moved.max())
            total[k] += moved.mean(axis=-1).sum()
        nats += [minus_log(x, part.targets)[part.scored].sum() for x in (p, q)]
    mean = total / characters
    return {
        "hidden_state_max": float(f"{greatest[0]:.3g}"),
        "hidden_state_mean": float(f"{mean[0]:.3g}"),
        "probability_max": float(f"{greatest[1]:.3g}"),
        "probability_mean": float(f"{mean[1]:.3g}"),
        "nats_before": round(float(nats[0]) / characters, 6),
        "nats_after": round(float(nats[1]) / characters, 6),
    }
