"""What a page loads: only what it uses. Every extension offers its files to all pages."""

import re
from pathlib import Path

# A file that its extension offers, and what must stand in the page for it to be loaded.
NEEDS = {
    "katex.min.css": r'class="katex',
    "sphinx-design.min.css": r'class="[^"]*\bsd-',
    "design-tabs.js": r'class="[^"]*\bsd-tab',
    "figures.css": r'class="lstm-figure"',
    "page.js": r'class="lstm-figure"',
}
ALWAYS = {
    "fonts.css",
    "colours.css",
    "frame.css",
    "text.css",
    "notebook.css",
    "print.css",
    "shell.js",
}


def setup(app):
    """Offer the book's own files, then choose for each page."""
    app.add_css_file("lstm/fonts.css", priority=100)
    app.add_css_file("lstm/colours.css", priority=160)
    app.add_css_file("lstm/figures.css", priority=900)
    app.add_js_file("lstm/shell.js", loading_method="defer", priority=800)
    app.add_js_file("lstm/page.js", loading_method="defer", priority=900)
    app.connect("html-page-context", choose, priority=990)


def choose(app, pagename, templatename, context, doctree):
    """Leave out what the page does not use."""
    body = context.get("body", "")
    for kind in ("css_files", "script_files"):
        context[kind] = [asset for asset in context[kind] if is_used(asset, body)]


def is_used(asset, body):
    """Tell whether a page with this body needs a stylesheet or script."""
    name = Path(asset.filename or "").name
    return name in ALWAYS or (name in NEEDS and re.search(NEEDS[name], body) is not None)
