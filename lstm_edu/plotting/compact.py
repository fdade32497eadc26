"""Make an SVG of matplotlib's shorter, and an address of it, without a change that anybody sees."""

from __future__ import annotations

import re
from urllib.parse import quote

_PATH = re.compile(r' d="([^"]*)"')
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_EMBEDDED = re.compile(r"(?<=;base64,)[^\"]*")
_TAG = re.compile(r"<[^>]*>")
_SWAPPED = str.maketrans({'"': "'", "'": '"'})
#: What an address in a quoted attribute of HTML may hold as it is.
_PLAIN = " =:;/,.?!()[]{}@$*+-_~|^`'"


def compact(svg: str) -> str:
    """Return an SVG with its paths given to a hundredth of a point, and not indented."""

    def rounded(number: re.Match) -> str:
        return f"{round(float(number[0]), 2):.7g}"

    def path(match: re.Match) -> str:
        return f' d="{" ".join(_NUMBER.sub(rounded, match[1]).split())}"'

    svg = _EMBEDDED.sub(lambda image: "".join(image[0].split()), _PATH.sub(path, svg))
    return re.sub(r"\s*\n\s*", " ", svg.strip()).replace("> <", "><")


def address(svg: str) -> str:
    """Return an SVG as a ``data:`` address, for an attribute in double quotes.

    It is a fifth shorter than in base64. The quotes within tags change places, so that few are left
    that have to be written otherwise.
    """
    swapped = _TAG.sub(lambda tag: tag[0].translate(_SWAPPED), svg)
    return f"data:image/svg+xml;charset=utf-8,{quote(swapped, safe=_PLAIN)}"
