"""The book's own Sphinx extension: how a page looks, and that all it needs travels with it."""

from pathlib import Path

from lstm_book import (
    assets,
    bibliography,
    content_policy,
    contents,
    exercise_index,
    exercises,
    figure_index,
    figure_links,
    folds,
    markup,
    mathematics,
    notebooks,
    page_assets,
    pictures,
    symbols,
)

PARTS = (
    assets,
    bibliography,
    content_policy,
    contents,
    exercise_index,
    exercises,
    figure_index,
    figure_links,
    folds,
    markup,
    mathematics,
    notebooks,
    page_assets,
    pictures,
    symbols,
)
THEME = Path(__file__).parent / "theme"


def setup(app):
    """Register the theme and connect the parts of the extension."""
    app.add_html_theme("lstm_book", str(THEME))
    for part in PARTS:
        part.setup(app)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": False}
