"""An admonition of the class ``dropdown`` folds by the browser's own means, with no script."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class Folds(SphinxPostTransform):
    """Write each as ``<details>``, its title as the ``<summary>``."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs):
        """Replace the admonitions of the page."""
        for box in list(self.document.findall(nodes.Admonition)):
            if "dropdown" not in box["classes"] or not isinstance(box[0], nodes.title):
                continue
            opened = " open" if "open" in box["classes"] else ""
            names = " ".join({"admonition": 0} | dict.fromkeys(box["classes"]))
            title, *content = box.children
            box.replace_self(
                [
                    raw(f'<details class="{names}"{opened}><summary class="admonition-title">'),
                    nodes.inline("", "", *title.children),
                    raw("</summary>"),
                    *content,
                    raw("</details>"),
                ]
            )


def raw(html):
    """Return markup that is written as it stands."""
    return nodes.raw("", html, format="html")


def setup(app):
    """Register the transform."""
    app.add_post_transform(Folds)
