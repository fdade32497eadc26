"""The article's model on ten topics: the stored network, its record, and the command."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing
from lstm_edu.datasets.topics import topics
from lstm_edu.models import topics as command

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def model():
    return exported.load("topics")


@pytest.fixture(scope="module")
def data():
    return topics()


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 600_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())


def test_it_has_the_layers_of_the_article(model):
    layers = model.to_dict()["layers"]
    assert [layer["type"] for layer in layers] == ["Embedding", "LSTM", "LSTM", "Dense"]
    assert [lstm.units for lstm in model.lstms.values()] == [64, 32]
    assert [layer.get("return_sequences") for layer in layers] == [None, True, False, None]
    assert layers[-1]["activation"] == "softmax"
    assert len(model.vocabulary) == command.PAGE_WORDS


def test_it_was_made_by_the_command_from_these_data(model, data):
    made = model.provenance
    again = command.describe(data, made["epochs"], made["seed"])
    assert {k: v for k, v in made.items() if k != "versions"} == {
        k: v for k, v in again.items() if k != "versions"
    }


def test_the_recorded_score_is_what_it_scores(model, data):
    found = command.answers(model, data.test)
    right = np.mean(found == data.test.labels)
    assert right == pytest.approx(model.scores["accuracy"], abs=2e-3)


def test_the_confusions_are_of_the_test_part(model):
    table = np.array(model.scores["confusion"])
    assert table.sum(axis=1).tolist() == [100] * 10
    assert np.trace(table) / 1000 == pytest.approx(model.scores["all_words"], abs=1e-3)


def test_the_stored_one_is_the_best_on_validation(model):
    runs = model.scores["runs"][command.MASKED]
    best = max(runs, key=lambda run: run["validation"]["accuracy"])
    assert best["seed"] == model.provenance["seed"]
    assert [run["seed"] for run in runs] == list(command.SEEDS)
    for run in runs:
        assert len(run["history"]["val_loss"]) == command.EPOCHS
        assert run["epoch"] == 1 + int(np.argmin(run["history"]["val_loss"]))


def test_few_words_and_few_bits_cost_little(model):
    scores = model.scores
    assert abs(scores["all_words"] - scores["accuracy"]) < 0.03
    assert scores["same_answer"] > 0.9


def test_the_baselines_are_what_they_score(model, data):
    assert command.simple(data) == model.scores["simple"]
    assert model.scores["simple"]["majority"] == {"validation": 0.1, "test": 0.1}


def test_keras_answers_as_the_stored_network(model):
    ids = model.encode("a large cat of the forests of Asia")[None]
    keras_model = command.keras_model(model)
    expected = model.run(ids)[1]
    np.testing.assert_allclose(keras_model(ids.astype(np.int32)), expected, atol=1e-5)
    padded = np.pad(ids, ((0, 0), (0, 9))).astype(np.int32)
    np.testing.assert_allclose(keras_model(padded), expected, atol=1e-5)


def test_as_printed_it_is_the_model_of_the_article():
    model = command.build(command.AS_PRINTED)
    assert model.count_params() == 640_000 + 33_024 + 12_416 + 330
    assert not model.get_layer("embedding").mask_zero
    assert command.build(command.MASKED).get_layer("embedding").mask_zero


def test_confusion_counts_rows_by_truth():
    table = np.array(command.confusion(np.array([1, 1, 2]), np.array([1, 0, 2])))
    assert table[0, 1] == table[1, 1] == table[2, 2] == 1
    assert table.sum() == 3


def test_the_command_trains_once_and_again_only_when_asked(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "SEEDS", (0,))
    monkeypatch.setattr(command, "STRENGTHS", (1.0,))
    monkeypatch.setattr(command, "COMPILED", False)
    monkeypatch.setattr(command, "topics", lambda: topics(40))

    def run(name, *more):
        folder, output = tmp_path / "folder", tmp_path / name
        command.main(["--epochs", "1", "--folder", str(folder), "--output", str(output), *more])
        return output.read_bytes()

    one = run("one.json")
    trained = []
    original = command.train
    monkeypatch.setattr(command, "train", lambda *a, **k: trained.append(a) or original(*a, **k))
    assert run("two.json") == one
    assert trained == []
    run("three.json", "--fresh")
    assert len(trained) == 3
    assert "TF-IDF + logistic regression" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        command.main(["--epochs", "0"])
