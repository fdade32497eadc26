"""`LSTM` against Keras' own layer: outputs, states and every gradient, on random configurations."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lstm_edu import GRU, LSTM, RNN, ResetFirstGRU
from lstm_edu.interop import from_keras, keras, to_keras

REPRODUCIBLE = {"deadline": None, "derandomize": True, "database": None}

ON_OUTPUTS = {"float32": 1e-6, "float64": 1e-12}
ON_GRADIENTS = {"float32": 1e-5, "float64": 1e-10}  # of the largest entry
UNBOUNDED = ("linear", "relu", "elu")


@dataclass(frozen=True)
class Configuration:
    batch: int = 2
    time: int = 5
    input_dim: int = 3
    units: int = 4
    dtype: str = "float32"
    activation: str = "tanh"
    recurrent_activation: str = "sigmoid"
    use_bias: bool = True
    unit_forget_bias: bool = True
    go_backwards: bool = False
    unroll: bool = False
    mask: str = "none"
    initial_state: bool = True
    zero_output_for_mask: bool = False
    seed: int = 0

    def draw(self):
        """Return x, mask, [h0, c0]: arrays, or None."""
        rng = np.random.default_rng(self.seed)
        x = rng.normal(size=(self.batch, self.time, self.input_dim)).astype(self.dtype)
        size = (self.batch, self.time)
        lengths = rng.integers(0, self.time + 1, (self.batch, 1))
        mask = {
            "none": None,
            "padded right": np.arange(self.time) < lengths,
            "padded left": np.arange(self.time) >= lengths,
            "scattered": rng.random(size) < 0.6,
            "all": np.zeros(size, bool),
        }[self.mask]
        states = rng.uniform(-1, 1, (2, self.batch, self.units)).astype(self.dtype)
        return x, mask, list(states) if self.initial_state else None


configurations = st.builds(
    Configuration,
    batch=st.integers(1, 4),
    time=st.integers(1, 7),
    input_dim=st.integers(1, 5),
    units=st.integers(1, 6),
    dtype=st.sampled_from(["float32", "float64"]),
    activation=st.sampled_from(["tanh", "tanh", "softsign", "relu", "elu", "linear", "sigmoid"]),
    recurrent_activation=st.sampled_from(["sigmoid", "sigmoid", "hard_sigmoid", "tanh"]),
    use_bias=st.booleans(),
    unit_forget_bias=st.booleans(),
    go_backwards=st.booleans(),
    unroll=st.booleans(),
    mask=st.sampled_from(["none", "padded right", "padded left", "scattered", "all"]),
    initial_state=st.booleans(),
    zero_output_for_mask=st.booleans(),
    seed=st.integers(0, 2**31),
)


def built(layer, input_dim, seed, scale=0.6):
    """Build a Keras layer and give it weights with no zeros, in the place of its initial ones."""
    rng = np.random.default_rng(seed)
    layer.build((None, None, input_dim))
    layer.set_weights(
        [rng.normal(0, scale, w.shape) + w * (w.ndim == 1) for w in layer.get_weights()]
    )
    return layer


def close(actual, expected, tolerance, *, relative):
    """|Δ| at most `tolerance`, or so much of the largest entry (of 1, if that is smaller)."""
    actual, expected = np.asarray(actual), np.asarray(expected)
    assert actual.shape == expected.shape
    assert actual.dtype == expected.dtype
    largest = np.abs(expected).max(initial=0.0)
    scale = largest if relative else max(1.0, largest)
    assert np.abs(actual - expected).max(initial=0.0) <= tolerance * scale


def in_reading_order(array, go_backwards):
    return array if array is None or not go_backwards else array[:, ::-1]


@settings(max_examples=220, **REPRODUCIBLE)
@given(configurations)
@example(Configuration(time=1, batch=1, units=1, input_dim=1))
@example(Configuration(mask="padded left", dtype="float64"))
@example(Configuration(mask="scattered", go_backwards=True, zero_output_for_mask=True))
def test_outputs_states_and_gradients(configuration):
    import tensorflow as tf

    f = configuration
    layer = built(
        keras().layers.LSTM(
            f.units,
            activation=f.activation,
            recurrent_activation=f.recurrent_activation,
            use_bias=f.use_bias,
            unit_forget_bias=f.unit_forget_bias,
            go_backwards=f.go_backwards,
            unroll=f.unroll,
            return_sequences=True,
            return_state=True,
            zero_output_for_mask=f.zero_output_for_mask,
            dtype=f.dtype,
        ),
        f.input_dim,
        f.seed,
        scale=0.3 if f.activation in UNBOUNDED else 0.6,
    )
    x, mask, initial = f.draw()
    rng = np.random.default_rng(f.seed + 1)
    d_output = rng.normal(size=(f.batch, f.time, f.units)).astype(f.dtype)
    d_h, d_c = rng.normal(size=(2, f.batch, f.units)).astype(f.dtype)

    # Keras
    watched = [tf.constant(array) for array in (x, *(initial or []))]
    with tf.GradientTape() as tape:
        tape.watch(watched)
        states = {"initial_state": watched[1:]} if initial else {}
        output, h, c = layer(watched[0], mask=None if mask is None else tf.constant(mask), **states)
        loss = tf.reduce_sum(d_output * output) + tf.reduce_sum(d_h * h) + tf.reduce_sum(d_c * c)
    sources = [*watched, *(w.value for w in layer.trainable_weights)]
    expected = tape.gradient(loss, sources, unconnected_gradients="zero")

    # the same, in the order in which the layer reads
    lstm = from_keras(layer)
    mask = in_reading_order(mask, f.go_backwards)
    trace = lstm(in_reading_order(x, f.go_backwards), *(initial or (None, None)), mask)
    # A masked step has no output of its own: Keras repeats the last one, or gives zeros; and zeros
    # where there was none yet. (Unrolled, it looks for zeros in the order of x even if it reads
    # backwards.)
    shown = np.ones((f.batch, f.time), bool)
    if mask is not None:
        shown = np.logical_or.accumulate(mask, axis=1)
        if f.zero_output_for_mask:
            shown = shown & in_reading_order(mask, f.unroll and f.go_backwards)
    shown = shown[:, :, None].astype(f.dtype)

    on_outputs = ON_OUTPUTS[f.dtype]
    close(shown * trace.h, output, on_outputs, relative=False)
    close(trace.h[:, -1], h, on_outputs, relative=False)
    close(trace.c[:, -1], c, on_outputs, relative=False)

    dh, dc = shown * d_output, np.zeros_like(d_output)
    dh[:, -1] += d_h
    dc[:, -1] += d_c
    gradients = lstm.backward(trace, dh, dc)
    ours = [in_reading_order(gradients.x, f.go_backwards)]
    ours += [gradients.h0, gradients.c0] if initial else []
    ours += [gradients.kernel, gradients.recurrent_kernel]
    ours += [gradients.bias] if f.use_bias else []
    assert len(ours) == len(expected)
    for actual, reference in zip(ours, expected, strict=True):
        close(actual, reference, ON_GRADIENTS[f.dtype], relative=True)


@settings(max_examples=20, **REPRODUCIBLE)
@given(
    depth=st.integers(2, 3),
    units=st.lists(st.integers(1, 5), min_size=3, max_size=3),
    dtype=st.sampled_from(["float32", "float64"]),
    masked=st.booleans(),
    seed=st.integers(0, 2**31),
)
def test_gradients_through_a_stack(depth, units, dtype, masked, seed):
    import tensorflow as tf

    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 4, 3)).astype(dtype)
    mask = rng.random((2, 4)) < 0.7 if masked else None
    if masked:
        mask[:, 0] = True  # so that no output is Keras' zero before the first
    layers, inputs = [], 3
    for k in range(depth):
        layer = keras().layers.LSTM(units[k], return_sequences=True, dtype=dtype)
        layers.append(built(layer, inputs, seed + k))
        inputs = units[k]
    upstream = rng.normal(size=(2, 4, inputs)).astype(dtype)

    watched = h = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(watched)
        for layer in layers:
            h = layer(h, mask=None if mask is None else tf.constant(mask))
        loss = tf.reduce_sum(upstream * h)
    sources = [watched, *(w.value for layer in layers for w in layer.trainable_weights)]
    expected = tape.gradient(loss, sources)

    lstms, traces = [from_keras(layer) for layer in layers], []
    for lstm in lstms:
        traces.append(lstm(traces[-1].h if traces else x, mask=mask))
    close(traces[-1].h, h, ON_OUTPUTS[dtype], relative=False)
    dh, ours = upstream, []
    for lstm, trace in zip(reversed(lstms), reversed(traces), strict=True):
        gradients = lstm.backward(trace, dh)
        ours = [*gradients.params, *ours]
        dh = gradients.x
    for actual, reference in zip([dh, *ours], expected, strict=True):
        close(actual, reference, ON_GRADIENTS[dtype], relative=True)


@settings(max_examples=24, **REPRODUCIBLE)
@given(
    cell=st.sampled_from(["GRU", "GRU, reset first", "SimpleRNN"]),
    time=st.integers(1, 5),
    units=st.integers(1, 5),
    dtype=st.sampled_from(["float32", "float64"]),
    activation=st.sampled_from(["tanh", "softsign", "relu"]),
    use_bias=st.booleans(),
    masked=st.booleans(),
    seed=st.integers(0, 2**31),
)
def test_gru_and_simple_rnn(cell, time, units, dtype, activation, use_bias, masked, seed):
    import tensorflow as tf

    kind, first, _ = cell.partition(", reset first")
    layer = getattr(keras().layers, kind)(
        units,
        activation=activation,
        use_bias=use_bias,
        return_sequences=True,
        dtype=dtype,
        **({"reset_after": False} if first else {}),
    )
    layer = built(layer, 3, seed, scale=0.3)
    rng = np.random.default_rng(seed)
    x, upstream = (rng.normal(size=(2, time, n)).astype(dtype) for n in (3, units))
    h0 = rng.uniform(-1, 1, (2, units)).astype(dtype)
    mask = rng.random((2, time)) < 0.7 if masked else None
    if masked:
        mask[:, 0] = True

    watched = [tf.constant(x), tf.constant(h0)]
    with tf.GradientTape() as tape:
        tape.watch(watched)
        output = layer(
            watched[0], initial_state=watched[1], mask=None if mask is None else tf.constant(mask)
        )
        loss = tf.reduce_sum(upstream * output)
    sources = [*watched, *(w.value for w in layer.trainable_weights)]
    expected = tape.gradient(loss, sources, unconnected_gradients="zero")

    ours = from_keras(layer)
    assert type(ours) is (ResetFirstGRU if first else {"GRU": GRU, "SimpleRNN": RNN}[kind])
    record = ours(x, h0, mask)
    close(record.h, output, ON_OUTPUTS[dtype], relative=False)
    gradients = ours.backward(record, upstream)
    params = gradients.params[: None if use_bias else -1]
    for actual, reference in zip([gradients.x, gradients.h0, *params], expected, strict=True):
        close(actual, reference, ON_GRADIENTS[dtype], relative=True)


LAYERS = {
    "lstm": LSTM.create(3, 4, seed=0),
    "lstm of its own kind": LSTM(
        *LSTM.create(3, 4, scheme="torch", dtype=np.float64, seed=1).params,
        activation="softsign",
        recurrent_activation="hard_sigmoid",
    ),
    "gru": GRU.create(3, 4, seed=0),
    "gru, reset first": ResetFirstGRU.create(3, 4, seed=0),
    "rnn": RNN.create(3, 4, seed=0),
}


@pytest.mark.parametrize("name", LAYERS)
def test_there_and_back(name):
    ours = LAYERS[name]
    x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype(ours.dtype)
    theirs = to_keras(ours, name="there")
    assert theirs.name == "there"
    assert theirs.built
    close(ours(x).h, theirs(x), ON_OUTPUTS[ours.dtype.name], relative=False)

    back = from_keras(theirs)
    assert type(back) is type(ours)
    assert (back.activation, back.dtype) == (ours.activation, ours.dtype)
    assert getattr(back, "recurrent_activation", 0) == getattr(ours, "recurrent_activation", 0)
    for there, here in zip(back.params, ours.params, strict=True):
        np.testing.assert_array_equal(there, here)


def test_to_keras_takes_the_layers_options():
    lstm = LAYERS["lstm"]
    x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype(np.float32)
    last = to_keras(lstm, return_sequences=False)(x)
    close(lstm(x).h[:, -1], last, 1e-6, relative=False)
    backwards = to_keras(lstm, go_backwards=True)(x)
    close(lstm(x[:, ::-1]).h, backwards, 1e-6, relative=False)
    stateful = to_keras(lstm, stateful=True, batch_size=2)
    stateful(x)
    close(lstm(x, *lstm(x).final_state).h, stateful(x), 1e-6, relative=False)


def test_from_keras_copies():
    layer = to_keras(LAYERS["lstm"])
    lstm = from_keras(layer)
    layer.set_weights([0 * w for w in layer.get_weights()])
    np.testing.assert_array_equal(lstm.params.kernel, LAYERS["lstm"].params.kernel)


def test_a_cell_by_itself_and_rnn_around_it():
    layers = keras().layers
    layer = built(layers.RNN(layers.LSTMCell(4)), 3, seed=0)
    around, alone = from_keras(layer), from_keras(layer.cell)
    np.testing.assert_array_equal(around.params.kernel, layer.get_weights()[0])
    np.testing.assert_array_equal(around.params.kernel, alone.params.kernel)
