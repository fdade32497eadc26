"""The figures of the gallery page, as they stand in the built book."""

import html
import json
import re
from typing import NamedTuple

import nbformat
from building import ROOT

FIGURE = re.compile(
    r'<div class="lstm-figure" id="([^"]*)" data-figure="([^"]*)">'
    r'<script type="application/json">(.*?)</script>',
    re.DOTALL,
)


class Placed(NamedTuple):
    """A figure in a stored notebook: its name, its kind and its state."""

    name: str
    kind: str
    state: dict

    def html(self, name=None, **changes):
        """Return its place in a page, with another name or state."""
        state = json.dumps(self.state | changes).replace("<", "\\u003c").replace(">", "\\u003e")
        return (
            f'<div class="lstm-figure" id="{html.escape(name or self.name)}" '
            f'data-figure="{self.kind}"><script type="application/json">{state}</script>'
            '<div class="lstm-fallback">picture</div></div>'
        )


def placed():
    """Return all figures of the gallery, in its order, questions aside."""
    notebook = nbformat.read(ROOT / "book" / "figures.ipynb", 4)
    texts = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "text/html" in output.get("data", {})
    ]
    found = [Placed(n, k, json.loads(s)) for text in texts for n, k, s in FIGURE.findall(text)]
    return [figure for figure in found if figure.kind != "Question"]
