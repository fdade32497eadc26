"""Snapshots of a training by Keras."""

import numpy as np
import pytest

from lstm_edu import packing
from lstm_edu.interop import keras, recorder

VOCABULARY = "ab "
TEXTS = ["abab abab ab", "abab ab abab", "ab abab abab", "ababab ab ab"]
X = np.array([[VOCABULARY.index(character) for character in text] for text in TEXTS], "int32")


def build(**lstm):
    layers = keras().layers
    keras().utils.set_random_seed(0)
    model = keras().Sequential(
        [
            layers.Input((None,), dtype="int32"),
            layers.Embedding(3, 2),
            layers.LSTM(4, **{"return_sequences": True, **lstm}),
            layers.LSTM(3, return_sequences=True),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", jit_compile=False)
    return model


def train(model, *callbacks, epochs=2):
    model.fit(
        *(X[:, :-1], X[:, 1:]),
        batch_size=2,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=list(callbacks),
    )


def test_a_snapshot_has_the_very_weights_of_its_step():
    model, recorded, seen = build(), recorder(VOCABULARY, [0, 1, 3]), []
    look = keras().callbacks.LambdaCallback(
        on_train_begin=lambda logs: seen.append(model.get_weights()),
        on_train_batch_end=lambda batch, logs: seen.append(model.get_weights()),
    )
    train(model, recorded, look)
    run = recorded.run(TEXTS[:2], TEXTS[2:], signals={"space": {"in": " "}}, rounded=False)
    assert run.steps == (0, 1, 3, 4)
    for snapshot, step in enumerate(run.steps):
        weights = run.to_dict()["snapshots"][snapshot]["weights"]
        found = [packing.unpack(tensor) for layer in weights for tensor in layer.values()]
        for own, expected in zip(found, seen[step], strict=True):
            np.testing.assert_array_equal(own, expected.astype(np.float64))
    np.testing.assert_allclose(run.model(-1).run(X)[1], model.predict(X, verbose=0), atol=1e-5)
    assert run.correlation.shape == (6, 4, 1, 4)
    assert set(run.losses) == {"training", "validation"}


def test_a_second_fit_counts_on():
    model, recorded = build(), recorder(VOCABULARY, [0, 3])
    train(model, recorded, epochs=1)
    train(model, recorded, epochs=1)
    assert recorded.run(TEXTS).steps == (0, 2, 3, 4)


def test_a_model_that_cannot_be_exported_is_refused_when_the_training_begins():
    layers = keras().layers
    other = keras().Sequential(
        [
            layers.Input((None,), dtype="int32"),
            layers.Embedding(3, 2),
            layers.GRU(4, return_sequences=True),
            layers.Dense(3, activation="softmax"),
        ]
    )
    other.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    with pytest.raises(ValueError, match="GRU"):
        train(other, recorder(VOCABULARY, [0]))


def test_before_the_training_there_is_nothing():
    with pytest.raises(ValueError, match="nothing has been recorded yet"):
        recorder(VOCABULARY, [0]).run(TEXTS)
