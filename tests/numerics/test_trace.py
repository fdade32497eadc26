import base64
import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_edu import LSTM, Trace

from .cells import CELLS, largest_difference, random_layer, run


def assert_same(a, b):
    assert type(a) is type(b)
    for field in dataclasses.fields(a):
        left, right = getattr(a, field.name), getattr(b, field.name)
        if field.name == "params" and left is not None:
            assert type(left) is type(right)
            for one, other in zip(left, right, strict=True):
                np.testing.assert_array_equal(one, other)
        elif isinstance(left, np.ndarray):
            np.testing.assert_array_equal(left, right)
            assert left.dtype == right.dtype
        else:
            assert left == right


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("masked", [False, True])
def test_save_and_load_give_back_the_same_record(kind, masked, tmp_path):
    names = {"activation": "softsign"}
    record = run(random_layer(kind, **names), masked=masked)
    record = dataclasses.replace(record, tokens=("T", "ü", "\n", "\0", "", 7), layer="läyer")
    path = tmp_path / "a record"  # the name is used as it is given
    record.save(path)
    loaded = type(record).load(path)
    assert_same(record, loaded)
    assert largest_difference(loaded.gradient_norms().total, record.gradient_norms().total) == 0


def test_a_record_without_extras_survives_saving(tmp_path):
    record = dataclasses.replace(run(random_layer(LSTM)), x=None, params=None)
    record.save(tmp_path / "trace.npz")
    assert_same(record, Trace.load(tmp_path / "trace.npz"))


@settings(max_examples=40, deadline=None)
@given(start=st.integers(0, 5), length=st.integers(1, 6), seed=st.integers(0, 99))
def test_a_selected_stretch_of_time_is_a_run_of_its_own(start, length, seed):
    lstm = random_layer(LSTM, seed=seed)
    trace = run(lstm, seed=seed, masked=True)
    part = trace.select(time=slice(start, start + length))
    again = lstm(part.x, part.h0, part.c0, part.mask)
    for name in "ifgoch":
        assert largest_difference(getattr(part, name), getattr(again, name)) <= 1e-15
    np.testing.assert_array_equal(part.c_previous, trace.c_previous[:, start : start + length])


@pytest.mark.parametrize("kind", CELLS)
def test_select_keeps_the_axes_in_their_order(kind):
    record = dataclasses.replace(run(random_layer(kind), masked=True), tokens="abcdef")
    part = record.select(example=[2, 0], time=3, unit=-1)
    assert part.shape == (2, 1, 1)
    assert part.tokens == ("d",)
    assert part.params is None
    np.testing.assert_array_equal(part.h[:, 0, 0], record.h[[2, 0], 3, -1])
    np.testing.assert_array_equal(part.h0[:, 0], record.h[[2, 0], 2, -1])
    np.testing.assert_array_equal(part.mask[:, 0], record.mask[[2, 0], 3])
    assert record.select(unit=[0, 2]).shape == (3, 6, 2)
    assert record.select(example=slice(1, None), unit=slice(0, 3, 2)).shape == (2, 6, 2)
    assert record.select(example=1).params is record.params


@pytest.mark.parametrize("kind", CELLS)
def test_a_record_cannot_be_written_to(kind):
    record = run(random_layer(kind), masked=True)
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.h = record.h
    for name in (*record.quantities, "h0", "x", "mask"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(record, name)[0] = 0


def test_a_record_does_not_move_with_the_input():
    lstm = random_layer(LSTM)
    x, h0 = np.ones((1, 3, 3)), np.ones((1, 4))
    trace = lstm(x, h0)
    x[:], h0[:] = 5.0, 5.0
    assert (trace.x == 1).all()
    assert (trace.h0 == 1).all()


def test_an_array_handed_in_stays_writable():
    arrays = {name: np.zeros((1, 2, 3)) for name in "ifgoch"}
    trace = Trace(**arrays)
    arrays["h"][:] = 1.0
    assert not trace.h.flags.writeable
    np.testing.assert_array_equal(trace.h0, np.zeros((1, 3)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_to_dict_is_json_and_holds_the_numbers_exactly(dtype):
    trace = run(random_layer(LSTM, dtype=dtype))
    trace = dataclasses.replace(trace, tokens=("a", "b", "c", "d", "e", 6), layer="second")
    state = json.loads(json.dumps(trace.to_dict(example=1)))
    assert list(state)[:5] == ["format", "layer", "time", "units", "tokens"]
    assert (state["format"], state["layer"]) == ("lstm_edu.trace/1", "second")
    assert (state["time"], state["units"], state["dtype"]) == (6, 4, np.dtype(dtype).name)
    assert state["tokens"] == ["a", "b", "c", "d", "e", "6"]
    for name in (*trace.quantities, "h0", "c0"):
        little_endian = np.dtype(dtype).newbyteorder("<")
        decoded = np.frombuffer(base64.b64decode(state[name]), little_endian)
        np.testing.assert_array_equal(decoded, getattr(trace, name)[1].ravel())


def test_to_dict_names_the_activations():
    lstm = random_layer(LSTM, activation="softsign", recurrent_activation="hard_sigmoid")
    state = run(lstm).to_dict()
    assert (state["activation"], state["recurrent_activation"]) == ("softsign", "hard_sigmoid")


def test_to_dict_without_tokens():
    assert run(random_layer(LSTM)).to_dict()["tokens"] is None


def test_repr_is_short_and_the_same_at_every_run():
    trace = run(random_layer(LSTM))
    assert repr(trace) == "Trace(layer='lstm', batch=3, time=6, units=4, float64)"


@pytest.mark.parametrize("kind", CELLS)
def test_previous_states_are_the_states_shifted(kind):
    record = run(random_layer(kind))
    for state in record.states:
        shifted = record.previous(state)
        np.testing.assert_array_equal(shifted[:, 0], getattr(record, f"{state}0"))
        np.testing.assert_array_equal(shifted[:, 1:], getattr(record, state)[:, :-1])


@pytest.mark.parametrize("kind", CELLS)
def test_a_record_rebuilds_its_layer(kind):
    layer = random_layer(kind, activation="elu")
    record = run(layer)
    again = record.to_layer()
    assert type(again) is kind
    assert again.activation == "elu"
    assert largest_difference(list(again.params), list(layer.params)) == 0


@pytest.mark.parametrize("kind", CELLS)
def test_another_dtype_is_only_taken_when_asked_for(kind):
    record = run(random_layer(kind), masked=True)
    narrow = record.astype(np.float32)
    assert narrow.dtype == narrow.x.dtype == narrow.params.kernel.dtype == np.float32
    assert narrow.mask.dtype == bool
    np.testing.assert_array_equal(narrow.h, record.h.astype(np.float32))
    assert record.dtype == np.float64


def test_tokens_may_come_from_an_array(tmp_path):
    trace = run(random_layer(LSTM), time=2)
    trace = dataclasses.replace(trace, tokens=np.array([3, 5]))
    assert trace.tokens == (3, 5)
    assert trace.to_dict()["tokens"] == ["3", "5"]
    trace.save(tmp_path / "trace")
    assert Trace.load(tmp_path / "trace").tokens == (3, 5)
