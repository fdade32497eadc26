"""The Python half of LiveModel: what it takes, what it refuses, what is stored in a page."""

import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from random_models import VOCABULARY
from random_stacks import STACKS, stack
from traitlets import TraitError

from lstm_edu import GRURecord, Trace, exported
from lstm_edu.exported import ExportedModel
from lstm_edu.figures import CellStepper, LiveModel

TEXT = "ab é€ ba\n😀"


def words(**changes):
    """Return a model that reads words, and says one of two things."""
    data = stack("mean", 1)
    vocabulary = ["", "[UNK]", "to", "be", "or", "not", "that"]
    data |= {"unit": "word", "vocabulary": vocabulary, "unknown": 1, "labels": ["no", "yes"]}
    data["layers"][0]["mask_zero"] = True
    return data | {"standardize": "lower_and_strip_punctuation"} | changes


@pytest.mark.parametrize("name", STACKS)
def test_every_architecture_can_be_shown(name):
    shown = LiveModel(stack(name, 2), text=TEXT, time=3)
    model = ExportedModel(stack(name, 2))
    np.testing.assert_array_equal(shown.answer(), model.answers(TEXT)[3])
    for layer, cell in enumerate(model.cells):
        shown.layer = layer
        record = shown.run()
        assert isinstance(record, (Trace, GRURecord))
        assert record.layer == cell
        back = cell.endswith("/backward")
        states = getattr(record, record.memory)[0]
        np.testing.assert_array_equal(shown.states(), states[::-1] if back else states)
    ElementTree.fromstring(shown.picture())
    assert shown.picture() == shown.picture()
    assert f"“{TEXT}”" in shown.description()
    state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", shown.html()).group(1))
    assert state["text"] == TEXT
    assert "trace" not in state


def test_a_packaged_network_is_named_not_held():
    state = LiveModel("shakespeare").state()
    assert state["model"] == {"ref": "shakespeare"}
    assert (state["text"], state["time"]) == ("To be, or not to be", 18)


def test_the_cursor_stands_at_the_end_unless_told():
    assert LiveModel("shakespeare", text="To be").time == 4
    assert LiveModel("shakespeare", text="To be", time=1).time == 1
    assert LiveModel(words(), text="To be, or: not?").time == 3


def test_a_text_is_found_for_any_vocabulary():
    assert LiveModel(stack("gru")).text == "".join(VOCABULARY)
    assert LiveModel(words()).text == "To be, or not to be"
    assert LiveModel(words(unknown=None, vocabulary=[*"ABCDEFG"], standardize=None)).text


def test_words_that_are_not_known_are_read_as_such_or_refused():
    shown = LiveModel(words(), text="To sleep, perchance")
    assert shown._network().encode(shown.text).tolist() == [2, 1, 1]
    with pytest.raises(TraitError, match="word 'sleep' at position 1 is unknown to 'random'"):
        LiveModel(words(unknown=None), text="to sleep")
    with pytest.raises(TraitError, match="holds no word"):
        shown.text = "?!"


def test_a_mind_is_made_up():
    data = stack("last step", 4)
    shown = LiveModel(data, text="ab b\n a€ bb a")
    winners = ExportedModel(data).answers(shown.text).argmax(axis=1)
    at = shown.decision()
    assert (winners[at:] == winners[-1]).all()
    assert at == 0 or winners[at - 1] != winners[-1]
    assert LiveModel("shakespeare").decision() is None
    assert LiveModel(stack("mul")).decision() is None
    one = stack("sum", 1)
    assert LiveModel(one | {"labels": ["no", "yes"]}).decision() is not None
    assert LiveModel(one).decision() is None


@pytest.mark.parametrize(
    ("traits", "message"),
    [
        ({"text": ""}, "text is empty"),
        ({"text": "ab😎"}, "character '😎' at position 2 is unknown"),
        ({"text": "a" * 100_000}, "text has 100000 characters; a figure reads 400 at most"),
        ({"time": 11}, "time is 11; expected 0 to 9"),
        ({"layer": 3}, "layer is 3; expected 0 to 2"),
        ({"unit": 99}, "unit is 99"),
        ({"temperature": 0}, r"temperature is 0; expected a number from 0\.1 to 2"),
        ({"temperature": float("nan")}, "temperature is nan"),
        ({"seed": 1.5}, r"seed is 1\.5; expected a whole number from 0 to 999999"),
        ({"seed": -1}, "seed is -1"),
        ({"name": "<b>"}, "name is '<b>'"),
    ],
)
def test_senseless_traits_are_refused(traits, message):
    with pytest.raises(TraitError, match=message):
        LiveModel(stack("ends"), **({"text": TEXT} | traits))


def test_other_networks_are_refused_with_a_reason():
    with pytest.raises(TraitError, match=r"reads numbers; a figure of this kind reads texts"):
        LiveModel(stack("mean", features=2))
    with pytest.raises(TypeError, match="model is a int; expected an ExportedModel"):
        LiveModel(3)
    with pytest.raises(ValueError, match="name is 'shakspeare'"):
        LiveModel("shakspeare")
    with pytest.raises(TypeError, match="vocabulary goes with a Keras model; str brings its own"):
        LiveModel("shakespeare", "abc")
    with pytest.raises(ValueError, match="model is None"):
        LiveModel(None)
    with pytest.raises(TypeError, match="LiveModel has no 'gate'"):
        LiveModel("shakespeare", gate="f")
    twice = stack("gru") | {"vocabulary": [*"aabcdef"]}
    with pytest.raises(ValueError, match="expected single characters, each once"):
        LiveModel(twice)


def test_what_has_no_cell_state_is_refused_where_one_is_shown():
    with pytest.raises(TraitError, match=r"layer 0, 'layer_0', is a ResetFirstGRU.* LiveModel"):
        CellStepper(stack("reset first"), text="ab")
    assert CellStepper(stack("last step"), text="ab").run().shape[1] == 2


def test_the_packaged_network_goes_on_as_it_did():
    """Sampling is drawn as before texts could be words."""
    text = exported.load("shakespeare").sample("To be", 20, temperature=0.5, seed=3)
    assert len(text) == 20
    assert set(text) <= set(exported.load("shakespeare").vocabulary)
