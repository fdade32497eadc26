"""Snapshots of a training by fit and fit_batches."""

import doctest

import numpy as np
import pytest
from recordings import (
    OTHERS,
    SIGNALS,
    TEXTS,
    VOCABULARY,
    encoded,
    learn,
    network,
    recorder,
    recording,
)

from lstm_edu import GRU, LSTM, Dense, Embedding, Network, fit_batches, packing
from lstm_edu import recorder as module
from lstm_edu.recorder import Recorder, log_spaced


def weights(run, snapshot):
    layers = run.to_dict()["snapshots"][snapshot]["weights"]
    return [packing.unpack(tensor) for layer in layers for tensor in layer.values()]


def test_fit_calls_before_the_first_batch_and_after_every_one():
    heard = []
    learn(
        network(), epochs=3, batch_size=1, callback=lambda history: heard.append(len(history.loss))
    )
    assert heard == [0, 1, 2, 3, 4, 5, 6]


def test_fit_batches_does_too():
    heard, x = [], encoded(TEXTS)
    how = {"loss": "cross_entropy_on_logits", "steps": 3, "progress": False}
    batches = iter(lambda: (x[:, :-1], x[:, 1:]), None)
    fit_batches(network(), batches, callback=lambda h: heard.append(len(h.loss)), **how)
    assert heard == [0, 1, 2, 3]


def test_a_snapshot_has_the_very_weights_of_its_step():
    run = recorder(network(), (0, 2, 7)).run(OTHERS, rounded=False)
    assert run.steps == (0, 2, 7, 20)  # the last is always looked at
    for snapshot, step in enumerate(run.steps):
        own = network()
        if step:
            learn(own, epochs=step)
        for found, expected in zip(weights(run, snapshot), own.weights, strict=True):
            np.testing.assert_array_equal(found, expected.astype(np.float64))


def test_recording_changes_nothing():
    watched, alone = network(), network()
    recorder(watched, range(20))
    learn(alone)
    for found, expected in zip(watched.weights, alone.weights, strict=True):
        np.testing.assert_array_equal(found, expected)


def test_a_snapshot_answers_as_the_network_did():
    own = network()
    run = recorder(own).run(OTHERS, rounded=False)
    ids = encoded(OTHERS)
    expected = own(ids)
    expected = np.exp(expected) / np.exp(expected).sum(-1, keepdims=True)
    np.testing.assert_allclose(run.model(-1).run(ids)[1], expected, atol=1e-5)
    assert run.losses["validation"][-1] < run.losses["validation"][0]
    assert set(run.losses) == {"validation"}


def test_rounding_is_measured_and_kept():
    exact, small = recording(rounded=False), recording()
    assert exact.quantization == {}
    assert small.quantization["bits"] == 8
    for k in range(len(small)):
        for text in OTHERS:
            moved = np.abs(exact.model(k).probabilities(text) - small.model(k).probabilities(text))
            assert moved.max() <= small.quantization["probability_max"] * 1.01
    assert 0 < small.quantization["probability_max"] < 0.05
    # What is told of the snapshots is measured with the weights that are kept.
    assert small.losses["validation"] != exact.losses["validation"]


def test_units_are_chosen_on_one_text_and_measured_on_another():
    run = recording()
    assert run.tried == 6 * 2 * 5
    assert [job.signal for job in run.jobs()] == list(SIGNALS)
    for job in run.jobs():
        r = run.r(job.quantity, len(run) - 1, job.signal, job.unit)
        assert job.explained == pytest.approx(r * r)


def test_softmax_in_the_network_is_not_put_on_it_twice():
    own = network()
    own.layers[-1] = Dense(*own.layers[-1].params, activation="softmax")
    recorded = Recorder(own, VOCABULARY, [0])
    recorded(type("History", (), {"loss": []})())
    run = recorded.run(OTHERS, rounded=False)
    np.testing.assert_allclose(
        run.model(0).run(encoded(OTHERS))[1], own(encoded(OTHERS)), atol=1e-6
    )


@pytest.mark.parametrize(
    ("layers", "error", "message"),
    [
        (
            [Embedding.create(3, 2), GRU.create(2, 4), Dense.create(4, 3)],
            TypeError,
            "layer 1 is GRU",
        ),
        (
            [Embedding.create(3, 2), LSTM.create(2, 4), Dense.create(4, 3, activation="tanh")],
            ValueError,
            "linear or softmax",
        ),
    ],
)
def test_another_network_is_refused_before_it_is_trained(layers, error, message):
    with pytest.raises(error, match=message):
        Recorder(Network(layers), VOCABULARY, [0])


def test_what_is_missing_is_said():
    fresh = Recorder(network(), VOCABULARY, [0, 1])
    with pytest.raises(ValueError, match="nothing has been recorded yet"):
        fresh.run(OTHERS)
    with pytest.raises(ValueError, match="no training texts"):
        recorder(network()).run(OTHERS, signals=SIGNALS)
    with pytest.raises(ValueError, match="'z' at position 1"):
        recorder(network()).run(["az"])
    for texts in ("abab", [], ["ab", "a"]):
        with pytest.raises(ValueError, match=r"texts are .* expected a list of texts"):
            recorder(network()).run(texts)
    with pytest.raises(ValueError, match="heard of 20 batches of one training"):
        learn(network(), callback=recorder(network()))
    with pytest.raises(ValueError, match="0 steps were given"):
        Recorder(network(), VOCABULARY, [])
    with pytest.raises(ValueError, match="step is -1"):
        Recorder(network(), VOCABULARY, [-1])
    other = Recorder(network(), "abcd", [0])
    with pytest.raises(ValueError, match=r"shape \(3, 3\)"):
        learn(network(), callback=other)


def test_steps_are_spaced_by_a_factor():
    steps = log_spaced(4096, 25)
    assert (steps[:2], steps[-1], len(set(steps))) == ([0, 1], 4096, len(steps))
    assert log_spaced(1) == [0, 1]


def test_its_docstrings_tell_the_truth():
    failures, tests = doctest.testmod(module)
    assert (failures, tests > 0) == (0, True)
