"""A small recorded training, for tests: two letters in turn, with a space here and there."""

import numpy as np

from lstm_edu import LSTM, Dense, Embedding, Network, fit
from lstm_edu.recorder import Recorder

VOCABULARY = "ab "
TEXTS = ["abab abab ab", "abab ab abab"]
OTHERS = ["ab abab abab", "ababab ab ab"]
SIGNALS = {"space": {"in": " "}, "place": {"since": " "}}


def network(units=5, seed=0):
    """Return an untrained network."""
    random = np.random.default_rng(seed)
    return Network(
        [
            Embedding.create(len(VOCABULARY), 3, seed=random),
            LSTM.create(3, units, seed=random),
            Dense.create(units, len(VOCABULARY), seed=random),
        ]
    )


def encoded(texts):
    """Return texts as numbers."""
    return np.array([[VOCABULARY.index(character) for character in text] for text in texts])


def learn(own, epochs=20, **options):
    """Train a network on the texts."""
    x = encoded(TEXTS)
    how = {"loss": "cross_entropy_on_logits", "epochs": epochs, "progress": False}
    return fit(own, x[:, :-1], x[:, 1:], **how, **options)


def recorder(own, steps=(0, 1, 5, 20), **options):
    """Return a recorder that has recorded a training."""
    recorded = Recorder(own, VOCABULARY, steps, name="small", title="Small", **options)
    learn(own, callback=recorded)
    return recorded


def recording(signals=True, rounded=True):
    """Return the run of a small training."""
    signals = SIGNALS if signals else None
    return recorder(network()).run(OTHERS, TEXTS, signals=signals, rounded=rounded)
