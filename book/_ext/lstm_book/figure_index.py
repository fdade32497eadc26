"""The index of figures: every live figure of the book, by page and section, with a link to it.

``{figure-index}`` in Markdown stands for the list. It is made of the pages themselves, so that no
figure is missing from it and none is listed that is gone.
"""

import re
from typing import NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

FIGURE = re.compile(r'<div class="lstm-figure" id="([\w-]+)" data-figure="(\w+)"')
QUESTION = "Question"


class Placed(NamedTuple):
    """A live figure, and where it stands: the title of its section, None before the first."""

    name: str
    kind: str
    section: nodes.inline | None


class figure_index(nodes.General, nodes.Element):
    """Where the list is to stand."""


class FigureIndex(SphinxDirective):
    """Mark that place."""

    def run(self):
        """Return the mark; the list is made once all pages are read."""
        return [figure_index("")]


def collect(app, doctree):
    """Note the figures of a page that was read."""
    found = []
    for raw in doctree.findall(nodes.raw):
        found += [Placed(*figure, section_of(raw)) for figure in FIGURE.findall(raw.astext())]
    noted(app.env)[app.env.docname] = found


def section_of(node):
    """Return the title of the section that a node stands in, None in that of the page itself."""
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    if node is None or not isinstance(node.parent, nodes.section):
        return None
    title = node.next_node(nodes.title)
    return nodes.inline("", "", *[part.deepcopy() for part in title.children])


def noted(env):
    """Return what was noted so far, by page."""
    if not hasattr(env, "lstm_figures"):
        env.lstm_figures = {}
    return env.lstm_figures


def forget(app, env, docname):
    """Drop what was noted of a page that is read again, or gone."""
    noted(env).pop(docname, None)


def merge(app, env, docnames, other):
    """Take over what another process noted."""
    noted(env).update({docname: noted(other).get(docname, []) for docname in docnames})


def outdated(app, env):
    """Name the pages to be written again whenever any page was read: those with a list."""
    return [docname for docname in env.found_docs if has_index(env, docname)]


def has_index(env, docname):
    """Tell whether a page holds the list."""
    return next(env.get_doctree(docname).findall(figure_index), None) is not None


def fill(app, doctree, docname):
    """Put the list where it is to stand, the pages in reading order."""
    for place in list(doctree.findall(figure_index)):
        order = app.env.collect_relations()
        pages = [page for page in order if noted(app.env).get(page)]
        place.replace_self([part for page in pages for part in listed(app, docname, page)])


def listed(app, docname, page):
    """Return the page's title, its figures and its questions, each with a link."""
    address = app.builder.get_relative_uri(docname, page)
    title = app.env.titles[page].astext()
    yield nodes.rubric("", "", link(title, address))
    figures = [figure for figure in noted(app.env)[page] if figure.kind != QUESTION]
    questions = [figure for figure in noted(app.env)[page] if figure.kind == QUESTION]
    if figures:
        entries = nodes.bullet_list()
        for figure in figures:
            head = link(figure.kind, f"{address}#{figure.name}")
            entries += nodes.list_item("", nodes.paragraph("", "", head, *where(figure)))
        yield entries
    if questions:
        line = nodes.paragraph("", "Quick questions: ")
        for number, question in enumerate(questions, 1):
            line += [nodes.Text(", ")] if number > 1 else []
            line += link(str(number), f"{address}#{question.name}")
        yield line


def where(figure):
    """Say in which section a figure stands; in the gallery the section begins with its name."""
    if figure.section is None:
        return [nodes.Text(", at the head of the page")]
    title = figure.section.deepcopy()
    if isinstance(title[0], nodes.Text):
        title[0] = nodes.Text(title[0].removeprefix(f"{figure.kind}: "))
    return [nodes.Text(": "), title]


def link(text, address):
    """Return a link within the book."""
    return nodes.reference("", text, internal=True, refuri=address)


def setup(app):
    """Register the directive, and the steps from reading the pages to the list."""
    app.add_node(figure_index)
    app.add_directive("figure-index", FigureIndex)
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", outdated)
    app.connect("doctree-resolved", fill)
