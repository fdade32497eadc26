import numpy as np
import pytest

from lstm_edu.datasets.signals import signals

TEXT = """\
[Enter HORATIO,
and MARCELLUS]

First Clown
O'er all. 'Tis so, my lord!

SCENE II. A room.

And they are gone,
Aside"""


def marked(name):
    """The characters where a signal is not 0, the others as dots."""
    signal = signals(TEXT)[name]
    return "".join(c if s or c == "\n" else "." for c, s in zip(TEXT, signal, strict=True))


def test_a_stage_direction_lasts_until_its_bracket_closes():
    kept = marked("stage direction")
    assert kept.replace("\n", "").strip(".") == "[Enter HORATIO,and MARCELLUS"
    line_break = TEXT.index("\n")
    assert signals(TEXT)["stage direction"][line_break] == 1


def test_a_speakers_name_is_a_line_of_names_above_a_speech():
    assert marked("speaker's name").replace("\n", "").strip(".") == "First Clown"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("vowel", set("aeiouAEIOU")),
        ("punctuation", set(",.!")),
        ("space", {" "}),
        ("apostrophe", {"'"}),
        ("capital letter", set("EHORATIOMCLUSFOTNA")),
    ],
)
def test_a_kind_of_character_is_marked_wherever_it_stands(name, expected):
    values = signals(TEXT)[name]
    assert {c for c, v in zip(TEXT, values, strict=True) if v} == expected & set(TEXT)
    assert {c for c, v in zip(TEXT, values, strict=True) if not v}.isdisjoint(expected)


def test_words_begin_once_also_where_they_hold_an_apostrophe():
    first = signals("O'er, 'Tis wish'd so")["first letter of a word"]
    assert "".join(c for c, f in zip("O'er, 'Tis wish'd so", first, strict=True) if f) == "OTws"


def test_a_word_at_the_end_does_not_reach_round_to_the_start():
    first = signals("'Tis")["first letter of a word"]
    np.testing.assert_array_equal(first, [0, 1, 0, 0])


def test_counts_start_anew():
    found = signals("ab c,\nDe. f")
    np.testing.assert_array_equal(found["position in the line"], [1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5])
    np.testing.assert_array_equal(found["position in the word"], [1, 2, 0, 1, 0, 0, 1, 2, 0, 0, 1])
    np.testing.assert_array_equal(
        found["characters since the sentence began"], [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2]
    )
    np.testing.assert_array_equal(
        found["characters since a comma or stop"], [1, 2, 3, 4, 0, 1, 2, 3, 0, 1, 2]
    )


def test_all_signals_are_numbers_one_a_character():
    for name, values in signals(TEXT).items():
        assert values.shape == (len(TEXT),), name
        assert values.dtype == np.float64, name
    with pytest.raises(ValueError, match="text is empty"):
        signals("")
