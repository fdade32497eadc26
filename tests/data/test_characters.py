import numpy as np
import pytest

from lstm_edu.characters import encode


def test_a_character_is_its_place_in_the_alphabet_whatever_its_order():
    alphabet = "zé😀 a\n"
    ids = encode("a z😀\né", alphabet, "it")
    assert ids.dtype == np.int64
    assert "".join(alphabet[k] for k in ids) == "a z😀\né"
    assert encode("", alphabet, "it").shape == (0,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ab", r"character 'b' at position 1 is unknown to it; it knows 'za'"),
        ("\ud800", r"character '\\ud800' at position 0"),
        ("zzA", "character 'A' at position 2"),
    ],
)
def test_the_first_unknown_character_is_named_with_its_place(text, message):
    with pytest.raises(ValueError, match=message):
        encode(text, "za", "it")
