import itertools

import numpy as np
import pytest

from lstm_edu import GRU, LSTM, SGD, Adam, Dense, LastStep, Network, fit, fit_batches
from lstm_edu.long_lag import latch
from lstm_edu.training import minibatches


def latches(time, seed):
    rng = np.random.default_rng(seed)
    while True:
        yield latch(16, time, rng)


def network_of(kind=LSTM, units=16, **options):
    return Network(
        [kind.create(3, units, seed=0, **options), LastStep(), Dense.create(units, 2, seed=1)]
    )


def accuracy(network, time):
    x, classes = latch(200, time, np.random.default_rng(99))
    return (network(x).argmax(axis=-1) == classes).mean()


def learn_the_latch(network, **options):
    return fit_batches(
        network,
        latches(30, seed=0),
        loss="cross_entropy_on_logits",
        optimizer=Adam(1e-2),
        clip_norm=1.0,
        steps=150,
        progress=False,
        **options,
    )


def test_forget_bias_1_learns_the_latch():
    network = network_of(forget_bias=1.0)
    history = learn_the_latch(network)
    assert len(history.loss) == len(history.gradient_norm) == 150
    assert history.loss[0] > 0.5
    assert np.mean(history.loss[-10:]) < 0.05
    assert accuracy(network, 30) >= 0.98


def test_forget_bias_0_does_not_learn_it_in_the_same_time():
    network = network_of(forget_bias=0.0)
    learn_the_latch(network)
    assert accuracy(network, 30) <= 0.75


def test_truncation_hides_what_lies_further_back():
    network = network_of(forget_bias=1.0)
    learn_the_latch(network, truncate=10)
    assert accuracy(network, 30) <= 0.75


def quick(network, seed=0, **options):
    x, classes = latch(64, 5, np.random.default_rng(0))
    options = {"loss": "cross_entropy_on_logits", "progress": False, "epochs": 3} | options
    return fit(network, x, classes, seed=seed, **options)


def test_a_seed_makes_a_training_repeatable():
    first, second, third = (network_of(units=4) for _ in range(3))
    losses = [quick(first).loss, quick(second).loss, quick(third, seed=1).loss]
    assert losses[0] == losses[1] != losses[2]
    for a, b in zip(first.weights, second.weights, strict=True):
        np.testing.assert_array_equal(a, b)


def test_fit_learns_a_short_latch_with_masked_padding_and_reports_on_validation_data():
    network = network_of(GRU)
    x, classes = latch(256, 5, np.random.default_rng(0))
    x = np.concatenate([x, np.full((256, 4, 3), 9.0, np.float32)], axis=1)
    mask = np.arange(9) < np.full((256, 1), 5)
    history = fit(
        network,
        x[:200],
        classes[:200],
        mask=mask[:200],
        loss="cross_entropy_on_logits",
        optimizer=Adam(1e-2),
        epochs=8,
        batch_size=16,
        validation=(x[200:], classes[200:], mask[200:]),
        progress=False,
    )
    assert len(history.loss) == 8 * 13
    assert len(history.validation_loss) == 8
    assert history.validation_loss[-1] < 0.1 < history.validation_loss[0]


@pytest.mark.filterwarnings("error")
def test_a_diverging_training_stops_and_keeps_the_last_good_weights():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(64, 5, 3)).astype(np.float32)
    y = rng.normal(size=(64, 2)).astype(np.float32)
    network = network_of(units=4)
    with pytest.raises(FloatingPointError, match=r"Training stopped at batch \d+.*below 1e\+25"):
        fit(network, x, y, loss="mean_squared_error", optimizer=SGD(1e25), epochs=9, progress=False)
    assert all(np.isfinite(weight).all() for weight in network.weights)


def test_a_loss_that_is_nan_stops_the_training_at_once():
    network = network_of(units=4)
    before = network.weights

    def broken(output, target):
        return float("nan"), np.zeros_like(output)

    with pytest.raises(FloatingPointError, match=r"batch 1: The loss is nan.*clip_norm=1\.0"):
        quick(network, loss=broken)
    assert all(a is b for a, b in zip(before, network.weights, strict=True))


def test_clipping_bounds_the_step():
    network = network_of(units=4)
    before = network.weights
    quick(network, optimizer=SGD(1.0), clip_norm=1e-3, epochs=1, batch_size=64)
    moved = np.sqrt(sum(((a - b) ** 2).sum() for a, b in zip(before, network.weights, strict=True)))
    assert moved == pytest.approx(1e-3, rel=1e-2)


def test_minibatches_show_every_example_once():
    x = np.arange(10)
    seen = [part for part, _, _ in minibatches(x, x, batch_size=4, seed=3)]
    assert [len(part) for part in seen] == [4, 4, 2]
    assert sorted(np.concatenate(seen)) == list(range(10))
    assert list(np.concatenate(seen)) != list(range(10))


def test_the_progress_bar_shows_the_loss(capsys):
    network = network_of(units=4)
    batches = itertools.islice(latches(5, seed=0), 3)
    fit_batches(network, batches, loss="cross_entropy_on_logits", steps=3)
    quick(network, progress=True)
    assert "batch" in capsys.readouterr().err
