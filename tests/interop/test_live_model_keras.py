"""A Keras model goes into a LiveModel as it is."""

import doctest

import numpy as np
import pytest

from lstm_edu.figures import LiveModel, live_model
from lstm_edu.interop import keras


def test_the_documentation_holds():
    found = doctest.testmod(live_model)
    assert found.attempted > 5
    assert not found.failed


def test_a_reviewer_of_words():
    layers = keras().layers
    vectorise = layers.TextVectorization()
    vectorise.adapt(["a fine good film", "a bad, bad film!"])
    model = keras().Sequential(
        [
            keras().Input((), dtype="string"),
            vectorise,
            layers.Embedding(vectorise.vocabulary_size(), 4, mask_zero=True),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.GRU(3),
            layers.Dropout(0.2),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="My Reviewer!",
    )
    text = "A FINE film, they say; not bad."
    shown = LiveModel(model, labels=["bad", "good"], title="Reviewer", text=text)
    ours = shown.answer()
    theirs = keras().ops.convert_to_numpy(model(keras().ops.array([text], dtype="string")))
    np.testing.assert_allclose(ours, theirs[0], atol=1e-6)
    assert (shown.model["name"], shown.model["title"]) == ("my-reviewer", "Reviewer")
    assert [type(shown.run()).__name__, shown.time] == ["Trace", 6]


def test_what_cannot_run_in_a_page_is_refused_by_name():
    layers = keras().layers
    model = keras().Sequential(
        [
            layers.Input((None,), dtype="int32"),
            layers.Embedding(3, 4),
            layers.Conv1D(4, 2, name="conv"),
            layers.LSTM(3),
            layers.Dense(2, activation="softmax"),
        ]
    )
    with pytest.raises(ValueError, match=r"layer 'conv', a Conv1D, cannot be exported; a page can"):
        LiveModel(model, "abc")
