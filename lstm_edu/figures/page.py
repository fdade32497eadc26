"""A figure as it stands in a stored notebook and in a page: its state, and a picture of it."""

from __future__ import annotations

import html
import json
from typing import Any

from lstm_edu.plotting.compact import address

#: What could end a <script> element, or begin another, and how JSON writes it instead.
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def state_json(state: dict[str, Any]) -> str:
    """Return JSON that can stand inside a <script> element, whatever texts it holds."""
    text = json.dumps(state, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return text.translate(UNSAFE)


def figure_html(name: str, figure: str, state: dict[str, Any], svg: str, alt: str) -> str:
    """Return the HTML of a figure.

    Parameters
    ----------
    name : str
        Id of the element; what links and addresses call the figure.
    figure : str
        Its kind: the name of the Python class.
    state : dict
        What the browser half starts from.
    svg : str
        The picture for readers without JavaScript, and for paper.
    alt : str
        What the picture shows, in words.
    """
    picture = f'<img alt="{html.escape(alt)}" src="{address(svg)}">'
    return placed_html(name, figure, state, picture)


def placed_html(name: str, figure: str, state: dict[str, Any], fallback: str) -> str:
    """Return the HTML of a figure that has something else than a picture to fall back on.

    Parameters
    ----------
    name, figure, state
        As in `figure_html`.
    fallback : str
        HTML for readers without JavaScript, and for paper.
    """
    return (
        f'<div class="lstm-figure" id="{html.escape(name)}" data-figure="{html.escape(figure)}">'
        f'<script type="application/json">{state_json(state)}</script>'
        f'<div class="lstm-fallback">{fallback}</div></div>'
    )
