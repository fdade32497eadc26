"""The Python half of the SoundExplorer: its sources, its traits, what follows from them."""

import doctest
import json

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu import exported
from lstm_edu.figures import SoundExplorer, sound_explorer
from lstm_edu.sounds import Sounds, decided


@pytest.fixture
def figure():
    return SoundExplorer(recording=14)


def test_the_packaged_one_brings_its_recordings(figure):
    assert figure.sounds is None
    assert figure.time == len(figure.frames) - 1
    model, sounds = exported.load("digits"), Sounds.from_dict(figure.model["recordings"])
    expected = model.answers(sounds.scaled(sounds.sequences[14]))
    np.testing.assert_array_equal(figure.answers, expected)
    assert figure.decided == decided(expected)
    assert figure.state()["model"] == {"ref": "digits"}
    assert json.loads(json.dumps(figure.state()))["recording"] == 14
    assert repr(figure) == "SoundExplorer(model='digits', recording=14)"
    assert "“seven”" in figure.description()
    assert figure.picture() == SoundExplorer(recording=14).picture()


def test_recordings_of_ones_own(figure):
    frames = [np.random.default_rng(k).normal(size=(6 + k, 13)) for k in range(2)]
    own = SoundExplorer(
        sounds=Sounds(tuple(frames), (3, 9), np.zeros(13), np.ones(13)), recording=1
    )
    np.testing.assert_array_equal(own.frames, frames[1])
    own.set_trait("head", 2)
    own.direction = "backwards"
    np.testing.assert_array_equal(own.frames, frames[1][:1:-1])
    assert own.time == 4
    assert "sounds" in own.state()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"recording": 20}, "recording is 20; expected 0 to 19"),
        ({"other": 20}, "other is 20; expected 0 to 19"),
        ({"recording": 3, "head": 6, "tail": 4}, "leave too little of the 12 frames"),
        ({"recording": 3, "covers": "0-12"}, "recording 3 ends with frame 11"),
        ({"covers": "2-1"}, "expected 'none' or spans"),
        ({"share": 101}, "expected a whole number from 0 to 100"),
        ({"stretch": 49}, "from 50 to 150"),
        ({"recording": 3, "time": 12}, "time is 12; expected 0 to 11"),
        ({"gate": "z"}, "gate"),
        ({"direction": "sideways"}, "direction"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, message):
    with pytest.raises(TraitError, match=message):
        SoundExplorer(**wrong)


def test_a_refused_change_leaves_all_as_it_was(figure):
    before = figure.state()
    for name, value in {"recording": 99, "head": 15, "covers": "x", "time": 40}.items():
        with pytest.raises(TraitError):
            setattr(figure, name, value)
    assert figure.state() == before
    figure.tail = 6
    assert figure.time == len(figure.frames) - 1


def test_other_models_are_refused():
    with pytest.raises(ValueError, match="brings no recordings"):
        SoundExplorer("demand")
    given = exported.load("digits").to_dict()["recordings"]
    with pytest.raises(ValueError, match="no listener"):
        SoundExplorer("languages", sounds=given)
    with pytest.raises(ValueError, match="no listener"):
        SoundExplorer("demand", sounds=given)
    with pytest.raises(TypeError, match="sounds is a list"):
        SoundExplorer(sounds=[1])
    with pytest.raises(ValueError, match="format of the recordings"):
        SoundExplorer(sounds={"format": "x"})
    with pytest.raises(ValueError, match="label 11; the network has 10 outputs"):
        SoundExplorer(sounds=given | {"labels": [11] * 20})


def test_its_examples_run():
    assert doctest.testmod(sound_explorer).failed == 0
