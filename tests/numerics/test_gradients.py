import numpy as np
import pytest

from lstm_edu import GRU, LSTM, RNN, CoupledLSTM, NoForgetGateLSTM, PeepholeLSTM

from .cells import CELLS, largest_difference, random_input, random_layer, run

UPSTREAMS = ("every step", "last step", "cell state")


def upstream_for(kind, record, which):
    """Return dL/dh and dL/dc as a layer with return_sequences, one without, or a probe has them."""
    rng = np.random.default_rng(7)
    upstream = {f"d{state}": rng.normal(size=record.shape) for state in record.states}
    if which == "last step":
        upstream = {name: np.zeros_like(d) for name, d in upstream.items()}
        upstream["dh"][:, -1] = rng.normal(size=record.h[:, -1].shape)
    if which == "cell state":
        upstream["dh"] = None
    return upstream


def central_differences(loss, array):
    """Return dL/d(array), from the loss a little to both sides of each entry."""
    step = 1e-5
    gradient = np.empty_like(array)
    for index in np.ndindex(array.shape):
        kept = array[index]
        array[index] = kept + step
        above = loss()
        array[index] = kept - step
        below = loss()
        array[index] = kept
        gradient[index] = (above - below) / (2 * step)
    return gradient


CASES = (
    [
        pytest.param(kind, {}, masked, which, id=f"{kind.__name__}-{which}{'-masked' * masked}")
        for kind in CELLS
        for masked in (False, True)
        for which in UPSTREAMS
        if which != "cell state" or "c" in kind.Record.states
    ]
    + [
        pytest.param(
            kind, names, True, "every step", id=f"{kind.__name__}-{'-'.join(names.values())}"
        )
        for kind in CELLS
        for names in (
            {"activation": "softsign", "recurrent_activation": "hard_sigmoid"},
            {"activation": "elu", "recurrent_activation": "softsign"},
            {"activation": "linear", "recurrent_activation": "sigmoid"},
        )
        if kind is not RNN
    ]
    + [
        pytest.param(RNN, {"activation": name}, True, "every step", id=f"RNN-{name}")
        for name in ("softsign", "elu", "sigmoid")
    ]
)


@pytest.mark.parametrize(("kind", "names", "masked", "which"), CASES)
def test_gradients_equal_finite_differences(kind, names, masked, which):
    layer = random_layer(kind, 2, 3, **names)
    x, states, mask = random_input(layer, batch=3, time=4, masked=masked)
    record = layer(x, *states, mask=mask)
    upstream = upstream_for(kind, record, which)
    weights = [array.copy() for array in layer.params]

    def loss():
        again = kind(*weights, **names)(x, *states, mask=mask)
        return sum(
            (getattr(again, name[1:]) * d).sum() for name, d in upstream.items() if d is not None
        )

    gradients = layer.backward(record, **upstream)
    computed = [*gradients.params, gradients.x]
    computed += [getattr(gradients, f"{state}0") for state in record.states]
    for array, gradient in zip([*weights, x, *states], computed, strict=True):
        expected = central_differences(loss, array)
        assert gradient.shape == array.shape
        assert largest_difference(gradient, expected) <= 1e-7 * np.abs(expected).max()


@pytest.mark.parametrize("kind", [LSTM, NoForgetGateLSTM, CoupledLSTM, PeepholeLSTM, GRU, RNN])
def test_gradients_of_the_states_at_every_step_equal_finite_differences(kind):
    # The state after step t is where the rest of the sequence starts: differentiate that.
    layer = random_layer(kind)
    x, states, mask = random_input(layer, masked=True)
    record = layer(x, *states, mask=mask)
    upstream = upstream_for(kind, record, "every step")
    gradients = layer.backward(record, **upstream)
    for t in range(record.shape[1] - 1):
        start = [getattr(record, state)[:, t].copy() for state in record.states]

        def loss(t=t, start=start):
            rest = layer(x[:, t + 1 :], *start, mask=mask[:, t + 1 :])
            return sum((getattr(rest, n[1:]) * d[:, t + 1 :]).sum() for n, d in upstream.items())

        for state, array in zip(record.states, start, strict=True):
            expected = central_differences(loss, array) + upstream[f"d{state}"][:, t]
            if state == "c":  # c_t also reaches the loss through h_t, which `start` holds fixed
                by_h = gradients.h[:, t]
                expected = expected + by_h * dh_by_dc(layer, record, t)
            assert largest_difference(getattr(gradients, state)[:, t], expected) <= 1e-8


def dh_by_dc(layer, record, t):
    """Return ∂h_t/∂c_t, all else at step t held fixed; 0 where the step was skipped."""
    c, o = record.c[:, t], record.o[:, t]
    shown = np.tanh(c)
    slope = o * (1 - shown**2)
    if isinstance(layer, PeepholeLSTM):
        slope = slope + shown * o * (1 - o) * layer.params.peephole[2]
    return slope * record.mask[:, t, None]


@pytest.mark.parametrize("kind", CELLS)
def test_upstreams_of_zero_give_gradients_of_zero(kind):
    layer = random_layer(kind)
    gradients = layer.backward(run(layer))
    assert all((gradient == 0).all() for gradient in [*gradients.params, gradients.x, gradients.h])


@pytest.mark.parametrize("kind", CELLS)
def test_gradients_are_linear_in_the_upstream(kind):
    layer = random_layer(kind)
    record = run(layer, masked=True)
    a, b = np.random.default_rng(3).normal(size=(2, *record.shape))
    both = layer.backward(record, 2 * a + b)
    parts = layer.backward(record, a), layer.backward(record, b)
    for name in ("kernel", "recurrent_kernel", "bias", "x", "h0", "h"):
        sum_of_parts = 2 * getattr(parts[0], name) + getattr(parts[1], name)
        assert largest_difference(getattr(both, name), sum_of_parts) <= 1e-13


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("kind", CELLS)
def test_truncated_backpropagation_equals_pieces_run_one_after_the_other(kind, masked):
    layer = random_layer(kind)
    x, first, mask = random_input(layer, time=7, masked=masked)
    record = layer(x, *first, mask=mask)
    upstream = upstream_for(kind, record, "every step")
    truncated = layer.backward(record, **upstream, truncate=3)

    totals = [np.zeros_like(weight) for weight in layer.params]
    states, dx, dh, initial = first, [], [], []
    for part in (slice(0, 3), slice(3, 6), slice(6, 7)):
        piece = layer(x[:, part], *states, mask=None if mask is None else mask[:, part])
        states = piece.final_state
        gradients = layer.backward(piece, **{n: d[:, part] for n, d in upstream.items()})
        totals = [total + g for total, g in zip(totals, gradients.params, strict=True)]
        dx.append(gradients.x)
        dh.append(gradients.h)
        initial.append([getattr(gradients, f"{state}0") for state in record.states])
    assert largest_difference(list(truncated.params), totals) <= 1e-13
    assert largest_difference(truncated.x, np.concatenate(dx, axis=1)) <= 1e-14
    assert largest_difference(truncated.h, np.concatenate(dh, axis=1)) <= 1e-14
    reached = [getattr(truncated, f"{state}0") for state in record.states]
    assert largest_difference(reached, initial[0]) <= 1e-14


@pytest.mark.parametrize("kind", CELLS)
def test_truncation_beyond_the_sequence_cuts_nothing(kind):
    layer = random_layer(kind)
    record = run(layer)
    up = np.ones_like(record.h)
    whole, cut = layer.backward(record, up), layer.backward(record, up, truncate=6)
    assert largest_difference(list(whole.params), list(cut.params)) == 0.0
    shorter = layer.backward(record, up, truncate=5)
    assert largest_difference(whole.h0, shorter.h0) > 1e-6


@pytest.mark.parametrize("kind", CELLS)
def test_cell_jacobians_tell_what_a_small_push_does(kind):
    layer = random_layer(kind)
    x, states, _ = random_input(layer)
    record = layer(x, *states)
    memory, last = record.memory, record.shape[1] - 1
    jacobians = layer.cell_jacobians(record)
    np.testing.assert_array_equal(jacobians[:, last], np.broadcast_to(np.eye(4), (3, 4, 4)))
    step, t, unit = 1e-6, 2, 1
    ends = []
    for sign in (1, -1):
        start = {state: getattr(record, state)[:, t].copy() for state in record.states}
        start[memory][:, unit] += sign * step
        if memory == "c":  # h_t moves with c_t
            start["h"] = start["h"] + dh_of_push(layer, record, t, start["c"])
        rest = layer(x[:, t + 1 :], *start.values())
        ends.append(getattr(rest, memory)[:, -1])
    expected = (ends[0] - ends[1]) / (2 * step)
    assert largest_difference(jacobians[:, t, :, unit], expected) <= 1e-8


def dh_of_push(layer, record, t, c):
    """Return by how much h_t moves when the cell state after step t is `c` instead."""
    o = record.o[:, t]
    if isinstance(layer, PeepholeLSTM):
        z = np.log(o / (1 - o)) + layer.params.peephole[2] * (c - record.c[:, t])
        o = 1 / (1 + np.exp(-z))
    return o * np.tanh(c) - record.h[:, t]


def test_jacobians_without_recurrence_are_the_product_of_forget_gates():
    lstm = random_layer(LSTM)
    lstm.params = lstm.params._replace(recurrent_kernel=np.zeros((4, 16)))
    trace = run(lstm)
    jacobians = lstm.cell_jacobians(trace)
    for t in range(6):
        expected = [np.diag(product) for product in trace.f[:, t + 1 :].prod(axis=1)]
        assert largest_difference(jacobians[:, t], np.array(expected)) <= 1e-15
    norms = trace.gradient_norms()
    assert largest_difference(norms.total, norms.direct) <= 1e-14
