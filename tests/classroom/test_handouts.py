"""What is handed out and exported, of every master there is."""

import json
import re
import zipfile

import pytest
from klass import LIMITS

from lstm_edu.classroom import __main__ as command
from lstm_edu.classroom import export, grading, masters, notebooks
from lstm_edu.classroom.assign import assign, handed_out
from lstm_edu.classroom.runner import Runner
from lstm_edu.exercises import master
from lstm_edu.exercises.blanks import MasterError
from lstm_edu.exercises.register import exercises

MASTERS = masters.masters()
MARKS = re.compile(r"SOLUTION|reference|judgement")


def code(notebook):
    return [master.source(c) for c in notebook["cells"] if c["cell_type"] == "code"]


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    output = tmp_path_factory.mktemp("handout")
    assign(MASTERS, output)
    return output


@pytest.mark.parametrize("chapter", MASTERS)
def test_students_get_nothing_hidden(packages, chapter):
    path = MASTERS[chapter]
    text = (packages / "students" / path.name).read_text("utf-8")
    blank, whole = json.loads(text), masters.read(path)
    assert not MARKS.search(text)
    ids = [cell["id"] for cell in blank["cells"]]
    for cell in whole["cells"]:
        part = (master.part_of(cell) or ("", ""))[1]
        assert (cell["id"] in ids) == (part != "explanation")
    for cell in blank["cells"]:
        assert set(cell["metadata"]) <= {"exercise"}
        assert not cell.get("outputs")
    names = [path.name for path in sorted((packages / "students").iterdir())]
    assert names == sorted([*(one.name for one in MASTERS.values()), "README.md"])
    with zipfile.ZipFile(packages / "students.zip") as archive:
        assert sorted(one for one in archive.namelist() if not one.endswith("/")) == names


def test_a_solution_that_stays_is_refused(tmp_path):
    whole = masters.read(MASTERS[3])
    for cell in whole["cells"]:
        if cell["cell_type"] == "markdown" and master.part_of(cell) is None:
            cell["source"] = "As in BEGIN SOLUTION"
    path = tmp_path / "3_algorithm.ipynb"
    path.write_text(json.dumps(whole))
    with pytest.raises((ValueError, MasterError), match="SOLUTION mark"):
        assign({3: path}, tmp_path / "out")


@pytest.mark.parametrize("chapter", MASTERS)
def test_solved_copies_earn_all_in_the_sandbox(bubblewrap, packages, chapter):
    """So no answer needs what is out of sight while it is asked for."""
    path = MASTERS[chapter]
    cells = notebooks.parse((packages / "teacher" / path.name).read_bytes())
    assignment = masters.assignment(chapter, path)
    with Runner(LIMITS) as runner:
        graded = grading.grade(cells, assignment, chapter, runner)
    lost = [mark for mark in graded.marks if mark.points != mark.possible]
    assert (lost, graded.errors) == ([], ())


def test_a_copy_comes_back_to_its_chapter(packages):
    stems = {chapter: path.stem for chapter, path in MASTERS.items()}
    for chapter, path in MASTERS.items():
        cells = notebooks.parse((packages / "students" / path.name).read_bytes())
        assert notebooks.chapter_of(cells, "homework.ipynb", stems) == chapter


@pytest.mark.parametrize("chapter", MASTERS)
def test_otter_markup(chapter):
    """As otter-grader 7 documents it: raw cells in YAML round each question and its tests."""
    made = export.otter(masters.read(MASTERS[chapter]))
    raw = [cell["source"] for cell in made["cells"] if cell["cell_type"] == "raw"]
    assert raw[0].startswith("# ASSIGNMENT CONFIG\n")
    assert "ok_format: false" in raw[0]
    asked = exercises(chapter)
    marks = ["# BEGIN QUESTION", "# BEGIN SOLUTION", "# END SOLUTION"]
    marks += ["# BEGIN TESTS", "# END TESTS", "# END QUESTION"]
    assert [cell.split("\n")[0] for cell in raw[1:]] == marks * len(asked)
    questions = [cell for cell in raw if cell.startswith("# BEGIN QUESTION")]
    for one, cell in zip(asked, questions, strict=True):
        name = f"q{one.name.replace('.', '_')}"
        assert cell.split("\n")[1:3] == [f"name: {name}", f"points: {one.points}"]
    tests = [cell for cell in code(made) if "BEGIN TEST CONFIG" in cell]
    for one, test in zip(asked, tests, strict=True):
        compile(test, "test", "exec")
        assert test.startswith('""" # BEGIN TEST CONFIG\nhidden: true\n""" # END TEST CONFIG\ndef ')
        assert f"({one.answer}):" in test
    no_explanation(made)


@pytest.mark.parametrize("chapter", MASTERS)
def test_nbgrader_markup(chapter):
    """As nbgrader 0.9 documents it: metadata of version 3, regions of solutions and tests."""
    made = export.nbgrader(masters.read(MASTERS[chapter]))
    cells = [cell for cell in made["cells"] if "nbgrader" in cell["metadata"]]
    names = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells]
    assert len(set(names)) == len(names) == 2 * len(exercises(chapter))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in names)
    for one, answer, test in zip(exercises(chapter), cells[::2], cells[1::2], strict=True):
        said = answer["metadata"]["nbgrader"], test["metadata"]["nbgrader"]
        assert [s["schema_version"] for s in said] == [3, 3]
        assert (said[0]["solution"], said[0]["grade"], said[0]["locked"]) == (True, False, False)
        assert (said[1]["solution"], said[1]["grade"], said[1]["locked"]) == (False, True, True)
        assert said[1]["points"] == one.points
        marks = re.findall(r"# (.*SOLUTION)$", answer["source"], re.M)
        assert marks
        assert marks == ["BEGIN SOLUTION", "END SOLUTION"] * (len(marks) // 2)
        compile(cleared(answer["source"]), "answer", "exec")
        assert "### BEGIN HIDDEN TESTS" in test["source"]
    no_explanation(made)


def cleared(source):
    """Return an answer as nbgrader's ClearSolutions leaves it."""
    pattern = re.compile(r"^( *)#+ BEGIN SOLUTION$.*?^ *#+ END SOLUTION$", re.M | re.S)
    return pattern.sub(r"\1...", source)


def no_explanation(notebook):
    parts = [cell["metadata"].get("exercise", {}).get("part") for cell in notebook["cells"]]
    assert "explanation" not in parts
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


def test_commands_write_files(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(export, "_tool", lambda name: None)
    for to, expected in (
        ("otter", "3_algorithm/3_algorithm.ipynb"),
        ("nbgrader", "source/chapter-3/3_algorithm.ipynb"),
    ):
        output = tmp_path / to
        assert command.main(["export", str(output), "--to", to, "-c", "3"]) == 0
        assert (output / expected).is_file()
    assert command.main(["assign", str(tmp_path / "handout"), "--chapter", "3"]) == 0
    assert "students.zip" in capsys.readouterr().out
    assert command.main(["assign", str(tmp_path / "x"), "--chapter", "7"]) == 2
    assert "no master notebook for chapter 7" in capsys.readouterr().err
    with pytest.raises(RuntimeError, match="failed: no such"):
        export._run(["sh", "-c", "echo no such thing >&2; exit 1"], tmp_path)


def test_a_handed_out_copy_leaves_the_master_alone():
    whole = masters.read(MASTERS[3])
    before = json.dumps(whole)
    handed_out(whole)
    assert json.dumps(whole) == before
