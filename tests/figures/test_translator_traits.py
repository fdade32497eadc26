"""The Python half of the Translator: its model, its traits, what follows from them."""

import doctest
import json

import pytest
from random_translators import translator
from traitlets import TraitError

from lstm_edu import translator as engine
from lstm_edu.figures import Translator
from lstm_edu.figures import translator as module


@pytest.fixture
def figure():
    return Translator(translator(1), text="Open the foo…", beam=2)


def test_it_shows_what_the_translator_writes(figure):
    expected = engine.Translator(figure.model)("Open the foo…", 2)
    assert figure.translation.ids == expected.ids
    assert figure.time == len(expected.ids) - 1
    assert "“Open the foo…” becomes" in figure.description()
    assert figure.state()["model"]["format"] == engine.FORMAT
    assert json.loads(json.dumps(figure.state()))["beam"] == 2
    assert figure.picture() == figure.picture()
    assert "<svg" in figure.picture()
    assert repr(figure).startswith("Translator('translation_chinese', 'Open the foo…', beam=2")


def test_the_packaged_one_is_named_not_held():
    figure = Translator("chinese")
    assert figure.state()["model"] == {"ref": "translation_chinese"}
    assert figure.translation.text == engine.load("chinese")("Open the file in a new tab").text


def test_the_cursor_stays_inside(figure):
    figure.text = "file"
    assert figure.time <= len(figure.translation.ids) - 1
    last = len(figure.translation.ids) - 1
    figure.time = last
    with pytest.raises(TraitError, match=f"expected 0 to {last}, the last token"):
        figure.time = last + 1 if last < engine.LONGEST - 1 else 60
    assert figure.time == last


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": " "}, "at least one word"),
        ({"text": "a " * 201}, "has 402 characters"),
        ({"beam": 6}, "from 1 to 5"),
        ({"beam": 0}, "from 1 to 5"),
        ({"time": 60}, "from 0 to 59"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, message):
    with pytest.raises(TraitError, match=message):
        Translator(translator(1), **{"text": "Open", **wrong})


@pytest.mark.parametrize(
    ("model", "message"), [("klingon", "klingon"), ({"format": "x"}, "translator/1"), (3, "int")]
)
def test_what_is_no_translator_is_refused(model, message):
    with pytest.raises((ValueError, TypeError, TraitError), match=message):
        Translator(model)


def test_the_examples_hold():
    assert doctest.testmod(module).failed == 0
