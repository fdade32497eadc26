"""A recorded training as it travels: kept, opened, and refused where it does not hold together."""

import copy
import doctest
import json
import re

import numpy as np
import pytest
from recordings import OTHERS, TEXTS, network, recorder, recording

from lstm_edu import packing, replay
from lstm_edu.replay import TrainingRun
from lstm_edu.replay_checks import MOST_SNAPSHOTS


@pytest.fixture(scope="module")
def data():
    return recording().to_dict()


def test_it_comes_back_as_it_was_saved(tmp_path, data):
    run = TrainingRun(data)
    run.save(tmp_path / "run.json")
    again = replay.read(tmp_path / "run.json")
    assert again.to_dict() == data
    again.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "run.json").read_bytes()
    assert repr(run) == "TrainingRun('small', LSTM(5), 4 snapshots, steps 0 to 20)"
    assert (len(run), run.name, run.title) == (4, "small", "Small")


def test_it_cannot_be_changed_from_outside(data):
    given = copy.deepcopy(data)
    run = TrainingRun(given)
    given["snapshots"].clear()
    run.to_dict()["snapshots"].clear()
    assert len(run) == 4


def test_losses_can_be_measured_anew(data):
    run = TrainingRun(data).with_losses(OTHERS[:1])
    assert set(run.losses) == {"validation"}


def change(data, path, value):
    """Return the data with what lies at a path replaced, or deleted where value is ``...``."""
    changed = copy.deepcopy(data)
    *parents, last = path
    place = changed
    for key in parents:
        place = place[key]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return changed


NAN = packing.pack(np.full((3, 3), np.nan))
CASES = {
    "format": (("format",), "lstm_edu.model/1", "format of the run is 'lstm_edu.model/1'"),
    "no snapshots": (("snapshots",), [], "has no snapshots"),
    "snapshots of another kind": (("snapshots",), {"0": 1}, "has no snapshots"),
    "too many": (("snapshots",), [{}] * (MOST_SNAPSHOTS + 1), "has 201 snapshots"),
    "a step is missing": (("snapshots", 1, "step"), ..., "snapshot 1 lacks its step"),
    "a step is half": (("snapshots", 1, "step"), 0.5, "step of snapshot 1 is 0.5"),
    "steps fall": (("snapshots", 1, "step"), 0, "step 0 follows 0"),
    "no weights": (("snapshots", 2, "weights"), ..., "snapshot 2 lacks its weights"),
    "too few weights": (("snapshots", 2, "weights"), [], "snapshot 2 has weights for 0 layers"),
    "weights are a text": (("snapshots", 2, "weights"), "abc", "a snapshot its weights"),
    "another shape": (
        ("snapshots", 3, "weights", 0, "embeddings"),
        packing.pack(np.zeros((3, 4))),
        "4",
    ),
    "NaN": (("snapshots", 3, "weights", 0, "embeddings"), NAN, "nan"),
    "NaN loss": (("snapshots", 1, "losses", "validation"), float("nan"), "validation loss of sna"),
    "loss is a text": (("snapshots", 1, "losses", "validation"), "1", "expected a number"),
    "a loss is missing": (("snapshots", 1, "losses", "training"), ..., "snapshot 1 has losses on"),
    "no validation": (("snapshots", 0, "losses"), {"training": 1.0}, "expected 'validation'"),
    "no layers": (("model", "layers"), ..., "lacks its model's layers"),
    "no network": (("model",), None, "lacks its model's layers"),
    "another rule": (("agreement", "signals", 0, "rule"), {"is": " "}, "expected one rule"),
    "another correlation": (
        ("agreement", "correlation"),
        packing.pack(np.zeros((6, 4, 2, 4))),
        r"correlation has shape \(6, 4, 2, 4\)",
    ),
    "correlation 2": (
        ("agreement", "correlation"),
        packing.pack(np.full((6, 4, 2, 5), 2.0)),
        "expected −1 to 1",
    ),
    "no unit chosen": (("agreement", "signals", 0, "chosen"), ..., "chosen for 'space' is None"),
    "no such unit": (("agreement", "signals", 0, "chosen"), ["h", 5], "chosen for 'space'"),
    "no such quantity": (("agreement", "signals", 0, "chosen"), ["x", 0], "chosen for 'space'"),
    "signals as a dict": (("agreement", "signals"), {"space": {"in": " "}}, "expected a list"),
    "one name twice": (("agreement", "signals", 1, "name"), "space", "called alike"),
    "baseline": (("baselines",), {"pairs": float("inf")}, "baseline 'pairs' is inf"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_hold_together_is_refused(data, case):
    path, value, message = CASES[case]
    with pytest.raises((ValueError, TypeError), match=message):
        TrainingRun(change(data, path, value))


@pytest.mark.parametrize("wrong", [None, 3, "learning", [], {}])
def test_what_is_no_run_is_refused(wrong):
    with pytest.raises(ValueError, match="the format of the run"):
        TrainingRun(wrong)


def test_another_network_is_refused(data):
    swapped = copy.deepcopy(data)
    swapped["model"]["layers"].pop(1)
    for snapshot in swapped["snapshots"]:
        snapshot["weights"].pop(1)
    with pytest.raises(ValueError, match="layer"):
        TrainingRun(swapped)


def test_a_run_too_large_for_a_page_is_refused(monkeypatch, data):
    monkeypatch.setattr("lstm_edu.replay_checks.MOST_WEIGHTS", 100)
    with pytest.raises(ValueError, match="Take fewer snapshots"):
        TrainingRun(data)


def test_a_run_of_one_snapshot_is_one():
    run = recorder(network(), (20,)).run(TEXTS)
    assert run.steps == (20,)


def test_its_docstrings_tell_the_truth():
    failures, tests = doctest.testmod(replay)
    assert (failures, tests > 0) == (0, True)


@pytest.fixture(scope="module")
def run():
    return replay.load("learning")


class TestLearning:
    """The run that comes with the package."""

    def test_it_is_small(self, run, tmp_path):
        run.save(tmp_path / "run.json")
        assert (tmp_path / "run.json").stat().st_size < 360_000

    def test_it_begins_before_the_first_batch_and_knows_nothing(self, run):
        assert run.steps[0] == 0
        assert run.losses["validation"][0] == pytest.approx(np.log(76), abs=0.01)

    def test_it_learns_more_than_pairs_tell(self, run):
        falling = np.array(run.losses["validation"])
        assert falling[-1] == falling.min()
        assert falling[-1] < run.baselines["pairs counted"] - 0.3
        assert falling[0] > run.baselines["pairs counted"]

    def test_some_units_find_a_job_and_keep_it(self, run):
        found = {job.signal: job for job in run.jobs() if job.found_at is not None}
        assert len(found) >= 2
        assert all(job.found_at > 8 for job in found.values())

    def test_its_weights_were_rounded_and_that_was_measured(self, run):
        assert run.quantization["bits"] == 8
        assert run.quantization["nats_max"] < 0.02

    def test_none_comes_by_another_name(self):
        with pytest.raises(ValueError, match=re.escape("expected one of learning")):
            replay.load("forgetting")

    def test_its_file_is_in_the_package_s_own_layout(self, run, tmp_path):
        run.save(tmp_path / "again.json")
        packaged = replay._folder() / "learning.json"
        assert json.loads(packaged.read_text("utf-8")) == run.to_dict()
        assert (tmp_path / "again.json").read_text("utf-8") == packaged.read_text("utf-8")
