"""What goes back: a table of scores for the teacher, a page for each student."""

import csv
import hashlib
import re
from collections import defaultdict
from pathlib import Path

from lstm_edu.classroom.batch import Grading
from lstm_edu.classroom.pages import page, prose, table, text

UNSAFE = "These notebooks ran without a sandbox, as their teacher trusted them."
_SAID = {
    "right": ("✓", "right"),
    "wrong": ("✗", "not right"),
    "stopped": ("✗", "stopped"),
    "blank": ("–", "blank"),
    "missing": ("–", "missing"),
    "ungraded": ("?", "not graded"),
}
_LEVELS = {1: "predict and run", 2: "implement", 3: "investigate"}


def write(grading: Grading, output: Path) -> None:
    """Write ``scores.csv``, ``not_graded.csv`` and ``feedback/*.html`` into a folder.

    Parameters
    ----------
    grading : Grading
    output : Path
    """
    _write_scores(grading, output / "scores.csv")
    with (output / "not_graded.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "student", "reason"])
        for problem in grading.problems:
            rows.writerow(map(cell, (problem["source"], problem["student"], problem["reason"])))
    folder = output / "feedback"
    folder.mkdir(exist_ok=True)
    names = file_names(grading.students())
    for path in set(folder.glob("*.html")) - {folder / name for name in names.values()}:
        path.unlink()
    for student, name in names.items():
        (folder / name).write_text(student_page(grading, student), "utf-8")


def cell(value: object) -> object:
    """Return a value for a table in CSV; a spreadsheet must not take a name for a formula."""
    if not isinstance(value, str):
        return value
    plain = "".join(letter if letter.isprintable() else " " for letter in value)
    return f"'{plain}" if plain.lstrip().startswith(("=", "+", "-", "@")) else plain


def file_names(students: list[str]) -> dict[str, str]:
    """Return for each student a name that is one file on every system."""
    names, taken = {}, set()
    for student in students:
        plain = re.sub(r"[^\w.-]+", "-", student).strip("-.")[:80] or "student"
        if plain.casefold() in taken or plain.split(".")[0].upper() in ("CON", "PRN", "AUX", "NUL"):
            plain += "-" + hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        taken.add(plain.casefold())
        names[student] = f"{plain}.html"
    return names


def student_page(grading: Grading, student: str) -> str:
    """Return the page of a student, which shows nobody else's work."""
    records = [one for one in grading.records if one["student"] == student]
    problems = [one for one in grading.problems if one["student"] == student]
    marks = [mark for record in records for mark in record["marks"]]
    points, possible = (sum(mark[part] for mark in marks) for part in ("points", "possible"))
    body = [f"<h1>{text(student)}</h1>"]
    if records:
        body.append(f"<p>{points} of {possible} points.</p>")
    if not grading.isolated:
        body.append(f'<p class="notice">{UNSAFE}</p>')
    for problem in problems:
        said = f"{text(problem['source'])} was not graded: {text(problem['reason'])}."
        body.append(f'<p class="notice">{said}</p>')
    body += [_chapter(record) for record in records]
    return page(f"Feedback for {student}", "\n".join(body))


def _chapter(record: dict) -> str:
    rows = []
    for mark in record["marks"]:
        sign, word = _SAID[mark["outcome"]]
        tone = {"✓": "right", "✗": "wrong"}.get(sign, "muted")
        rows.append(
            f'<tr><th scope="row">{text(mark["exercise"])} {text(mark["title"])}<br>'
            f'<span class="muted">{_LEVELS.get(mark["level"], "")}</span></th>'
            f'<td class="mark {tone}"><span aria-hidden="true">{sign}</span> {word}</td>'
            f'<td class="number">{mark["points"]} of {mark["possible"]}'
            '<span class="unit"> points</span></td>'
            f'<td class="words">{prose(mark["message"])}</td></tr>'
        )
    points, possible = (sum(mark[p] for mark in record["marks"]) for p in ("points", "possible"))
    head = "".join(
        f'<th scope="col"{" class=number" if name == "Points" else ""}>{name}</th>'
        for name in ("Exercise", "Answer", "Points", "What was found")
    )
    stopped = ""
    if record["errors"]:
        places = "; ".join(f"cell {number} with {text(name)}" for number, name in record["errors"])
        stopped = (
            "<p>Run from top to bottom in a fresh kernel, some cells of your notebook stopped: "
            f"{places}. Cells are counted from 1, texts among them. The others were run all the "
            "same.</p>"
        )
    return (
        f"<h2>Chapter {record['chapter']}: {points} of {possible} points</h2>"
        f'<p class="muted">{text(record["source"])}</p>'
        f"{table(head, rows)}{stopped}"
    )


def _write_scores(grading: Grading, path: Path) -> None:
    graded = {mark["exercise"] for record in grading.records for mark in record["marks"]}
    columns = [one["name"] for one in grading.exercises if one["name"] in graded]
    marks, notes = defaultdict(dict), defaultdict(list)
    for record in grading.records:
        for mark in record["marks"]:
            marks[record["student"]][mark["exercise"]] = mark
            if mark["outcome"] == "ungraded" and mark["message"] not in notes[record["student"]]:
                notes[record["student"]].append(mark["message"])
    for problem in grading.problems:
        notes[problem["student"]].append(f"{problem['source']}: {problem['reason']}")
    # With the mark that tells spreadsheets that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["student", *columns, "total", "possible", "notes"])
        for student in grading.students():
            own = marks[student]
            said = [own[name]["points"] if name in own else "" for name in columns]
            total, possible = (
                sum(m[part] for m in own.values()) for part in ("points", "possible")
            )
            trusted = [] if grading.isolated else ["ran without a sandbox"]
            note = "; ".join(notes[student] + trusted)
            rows.writerow([cell(student), *said, total, possible, cell(note)])
