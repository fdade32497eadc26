"""What students hand in, as they and their platforms name it; and what is none."""

import io
import os
import zipfile

import pytest
from klass import GOOD, hand_in, notebook

from lstm_edu.classroom import notebooks, submissions

STEMS = {1: "1_background", 3: "3_algorithm"}


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("anna.ipynb", "anna"),
        ("anna_3_algorithm.ipynb", "anna"),
        ("3_algorithm-Li Wei.ipynb", "Li Wei"),
        ("anna/3_algorithm.ipynb", "anna"),
        ("anna/deeper/notebook.ipynb", "anna"),
        ("Anna Ng_120_assignsubmission_file_/3_algorithm.ipynb", "Anna Ng"),
        ("Anna Ng_120_assignsubmission_file_3_algorithm.ipynb", "Anna Ng"),
        ("ngvanna_LATE_8123_99120_3_algorithm-2.ipynb", "ngvanna"),
    ],
)
def test_whose(tmp_path, name, student):
    hand_in(tmp_path, name, GOOD)
    (found,), refused = submissions.find(tmp_path, tuple(STEMS.values()))
    assert (found.student, found.source, refused) == (student, name, [])


def test_zips_are_read_where_they_lie(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    with zipfile.ZipFile(folder / "anna.zip", "w") as archive:
        archive.writestr("work/3_algorithm.ipynb", notebook(GOOD))
        archive.writestr("../../evil.ipynb", notebook(GOOD))
        archive.writestr("__MACOSX/._3_algorithm.ipynb", b"x")
        archive.writestr(".ipynb_checkpoints/3_algorithm.ipynb", b"x")
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("Bo Li_7_assignsubmission_file_/3_algorithm.ipynb", notebook(GOOD))
    found, refused = submissions.find(folder)
    assert [one.student for one in found] == ["anna", "anna", "Bo Li"]
    assert found[0].read(1 << 20) == notebook(GOOD)
    assert refused == []
    assert sorted(os.listdir(tmp_path)) == ["class"]
    whole, _ = submissions.find(folder / "all.zip")
    assert [one.student for one in whole] == ["Bo Li"]


def test_what_is_none_is_told(tmp_path):
    (tmp_path / "secret.ipynb").write_text("secret")
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "link.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "essay.pdf").write_bytes(b"%PDF")
    (folder / "torn.zip").write_bytes(b"PK\x03\x04")
    with zipfile.ZipFile(folder / "empty.zip", "w") as archive:
        archive.writestr("essay.pdf", b"%PDF")
    found, refused = submissions.find(folder)
    assert found == []
    reasons = dict(refused)
    assert "link" in reasons["link.ipynb"]
    assert "link" in reasons["loop"]
    assert "ordinary" in reasons["pipe.ipynb"]
    assert "not a notebook" in reasons["essay.pdf"]
    assert "no zip" in reasons["torn.zip"]
    assert "no notebook" in reasons["empty.zip"]
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        submissions.find(tmp_path / "nowhere")


def test_a_torn_zip_is_one_that_cannot_be_read(tmp_path):
    path = tmp_path / "anna.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", notebook(GOOD))
    data = bytearray(path.read_bytes())
    data[40:80] = bytes(40)
    path.write_bytes(data)
    (found,), _ = submissions.find(tmp_path)
    with pytest.raises(submissions.Unreadable, match="cannot be read"):
        found.read(1 << 20)


def test_a_large_one_is_not_read_whole(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.ipynb", b" " * (8 << 20))
    (tmp_path / "anna.zip").write_bytes(buffer.getvalue())
    hand_in(tmp_path, "bo.ipynb", b" " * (8 << 20))
    found, _ = submissions.find(tmp_path)
    for one in found:
        with pytest.raises(submissions.Unreadable, match="larger than 1 MB"):
            one.read(1 << 20)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01\xff\xfe\x80", "UTF-8"),
        ("{}".encode("utf-16"), "UTF-8"),
        (b"hello", "not JSON"),
        (b"[1, 2]", "JSON list"),
        (b'"text"', "JSON str"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (b'{"cells": [1, null, {"cell_type": "markdown"}]}', "no code cell"),
        (notebook(["1"] * 1001), "1001 cells"),
    ],
)
def test_what_is_no_notebook(data, reason):
    with pytest.raises(notebooks.NotANotebook, match=reason):
        notebooks.parse(data)


def test_older_notebooks_are_read():
    cell = b'{"cell_type": "code", "input": ["a\\n", "b"]}'
    old = b'{"nbformat": 3, "worksheets": [{"cells": [%s]}]}' % cell
    (cell,) = notebooks.parse(old)
    assert (cell.source, cell.number, cell.exercise) == ("a\nb", 1, "")


@pytest.mark.parametrize(
    ("exercise", "name", "chapter"),
    [
        ("3.2", "1_background.ipynb", 3),
        ("", "anna/1_background.ipynb", 1),
        ("", "anna/algorithm (2).ipynb", 3),
        ("", "anna/chapter 3.ipynb", 3),
        ("9.1", "anna/3.ipynb", 3),
        ("", "anna/homework.ipynb", None),
        ("", "anna/2026.ipynb", None),
    ],
)
def test_which_chapter(exercise, name, chapter):
    metadata = {"exercise": {"name": exercise, "part": "answer"}} if exercise else {}
    cells = notebooks.parse(notebook(GOOD, **metadata))
    assert notebooks.chapter_of(cells, name, STEMS) == chapter
