"""The zip for a room without internet: what is in it, and what must not be."""

import json
import zipfile
from pathlib import Path

import pytest

from lstm_edu.classroom import stick

ROOT = Path(__file__).parents[2]


@pytest.fixture
def html(tmp_path):
    """A built book in small."""
    folder = tmp_path / "html"
    for name in ("index.html", "book/3_algorithm.html", ".doctrees/environment.pickle"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return folder


@pytest.fixture
def wheels(tmp_path):
    folder = tmp_path / "wheels"
    folder.mkdir()
    (folder / "some-1.0-py3-none-any.whl").write_bytes(b"wheel")
    return folder


def test_it_holds_the_book_the_notebooks_and_the_wheels(tmp_path, html, wheels):
    made = stick.stick(ROOT, html, tmp_path / "out" / "stick.zip", wheels)
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
        blank = json.loads(archive.read("notebooks/exercises/3_algorithm.ipynb"))
        told = archive.read("README.txt").decode()
    assert {"book/index.html", "book/book/3_algorithm.html", "README.txt"} <= names
    assert {"notebooks/3_algorithm.ipynb", "notebooks/6_applications/4_stocks.ipynb"} <= names
    assert "wheels/some-1.0-py3-none-any.whl" in names
    assert not [name for name in names if "doctrees" in name]
    parts = [cell["metadata"].get("exercise", {}).get("part") for cell in blank["cells"]]
    assert "answer" in parts
    assert "explanation" not in parts
    assert "SOLUTION" not in json.dumps(blank)
    assert "--no-index --find-links wheels" in told
    assert [path.name for path in made.parent.iterdir()] == ["stick.zip"]


def test_a_book_that_is_not_built_is_told(tmp_path, wheels, capsys):
    target = tmp_path / "stick.zip"
    asked = [str(target), "--book", str(tmp_path / "none"), "--wheels", str(wheels)]
    assert stick.main(asked) == 2
    assert "`make book` builds it" in capsys.readouterr().err
    assert not target.exists()
