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


@pytest.mark.parametrize("case", ["one layer", "two layers", "no biases", "other activations"])
def test_an_exported_model_predicts_what_keras_predicts(case, tmp_path):
    middle = {
        "one layer": lambda: [lstm()],
        "two layers": lambda: [lstm(), lstm(name="upper")],
        "no biases": lambda: [lstm(use_bias=False)],
        "other activations": lambda: [lstm(activation="relu", recurrent_activation="hard_sigmoid")],
    }[case]()
    model = build(*middle, use_bias=case != "no biases")
    model.set_weights(
        [np.random.default_rng(k).normal(size=w.shape) for k, w in enumerate(model.get_weights())]
    )
    small = export(model, VOCABULARY, name="small", title="Small")
    small.save(tmp_path / "small.json")
    text = "a bad é\ncab"
    expected = model.predict(small.encode(text)[None].astype("int32"), verbose=0)[0]
    found = exported.read(tmp_path / "small.json").probabilities(text)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
    assert list(small.lstms) == [layer.name for layer in middle]


@pytest.mark.parametrize(
    ("middle", "message"),
    [
        (lambda: [lstm(return_sequences=True, go_backwards=True)], "layer 'lstm', a LSTM"),
        (lambda: [keras().layers.GRU(4, return_sequences=True, name="gru")], "layer 'gru', a GRU"),
        (
            lambda: [keras().layers.Bidirectional(lstm(), name="both")],
            "layer 'both', a Bidirectional",
        ),
        (lambda: [lstm(activation="gelu")], "layer 'lstm' cannot be read: .*gelu"),
        (lambda: [], "layers are Embedding, Dense"),
    ],
)
def test_a_layer_without_a_word_in_the_format_is_refused_by_name(middle, message):
    with pytest.raises(ValueError, match=message):
        export(build(*middle()), VOCABULARY, name="small", title="Small")


def test_an_output_that_is_no_softmax_is_refused():
    with pytest.raises(ValueError, match="layer 'next', a Dense, cannot be exported"):
        export(build(lstm(), activation="sigmoid"), VOCABULARY, name="small", title="Small")


@pytest.mark.parametrize(
    ("vocabulary", "message"),
    [
        ("\n abcdd", "expected single characters, each once"),
        (["a", "b", "c", "d", "e", "f", "gh"], "expected single characters"),
        ("abc", r"embeddings of 'embedding' has shape \(7, 3\); expected \(3, "),
    ],
)
def test_a_vocabulary_that_does_not_fit_is_refused(vocabulary, message):
    with pytest.raises(ValueError, match=message):
        export(build(lstm()), vocabulary, name="small", title="Small")


def test_something_else_than_a_sequential_is_refused():
    with pytest.raises(TypeError, match=r"model is a list; expected a keras\.Sequential"):
        export([], VOCABULARY, name="small", title="Small")
