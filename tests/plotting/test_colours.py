import json
from importlib import resources

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb

from lstm_edu.colours import colours, diverging, sequential

FILE = json.loads(resources.files("lstm_edu").joinpath("colours.json").read_text("utf-8"))


def contrast(one, other):
    """The contrast ratio of WCAG 2.1."""

    def luminance(colour):
        channel = np.array(to_rgb(colour))
        linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_are_those_of_the_file(theme):
    shades = colours(theme)
    assert shades.text == FILE[theme]["text"]
    assert shades.fill == FILE[theme]["fill"]
    assert list(shades.diverging) == FILE[theme]["diverging"]
    assert list(shades.tags) == FILE[theme]["tags"]
    assert shades.ink == FILE[theme]["ink"]
    assert set(shades.text) == set(shades.fill) == set("xifgoch")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_both_grounds(theme):
    shades = colours(theme)
    for ground in (shades.background, shades.surface):
        for colour in (*shades.text.values(), *shades.tags, shades.muted, shades.ink):
            assert contrast(colour, ground) >= 4.5, (colour, ground)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_the_tinted_tokens(theme):
    # Tokens are tinted by 55 % of the diverging scale at the most.
    for end in (-1, 1):
        tint = diverging(theme)(0.5 + 0.5 * 0.55 * end)
        assert contrast(colours(theme).ink, tint) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_symbols_share_a_colour(theme):
    shades = colours(theme)
    for named in (shades.text, shades.fill):
        assert len(set(named.values())) == len(named)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colormaps_begin_and_end_in_the_colours_of_the_file(theme):
    shades = colours(theme)
    negative, zero, positive = shades.diverging
    signed = diverging(theme)
    assert [to_hex(signed(v)) for v in (0.0, 1.0)] == [negative, positive]
    np.testing.assert_allclose(signed(0.5)[:3], to_rgb(zero), atol=0.01)
    for gate in "ifo":
        shut, opened = (to_hex(sequential(gate, theme)(v)) for v in (0.0, 1.0))
        assert (shut, opened) == (shades.background, shades.text[gate])


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match=r"theme is 'drak'; .* Did you mean 'dark'"):
        colours("drak")
    with pytest.raises(ValueError, match="symbol is 'z'; expected one of x, i, f, g, o, c, h"):
        sequential("z")
