import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_edu import (
    GRU,
    LSTM,
    CoupledLSTM,
    LSTMParams,
    NoForgetGateLSTM,
    PeepholeLSTM,
    lstm_step,
)
from lstm_edu.recurrent_layer import RecurrentLayer

from .cells import CELLS, largest_difference, random_input, random_layer, run

SIZES = st.integers(1, 5)
EPSILON = {np.float32: 1.2e-7, np.float64: 2.3e-16}


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.tuples(SIZES, SIZES, SIZES, SIZES),
    dtype=st.sampled_from([np.float32, np.float64]),
    masked=st.booleans(),
    seed=st.integers(0, 1000),
)
def test_lstm_equals_lstm_step(sizes, dtype, masked, seed):
    batch, time, input_dim, units = sizes
    lstm = random_layer(LSTM, input_dim, units, seed=seed, dtype=dtype)
    x, (h, c), _ = random_input(lstm, batch, time, seed=seed)
    mask = np.random.default_rng(seed).random((batch, time)) < 0.5 if masked else None
    trace = lstm(x, h, c, mask)
    for t in range(time):
        step = lstm_step(x[:, t], h, c, lstm.params)
        counts = np.ones((batch, 1), bool) if mask is None else mask[:, [t]]
        h, c = np.where(counts, step.h, h), np.where(counts, step.c, c)
        step = step._replace(h=h, c=c)
        for name, value in step._asdict().items():
            recorded = getattr(trace, name)[:, t]
            assert recorded.dtype == value.dtype == dtype
            assert largest_difference(recorded, value) <= 20 * EPSILON[dtype]
        h, c = trace.h[:, t], trace.c[:, t]


def test_one_step_by_hand():
    # One unit, one input: z = w·x + u·h + b for each of i, f, g, o.
    params = LSTMParams(
        kernel=np.array([[0.1, 0.2, 0.3, 0.4]]),
        recurrent_kernel=np.array([[0.5, -0.6, 0.7, -0.8]]),
        bias=np.array([0.0, 1.0, 0.0, 0.0]),
    )
    step = lstm_step(np.array([2.0]), np.array([0.5]), np.array([-1.0]), params)
    i, f = 1 / (1 + np.exp(-0.45)), 1 / (1 + np.exp(-1.1))
    g, o = np.tanh(0.95), 1 / (1 + np.exp(-0.4))
    c = f * -1.0 + i * g
    expected = (i, f, g, o, c, o * np.tanh(c))
    assert [float(value[0]) for value in step] == pytest.approx(expected, rel=1e-14)


def test_a_step_without_a_batch_is_a_row_of_one_with():
    lstm = random_layer(LSTM)
    x, (h, c), _ = random_input(lstm)
    batched = lstm_step(x[:, 0], h, c, lstm.params)
    single = lstm_step(x[1, 0], h[1], c[1], lstm.params)
    assert single.h.shape == (4,)
    assert largest_difference([row[1] for row in batched], list(single)) <= 1e-15


def test_limiting_gates_keep_the_state_for_ever():
    units = 3
    bias = np.repeat([-1e4, 1e4, 0.0, 0.0], units)  # i = 0, f = 1
    lstm = LSTM(np.ones((2, 4 * units)), np.zeros((units, 4 * units)), bias)
    c0 = np.array([[0.3, -2.0, 1.0]])
    trace = lstm(np.ones((1, 500, 2)), c0=c0)
    np.testing.assert_array_equal(trace.c, np.broadcast_to(c0, (1, 500, units)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_inputs_of_1e4_saturate_and_stay_finite(dtype, sign):
    lstm = random_layer(LSTM, dtype=dtype)
    with np.errstate(all="raise", under="ignore"):
        trace = lstm(np.full((2, 5, 3), sign * 1e4, dtype))
        gradients = lstm.backward(trace, dh=np.ones_like(trace.h))
    assert all(np.isfinite(getattr(trace, name)).all() for name in "ifgoch")
    assert all(np.isfinite(gradient).all() for gradient in gradients.params)


@pytest.mark.parametrize(("first", "second"), [("relu", "hard_sigmoid"), ("linear", "sigmoid")])
def test_other_activations_equal_the_equations(first, second):
    lstm = random_layer(LSTM, activation=first, recurrent_activation=second)
    peephole = PeepholeLSTM(*lstm.params, activation=first, recurrent_activation=second)
    x, states, mask = random_input(lstm, masked=True)
    a, b = lstm(x, *states, mask=mask), peephole(x, *states, mask=mask)
    for name in "ifgoch":
        assert largest_difference(getattr(a, name), getattr(b, name)) <= 1e-14


def test_peepholes_of_zero_make_a_plain_lstm():
    lstm = random_layer(LSTM)
    peephole = PeepholeLSTM(*lstm.params)
    x, states, mask = random_input(lstm, masked=True)
    a, b = lstm(x, *states, mask=mask), peephole(x, *states, mask=mask)
    for name in "ifgoch":
        assert largest_difference(getattr(a, name), getattr(b, name)) <= 1e-15
    up = np.random.default_rng(5).normal(size=a.shape)
    g, p = lstm.backward(a, up, 2 * up), peephole.backward(b, up, 2 * up)
    for name in ("kernel", "recurrent_kernel", "bias", "x", "h0", "c0", "h", "c"):
        assert largest_difference(getattr(g, name), getattr(p, name)) <= 1e-13


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("kind", CELLS)
def test_a_run_continued_equals_the_whole_run(kind, masked):
    layer = random_layer(kind)
    x, states, mask = random_input(layer, time=9, masked=masked)
    whole = layer(x, *states, mask=mask)
    pieces = []
    for part in (slice(0, 2), slice(2, 7), slice(7, 9)):
        piece = layer(x[:, part], *states, mask=None if mask is None else mask[:, part])
        states = piece.final_state
        pieces.append(piece)
    for name in whole.quantities:
        joined = np.concatenate([getattr(piece, name) for piece in pieces], axis=1)
        assert largest_difference(joined, getattr(whole, name)) <= 1e-15


@pytest.mark.parametrize("kind", CELLS)
def test_a_masked_step_hands_on_the_states(kind):
    layer = random_layer(kind)
    record = run(layer, masked=True)
    for state in record.states:
        now, before = getattr(record, state), record.previous(state)
        skipped = ~record.mask
        np.testing.assert_array_equal(now[skipped], before[skipped])
        assert (now[record.mask] != before[record.mask]).any()


@pytest.mark.parametrize("kind", CELLS)
def test_padding_that_is_masked_changes_nothing(kind):
    layer = random_layer(kind)
    x, states, _ = random_input(layer, time=4)
    short = layer(x, *states)
    rubbish = np.full((3, 3, 3), 7.0)
    mask = np.repeat([[True] * 4 + [False] * 3], 3, axis=0)
    long = layer(np.concatenate([x, rubbish], axis=1), *states, mask=mask)
    assert largest_difference(list(short.final_state), list(long.final_state)) <= 1e-15


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_comes_in_decides_what_goes_out(kind, dtype):
    layer = kind.create(3, 4, dtype=dtype, seed=0)
    record = run(layer, masked=True)
    gradients = layer.backward(record, dh=np.ones_like(record.h))
    arrays = [*record.params, *gradients.params, gradients.x, gradients.h0, gradients.h]
    arrays += [getattr(record, name) for name in record.quantities]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


def test_no_bias_means_zeros():
    lstm = random_layer(LSTM)
    kernel, recurrent_kernel, bias = lstm.params
    x, states, _ = random_input(lstm)
    without = LSTM(kernel, recurrent_kernel)(x, *states)
    zeros = LSTM(kernel, recurrent_kernel, 0 * bias)(x, *states)
    np.testing.assert_array_equal(without.h, zeros.h)


def test_weights_are_copied_and_read_only():
    kernel, recurrent_kernel = np.ones((2, 8)), np.ones((2, 8))
    lstm = LSTM(kernel, recurrent_kernel)
    kernel[:] = 5.0
    assert (lstm.params.kernel == 1.0).all()
    with pytest.raises(ValueError, match="read-only"):
        lstm.params.kernel[0, 0] = 3.0


@pytest.mark.parametrize("kind", CELLS)
def test_repr_is_short_and_holds_no_address(kind):
    layer = kind.create(3, 4, seed=0)
    assert repr(layer) == f"{kind.__name__}(input_dim=3, units=4, float32)"
    assert isinstance(layer, RecurrentLayer)


def test_a_gru_keeps_what_its_update_gate_says():
    gru = random_layer(GRU)
    record = run(gru)
    expected = record.update * record.h_previous + (1 - record.update) * record.candidate
    assert largest_difference(record.h, expected) <= 1e-15


@pytest.mark.parametrize(
    ("kind", "forget"), [(NoForgetGateLSTM, np.ones_like), (CoupledLSTM, lambda i: 1 - i)]
)
def test_the_variants_forget_as_their_equations_say(kind, forget):
    trace = run(random_layer(kind))
    np.testing.assert_array_equal(trace.f, forget(trace.i))
    assert largest_difference(trace.c, trace.f * trace.c_previous + trace.i * trace.g) <= 1e-15
