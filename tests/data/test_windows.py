import numpy as np
import pytest

from lstm_edu.datasets import shakespeare
from lstm_edu.datasets.windows import windows

ALPHABET = "\n abcd"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("ab\ncd\nab cd\na", 8),
        ("ab\ncd\nab cd\na\n", 8),
        ("ab", 8),
        ("abcd abc\n", 8),
        ("abcd abcd", 8),
        ("a\nb\nc\nd\n", 2),
        ("\n\n\na\n\n", 3),
    ],
)
def test_each_character_but_the_first_is_scored_once(text, length):
    cut = windows(text, ALPHABET, length)
    scored = "".join(ALPHABET[k] for k in cut.targets[cut.scored])
    assert scored == text[1:]
    assert cut.inputs.shape == cut.targets.shape == cut.scored.shape == (len(cut.inputs), length)


def test_windows_begin_at_line_starts_and_targets_follow_inputs():
    text = shakespeare()["hamlet"].text[:20_000]
    alphabet = "".join(sorted(set(text)))
    cut = windows(text, alphabet, 160)
    place = 0
    for inputs, targets, scored in zip(*cut, strict=True):
        assert place == 0 or text[place - 1] == "\n"
        read = text[place : min(place + 160, len(text) - 1)]
        assert "".join(alphabet[k] for k in inputs[: len(read)]) == read
        assert not inputs[len(read) :].any()
        assert not scored[len(read) :].any()
        following = "".join(alphabet[k] for k in targets[: len(read)])
        assert following == text[place + 1 : place + 1 + len(read)]
        place += int(scored.sum())
    assert place == len(text) - 1
    assert cut.scored.mean() > 0.8  # what is read and not scored is less than a line


def test_windows_join_and_average_over_what_is_scored():
    one, other = windows("ab\ncd", ALPHABET, 4), windows("abc", ALPHABET, 4)
    both = one.join(other)
    assert len(both.inputs) == len(one.inputs) + len(other.inputs)
    assert both.mean(both.scored * 2.0 - 1.0) == 1.0
    assert both.mean(np.where(both.scored, both.targets, 99)) == pytest.approx(
        np.mean([ALPHABET.index(c) for c in "b\ncdbc"])
    )


def test_a_line_longer_than_a_window_is_refused():
    with pytest.raises(
        ValueError, match=r"line at position 3 is longer than a window of 4 .*'abcd a"
    ):
        windows("ab\nabcd abcd\n", ALPHABET, 4)


@pytest.mark.parametrize("text", ["", "a"])
def test_too_short_a_text_is_refused(text):
    with pytest.raises(ValueError, match=f"a text of {len(text)} characters"):
        windows(text, ALPHABET, 4)
