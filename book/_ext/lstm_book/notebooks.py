"""Where a chapter can be run: its launch links, and the notebook itself to take along."""

import shutil
from pathlib import Path

from lstm_book.exercises import is_master, write_student_copy

LAUNCH = "launch-buttons"


def setup(app):
    """Offer the links once the theme's extension has worked out their addresses."""
    app.connect("html-page-context", offer, priority=900)


def offer(app, pagename, templatename, context, doctree):
    """Put the ways to run a page below its title, and copy its notebook beside it."""
    source = Path(app.env.doc2path(pagename))
    # The cover is for reading; it holds next to no code.
    if source.suffix != ".ipynb" or "body" not in context or pagename == app.config.root_doc:
        return
    target = Path(app.outdir, pagename).with_suffix(".ipynb")
    target.parent.mkdir(parents=True, exist_ok=True)
    if is_master(source):
        # What Binder and Colab would open is the master, with all its solutions.
        write_student_copy(source, target)
        link = f'<a href="{target.name}" download>the notebook</a>'
        add(context, f"Work on it: {link}, with room for your answers.")
        return
    shutil.copyfile(source, target)
    links = [
        f'<a href="{button["url"]}">{button["text"]}</a>'
        for group in context.get("header_buttons", ())
        if group.get("label") == LAUNCH
        for button in group["buttons"]
    ]
    links.append(f'<a href="{target.name}" download>the notebook</a>')
    add(context, f"Run this chapter: {', '.join(links)}")


def add(context, line):
    """Put a line below the title."""
    line = f'<p class="book-run">{line}</p>'
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{line}", 1)
