"""Tasks with a long lag, and what it takes to learn them."""

import numpy as np
import pytest

from lstm_edu import LSTM, RNN, long_lag
from lstm_edu.long_lag import LANES, TASKS, adding, latch, learn


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("time", [2, 7, 50])
def test_adding_marks_one_number_in_each_half(time, dtype):
    x, y = adding(300, time, np.random.default_rng(0), dtype)
    assert (x.dtype, y.dtype) == (dtype, dtype)
    assert (x.shape, y.shape) == ((300, time, 2), (300, 1))
    half = time // 2
    np.testing.assert_array_equal(x[:, :half, 1].sum(axis=1), 1)
    np.testing.assert_array_equal(x[:, half:, 1].sum(axis=1), 1)
    np.testing.assert_allclose(y[:, 0], (x[..., 0] * x[..., 1]).sum(axis=1), rtol=1e-6)
    if time > 2:  # every place can be marked
        assert (x[..., 1].sum(axis=0) > 0).all()


def test_the_latch_begins_with_its_answer():
    x, classes = latch(300, 9, np.random.default_rng(0), np.float64)
    assert (x.shape, classes.shape) == ((300, 9, 3), (300,))
    np.testing.assert_array_equal(x[np.arange(300), 0, classes], 1)
    np.testing.assert_array_equal(x[:, 0].sum(axis=1), 1)
    np.testing.assert_array_equal(x[:, 1:, :2], 0)
    assert abs(x[:, 1:, 2].mean()) < 0.1
    assert x[:, 1:, 2].std() == pytest.approx(1, abs=0.1)
    assert 0.4 < classes.mean() < 0.6


@pytest.mark.parametrize("task", TASKS)
def test_knowing_nothing_costs_what_the_task_says(task):
    plan = TASKS[task]
    _, y = plan.draw(20_000, 6, np.random.default_rng(1), np.float64)
    best = np.full_like(y, 1.0) if task == "adding" else np.zeros((len(y), 2))
    assert plan.loss(best, y)[0] == pytest.approx(plan.ignorance, rel=0.03)


@pytest.mark.parametrize("draw", [adding, latch])
def test_a_row_of_one_is_no_task(draw):
    with pytest.raises(ValueError, match="time is 1"):
        draw(3, 1, np.random.default_rng(0))
    with pytest.raises(ValueError, match="batch is 0"):
        draw(0, 9, np.random.default_rng(0))


@pytest.mark.parametrize("lane", LANES)
def test_every_lane_learns_a_short_latch(lane):
    learned = learn("latch", 5, lane)
    assert learned.solved
    assert learned.sequences == TASKS["latch"].batch * len(learned.loss)
    assert np.mean(learned.loss[-long_lag.WINDOW :]) <= TASKS["latch"].ignorance / 10
    assert np.mean(learned.loss[-long_lag.WINDOW - 1 : -1]) > TASKS["latch"].ignorance / 10
    layer = learned.network.layers[0]
    assert type(layer) is (RNN if lane == "rnn" else LSTM)
    x, classes = latch(200, 5, np.random.default_rng(7), np.float64)
    assert (learned.network(x).argmax(axis=-1) == classes).mean() > 0.95


def test_both_lstms_begin_with_the_same_kernels_and_rows():
    first, second = (learn("adding", 6, lane, most=1) for lane in ("lstm0", "lstm1"))
    # One step of Adam moves each weight by the learning rate at most.
    step = 2.001 * TASKS["adding"].learning_rate
    for name in ("kernel", "recurrent_kernel"):
        a, b = (getattr(learned.network.layers[0].params, name) for learned in (first, second))
        assert np.abs(a - b).max() <= step
    bias = second.network.layers[0].params.bias - first.network.layers[0].params.bias
    np.testing.assert_allclose(bias[32:64], 1, atol=step)
    np.testing.assert_allclose(np.delete(bias, np.s_[32:64]), 0, atol=step)


def test_seeds_decide():
    losses = [
        learn("adding", 5, "rnn", weights=weights, examples=examples, most=2).loss
        for weights, examples in ((0, 1), (0, 1), (2, 1), (0, 3))
    ]
    assert losses[0] == losses[1]
    assert losses[0][0] != losses[2][0]
    assert losses[0][0] != losses[3][0]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"task": "order"}, "task is 'order'"),
        ({"lag": 1}, "lag is 1"),
        ({"lane": "gru"}, "lane is 'gru'"),
        ({"most": 0}, "most is 0"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        learn(**{"task": "latch", "lag": 5, "lane": "rnn"} | wrong)
