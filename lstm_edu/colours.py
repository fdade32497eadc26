"""The book's colours: x, i, f, g, o, c, h have one each, in equations, plots and figures alike.

They stand in ``colours.json``, which the live figures and the pages read too. Hues are Okabe and
Ito's (2008), which are told apart with any colour vision; the shades are set so that the text
colours keep a contrast of 4.5 : 1 on both grounds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from lstm_edu import _checks

if TYPE_CHECKING:
    from matplotlib.colors import LinearSegmentedColormap

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Colours:
    """The colours of one theme, each a string like ``"#7b3fa0"``.

    Attributes
    ----------
    theme : str
        ``"light"`` or ``"dark"``.
    background, surface, rule, muted, ink : str
        The page, a raised ground, hairlines, secondary text, text.
    text, fill : dict of str
        By symbol (``"x"``, ``"i"``, ``"f"``, ``"g"``, ``"o"``, ``"c"``, ``"h"``): dark enough to be
        read, and purer, for areas and wide lines.
    diverging : tuple of str
        Negative, zero, positive: for signed values.
    tags : tuple of str
        What stretches of a text are told apart by, besides their names; dark enough to be read.
    """

    theme: str
    background: str
    surface: str
    rule: str
    muted: str
    ink: str
    text: dict[str, str]
    fill: dict[str, str]
    diverging: tuple[str, str, str]
    tags: tuple[str, ...]


@cache
def colours(theme: str = "light") -> Colours:
    """Return the colours of a theme, ``"light"`` or ``"dark"``."""
    _checks.choice("theme", theme, THEMES)
    text = resources.files("lstm_edu").joinpath("colours.json").read_text(encoding="utf-8")
    values = json.loads(text)[theme]
    lists = {name: tuple(values[name]) for name in ("diverging", "tags")}
    return Colours(**values | {"theme": theme} | lists)


def diverging(theme: str = "light") -> LinearSegmentedColormap:
    """Return the matplotlib colormap of signed values: of c, h and g, from −limit to +limit."""
    return _colormap(f"lstm-diverging-{theme}", colours(theme).diverging)


def sequential(symbol: str, theme: str = "light") -> LinearSegmentedColormap:
    """Return the matplotlib colormap of values from 0 to 1, in the colour of a gate.

    Parameters
    ----------
    symbol : str
        Whose colour: ``"i"``, ``"f"``, ``"o"`` …
    theme : str
        ``"light"`` or ``"dark"``.
    """
    shades = colours(theme)
    _checks.choice("symbol", symbol, shades.text)
    stops = (shades.background, shades.fill[symbol], shades.text[symbol])
    return _colormap(f"lstm-{symbol}-{theme}", stops)


def _colormap(name: str, stops: tuple[str, ...]) -> LinearSegmentedColormap:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list(name, stops)
