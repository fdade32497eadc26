"""A picture says in words what it shows, or the build complains."""

from docutils import nodes
from sphinx.util import logging

LOG = logging.getLogger(__name__)
HOW = (
    "a picture has no description; give the cell that draws it the metadata "
    '{"mystnb": {"image": {"alt": "what it shows"}}}'
)


def check(app, doctree):
    """Warn of each picture without a description: a reader would hear its file's name."""
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            LOG.warning(HOW, location=placed(image), type="lstm_book", subtype="alt")


def placed(node):
    """Return the nearest node around this one whose line is known."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def setup(app):
    """Connect the check."""
    app.connect("doctree-read", check)
