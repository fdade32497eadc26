"""Fonts, mathematics, figures and models, copied into the book: no page asks another host."""

import json
import shutil
from pathlib import Path

from sphinx.errors import ExtensionError

ROOT = Path(__file__).parents[3]
MODULES = ROOT / "js" / "node_modules"
FIGURES = ROOT / "lstm_edu" / "figures" / "static"
# Trained networks, and recorded trainings: their names differ.
MODELS = (ROOT / "lstm_edu" / "models", ROOT / "lstm_edu" / "runs")

# STIX Two for reading (its letters also set the mathematics), Inter for labels, Source Code Pro
# for code. Two alphabets of it: 40 to 60 kB a face instead of 300.
FONTS = {
    "stix-two-text": ("latin-wght-normal", "latin-wght-italic", "greek-wght-italic"),
    "inter": ("latin-wght-normal",),
    "source-code-pro": ("latin-wght-normal", "latin-wght-italic"),
}


def setup(app):
    """Copy the files when a build of HTML begins."""
    app.connect("builder-inited", copy_assets)


def copy_assets(app):
    """Copy what the pages load into ``_static/lstm/``."""
    if app.builder.format != "html":
        return
    target = Path(app.outdir, "_static", "lstm")
    for source, name in wanted():
        copy(source, target / name)
    for model in sorted(path for folder in MODELS for path in folder.glob("*.json")):
        write_model(model, target / "models" / f"{model.stem}.js")


def wanted():
    """Yield each file that the pages load, with its name below ``_static/lstm/``."""
    for name in ("page.js", "figures.css", "colours.css"):
        yield FIGURES / name, name
    for figure in sorted((FIGURES / "figures").glob("*.js")):
        yield figure, f"figures/{figure.name}"
    katex = MODULES / "katex" / "dist"
    yield katex / "katex.min.css", "katex/katex.min.css"
    for font in sorted((katex / "fonts").glob("*.woff2")):
        yield font, f"katex/fonts/{font.name}"
    for family, faces in FONTS.items():
        for face in faces:
            name = f"{family}-{face}.woff2"
            yield MODULES / "@fontsource-variable" / family / "files" / name, f"fonts/{name}"


def copy(source, target):
    """Copy one file, unless it is there already as it is."""
    if not source.exists():
        raise ExtensionError(f"{source} is missing; `make figures` installs and builds it")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write_model(source, target):
    """Write a network or a training as a script: a page from the file system may not fetch JSON."""
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    model = json.loads(source.read_text("utf-8"))
    target.parent.mkdir(parents=True, exist_ok=True)
    compact = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    target.write_text(f"lstmEdu.provide({json.dumps(source.stem)},{compact});\n", "utf-8")
