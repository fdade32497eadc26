"""A page that holds figures and nothing else: to test a figure whatever the book shows."""

import json
import shutil

from lstm_edu import exported
from lstm_edu.figures.live import STATIC

HEAD = """<!doctype html>
<html lang="en" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figures</title>
<style>{style}
body {{ margin: 0 auto; max-width: 720px; padding: 12px; font: 16px sans-serif;
  background: var(--lstm-background); color: var(--lstm-ink); }}
a {{ color: var(--lstm-o); }}
</style>
<script defer src="page.js"></script>
</head>
<body><main><h1>Figures</h1>
"""


def write_page(folder, *figures, theme="light", prose=""):
    """Write a page and what it loads into a folder; return its address on the file system."""
    shutil.copy(STATIC / "page.js", folder)
    style = (STATIC / "figures.css").read_text(encoding="utf-8")
    (folder / "models").mkdir(exist_ok=True)
    model = exported.load("shakespeare").to_dict()
    (folder / "models" / "shakespeare.js").write_text(
        f'lstmEdu.provide("shakespeare", {json.dumps(model)});', encoding="utf-8"
    )
    body = prose + "".join(figure.html() for figure in figures)
    page = folder / "page.html"
    page.write_text(
        HEAD.format(theme=theme, style=style) + body + "</main></body></html>", encoding="utf-8"
    )
    return page.as_uri()
