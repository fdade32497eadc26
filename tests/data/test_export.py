import numpy as np
import pytest

from lstm_edu import exported
from lstm_edu.export import export
from lstm_edu.interop import keras

VOCABULARY = "\n abcdé"


def build(*middle, **dense):
    """An untrained model with the given layers between Embedding and Dense."""
    layers = keras().layers
    return keras().Sequential(
        [
            layers.Input((None,), dtype="int32"),
            layers.Embedding(len(VOCABULARY), 3, name="embedding"),
            *middle,
            layers.Dense(len(VOCABULARY), **{"activation": "softmax", "name": "next", **dense}),
        ]
    )


def lstm(**options):
    return keras().layers.LSTM(4, **{"return_sequences": True, "name": "lstm", **options})


def random_weights(model, scale=1.0):
    """Weights that reach into the bends of the activations."""
    random = np.random.default_rng(0)
    shapes = [weights.shape for weights in model.get_weights()]
    model.set_weights([scale * random.normal(size=shape) for shape in shapes])
    return model


@pytest.mark.parametrize("case", ["one layer", "two layers", "no biases", "other activations"])
def test_an_exported_model_predicts_what_keras_predicts(case, tmp_path):
    middle = {
        "one layer": lambda: [lstm()],
        "two layers": lambda: [lstm(), lstm(name="upper")],
        "no biases": lambda: [lstm(use_bias=False)],
        "other activations": lambda: [lstm(activation="relu", recurrent_activation="hard_sigmoid")],
    }[case]()
    model = build(*middle, use_bias=case != "no biases")
    random_weights(model)
    small = export(model, VOCABULARY, name="small", title="Small")
    small.save(tmp_path / "small.json")
    text = "a bad é\ncab"
    expected = model.predict(small.encode(text)[None].astype("int32"), verbose=0)[0]
    found = exported.read(tmp_path / "small.json").probabilities(text)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
    assert list(small.lstms) == [layer.name for layer in middle]


def gru(**options):
    return keras().layers.GRU(4, **{"return_sequences": True, "name": "gru", **options})


def bidirectional(half, **options):
    return keras().layers.Bidirectional(half, name="both", **options)


#: Stacks between Embedding and Dense, and what the Dense is.
STACKS = {
    "gru": lambda: ([gru()], {}),
    "gru, reset first": lambda: ([gru(reset_after=False)], {}),
    "gru without biases": lambda: ([gru(use_bias=False)], {}),
    "concat": lambda: ([bidirectional(lstm())], {"units": 3}),
    "sum": lambda: ([bidirectional(gru(), merge_mode="sum"), lstm()], {"units": 3}),
    "mul": lambda: ([bidirectional(lstm(), merge_mode="mul")], {"units": 2, "activation": "relu"}),
    "ave": lambda: (
        [bidirectional(gru(reset_after=False, return_sequences=False), merge_mode="ave")],
        {"units": 2, "activation": "sigmoid"},
    ),
    "both at their ends": lambda: (
        [lstm(name="below"), bidirectional(lstm(return_sequences=False))],
        {"units": 1, "activation": "linear"},
    ),
    "last step": lambda: ([lstm(return_sequences=False)], {"units": 3}),
    "mean": lambda: (
        [gru(), keras().layers.GlobalAveragePooling1D(name="mean")],
        {"units": 1, "activation": "sigmoid"},
    ),
    "hidden layers": lambda: (
        [
            lstm(return_sequences=False),
            keras().layers.Dropout(0.5),
            keras().layers.Dense(5, activation="relu", name="hidden"),
        ],
        {"units": 4},
    ),
    "dense at each step": lambda: (
        [lstm(), keras().layers.TimeDistributed(keras().layers.Dense(5, activation="tanh"))],
        {},
    ),
}


@pytest.mark.parametrize("case", STACKS)
def test_every_stack_says_what_keras_says(case):
    middle, dense = STACKS[case]()
    layers = keras().layers
    units = dense.pop("units", len(VOCABULARY))
    model = keras().Sequential(
        [
            layers.Input((None,), dtype="int32"),
            layers.Embedding(len(VOCABULARY), 3, name="embedding"),
            *middle,
            layers.Dense(units, **{"activation": "softmax", "name": "says", **dense}),
        ]
    )
    small = export(random_weights(model), VOCABULARY, name="small", title="Small")
    ids = np.stack([small.encode("a bad é\ncab"), small.encode("bad dé\ncaba")])
    expected = model.predict(ids.astype("int32"), verbose=0)
    _, found = small.run(ids)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    # What it says so far is what Keras says of the text so far.
    answers = small.answers("a bad é\ncab")
    assert answers.shape == (11, units)
    if small.task == "text":
        expected = [model.predict(ids[:1, : t + 1].astype("int32"), verbose=0)[0] for t in (0, 5)]
        np.testing.assert_allclose(answers[[0, 5]], expected, rtol=1e-5, atol=1e-5)


def test_a_mask_is_heeded_by_reading_texts_as_they_are():
    layers = keras().layers
    model = keras().Sequential(
        [
            layers.Input((None,), dtype="int32"),
            layers.Embedding(5, 3, mask_zero=True),
            layers.Bidirectional(layers.LSTM(4)),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    small = export(random_weights(model), ["", "a", "b", "c", "d"], name="s", title="S")
    ids = small.encode("abba cd".replace(" ", ""))
    padded = np.concatenate([ids, np.zeros(5, int)])[None].astype("int32")
    expected = model.predict(padded, verbose=0)[0]
    np.testing.assert_allclose(small.run(ids[None])[1][0], expected, atol=1e-6)
    with pytest.raises(ValueError, match="ids holds 0; expected integers from 1 to 4"):
        small.run(padded.astype(int))


def test_numbers_are_read_as_keras_reads_them():
    layers = keras().layers
    inputs = keras().Input((None, 2))
    lower = layers.LSTM(4, return_sequences=True)(inputs)
    model = keras().Model(inputs, layers.Dense(3)(layers.LSTM(5)(layers.Dropout(0.3)(lower))))
    names = ["now", "1 h", "2 h"]
    small = export(
        random_weights(model), features=["demand", "hour"], labels=names, name="s", title="S"
    )
    x = np.random.default_rng(1).normal(size=(2, 7, 2)).astype(np.float32)
    np.testing.assert_allclose(small.run(x)[1], model.predict(x, verbose=0), atol=1e-5)
    assert (small.task, small.labels) == ("text", tuple(names))
    assert repr(small) == "ExportedModel('s', LSTM(4 + 5), 2 numbers, 3 labels, 330 weights)"
    with pytest.raises(TypeError, match="'s' reads numbers, demand, hour; not a text"):
        small.encode("ab")


def test_words_are_those_of_keras_own_layer():
    layers = keras().layers
    vectorise = layers.TextVectorization()
    vectorise.adapt(["The cat sat.", "Über the cat, don't!", "a  b\tc"])
    model = keras().Sequential(
        [
            keras().Input((), dtype="string"),
            vectorise,
            layers.Embedding(vectorise.vocabulary_size(), 3, mask_zero=True),
            layers.GRU(4),
            layers.Dense(2, activation="softmax"),
        ]
    )
    small = export(random_weights(model), labels=["no", "yes"], name="small", title="Small")
    assert (small.unit, small.text.unknown, small.task) == ("word", 1, "text")
    for text in ["THE  Cat; (sat)\n über Über dont", " don't -- a.b c\u00a0d ÄH"]:
        ids = keras().ops.convert_to_numpy(vectorise([text]))
        np.testing.assert_array_equal(small.encode(text), ids[0])
        expected = keras().ops.convert_to_numpy(model(keras().ops.array([text], dtype="string")))
        np.testing.assert_allclose(small.answers(text)[-1:], expected, atol=1e-6)


@pytest.mark.parametrize(
    ("words", "standardize", "unknown"),
    [
        (["", "[UNK]", "the", "cat"], "lower_and_strip_punctuation", 1),
        (["the", "don't"], "lower", None),
        (["The", "cat", "<oov>"], "strip_punctuation", 2),
        (["The", "cat", "."], None, None),
    ],
)
def test_a_list_of_words_is_standardised_so_that_its_words_are_found(words, standardize, unknown):
    layers = keras().layers
    model = keras().Sequential(
        [
            layers.Input((None,), dtype="int32"),
            layers.Embedding(len(words), 2),
            layers.LSTM(2),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    small = export(model, words, name="small", title="Small", labels=["bad", "good"])
    assert (small.text.standardize, small.text.unknown) == (standardize, unknown)
    for word in words:
        if word not in ("", "[UNK]", "<oov>"):
            assert small.vocabulary[small.encode(word)[0]] == word


@pytest.mark.parametrize(
    ("middle", "message"),
    [
        (lambda: [lstm(go_backwards=True)], "layer 'lstm', a LSTM, cannot be exported"),
        (
            lambda: [lstm(), keras().layers.LayerNormalization(name="norm")],
            "layer 'norm', a LayerNormalization, .* a page can run: .*interop.trace",
        ),
        (lambda: [keras().layers.SimpleRNN(4, name="rnn")], "layer 'rnn', a SimpleRNN"),
        (
            lambda: [keras().layers.Bidirectional(keras().layers.SimpleRNN(4), name="both")],
            "layer 'both', a Bidirectional",
        ),
        (lambda: [lstm(activation="gelu")], "layer 'lstm' cannot be read: .*gelu"),
        (lambda: [], "layers are Embedding, Dense"),
        (
            lambda: [lstm(), keras().layers.Dense(3, activation="gelu", name="hidden")],
            "layer 'hidden', a Dense with gelu, cannot",
        ),
        (
            lambda: [keras().layers.Dense(3, name="early"), lstm()],
            "layers are Embedding, Dense, LSTM, Dense",
        ),
    ],
)
def test_a_layer_without_a_word_in_the_format_is_refused_by_name(middle, message):
    with pytest.raises(ValueError, match=message):
        export(build(*middle()), VOCABULARY, name="small", title="Small")


def test_a_model_that_branches_is_refused():
    layers = keras().layers
    inputs = keras().Input((None,), dtype="int32")
    x = layers.Embedding(7, 3)(inputs)
    x = layers.Add(name="joined")([layers.LSTM(4)(x), layers.GRU(4)(x)])
    model = keras().Model(inputs, layers.Dense(2, activation="softmax")(x))
    with pytest.raises(ValueError, match=r"does not follow upon .* alone; a page can run"):
        export(model, VOCABULARY, name="small", title="Small")


def test_weights_that_are_no_numbers_are_refused():
    model = build(lstm())
    weights = model.get_weights()
    weights[0][1, 1] = np.nan
    model.set_weights(weights)
    with pytest.raises(ValueError, match=r"embeddings of layer 'embedding' holds nan"):
        export(model, VOCABULARY, name="small", title="Small")


@pytest.mark.parametrize(
    ("vocabulary", "message"),
    [
        ("\n abcdd", "expected single characters, each once"),
        (["a", "b", "c", "d", "e", "f", "f"], "expected single characters, each once"),
        (None, "vocabulary is None; give the tokens"),
        ("abc", r"embeddings of 'embedding' has shape \(7, 3\); expected \(3, "),
    ],
)
def test_a_vocabulary_that_does_not_fit_is_refused(vocabulary, message):
    with pytest.raises(ValueError, match=message):
        export(build(lstm()), vocabulary, name="small", title="Small")


def test_something_else_than_a_sequential_is_refused():
    with pytest.raises(TypeError, match=r"model is a list; expected a keras\.Sequential"):
        export([], VOCABULARY, name="small", title="Small")
