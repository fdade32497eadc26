"""A class is graded once, goes on where it was left, and gets its results back."""

import csv
import json
import os
import sys

import pytest
from klass import ASSIGNMENT, GOOD, LIMITS, NUMBER, hand_in, marks_of

from lstm_edu.classroom import __main__ as command
from lstm_edu.classroom import batch, feedback, masters, report, sandbox

FORMULA = "=HYPERLINK(1)"
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A class of four, one of whom handed in no notebook, and one two."""
    folder = tmp_path_factory.mktemp("class") / "week 3"
    hand_in(folder, "anna/3_algorithm.ipynb", GOOD)
    hand_in(folder, f"{FORMULA}/3_algorithm.ipynb", ["def double(x): return x + 2", GOOD[2]])
    hand_in(folder, "bo/3_algorithm.ipynb", b"")
    hand_in(folder, f"{MARKUP}/3_algorithm.ipynb", [f"number = {{'{MARKUP}': 1}}"])
    hand_in(folder, os.fsdecode(b"b\xffd.ipynb"), b"[]")
    older = hand_in(folder, "anna/3_algorithm-old.ipynb", ["1/0"])
    os.utime(older, (1, 1))
    return folder


def grade(folder, output, **how):
    how = {"limits": LIMITS, **how}
    grading = batch.grade_all(folder, output, [ASSIGNMENT], **how)
    feedback.write(grading, output)
    return grading


@pytest.fixture(scope="module")
def output(folder):
    return folder.with_name("graded")


@pytest.fixture(scope="module")
def graded(bubblewrap, folder, output):
    return grade(folder, output)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row.pop(next(iter(row))): row for row in csv.DictReader(file)}


def test_scores(graded, output, folder):
    scores = rows(output / "scores.csv")
    assert scores["anna"] | {"notes": ""} == {
        **{"3.1": "2", "3.2": "1"},
        **{"total": "3", "possible": "3", "notes": ""},
    }
    assert (scores["bo"]["3.1"], scores["bo"]["total"]) == ("", "0")
    assert "the file is empty" in scores["bo"]["notes"]
    assert scores[f"'{FORMULA}"]["total"] == "1"
    refused = rows(output / "not_graded.csv")
    assert "JSON list" in refused["b d.ipynb"]["reason"]
    assert "newer notebook" in refused["anna/3_algorithm-old.ipynb"]["reason"]


def test_nothing_is_run_twice(graded, folder, output, monkeypatch):
    ran = []
    grade_one = batch.grade
    monkeypatch.setattr(batch, "grade", lambda *a: ran.append(a) or grade_one(*a))
    again = grade(folder, output)
    assert (ran, again.again, again.seed) == ([], 3, graded.seed)
    assert again.records == graded.records
    hand_in(folder, "bo/3_algorithm.ipynb", GOOD)
    later = grade(folder, output)
    assert (len(ran), later.again) == (1, 3)
    assert marks_of(later, "bo")["3.2"]["points"] == 1
    (output / "records" / "torn.part").write_text("{")
    next(iter((output / "records").glob("*.json"))).write_text("{")
    assert grade(folder, output).again == 3
    assert grade(folder, output, seed=graded.seed + 1).again == 0
    assert grade(folder, output, seed=graded.seed + 1, force=True).again == 0


def test_stopped_and_gone_on(graded, folder, output, tmp_path):
    def stop(finished, total):
        yield next(iter(finished))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(folder, tmp_path / "graded", progress=stop, jobs=1)
    assert grade(folder, tmp_path / "graded").again >= 1


def test_feedback_shows_a_student_their_own(graded, output):
    names = feedback.file_names(graded.students())
    assert sorted(names.values()) == sorted(path.name for path in (output / "feedback").iterdir())
    page = feedback.student_page(graded, FORMULA)
    assert "You add 2." in page
    assert "1 of 3 points" in page
    assert "anna" not in page
    assert str(NUMBER) not in page
    hostile = feedback.student_page(graded, MARKUP)
    assert "<img" not in hostile
    assert "<script" not in hostile
    assert "default-src 'none'" in hostile


def test_file_names_are_files_everywhere():
    names = feedback.file_names(["Anna", "anna", "a/b", "a:b", "CON", "..", "Ωμέγα", "x" * 300])
    assert len({name.casefold() for name in names.values()}) == 8
    assert all(len(name) < 120 and not set(name) & set('/\\:*?"<>|') for name in names.values())


def test_report_counts(graded):
    page = report.report(graded)
    assert "You add 2." in page
    assert "What could not be graded?" in page
    assert "<img" not in page
    assert f"seed {graded.seed}" in page
    nothing = report.report(batch.Grading(1, True))
    assert "Nothing was graded yet" in nothing


def test_trusted_says_so(folder, tmp_path):
    grading = grade(folder, tmp_path / "graded", trusted=True)
    assert marks_of(grading, "anna")["3.1"]["points"] == 2
    assert "without a sandbox" in rows(tmp_path / "graded" / "scores.csv")["anna"]["notes"]
    for page in (feedback.student_page(grading, "anna"), report.report(grading)):
        assert "without a sandbox" in page
    assert grade(folder, tmp_path / "graded", trusted=True).again == len(grading.records)


def test_without_bubblewrap_nothing_runs(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox.program.cache_clear()
    chapter_3 = {3: tmp_path / "3_algorithm.ipynb"}
    monkeypatch.setattr(masters, "masters", lambda *_: chapter_3)
    monkeypatch.setattr(masters, "assignment", lambda *_: ASSIGNMENT)
    assert command.main(["grade", str(folder), "--output", str(tmp_path / "graded")]) == 2
    said = capsys.readouterr().err
    assert "apt install bubblewrap" in said
    assert "--trusted" in said
    assert not (tmp_path / "graded").exists()
    sandbox.program.cache_clear()


def test_a_bubblewrap_that_cannot_is_told(tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text(
        f"#!{sys.executable}\nimport sys; sys.exit('bwrap: setting up uid map: denied')"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    sandbox.program.cache_clear()
    with pytest.raises(sandbox.Unavailable, match=r"uid map: denied.*apparmor"):
        sandbox.program()
    sandbox.program.cache_clear()


def test_the_output_lies_elsewhere(folder):
    with pytest.raises(ValueError, match="among the submissions"):
        grade(folder, folder / "graded")


def test_a_record_is_json(graded, output):
    summary = json.loads((output / "grading.json").read_text())
    assert summary["format"] == "lstm_edu.grading/1"
    assert batch.load(output).students() == sorted(graded.students(), key=str.casefold)
    with pytest.raises(FileNotFoundError, match="grade the submissions first"):
        batch.load(output / "feedback")
