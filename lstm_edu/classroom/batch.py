"""A whole class graded: in parallel, going on where it was left, stopped by no notebook."""

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lstm_edu.classroom import notebooks, submissions
from lstm_edu.classroom.grading import Stopped, grade
from lstm_edu.classroom.limits import Limits
from lstm_edu.classroom.masters import Assignment
from lstm_edu.classroom.runner import MOST_JOBS, Runner

_SUMMARY = "grading.json"
_FORMAT = "lstm_edu.grading/1"


@dataclass
class Grading:
    """What is known of a class.

    Attributes
    ----------
    seed : int
        With it the same hidden inputs are drawn again.
    isolated : bool
        Whether the notebooks ran in the sandbox.
    exercises : list of dict
        ``name``, ``title``, ``level``, ``points``, in order.
    records : list of dict
        One for each notebook that was graded: ``student``, ``chapter``, ``source``, ``seconds``,
        ``marks``, ``errors`` and how it is known again.
    problems : list of dict
        ``student``, ``source``, ``reason`` of each that could not be graded.
    again : int
        How many records were there already.
    """

    seed: int
    isolated: bool
    exercises: list[dict] = field(default_factory=list)
    records: list[dict] = field(default_factory=list)
    problems: list[dict] = field(default_factory=list)
    again: int = 0

    def students(self) -> list[str]:
        """Return everyone who handed something in."""
        names = {one["student"] for one in (*self.records, *self.problems)} - {""}
        return sorted(names, key=str.casefold)


def load(output: Path) -> Grading:
    """Return the grading that `grade_all` left in a folder.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    path = output / _SUMMARY
    if not path.is_file():
        raise FileNotFoundError(f"{output} holds no {_SUMMARY}; grade the submissions first")
    summary = json.loads(path.read_text("utf-8"))
    names = summary.pop("records")
    summary.pop("format")
    records = [json.loads((output / "records" / name).read_text("utf-8")) for name in names]
    return Grading(**summary, records=records)


def grade_all(
    folder: Path,
    output: Path,
    assignments: Sequence[Assignment],
    *,
    seed: int | None = None,
    force: bool = False,
    trusted: bool = False,
    jobs: int | None = None,
    limits: Limits = Limits(),  # noqa: B008
    progress: Callable = lambda finished, total: finished,
) -> Grading:
    """Grade all notebooks of a folder and leave a record of each in another.

    A notebook whose record is there is not run again, if neither it nor its master, the checks, the
    seed or the way of running it have changed.

    Parameters
    ----------
    folder, output : Path
    assignments : sequence of Assignment
    seed : int, optional
        Of the hidden inputs; where it is not given the folder's own, or a fresh one.
    force : bool
        Run all again.
    trusted : bool
        Without the sandbox.
    jobs : int, optional
        Notebooks at a time; one a core where it is not given.
    limits : Limits
    progress : callable
        ``progress(iterator, total)`` gives the iterator back and shows how far it is.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such folder, or the output lies in it.
    sandbox.Unavailable
        If there is no sandbox, and the notebooks are not trusted.
    """
    if output.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"the output {output} lies among the submissions; choose another folder")
    found, refused = submissions.find(folder, [one.stem for one in assignments])
    with Runner(limits, trusted=trusted) as runner:
        (output / "records").mkdir(parents=True, exist_ok=True)
        grading = Grading(_seed(seed, output), not trusted)
        for one in assignments:
            for exercise in one.exercises:
                parts = ("name", "title", "level", "points")
                grading.exercises.append({part: getattr(exercise, part) for part in parts})
        grading.problems = [_problem("", source, reason) for source, reason in refused]
        tasks = _sorted_out(found, assignments, grading, limits)
        waiting = []
        for task in tasks:
            record = None if force else _known(output, task, grading)
            waiting += [task] if record is None else []
            grading.records += [] if record is None else [record]
        grading.again = len(grading.records)
        _finish(grading, output)  # so that the seed is known however this ends
        try:
            _work(waiting, runner, grading, output, jobs, progress)
        finally:
            _finish(grading, output)
    return grading


def _sorted_out(found, assignments, grading, limits) -> list[tuple]:
    """Return what is to be graded, the newest of each student and chapter."""
    by_chapter = {one.chapter: one for one in assignments}
    stems = {one.chapter: one.stem for one in assignments}
    newest: dict[tuple, tuple] = {}
    for submission in found:
        try:
            data = submission.read(limits.notebook)
            cells = notebooks.parse(data)
            chapter = notebooks.chapter_of(cells, submission.source, stems)
            if chapter is None:
                raise notebooks.NotANotebook(
                    "neither its cells nor its name say which chapter it is of "
                    f"(known are {', '.join(stems.values())})"
                )
        except (submissions.Unreadable, notebooks.NotANotebook) as error:
            reason = _problem(submission.student, submission.source, str(error))
            grading.problems.append(reason)
            continue
        task = submission, by_chapter[chapter], hashlib.sha256(data).hexdigest()
        key = submission.student, chapter
        older = newest.get(key)
        if older and older[0].changed > submission.changed:
            older, task = task, older
        newest[key] = task
        if older:
            reason = f"a newer notebook of the same chapter was graded: {task[0].source}"
            grading.problems.append(_problem(older[0].student, older[0].source, reason))
    return list(newest.values())


def _work(waiting, runner, grading, output, jobs, progress) -> None:
    with ThreadPoolExecutor(min(jobs or os.cpu_count() or 1, MOST_JOBS)) as pool:
        futures = {pool.submit(_graded, task, grading, runner): task for task in waiting}
        try:
            for future in progress(as_completed(futures), len(futures)):
                submission, _, _ = futures[future]
                try:
                    record = future.result()
                except Stopped:
                    continue
                except Exception as error:
                    reason = f"the grader failed: {type(error).__name__}: {error}"
                    problem = _problem(submission.student, submission.source, reason)
                    grading.problems.append(problem)
                    continue
                grading.records.append(record)
                _write(output / "records" / _name(record), record)
        except KeyboardInterrupt:
            runner.stop.set()
            pool.shutdown(cancel_futures=True)
            raise


def _graded(task, grading: Grading, runner: Runner) -> dict:
    submission, assignment, _ = task
    start = time.perf_counter()
    cells = notebooks.parse(submission.read(runner.limits.notebook))
    graded = grade(cells, assignment, grading.seed, runner)
    return {
        "student": submission.student,
        "chapter": assignment.chapter,
        "source": submission.source,
        "key": _key(task, grading),
        "seconds": round(time.perf_counter() - start, 2),
        **graded.as_dict(),
    }


def _finish(grading: Grading, output: Path) -> None:
    grading.records.sort(key=lambda one: (one["student"].casefold(), one["chapter"]))
    grading.problems.sort(key=lambda one: (one["student"].casefold(), one["source"]))
    summary = asdict(grading) | {"records": [_name(record) for record in grading.records]}
    _write(output / _SUMMARY, {"format": _FORMAT, **summary})


def _known(output: Path, task, grading: Grading) -> dict | None:
    """Return the record of a notebook that was graded in just this way."""
    submission, assignment, _ = task
    path = (
        output / "records" / _name({"student": submission.student, "chapter": assignment.chapter})
    )
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return record if record.get("key") == _key(task, grading) else None


def _key(task, grading: Grading) -> str:
    _, assignment, checksum = task
    how = [checksum, assignment.mark, grading.seed, grading.isolated]
    return hashlib.sha256(json.dumps(how).encode()).hexdigest()


def _name(record: dict) -> str:
    text = f"{record['student']}\n{record['chapter']}"
    return f"{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}.json"


def _seed(seed: int | None, output: Path) -> int:
    if seed is not None:
        return seed
    try:
        return int(json.loads((output / _SUMMARY).read_text("utf-8"))["seed"])
    except (OSError, ValueError, TypeError, KeyError):
        return secrets.randbits(48)


def _problem(student: str, source: str, reason: str) -> dict:
    return {"student": student, "source": source, "reason": reason}


def _write(path: Path, value: dict) -> None:
    """Write at once or not at all, so that whoever stops the command leaves no half record."""
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(value, indent=1), "utf-8")
    os.replace(draft, path)
