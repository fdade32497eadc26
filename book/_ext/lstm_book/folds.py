"""An admonition of the class ``dropdown`` folds by the browser's own means, with no script."""

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.transforms.post_transforms import SphinxPostTransform


class fold(nodes.General, nodes.Element):
    """What opens at a click: a `fold_title`, then what is folded."""


class fold_title(nodes.General, nodes.TextElement):
    """What is seen of it while it is folded."""


class Folds(SphinxPostTransform):
    """Make each such admonition a `fold`."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs):
        """Replace the admonitions of the page."""
        for box in list(self.document.findall(nodes.Admonition)):
            if "dropdown" in box["classes"]:
                box.replace_self(folded(box))


def folded(box):
    """Return the fold for an admonition; without a title it has the name of its kind."""
    if isinstance(box[0], nodes.title):
        title, *content = box.children
        words = title.children
    else:
        words, content = [nodes.Text(admonitionlabels[box.tagname])], box.children
    return fold("", fold_title("", "", *words), *content, classes=box["classes"])


def visit_fold(translator, node):
    """Begin the fold; with the class ``open`` it is open."""
    attributes = {"open": ""} if "open" in node["classes"] else {}
    translator.body.append(translator.starttag(node, "details", "", **attributes))


def depart_fold(translator, node):
    """End it."""
    translator.body.append("</details>\n")


def visit_title(translator, node):
    """Begin its title."""
    translator.body.append("<summary>")


def depart_title(translator, node):
    """End its title."""
    translator.body.append("</summary>\n")


def setup(app):
    """Register the nodes and the transform."""
    app.add_node(fold, html=(visit_fold, depart_fold))
    app.add_node(fold_title, html=(visit_title, depart_title))
    app.add_post_transform(Folds)
