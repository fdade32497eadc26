"""Small mends to what Sphinx and MyST-NB write, so that it reads well for every reader."""

import re

from docutils import nodes

MENDS = (
    # The label contradicts the words beside it ("Show code cell source"); a reader hears the label.
    (re.compile(r' aria-label="Toggle hidden content"'), ""),
    # Roles of references: one is deprecated, the other allows no link back beside the text.
    (re.compile(r' role="doc-(?:biblioentry|endnote)"'), ""),
    (re.compile(r' role="list"(?= class="(?:citation|footnote)-list")'), ""),
    # A wide table scrolls by itself, not the page.
    (re.compile(r"<table\b"), '<div class="book-table"><table'),
    (re.compile(r"</table>"), "</table></div>"),
    # A chapter's number stands apart from its name.
    (re.compile(r"(<h[12]>)(\d+(?:\.\d+)?)\s+"), r'\1<span class="book-number">\2</span> '),
)
#: A computed number is a node of its own, so its sign may begin the next.
PER_CENT = re.compile(r"(?:^|(?<=\d)) %(?!\w)")
WIDGET = re.compile(
    r'<div class="output text_plain highlight-[\w-]+ notranslate"><div class="highlight"><pre>'
    r"<span></span>(?:interactive|[A-Z]\w+)\((?:children|value)=.*?</pre></div>\s*</div>",
    re.DOTALL,
)
WIDGET_NOTE = (
    '<p class="book-needs-kernel">Here stands a control while the notebook is running.</p>'
)


def mend(app, pagename, templatename, context, doctree):
    """Mend a page's body before it is put into its template."""
    body = context.get("body")
    if body is None:
        return
    for pattern, replacement in MENDS:
        body = pattern.sub(replacement, body)
    context["body"] = WIDGET.sub(WIDGET_NOTE, body)


def keep_together(app, doctree, docname):
    """Let no line end between a number and its per cent sign."""
    for text in list(doctree.findall(nodes.Text)):
        if " %" in text and not isinstance(text.parent, nodes.literal | nodes.literal_block):
            text.parent.replace(text, nodes.Text(PER_CENT.sub("\N{NO-BREAK SPACE}%", text)))


def setup(app):
    """Register the mends."""
    app.connect("doctree-resolved", keep_together)
    app.connect("html-page-context", mend)
