"""The Python half of the TrainingReplay: its traits, what it refuses, what is stored in a page."""

import doctest
import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu import replay
from lstm_edu.figures import TrainingReplay, training_replay
from lstm_edu.figures.base import STATIC
from lstm_edu.replay import TrainingRun

sys.path.append(str(Path(__file__).parents[1] / "data"))

from recordings import recording

LINE = "To be, or not to be"


@pytest.fixture(scope="module")
def learning():
    return replay.load("learning")


@pytest.fixture(scope="module")
def own():
    return recording()


class TestTraits:
    def test_a_training_by_name_by_object_or_by_dict_is_the_same(self, learning):
        figures = [TrainingReplay(t, text=LINE) for t in ("learning", learning, learning.to_dict())]
        assert {figure.html() for figure in figures} == {figures[0].html()}
        assert figures[0].name == "training-replay"

    def test_it_opens_on_the_clearest_job_after_the_last_batch(self, learning):
        figure = TrainingReplay(learning, text=LINE)
        best = max(learning.jobs(), key=lambda job: job.explained)
        shown = (figure.signal, figure.unit, figure.gate)
        assert shown == (best.signal, best.unit, best.quantity)
        assert figure.snapshot == len(learning) - 1

    def test_it_opens_on_the_unit_of_a_signal(self, learning):
        figure = TrainingReplay(learning, text=LINE, signal="vowel", unit=3)
        (job,) = [job for job in learning.jobs() if job.signal == "vowel"]
        assert (figure.gate, figure.unit) == (job.quantity, 3)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"snapshot": 20}, "snapshot is 20; expected 0 to 19"),
            ({"snapshot": -1}, "snapshot is -1"),
            ({"time": 19}, "time is 19; expected 0 to 18"),
            ({"unit": 32}, "unit is 32; expected 0 to 31"),
            ({"signal": "rhyme"}, "signal is 'rhyme'; expected one of: space, line break"),
            ({"gate": "x"}, "gate"),
            ({"text": "né"}, "'é'"),
            ({"text": ""}, "text is empty"),
            ({"text": "a" * 401}, "401 characters; a figure reads 400"),
            ({"name": "Two words"}, "lower-case letters"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, learning, given, message):
        with pytest.raises(TraitError, match=message):
            TrainingReplay(learning, **({"text": LINE} | given))
        figure = TrainingReplay(learning, text=LINE)
        ((trait, value),) = given.items()
        before = getattr(figure, trait)
        with pytest.raises(TraitError, match=message):
            setattr(figure, trait, value)
        assert getattr(figure, trait) == before

    @pytest.mark.parametrize(
        ("training", "error", "message"),
        [
            (3, TypeError, "training is a int"),
            (None, TypeError, "training is a NoneType"),
            ("forgetting", ValueError, "expected one of learning"),
            ({"format": "x"}, ValueError, "format of the run is 'x'"),
        ],
    )
    def test_what_is_no_training_is_refused(self, training, error, message):
        with pytest.raises(error, match=message):
            TrainingReplay(training, text=LINE)

    def test_it_has_no_other_traits(self, learning):
        with pytest.raises(TypeError, match="has no 'epoch'; expected gate"):
            TrainingReplay(learning, text=LINE, epoch=3)

    def test_the_browser_moves_it(self, learning):
        figure = TrainingReplay(learning, text=LINE)
        figure.set_state({"snapshot": 3, "text": "No", "time": 1, "gate": "f"})
        assert (figure.snapshot, figure.text, figure.time, figure.gate) == (3, "No", 1, "f")

    def test_the_cursor_stays_inside(self, learning, own):
        figure = TrainingReplay(learning, text=LINE, time=18, unit=31)
        with figure.hold_trait_notifications():
            figure.training, figure.text = own, "abab"
        assert (figure.time, figure.unit, figure.snapshot) == (3, 4, 3)
        assert figure.signal == "space"


class TestRun:
    def test_it_shows_the_run_of_its_snapshot(self, learning):
        for snapshot in (0, 9, 19):
            shown = TrainingReplay(learning, text=LINE, snapshot=snapshot).trace()
            np.testing.assert_array_equal(shown.c, learning.model(snapshot).trace(LINE).c)

    def test_a_training_without_signals_can_be_shown(self):
        figure = TrainingReplay(recording(signals=False), text="abab")
        assert (figure.signal, figure.gate, figure.unit) == ("none", "h", 0)
        with pytest.raises(TraitError, match="expected one of: none"):
            figure.signal = "space"
        assert figure.picture().startswith("<?xml")
        assert "r²" not in figure.description()


class TestPage:
    def test_a_packaged_training_is_named_and_any_other_held(self, learning, own):
        def state(figure):
            return json.loads(re.search(r"<script[^>]*>(.*?)</script>", figure.html(), re.S)[1])

        packaged = state(TrainingReplay(learning, text=LINE))
        assert packaged["training"] == {"ref": "learning"}
        assert state(TrainingReplay(own, text="ab"))["training"] == own.to_dict()
        named = learning.to_dict()
        named["snapshots"].pop()
        named["agreement"] = None
        assert "snapshots" in state(TrainingReplay(TrainingRun(named), text=LINE))["training"]

    def test_picture_and_description_tell_the_same(self, learning):
        figure = TrainingReplay(learning, text=LINE, snapshot=10)
        assert figure.picture() == TrainingReplay(learning, text=LINE, snapshot=10).picture()
        for words in ("unit 26", "nats per character", "triples counted", "place in the line"):
            assert words in figure.picture()
        step = f"{learning.steps[10]:,}"
        assert f"after {step} batches" in figure.description()
        assert f"after {step} batches" in repr(figure)

    def test_hostile_texts_stay_texts(self, own):
        data = own.to_dict()
        data["model"]["title"] = data["model"]["name"] = "</script><script>alert(1)</script>"
        html = TrainingReplay(data, text="ab", name="one").html()
        assert html.count("<script") == 1

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "TrainingReplay.mjs").read_text("utf-8")
        assert (STATIC / "figures" / "TrainingReplay.js").exists()


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(training_replay)
    assert failures == 0
    assert tests > 0
