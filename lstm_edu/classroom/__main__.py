"""The commands: ``python -m lstm_edu.classroom --help``."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from lstm_edu.classroom import masters

DESCRIPTION = """\
Hand out the book's exercises, grade what comes back, see where the class struggled.

  python -m lstm_edu.classroom assign handout            # students' and solved notebooks
  python -m lstm_edu.classroom grade submissions         # scores.csv and a page for each student
  python -m lstm_edu.classroom report submissions-graded # where the class struggled: one page
  python -m lstm_edu.classroom export --to otter gradescope

Each command's own --help says more."""

GRADE = """\
Run every notebook below FOLDER, from top to bottom, and compare its answers with what is right for
inputs that nobody has seen.

FOLDER holds a notebook a student (anna.ipynb), a folder a student (anna/3_algorithm.ipynb), or what
Moodle and Canvas give, zips too. A notebook's chapter is read from its cells, else from its name.

Written are, to OUTPUT:
  scores.csv       a line for each student, a column for each exercise
  not_graded.csv   what could not be graded, and why
  feedback/        a page for each student, to give back
  grading.json     the seed of the hidden inputs; records/ has what each notebook earned

Run it again after new notebooks have come: what is known already is not run again. Notebooks run in
bubblewrap: without network, without your files, without the solutions, with little memory and time.
One that outruns these earns what its answers had earned by then, and stops no other. While a
function is asked for that has to be written, the book's own networks are out of reach.

What this does not find: an answer that was copied from someone else, or guessed among few. Look at
`report` for wrong answers that many share."""

ASSIGN = """\
Make from the master notebooks what is handed out.

  OUTPUT/students/      a notebook a chapter, answers blank and hints folded, and a README
  OUTPUT/students.zip   the same, to be put on a learning platform
  OUTPUT/teacher/       the solved notebooks, with explanations: not to be handed out"""

REPORT = """\
Show where the class struggled, from what `grade` left in FOLDER: how many solved each exercise,
which mistakes were made most often, how the points are spread. One page, FOLDER/report.html, that
opens offline. It names a student only where a file could not be graded."""

EXPORT = """\
Write the masters as other graders want them.

  otter      otter-grader 7: source notebooks, and with otter installed (pip install otter-grader)
             what `otter assign` makes of them: students' copies and autograder.zip for Gradescope
  nbgrader   nbgrader 0.9: a course folder, and with nbgrader installed what
             `nbgrader generate_assignment` makes of it

Both run a student's notebook where it can reach the checks; patched checks get full marks there.
Use them where you trust your students, and `grade` where you do not."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the process's exit status."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except (OSError, ValueError, RuntimeError) as error:
        print(f"{options.name}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\n{options.name}: stopped; the same command goes on from here", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m lstm_edu.classroom", description=DESCRIPTION, formatter_class=raw
    )
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")

    def command(name, run, summary, description=None):
        sub = commands.add_parser(
            name, help=summary, description=description or summary, formatter_class=raw
        )
        sub.set_defaults(command=run)
        return sub

    assign = command(
        "assign", _assign, "make the packages for students, and the solved notebooks", ASSIGN
    )
    assign.add_argument("output", type=Path, metavar="OUTPUT", help="a folder, which is made")
    _add_chapters(assign)

    grade = command("grade", _grade, "grade a folder of submitted notebooks", GRADE)
    grade.add_argument("folder", type=Path, metavar="FOLDER", help="the submissions, or a zip")
    grade.add_argument("--output", type=Path, help="where to write (default: FOLDER-graded)")
    grade.add_argument("--seed", type=int, help="of the hidden inputs (default: drawn, and kept)")
    grade.add_argument("--force", action="store_true", help="run all again, known ones too")
    grade.add_argument("--jobs", type=int, help="notebooks at a time (default: one a core)")
    grade.add_argument("--seconds", type=float, help="that a notebook may run (default: 60)")
    grade.add_argument(
        "--trusted", action="store_true", help="no sandbox: every notebook runs with your rights"
    )
    _add_chapters(grade)

    report = command(
        "report", _report, "show where the class struggled: one page with plots", REPORT
    )
    report.add_argument("folder", type=Path, metavar="FOLDER", help="that `grade` wrote")

    export = command("export", _export, "write the masters for otter-grader or nbgrader", EXPORT)
    export.add_argument("output", type=Path, metavar="OUTPUT", help="a folder, which is made")
    export.add_argument("--to", choices=("otter", "nbgrader"), required=True)
    _add_chapters(export)
    return parser


def _add_chapters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        *("--chapter", "-c"),
        **{"type": _numbers, "action": "extend", "default": [], "metavar": "N"},
        help="only this chapter, or these: 1,3 (default: all)",
    )
    parser.add_argument(
        "--masters", type=Path, default=masters.FOLDER, help="where the master notebooks lie"
    )


def _numbers(text: str) -> list[int]:
    """Return the numbers of a list such as "1,3"."""
    return [int(number) for number in text.split(",")]


def _assign(options) -> int:
    from lstm_edu.classroom.assign import assign

    for path in assign(masters.masters(options.masters, options.chapter), options.output):
        print(path)
    return 0


def _grade(options) -> int:
    from dataclasses import replace

    from lstm_edu.classroom import batch, feedback
    from lstm_edu.classroom.limits import Limits

    limits = Limits()
    if options.seconds:
        limits = replace(limits, seconds=options.seconds, cell_seconds=min(15, options.seconds / 2))
    found = masters.masters(options.masters, options.chapter)
    output = options.output or options.folder.with_name(f"{options.folder.stem}-graded")
    grading = batch.grade_all(
        options.folder,
        output,
        [masters.assignment(chapter, path) for chapter, path in found.items()],
        seed=options.seed,
        force=options.force,
        trusted=options.trusted,
        jobs=options.jobs,
        limits=limits,
        progress=lambda finished, total: tqdm(finished, total=total, unit="notebook"),
    )
    feedback.write(grading, output)
    known = f", {grading.again} of them known already" if grading.again else ""
    print(f"{len(grading.records)} notebooks graded{known}: {output / 'scores.csv'}")
    if not grading.isolated:
        print(feedback.UNSAFE)
    for problem in grading.problems:
        print(f"not graded: {feedback.cell(problem['source'])}: {feedback.cell(problem['reason'])}")
    return 0


def _report(options) -> int:
    from lstm_edu.classroom import batch, report

    path = options.folder / "report.html"
    path.write_text(report.report(batch.load(options.folder)), "utf-8")
    print(path)
    return 0


def _export(options) -> int:
    from lstm_edu.classroom.export import export

    for path in export(
        masters.masters(options.masters, options.chapter), options.output, options.to
    ):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
