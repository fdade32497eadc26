"""The command that trains and records the small network of the TrainingReplay."""

import numpy as np
import pytest

from lstm_edu import packing, replay
from lstm_edu.datasets import shakespeare
from lstm_edu.models import learning


@pytest.fixture(scope="module")
def plays():
    return shakespeare()


def test_it_begins_as_the_packaged_run_did(plays):
    again, packaged = learning.record(plays, 8, progress=False), replay.load("learning")
    assert again.steps == packaged.steps[:5] == (0, 1, 2, 4, 8)
    # The learning rate falls in the second half, which is still to come in the longer run.
    for k in range(4):
        for own, kept in zip(
            again.to_dict()["snapshots"][k]["weights"],
            packaged.to_dict()["snapshots"][k]["weights"],
            strict=True,
        ):
            for name, tensor in own.items():
                expected = packing.unpack(kept[name])
                # Another processor may round the last digit, and so a level, otherwise.
                np.testing.assert_allclose(packing.unpack(tensor), expected, atol=2e-3)
    for name, values in again.losses.items():
        assert values[:4] == pytest.approx(packaged.losses[name][:4], abs=2e-3)
    assert again.baselines == pytest.approx(packaged.baselines, abs=1e-6)
    assert set(again.provenance) == set(packaged.provenance)


def test_what_is_measured_on_was_not_learnt_from(plays):
    held_out = "".join(play.text for play in plays.split("validation"))
    texts = learning.texts(plays, "validation")
    assert len(texts) == 3 * learning.TEXTS
    assert all(len(text) == learning.LENGTH and text in held_out for text in texts)
    training = "".join(play.text for play in plays.split("train"))
    assert all(text in training for text in learning.texts(plays, "train"))


def test_its_table_tells_losses_jobs_and_how_many_were_tried():
    table = learning.table(replay.load("learning"))
    assert "4,096" in table
    assert "triples counted" in table
    assert "place in the line      26 c" in table
    assert "best of 192 pairs" in table


def test_it_refuses_no_batches(capsys):
    with pytest.raises(SystemExit):
        learning.main(["--batches", "0"])
    assert "expected 1 or more" in capsys.readouterr().err
