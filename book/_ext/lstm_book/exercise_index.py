"""The list of exercises: ``{exercise-index}`` in Markdown stands for it.

It is made of the exercises themselves, so that none is missing and none is listed that is gone.
"""

import re
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

from lstm_edu.exercises.exercise import Exercise
from lstm_edu.exercises.register import CHAPTERS, LEVELS, exercises

HEAD = "| exercise | level | points |\n| --- | --- | --: |"


class ExerciseIndex(SphinxDirective):
    """The exercises of each chapter, with links, levels and points."""

    def run(self):
        """Return a heading and a table for each chapter that has exercises."""
        folder = Path(self.env.doc2path(self.env.docname)).parent
        for chapter in CHAPTERS:
            self.env.note_dependency(str(folder / master(folder, chapter)))
        return self.parse_text_to_nodes("\n\n".join(table(folder, k) for k in CHAPTERS))


def master(folder, chapter):
    """Return the file name of a chapter's exercises."""
    (found,) = folder.glob(f"{chapter}_*.ipynb")
    return found.name


def table(folder, chapter):
    """Return a chapter's exercises as a table in Markdown."""
    file = master(folder, chapter)
    rows = "\n".join(row(one, file) for one in exercises(chapter))
    return f"**[]({file})**\n\n{HEAD}\n{rows}"


def row(one: Exercise, file):
    """Return an exercise as a row of a table."""
    heading = f"{one.name} {one.title}"
    level = f"{one.level}, {LEVELS[one.level]}"
    return f"| [{heading}]({file}#{anchor(heading)}) | {level} | {one.points} |"


def anchor(heading):
    """Return the name that MyST gives a heading's place."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def setup(app):
    """Register the directive."""
    app.add_directive("exercise-index", ExerciseIndex)
