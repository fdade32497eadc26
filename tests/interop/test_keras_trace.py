"""`trace` against what Keras' own layers are given and return, in models of every shape."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras_models import close, layers, listening, numbers, randomized, sentences, sequential

from lstm_edu import Trace
from lstm_edu.interop import keras, trace


def agrees(model, x, where, tolerance=1e-6, **call):
    """Trace `model`, and hold each trace against Keras.

    `where` gives the layer for each name that is expected, or (layer, number of the call).
    """
    with listening(model) as heard:
        model(x, training=False, **call)
    traces = trace(model, x, **call)
    assert list(traces) == list(where)
    for name, layer in where.items():
        layer, number = layer if isinstance(layer, tuple) else (layer, 1)
        sequences, result = heard[id(layer)][number - 1]
        record = traces[name]
        assert isinstance(record, Trace)
        assert record.layer == name
        step = -1 if layer.go_backwards else 1
        assert (name in traces.backwards) == layer.go_backwards
        close(record.x[:, ::step], sequences, tolerance)
        output = result[0] if layer.return_state else result
        if not layer.return_sequences:
            shown = record.h[:, -1]
        elif record.mask is None:
            shown = record.h
        elif layer.zero_output_for_mask:
            shown = np.where(record.mask[:, :, None], record.h, np.float32(0))
        else:
            counted = np.logical_or.accumulate(record.mask, axis=1)[:, :, None]
            shown = np.where(counted, record.h, np.float32(0))
        close(shown, output, tolerance)
        if layer.return_state:
            close(record.h[:, -1], result[1], tolerance)
            close(record.c[:, -1], result[2], tolerance)
    return traces


def test_one_layer():
    model = sequential(layers().LSTM(4, name="lstm"), layers().Dense(2))
    x = numbers()
    traces = agrees(model, x, {"lstm": model.layers[0]})
    record = traces["lstm"]
    assert record.i.shape == record.f.shape == (3, 6, 4)
    close(record.c, record.f * record.c_previous + record.i * record.g)
    close(record.h, record.o * np.tanh(record.c))
    close(model.layers[-1](record.h[:, -1]), model(x))


def test_stacked_with_and_without_sequences():
    model = sequential(
        layers().LSTM(4, return_sequences=True, name="lower"),
        layers().LSTM(3, return_sequences=True, name="middle"),
        layers().LSTM(2, name="upper"),
    )
    traces = agrees(model, numbers(), {la.name: la for la in model.layers})
    close(traces["middle"].x, traces["lower"].h)


@pytest.mark.parametrize("merge_mode", ["concat", "sum", "mul", "ave"])
@pytest.mark.parametrize("return_sequences", [True, False])
def test_bidirectional(merge_mode, return_sequences):
    both = layers().Bidirectional(
        layers().LSTM(4, return_sequences=return_sequences), merge_mode=merge_mode, name="both"
    )
    model = sequential(both, layers().Dense(2))
    x = numbers()
    traces = agrees(
        model, x, {"both/forward": both.forward_layer, "both/backward": both.backward_layer}
    )
    assert traces.backwards == {"both/backward"}
    assert traces["both"].backwards == {"backward"}
    close(traces["both"]["backward"].x, x[:, ::-1])


def test_bidirectional_with_a_backward_layer_of_its_own():
    both = layers().Bidirectional(
        layers().LSTM(4, go_backwards=True),
        backward_layer=layers().LSTM(2, activation="softsign"),
        name="both",
    )
    traces = agrees(
        sequential(both),
        numbers(),
        {"both/forward": both.forward_layer, "both/backward": both.backward_layer},
    )
    assert traces.backwards == {"both/forward"}


@pytest.mark.parametrize("unroll", [False, True])
def test_masked_by_an_embedding(unroll):
    both = layers().Bidirectional(
        layers().LSTM(3, return_sequences=True, unroll=unroll), name="both"
    )
    model = sequential(
        layers().Embedding(20, 5, mask_zero=True),
        layers().LSTM(4, return_sequences=True, unroll=unroll, name="lower"),
        both,
        layers().LSTM(2, go_backwards=True, unroll=unroll, name="upper"),
        shape=(6,),
        dtype="int32",
    )
    x = sentences()
    where = {
        "lower": model.layers[1],
        "both/forward": both.forward_layer,
        "both/backward": both.backward_layer,
        "upper": model.layers[3],
    }
    if not unroll:
        traces = agrees(model, x, where)
    else:  # where Keras looks the mask up in two orders, only the end result can be compared
        traces = trace(model, x)
        close(traces["upper"].h[:, -1], model(x))
    np.testing.assert_array_equal(traces["lower"].mask, x != 0)
    np.testing.assert_array_equal(traces["upper"].mask, (x != 0)[:, ::-1])


@pytest.mark.parametrize("zero_output_for_mask", [False, True])
def test_masked_from_the_first_step_on(zero_output_for_mask):
    model = sequential(
        layers().Masking(mask_value=0.0),
        layers().LSTM(
            4, return_sequences=True, zero_output_for_mask=zero_output_for_mask, name="lower"
        ),
        layers().LSTM(2, return_state=True, name="upper"),
    )
    x = numbers()
    x[0, :3] = 0.0
    x[1, 2:5] = 0.0
    x[2] = 0.0
    traces = agrees(model, x, {"lower": model.layers[1], "upper": model.layers[2]})
    assert not traces["lower"].mask[2].any()


@pytest.mark.parametrize(
    "options",
    [
        {"use_bias": False},
        {"unit_forget_bias": False},
        {"activation": "relu"},
        {"activation": None, "recurrent_activation": "hard_sigmoid"},
        {"activation": "softsign", "recurrent_activation": "tanh"},
        {"dropout": 0.5, "recurrent_dropout": 0.5, "seed": 1},
        {"implementation": 1},
        {"unroll": True},
        {"go_backwards": True},
        {"return_state": True},
        {"kernel_constraint": "max_norm", "activity_regularizer": "l2"},
        {"trainable": False},
    ],
    ids=str,
)
def test_options(options):
    model = sequential(layers().LSTM(4, name="lstm", **options), shape=(6, 3))
    agrees(model, numbers(), {"lstm": model.layers[0]})


def test_float64_in_float64_out():
    model = sequential(
        layers().LSTM(4, return_sequences=True, dtype="float64", name="lower"),
        layers().LSTM(2, dtype="float64", name="upper"),
        dtype="float64",
    )
    x = numbers(dtype="float64")
    traces = agrees(model, x, {"lower": model.layers[0], "upper": model.layers[1]}, 1e-13)
    assert traces["upper"].dtype == np.float64


def test_rnn_around_a_cell():
    layer = layers().RNN(layers().LSTMCell(4), return_sequences=True, name="rnn")
    agrees(sequential(layer), numbers(), {"rnn": layer})


def test_a_layer_by_itself_with_states_and_mask():
    layer = layers().LSTM(4, return_sequences=True, return_state=True, name="alone")
    layer.build((None, None, 3))
    rng = np.random.default_rng(1)
    states = list(rng.normal(size=(2, 3, 4)).astype("float32"))
    mask = rng.random((3, 6)) < 0.5
    traces = agrees(layer, numbers(), {"alone": layer}, initial_state=states, mask=mask)
    np.testing.assert_array_equal(traces["alone"].c0, states[1])


def test_nested_models():
    k = keras()
    deep = sequential(layers().LSTM(4, return_sequences=True, name="lstm"), name="deep")
    inner = sequential(deep, layers().LSTM(3, return_sequences=True, name="lstm"), name="inner")
    inputs = k.Input((None, 3))
    outputs = layers().LSTM(2, name="lstm")(inner(inputs))
    model = randomized(k.Model(inputs, outputs))
    traces = agrees(
        model,
        numbers(),
        {
            "inner/deep/lstm": deep.layers[0],
            "inner/lstm": inner.layers[1],
            "lstm": model.layers[-1],
        },
    )
    assert list(traces["inner"]) == ["deep/lstm", "lstm"]
    assert traces["inner"]["deep"]["lstm"] is traces["inner/deep/lstm"]


def test_encoder_and_decoder():
    k = keras()
    source, target = k.Input((None, 3)), k.Input((None, 2))
    encoder = layers().LSTM(4, return_state=True, name="encoder")
    decoder = layers().LSTM(4, return_sequences=True, name="decoder")
    _, h, c = encoder(source)
    model = randomized(k.Model([source, target], decoder(target, initial_state=[h, c])))
    x = [numbers(), numbers(time=4, features=2)]
    traces = agrees(model, x, {"encoder": encoder, "decoder": decoder})
    close(traces["decoder"].h0, traces["encoder"].h[:, -1])
    close(traces["decoder"].c0, traces["encoder"].c[:, -1])


def test_a_layer_that_two_inputs_share():
    k = keras()
    shared = layers().LSTM(4, name="shared")
    inputs = {"left": k.Input((None, 3), name="left"), "right": k.Input((None, 3), name="right")}
    outputs = layers().Subtract()([shared(inputs["left"]), shared(inputs["right"])])
    model = randomized(k.Model(inputs, outputs))
    x = {"left": numbers(seed=1), "right": numbers(seed=2)}
    agrees(model, x, {"shared/call_1": (shared, 1), "shared/call_2": (shared, 2)})


def test_time_distributed():
    lstm = layers().LSTM(4, name="lstm")
    model = sequential(layers().TimeDistributed(lstm, name="each"), shape=(2, 6, 3))
    x = np.stack([numbers(seed=1), numbers(seed=2)], axis=1)
    agrees(model, x, {"each/lstm/call_1": (lstm, 1), "each/lstm/call_2": (lstm, 2)})


def test_a_model_written_as_a_class():
    class Tagger(keras().Model):
        def __init__(self):
            super().__init__()
            self.stack = [layers().LSTM(4, return_sequences=True, name=n) for n in ("one", "two")]
            self.parts = {"head": Head()}

        def call(self, x):
            for layer in self.stack:
                x = layer(x)
            return self.parts["head"](x)

    class Head(layers().Layer):
        def __init__(self):
            super().__init__(name="head")
            self.lstm = layers().LSTM(2, name="last")

        def build(self, shape):
            self.lstm.build(shape)

        def call(self, x):
            return self.lstm(x)

    model = Tagger()
    model(numbers())
    one, two = model.stack
    agrees(model, numbers(), {"one": one, "two": two, "head/last": model.parts["head"].lstm})


def test_beside_other_recurrent_layers():
    model = sequential(
        layers().GRU(5, return_sequences=True, dropout=0.3, seed=3),
        layers().BatchNormalization(),
        layers().Conv1D(4, 3),
        layers().LSTM(4, name="lstm"),
    )
    traces = agrees(model, numbers(), {"lstm": model.layers[-1]})
    assert traces["lstm"].shape == (3, 4, 4)


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(
    batch=st.integers(1, 3),
    time=st.integers(1, 5),
    masked=st.booleans(),
    dtype=st.sampled_from(["float32", "float64"]),
    stack=st.lists(
        st.tuples(st.integers(1, 4), st.booleans(), st.booleans(), st.booleans()),
        min_size=1,
        max_size=3,
    ),
    seed=st.integers(0, 2**31),
)
def test_random_stacks(batch, time, masked, dtype, stack, seed):
    where, built = {}, [layers().Masking(0.0, dtype=dtype)] if masked else []
    for number, (units, both, go_backwards, use_bias) in enumerate(stack):
        name = f"layer{number}"
        layer = layers().LSTM(
            units,
            return_sequences=number < len(stack) - 1,
            go_backwards=go_backwards and not both,
            use_bias=use_bias,
            dtype=dtype,
            name=name,
        )
        if both:
            layer = layers().Bidirectional(layer, name=name, dtype=dtype)
            where[f"{name}/forward"] = layer.forward_layer
            where[f"{name}/backward"] = layer.backward_layer
        else:
            where[name] = layer
        built.append(layer)
    model = randomized(sequential(*built, dtype=dtype), seed)
    x = numbers(batch, time, dtype=dtype, seed=seed)
    if masked:
        x[np.random.default_rng(seed).random((batch, time)) < 0.4] = 0.0
    agrees(model, x, where, 1e-6 if dtype == "float32" else 1e-12)
