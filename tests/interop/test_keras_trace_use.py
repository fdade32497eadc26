"""What comes with a trace of a Keras model: states, labels, names, and an untouched model."""

import numpy as np
import pytest
from keras_models import close, layers, numbers, randomized, sentences, sequential

from lstm_edu.interop import Traces, from_keras, keras, trace


def test_stateful_starts_where_it_stands():
    layer = layers().LSTM(4, stateful=True, return_sequences=True, name="lstm")
    model = randomized(keras().Sequential([keras().Input(batch_shape=(3, None, 3)), layer]))
    first, second = numbers(seed=1), numbers(seed=2)
    model(first)
    before = [np.array(s) for s in layer.states]
    record = trace(model, second)["lstm"]
    again = trace(model, second)["lstm"]
    for state, standing in zip(layer.states, before, strict=True):
        np.testing.assert_array_equal(np.array(state), standing)
    np.testing.assert_array_equal(record.h0, before[0])
    np.testing.assert_array_equal(record.c, again.c)
    close(record.h, model(second))


def test_a_stateful_layer_run_twice_goes_on_within_the_trace():
    k = keras()
    shared = layers().LSTM(4, stateful=True, name="shared")
    inputs = k.Input(batch_shape=(3, 6, 3))
    model = randomized(k.Model(inputs, layers().Add()([shared(inputs), shared(inputs)])))
    traces = trace(model, numbers())
    np.testing.assert_array_equal(traces["shared/call_1"].h[:, -1], traces["shared/call_2"].h0)
    np.testing.assert_array_equal(np.array(shared.states[0]), 0.0)


def snapshot(model):
    """Return all that a trace could disturb."""
    values = {v.path: np.array(v) for v in [*model.variables, *model.optimizer.variables]}
    attributes = {
        f"{layer.name} {n}": sorted(vars(layer)) for n, layer in enumerate(model._flatten_layers())
    }
    functions = {n: id(getattr(model, n)) for n in ("train_function", "predict_function")}
    losses = [float(loss) for loss in model.losses]
    return values, attributes, functions, losses, str(model.get_config())


def test_the_model_is_left_as_it_was():
    k, sequences = keras(), {"return_sequences": True}
    model = k.Sequential(
        [
            k.Input(batch_shape=(3, 6), dtype="int32"),
            layers().Embedding(20, 5, mask_zero=True),
            layers().LSTM(4, stateful=True, dropout=0.4, seed=1, name="a", **sequences),
            layers().Bidirectional(layers().LSTM(3, activity_regularizer="l2", **sequences)),
            layers().BatchNormalization(),
            layers().GRU(3, stateful=True, recurrent_dropout=0.4, seed=2, **sequences),
            layers().Dropout(0.5, seed=3),
            layers().LSTM(2, name="last"),
        ]
    )
    model.compile("adam", "mse", metrics=["mae"])
    x = sentences()
    model.fit(x, np.zeros((3, 2)), epochs=1, batch_size=3, verbose=0)
    model.predict(x, batch_size=3, verbose=0)
    model(x, training=True)
    before = snapshot(model)
    assert before[3]

    trace(model, x)
    with pytest.raises(ValueError, match="tokens"):
        trace(model, x, tokens="too few")
    with pytest.raises(ValueError, match="not in"):
        trace(model, x + 30)
    with pytest.raises(ValueError, match=r"'a'.*stateful"):
        trace(model, x[:2])

    after = snapshot(model)
    for path, value in before[0].items():
        np.testing.assert_array_equal(after[0][path], value, err_msg=path)
    assert after[1:] == before[1:]
    for layer in model.layers:
        assert layer.call.__func__ is type(layer).call


def test_tokens_label_the_steps_in_the_order_of_reading():
    both = layers().Bidirectional(layers().LSTM(4), name="both")
    traces = trace(sequential(both), numbers(), tokens="Hamlet")
    assert traces["both/forward"].tokens == tuple("Hamlet")
    assert traces["both/backward"].tokens == tuple("telmaH")


def test_some_layers_only():
    both = layers().Bidirectional(layers().LSTM(4, return_sequences=True), name="both")
    model = sequential(
        both,
        layers().LSTM(4, activation="gelu", return_sequences=True),
        layers().LSTM(2, name="up"),
    )
    full = trace(model, numbers(), layers=["up", "both"])
    assert list(full) == ["both/forward", "both/backward", "up"]
    assert list(trace(model, numbers(), layers="up")) == ["up"]
    close(full["up"].h[:, -1], model(numbers()))


def test_traces_is_a_mapping_that_shows_itself():
    model = sequential(
        layers().Bidirectional(layers().LSTM(4, return_sequences=True), name="both"),
        layers().LSTM(2, name="up"),
    )
    traces = trace(model, numbers())
    assert isinstance(traces, Traces)
    assert len(traces) == 3
    assert "up" in traces
    assert "both" in traces
    assert "down" not in traces
    assert repr(traces) == (
        "Traces of 3 LSTM layers:\n"
        "  both/forward   batch 3, time 6, units 4\n"
        "  both/backward  batch 3, time 6, units 4, reads backwards\n"
        "  up             batch 3, time 6, units 2"
    )
    with pytest.raises(KeyError, match=r"'down'.*both/forward, both/backward, up"):
        traces["down"]


def test_a_trace_can_be_differentiated():
    model = sequential(layers().LSTM(4, name="lstm"))
    record = trace(model, numbers())["lstm"]
    dh = np.zeros_like(record.h)
    dh[:, -1] = 1.0
    gradients = from_keras(model.layers[0]).backward(record, dh)
    assert gradients.x.shape == (3, 6, 3)
    assert record.to_layer().backward(record, dh).kernel.any()
