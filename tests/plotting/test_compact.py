"""A shorter SVG is the same picture, and its address brings it back."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest

from lstm_edu import LSTM, plotting
from lstm_edu.plotting.compact import address, compact

LONG = """<svg>
 <path d="M 15.000865 -243.145854
L 0.5 1e-05 10.125
z
" transform="scale(0.015625)"/>
 <text style="font-family: 'STIX Two Text'">it's 100 % #1 &amp; "σ"</text>
 <image href="data:image/png;base64,
AAAA
BBBB"/>
</svg>
"""
SHORT = (
    '<svg><path d="M 15 -243.15 L 0.5 1e-05 10.12 z" transform="scale(0.015625)"/>'
    '<text style="font-family: \'STIX Two Text\'">it\'s 100 % #1 &amp; "σ"</text>'
    '<image href="data:image/png;base64,AAAABBBB"/></svg>'
)


def test_only_what_nobody_sees_is_left_out():
    assert compact(LONG) == SHORT


def test_an_address_brings_the_picture_back():
    head, _, quoted = address(SHORT).partition(",")
    assert head == "data:image/svg+xml;charset=utf-8"
    assert not set(quoted) & set('"<>#&')
    back = ElementTree.fromstring(unquote(quoted))
    for one, other in zip(back.iter(), ElementTree.fromstring(SHORT).iter(), strict=True):
        assert (one.tag, one.text) == (other.tag, other.text)
        # A style may name its font in the other quotes.
        assert str(one.attrib).replace('"', "'") == str(other.attrib).replace('"', "'")


@pytest.mark.parametrize("draw", [plotting.heatmaps, plotting.histograms])
def test_a_path_moves_by_less_than_a_hundredth(draw, monkeypatch):
    trace = LSTM.create(3, 4, seed=0)(np.ones((1, 9, 3), np.float32))
    short = draw(trace).svg()
    monkeypatch.setattr("lstm_edu.plotting.style.compact", str)
    whole = draw(trace).svg()
    assert len(short) < 0.95 * len(whole)
    numbers = [
        np.array(re.findall(r"-?\d+\.?\d*", "".join(re.findall(r' d="([^"]*)"', svg))), float)
        for svg in (short, whole)
    ]
    np.testing.assert_allclose(*numbers, atol=0.00501)
