"""A page that holds figures and nothing else: to test a figure whatever the book shows."""

import json
import shutil

from building import ROOT

from lstm_edu.figures.live import STATIC

MODELS = ROOT / "lstm_edu"
PLACES = {}

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
    return write_body(folder, prose + "".join(map(place, figures)), theme)


def place(figure):
    """Return a figure's place in a page; made once for each state, for its picture takes long."""
    state = type(figure), figure.name, json.dumps(figure.state(), sort_keys=True)
    if state not in PLACES:
        PLACES[state] = figure.html()
    return PLACES[state]


def write_body(folder, body, theme="light"):
    """Write a page with this HTML, and what it loads; return its address on the file system."""
    shutil.copy(STATIC / "page.js", folder)
    shutil.copytree(STATIC / "figures", folder / "figures", dirs_exist_ok=True)
    style = (STATIC / "figures.css").read_text(encoding="utf-8")
    (folder / "models").mkdir(exist_ok=True)
    for path in [*MODELS.glob("models/*.json"), *MODELS.glob("runs/*.json")]:
        model = path.read_text(encoding="utf-8")
        script = f"lstmEdu.provide({json.dumps(path.stem)}, {model});"
        (folder / "models" / f"{path.stem}.js").write_text(script, encoding="utf-8")
    page = folder / "page.html"
    page.write_text(
        HEAD.format(theme=theme, style=style) + body + "</main></body></html>", encoding="utf-8"
    )
    return page.as_uri()
