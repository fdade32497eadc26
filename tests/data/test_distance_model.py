"""Who remembers a definition how long: the stored network, the record, and the command."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing, results
from lstm_edu.datasets.long_text import long_texts
from lstm_edu.models import distance as command

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def model():
    return exported.load("distance")


@pytest.fixture(scope="module")
def data():
    return long_texts()


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 200_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())


def test_the_recorded_score_is_what_it_scores(model, data):
    scores = model.scores
    for distance in (0, 40):
        found = command.exported_right(model, data.test, distance)
        assert found == pytest.approx(scores["test"][str(distance)], abs=0.5)
        assert abs(found - scores["unrounded"][str(distance)]) < 2  # eight bits cost little


def test_the_record_is_the_last_column_of_the_study(model):
    record, far = results.load("long_text"), str(command.DISTANCES[-1])
    for kind, found in model.scores["trained_at"].items():
        assert record[kind].scores == tuple(found[far])
        assert len(found[far]) == len(record.seeds)
    for name, found in model.scores["simple"].items():
        assert record[name].scores == (found[far],)
    assert record.network.name == next(iter(command.KINDS))
    kinds = model.scores["trained_at"]
    best = max(kinds, key=lambda kind: np.mean(kinds[kind]["validation"]))
    assert best == record.network.name  # chosen on the validation part, too


def test_a_baseline_is_what_it_scores(model, data):
    found = command.bag(data, lambda ids: ids[:, -command.SEEN :], 20)
    name = f"words counted, the last {command.SEEN}"
    assert found == model.scores["simple"][name]["20"]


def test_kinds_differ_by_cell_and_bias_alone():
    for kind, (cell, bias) in command.KINDS.items():
        layer = command.build(kind, 50, 0).layers[1]
        assert layer.cell == cell
        if cell == "lstm":
            assert set(layer.params.bias[32:64]) == {np.float32(bias)}
        if cell == "gru":
            assert set(layer.params.bias[0, :32]) == {np.float32(bias)}
            assert not layer.params.bias[0, 32:].any()


def test_the_exported_network_reads_without_padding_as_the_trained_one_with_a_mask(data):
    network = command.build("LSTM, forget bias 5", len(data.vocabulary), 0)
    ids, mask = data.test.fixed(10)
    small = command.export(network, data)
    for row in (0, 10):
        text = data.words(ids[row]).replace("[UNK]", "zzz")
        logits = network(ids[row : row + 1], mask[row : row + 1])[0]
        p = np.exp(logits - logits.max())
        np.testing.assert_allclose(small.answers(text)[-1], p / p.sum(), atol=5e-3)


def test_the_command_trains_once_and_again_only_when_asked(data, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "SEEDS", (0,))
    monkeypatch.setattr(command, "KINDS", dict(list(command.KINDS.items())[:2]))
    monkeypatch.setattr(command, "long_texts", lambda: data)
    monkeypatch.setattr(command, "DISTANCES", (0, 2))
    monkeypatch.setattr(command, "BEYOND", (4,))
    monkeypatch.setattr(command, "simple", lambda data: {"guess": {"2": 10.0}})

    def run(name, *more):
        written = []
        output = tmp_path / name
        command.main(
            ["--steps", "1", "--folder", str(tmp_path), "--output", str(output), *more],
            written.append,
        )
        assert [record.name for record in written] == ["long_text"]
        return output.read_bytes()

    one = run("one.json")
    trained = []
    original = command.train
    monkeypatch.setattr(command, "train", lambda *a, **k: trained.append(a) or original(*a, **k))
    assert run("two.json") == one
    assert trained == []
    assert "LSTM, forget bias 1" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        command.main(["--steps", "0"])
