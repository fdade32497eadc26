r"""Colour is meaning: i, f, g, o, c and h have one colour each, in equations and in code.

The notebooks hold plain LaTeX and plain Python, which any reader shows. Here ``f_t``, ``c_{t-1}``,
``W_f`` and the like are wrapped in KaTeX's ``\htmlClass``, the same names in code get the same
class, and the stylesheet does the rest, by day and by night. In prose, a span of that class does
it: ``<span class="lstm-f">forget gate</span>``.
"""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform

BEFORE = r"(?<![\\A-Za-z_])"
STATE = re.compile(BEFORE + r"([xifgoch])_(?:[tTk]|\{[tTk][^{}]*\})")
WEIGHT = re.compile(BEFORE + r"[WUbz]_(?:([ifgo])(?![A-Za-z])|\{([ifgo])\})")
ALONE = re.compile(r"([xifgoch])(?=$|\s*[=<>≈]|\s*\\(?:in|approx|odot|cdot|le|ge)\b)")

BLOCK = re.compile(r"<pre>.*?</pre>", re.DOTALL)
NAME = re.compile(r'<span class="n">((?:[WUbz]_)?([xifgoch])(?:_previous|_prev)?)</span>')
LOOP = re.compile(r'<span class="k">for</span>(.*?)<span class="ow">in</span>', re.DOTALL)


def coloured(latex, inline):
    """Return the LaTeX with each symbol in the class of its colour."""

    def wrap(match):
        symbol = next(filter(None, match.groups()))
        return rf"\htmlClass{{lstm-{symbol}}}{{{match[0]}}}"

    if inline and (alone := ALONE.match(latex.strip())):
        latex = latex.strip()
        return wrap(alone) + coloured(latex[1:], inline=False)
    return WEIGHT.sub(wrap, STATE.sub(wrap, latex))


def coloured_code(block):
    """Return a block of highlighted code with the same names in the same colours.

    A name that a ``for`` runs over is a counter, not a gate.
    """
    counters = {name for loop in LOOP.findall(block) for name in re.findall(r">(\w)<", loop)}

    def wrap(match):
        if match[1] in counters:
            return match[0]
        return f'<span class="n lstm-{match[2]}">{match[1]}</span>'

    return NAME.sub(wrap, block)


class ColouredSymbols(SphinxTransform):
    """Colour all mathematics of a page."""

    default_priority = 700

    def apply(self, **kwargs):
        """Rewrite the LaTeX of each equation in place."""
        for kind, inline in ((nodes.math, True), (nodes.math_block, False)):
            for node in self.document.findall(kind):
                latex = coloured(node.astext(), inline)
                node.children = []
                node += nodes.Text(latex)


def colour_code(app, pagename, templatename, context, doctree):
    """Colour all code of a page."""
    if "body" in context:
        context["body"] = BLOCK.sub(lambda block: coloured_code(block[0]), context["body"])


def setup(app):
    """Register both."""
    app.add_transform(ColouredSymbols)
    app.connect("html-page-context", colour_code)
