"""The listener to spoken digits that comes with the package: what its file says of it is true."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing, results
from lstm_edu.datasets import spoken_digits
from lstm_edu.models import digits as command
from lstm_edu.models import digits_baselines as baselines
from lstm_edu.models import digits_training as training
from lstm_edu.sounds import Sounds

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def data():
    return spoken_digits()


@pytest.fixture(scope="module")
def model():
    return exported.load("digits")


@pytest.fixture(scope="module")
def scaled(data):
    return training.Scaled(data.train)


def few(part, each=4):
    """Return a few recordings of each digit."""
    rows = np.concatenate([np.flatnonzero(part.labels == digit)[:each] for digit in range(10)])
    return part.select(rows)


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 150_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())


def test_the_network_is_the_one_that_the_command_makes(model, data):
    made = model.provenance
    again = command.describe(data, made["epochs"], made["seed"])
    assert made["epochs"] == training.EPOCHS
    assert {k: v for k, v in made.items() if k != "versions"} == {
        k: v for k, v in again.items() if k != "versions"
    }
    validation = [run["validation"]["nats"] for run in model.scores["runs"]["BiLSTM"]]
    assert made["seed"] == command.SEEDS[int(np.argmin(validation))]


def test_the_recorded_scores_are_what_it_scores(model, data, scaled):
    p = command.answers(model, scaled(data.test))
    found = training.right(p, data.test.labels)
    assert found == model.scores["test"] == model.quantization["right_after"]
    assert abs(found - model.quantization["right_before"]) < 0.004
    assert model.quantization["probability_max"] < 0.2
    table = np.array(model.scores["confusion"])
    assert table.sum() == len(data.test)
    assert np.trace(table) / table.sum() == pytest.approx(
        model.quantization["right_before"], abs=1e-4
    )


def test_the_record_says_what_the_model_says(model):
    record = results.load("speech")
    assert record.command == f"python -m {command.COMMAND}"
    assert record.seeds == command.SEEDS
    assert record.network.scores == tuple(
        command.percent(run["test"]["right"]) for run in model.scores["runs"]["BiLSTM"]
    )
    for name, row in model.scores["simple"].items():
        assert record[name].scores == (command.percent(row["test"]),)


def test_the_recorded_baselines_are_what_they_score(model, data, scaled):
    """A cheap one, and the dear one on a part."""
    x = {name: scaled(getattr(data, name)) for name in ("train", "test")}
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(max_iter=3000).fit(baselines.averaged(x["train"]), data.train.labels)
    share = line.score(baselines.averaged(x["test"]), data.test.labels)
    assert share == pytest.approx(
        model.scores["simple"]["logistic regression, mean"]["test"], abs=0.01
    )
    far = baselines.warped_distances(x["test"][:60], x["train"])
    found = baselines.nearest(far, data.train.labels, 1)
    assert np.mean(found == data.test.labels[:60]) > 0.95


def test_only_training_frames_decide_how_it_is_scaled(data):
    frames = np.concatenate(data.train.sequences).astype(float)
    scaled = training.Scaled(data.train)
    np.testing.assert_allclose(scaled.mean, frames.mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(scaled.std, frames.std(axis=0), rtol=1e-5)


def test_it_brings_recordings_it_was_not_trained_on(model, data, scaled):
    given = model.to_dict()["recordings"]
    sounds = Sounds.from_dict(given)
    assert np.bincount(sounds.labels).tolist() == [command.CARRIED] * 10
    places = data.test.places.tolist()
    for k, place in enumerate(given["places"]):
        row = places.index(place)
        assert sounds.labels[k] == data.test.labels[row]
        np.testing.assert_allclose(sounds.sequences[k], data.test.sequences[row], rtol=1e-3)
    assert "CC BY-SA 4.0" in sounds.licence
    assert "Free Spoken Digit Dataset" in sounds.citation
    np.testing.assert_allclose(sounds.mean, scaled.mean)


def test_padding_changes_no_answer(data, scaled):
    network = training.build("BiLSTM", 0)
    sequences = scaled(few(data.test, 1))
    together = training.probabilities(network, sequences)
    alone = np.concatenate([training.probabilities(network, [each]) for each in sequences])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    whole = command.export(network, data)
    np.testing.assert_allclose(command.answers(whole, sequences), alone, atol=1e-5)


def test_an_epoch_reads_each_recording_once(data, scaled):
    part = few(data.train, 9)
    random = np.random.default_rng(0)
    seen = list(training.batches(scaled(part), part.labels, random))
    assert sum(len(y) for _, y, _ in seen) == len(part)
    assert sorted(np.concatenate([mask.sum(axis=1) for _, _, mask in seen])) == sorted(part.lengths)


def test_training_is_decided_by_its_seed_and_learns(data):
    part, held = few(data.train, 30), few(data.validation)
    one, two, other = (
        training.train("BiLSTM", part, held, 2, progress=False, seed=seed) for seed in (1, 1, 2)
    )
    assert one.history == two.history != other.history
    assert one.history["loss"][1] < one.history["loss"][0]
    network = training.build("GRU", 0)
    assert abs(sum(w.size for w in network.weights) - 12_426) < 100


def test_the_command_refuses_no_epochs():
    with pytest.raises(SystemExit):
        command.main(["--epochs", "0"])
