"""What cannot be traced or read is refused, by name and with the reason."""

import numpy as np
import pytest
from keras_models import layers, numbers, sentences, sequential

from lstm_edu import LSTM, PeepholeLSTM
from lstm_edu.interop import from_keras, keras, to_keras, trace

# ------------------------------------------------------------------ layers that trace refuses


def conv_lstm():
    model = sequential(layers().ConvLSTM2D(2, 3, name="radar"), shape=(4, 5, 5, 1))
    return model, np.zeros((1, 4, 5, 5, 1), "float32")


def stacked_cells():
    cells = [layers().LSTMCell(3), layers().LSTMCell(2)]
    return sequential(layers().RNN(cells, name="tower")), numbers()


def hand_stepped_cell():
    class Stepper(layers().Layer):
        def __init__(self):
            super().__init__(name="stepper")
            self.cell = layers().LSTMCell(2, name="by_hand")

        def build(self, shape):
            self.cell.build((None, shape[-1]))

        def call(self, x):
            return self.cell(x[:, 0], [x[:, 0, :2], x[:, 0, :2]])[0]

    return sequential(Stepper()), numbers()


def cell_within_a_cell():
    class Outer(layers().Layer):
        state_size = (2, 2)

        def __init__(self):
            super().__init__(name="outer")
            self.inner = layers().LSTMCell(2, name="inner")

        def build(self, shape):
            self.inner.build(shape)

        def call(self, x, states):
            return self.inner(x, states)

    return sequential(layers().RNN(Outer(), name="wrapped")), numbers()


def changed_cell():
    class NoTanhCell(layers().LSTMCell):
        def _compute_carry_and_output_fused(self, z, c):
            return z[2], z[3]

    return sequential(layers().RNN(NoTanhCell(2), name="odd")), numbers()


def learned_initial_state():
    class FromOnesCell(layers().LSTMCell):
        def get_initial_state(self, batch_size=None):
            return [keras().ops.ones((batch_size, self.units))] * 2

    return sequential(layers().RNN(FromOnesCell(2), name="ones")), numbers()


def changed_layer():
    class Doubling(layers().LSTM):
        def call(self, sequences, initial_state=None, mask=None, training=False):
            return super().call(2 * sequences, initial_state, mask, training)

    return sequential(Doubling(2, name="doubling")), numbers()


def other_activation():
    return sequential(layers().LSTM(2, activation="gelu", name="gelu_lstm")), numbers()


def own_activation():
    def tanh(z):  # called like Keras', but another
        return z

    return sequential(layers().LSTM(2, recurrent_activation=tanh, name="own")), numbers()


def half_precision():
    return sequential(layers().LSTM(2, dtype="float16", name="half")), numbers(dtype="float16")


def mixed_precision():
    return sequential(layers().LSTM(2, dtype="mixed_bfloat16", name="mixed")), numbers()


def within_a_branch():
    both = layers().Bidirectional(layers().LSTM(2, activation="silu"), name="both")
    return sequential(sequential(both, name="encoder")), numbers()


def with_dropout_always_on():
    class Sampler(keras().Model):
        def __init__(self):
            super().__init__(name="sampler")
            self.lstm = layers().LSTM(2, dropout=0.5, name="drops")

        def call(self, x):
            return self.lstm(x, training=True)

    model = Sampler()
    model(numbers())
    return model, numbers()


def compiled():
    import tensorflow as tf

    class Compiled(keras().Model):
        def __init__(self):
            super().__init__(name="compiled")
            self.lstm = layers().LSTM(2, name="inside")

        def build(self, shape):
            self.lstm.build(shape)

        @tf.function
        def call(self, x):
            return self.lstm(x)

    model = Compiled()
    model.build((None, None, 3))
    return model, numbers()


def compiled_and_run():
    model, x = compiled()
    model(x)
    return model, x


def never_run():
    class Lazy(keras().Model):
        def __init__(self):
            super().__init__(name="lazy")
            self.used = layers().LSTM(2, name="used")
            self.unused = layers().LSTM(2, name="unused")
            self.unused.build((None, None, 3))

        def call(self, x):
            return self.used(x)

    model = Lazy()
    model(numbers())
    return model, numbers()


def never_built():
    class Half(keras().Model):
        def __init__(self):
            super().__init__(name="half")
            self.used = layers().LSTM(2, name="used")
            self.unused = layers().LSTM(2, name="unused")

        def build(self, shape):
            self.used.build(shape)

        def call(self, x):
            return self.used(x)

    model = Half()
    model(numbers())
    return model, numbers()


def with_nan():
    model = sequential(layers().LSTM(2, name="broken"))
    kernel, *others = model.get_weights()
    kernel[1, 2] = np.nan
    model.set_weights([kernel, *others])
    return model, numbers()


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (conv_lstm, r"'radar' \(ConvLSTM2D\).*convolution"),
        (stacked_cells, r"'tower' \(RNN\).*several cells"),
        (hand_stepped_cell, r"'stepper/by_hand' \(LSTMCell\).*RNN\(cell\)"),
        (cell_within_a_cell, r"'wrapped/outer/inner' \(LSTMCell\)"),
        (changed_cell, r"'odd'.*NoTanhCell.*_compute_carry_and_output_fused"),
        (learned_initial_state, r"'ones'.*FromOnesCell.*get_initial_state"),
        (changed_layer, r"'doubling'.*Doubling.*call"),
        (other_activation, r"'gelu_lstm'.*activation is gelu.*tanh"),
        (own_activation, r"'own'.*recurrent_activation is tanh"),
        (half_precision, r"'half'.*float16"),
        (mixed_precision, r"'mixed'.*bfloat16"),
        (within_a_branch, r"'encoder/both/forward'.*silu"),
        (with_dropout_always_on, r"'drops'.*training=True"),
        (compiled, r"'inside'.*tf\.function"),
        (compiled_and_run, r"'inside' was not run.*tf\.function"),
        (never_run, r"'unused' was not run"),
        (never_built, r"'unused'.*no weights yet"),
        (with_nan, r"'broken'.*kernel holds nan at index \(1, 2\)"),
    ],
)
def test_layers_that_cannot_be_traced(case, message):
    model, x = case()
    with pytest.raises(ValueError, match=message):
        trace(model, x)


def test_the_rest_of_a_model_can_be_traced_by_name():
    model, x = never_run()
    assert list(trace(model, x, layers="used")) == ["used"]


# ----------------------------------------------------------------------- arguments of trace


def test_not_a_model():
    with pytest.raises(TypeError, match=r"model is 'lstm\.keras', of type str"):
        trace("lstm.keras", numbers())


def test_no_weights_yet():
    model = keras().Sequential([layers().LSTM(2)], name="bare")
    with pytest.raises(ValueError, match=r"'bare' has no weights yet.*Input"):
        trace(model, numbers())


def test_no_lstm_inside():
    model = sequential(layers().GRU(2, name="gru"), layers().Dense(1), name="gated")
    with pytest.raises(ValueError, match=r"'gated' holds no LSTM layer.*gru \(GRU\)"):
        trace(model, numbers())


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (numbers(features=4), r"'m' cannot run on x, of shape \(3, 6, 4\) \(expected \(None, 6, 3"),
        (numbers(time=5), r"of shape \(3, 5, 3\) \(expected \(None, 6, 3"),
        (numbers()[0], r"of shape \(6, 3\)"),
        ([numbers(), numbers()], r"a list of arrays of shape \(3, 6, 3\), of shape \(3, 6, 3\)"),
        ({"y": numbers(), "z": 3}, r"a dict of 'y' of shape \(3, 6, 3\), 'z' of type int"),
        ("abc", "x, of type str"),
        (None, "x, of type NoneType"),
    ],
    ids=["features", "time", "no batch", "two arrays", "names", "text", "nothing"],
)
def test_wrong_x(x, message):
    inputs = keras().Input((6, 3))
    model = keras().Model(inputs, layers().LSTM(2)(inputs), name="m")
    with pytest.raises(ValueError, match=message):
        trace(model, x)


def test_too_many_features_for_a_sequential():
    with pytest.raises(ValueError, match=r"'lstm'.*\(3, 6, 4\).*\(batch, time, 3\)"):
        trace(sequential(layers().LSTM(2, name="lstm")), numbers(features=4))


def test_x_of_the_wrong_shape_for_a_layer_by_itself():
    layer = layers().LSTM(2, name="alone")
    layer.build((None, None, 3))
    with pytest.raises(ValueError, match=r"'alone'.*\(3, 6, 4\).*\(batch, time, 3\)"):
        trace(layer, numbers(features=4))


def test_a_word_outside_the_vocabulary():
    model = sequential(
        layers().Embedding(20, 3, name="words"), layers().LSTM(2), shape=(None,), dtype="int32"
    )
    with pytest.raises(ValueError, match=r"(?s)Embedding.*= 25 is not in \[0, 20\)"):
        trace(model, np.where(sentences() == sentences().max(), 25, sentences()))


def test_nan_in_x():
    x = numbers()
    x[1, 2, 0] = np.nan
    with pytest.raises(ValueError, match=r"'lstm'.*x holds nan at index \(1, 2, 0\)"):
        trace(sequential(layers().LSTM(2, name="lstm")), x)


def test_a_layer_that_is_not_there():
    with pytest.raises(ValueError, match=r"'lstn'.*there are: lstm"):
        trace(sequential(layers().LSTM(2, name="lstm")), numbers(), layers=["lstn"])


def test_too_few_tokens():
    with pytest.raises(ValueError, match=r"tokens has 3 labels.*'lstm' reads 6"):
        trace(sequential(layers().LSTM(2, name="lstm")), numbers(), tokens="abc")


def test_training_cannot_be_traced():
    with pytest.raises(TypeError, match="training=True"):
        trace(sequential(layers().LSTM(2)), numbers(), training=True)


# ----------------------------------------------------------------- from_keras and to_keras


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: layers().Bidirectional(layers().LSTM(2), name="both"), TypeError, "forward_layer"),
        (lambda: sequential(layers().LSTM(2), name="m"), TypeError, r"'m', of type Sequential"),
        (lambda: layers().Dense(2, name="dense"), TypeError, "'dense', of type Dense"),
        (lambda: "lstm", TypeError, "'lstm', of type str"),
        (lambda: layers().LSTM(2, name="new"), ValueError, "'new'.*no weights yet"),
        (lambda: layers().SimpleRNN(2, activation="mish", name="s"), ValueError, "'s'.*mish"),
        (lambda: with_nan()[0].layers[0], ValueError, "'broken'.*nan"),
    ],
)
def test_from_keras_refuses(make, error, message):
    with pytest.raises(error, match=message):
        from_keras(make())


def test_a_stateful_layer_for_an_unknown_batch():
    with pytest.raises(ValueError, match="batch_size"):
        to_keras(LSTM_3_4, stateful=True)


LSTM_3_4 = LSTM.create(3, 4, seed=0)


@pytest.mark.parametrize(
    ("layer", "options", "message"),
    [
        (PeepholeLSTM.create(3, 4, seed=0), {}, "PeepholeLSTM"),
        ("lstm", {}, "'lstm', of type str"),
        (LSTM_3_4, {"units": 5}, r"units=5.*units=4"),
        (LSTM_3_4, {"dtype": "float16"}, r"dtype='float16'.*dtype='float32'"),
    ],
)
def test_to_keras_refuses(layer, options, message):
    with pytest.raises(TypeError, match=message):
        to_keras(layer, **options)
