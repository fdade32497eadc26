"""Links that set a figure: ``[close the gate](#stepper?time=5&unit=3)`` in Markdown.

The same address works in JupyterLab, where the figure itself listens for clicks on it.
"""

import re
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms import SphinxTransform

ADDRESS = re.compile(r"#[a-z][a-z0-9-]*\?[^#]*")


class FigureLinks(SphinxTransform):
    """Turn them into plain references before MyST looks for a heading of that name."""

    default_priority = 5

    def apply(self, **kwargs):
        """Take MyST's mark, which sends it looking, off each link to a figure's state."""
        for link in self.document.findall(nodes.reference):
            if link.get("id_link") and ADDRESS.fullmatch(link.get("refuri", "")):
                del link["id_link"]
                # MyST has read what was written as %0A or %C3%A9.
                link["refuri"] = quote(link["refuri"], safe="#?=&%+,.")
                link["classes"].append("lstm-set")


def setup(app):
    """Register the transform."""
    app.add_transform(FigureLinks)
