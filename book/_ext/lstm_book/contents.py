"""The contents beside the text: the chapters, and under the open one its sections.

The theme has one list where others have two, one on each side of the text.
"""

import re

HERE = re.compile(r'(<a class="current reference internal" href="#">.*?</a>)', re.DOTALL)
SECTIONS = re.compile(r"<ul>.*?(<ul>.*</ul>).*</ul>", re.DOTALL)


def offer(app, pagename, templatename, context, doctree):
    """Give the template a function that writes the list."""

    def chapters():
        tree = context["toctree"](collapse=True, includehidden=True, titles_only=True)
        # A caption names a list; as a heading it would have to say of which level.
        tree = tree.replace(' role="heading"', "")
        sections = SECTIONS.search(context.get("toc", ""))
        if sections is None:
            return tree
        return HERE.sub(lambda here: f"{here[1]}{sections[1]}", tree, count=1)

    context["chapters"] = chapters


def setup(app):
    """Connect it."""
    app.connect("html-page-context", offer)
