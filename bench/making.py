"""How long the book takes to be made, tested and run, and what the time goes to."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

from bench.browsing import ROOT, tell
from bench.report import Row, Section

#: Where `make test` leaves how long each test took.
RECORDS = ROOT / "_build" / "tests"
BUILD = (
    "-u",
    "-c",
    "from jupyter_book.cli.main import main; main()",
    "build",
    "-W",
    "--keep-going",
)
#: What Sphinx says it does, and what that is called here.
PHASES = {
    "Running Sphinx": "Sphinx and its extensions start",
    "updating environment": "reading the pages",
    "looking for now-outdated": "what depends on them",
    "preparing documents": "assets",
    "writing output": "writing the pages",
    "generating indices": "search and indices",
    "build succeeded": "the end",
}
HOW = """A copy of the book's files, built as `make book` builds it: with nothing built yet, again
with nothing changed, and again after one chapter was touched. Seconds are the wall clock's; the
floors, in the same run, are a bare Python, and Sphinx on a single page with its plainest theme.
Where the time goes is what stands between one of Sphinx's messages and the next. How long the tests
take is from the last `make test`; how long a notebook takes is how long its cells took in it."""


def main(arguments=()):
    """Measure, and return the section."""
    parser = argparse.ArgumentParser(prog="python -m bench making", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument(
        "--cold", action="store_true", help="`make book` in a fresh clone too, downloads included"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = builds(Path(folder), options.rounds)
        cold = make_in_a_clone(Path(folder, "clone")) if options.cold else None
    rows = list(of_builds(found))
    if cold is not None:
        rows.append(Row("`make book` in a fresh clone", cold, "wall clock", "≤ 90", " s"))
    tests, notes = of_tests()
    notes = [where_it_goes(found), *notes]
    if cold is None:
        notes.append("`python -m bench making --cold` adds `make book` in a fresh clone.")
    packages = ("jupyter-book", "sphinx", "myst-nb", "pytest", "nbval")
    return Section("making", "Making", HOW, [*rows, *tests], notes, packages)


def builds(folder, rounds):
    """Return the seconds of each round of each way to build, and of the floors."""
    book, single = folder / "book", folder / "single"
    copy_of_the_book(book)
    single.mkdir()
    (single / "index.rst").write_text("One page\n========\n\nWith a line on it.\n", "utf-8")
    (single / "conf.py").write_text("html_theme = 'basic'\n", "utf-8")
    sphinx = ("-m", "sphinx", "-q", "-E", str(single), str(single / "built"))
    ways = {
        "cold": lambda: build(book, anew=True),
        "warm": lambda: build(book),
        "one page": lambda: build(book, touched=book / "book" / "3_algorithm.ipynb"),
        "bare Python": lambda: timed("-c", "pass"),
        "bare Sphinx": lambda: timed(*sphinx),
    }
    found = {name: [] for name in ways}
    for turn in range(rounds):
        for name, way in ways.items():
            tell(f"{name}, {turn + 1} of {rounds}")
            found[name].append(way())
    return found


def copy_of_the_book(folder):
    """Copy what the book is built from; the browser's packages are only linked."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    shutil.copytree(
        ROOT / "lstm_edu/figures/static", folder / "lstm_edu/figures/static", dirs_exist_ok=True
    )
    (folder / "js" / "node_modules").symlink_to(ROOT / "js" / "node_modules")


def build(book, *, anew=False, touched=None):
    """Build the book, and return the seconds of each phase.

    Raises
    ------
    RuntimeError
        It does not build; its messages follow.
    """
    if anew:
        shutil.rmtree(book / "_build", ignore_errors=True)
    if touched is not None:
        touched.touch()
    environment = os.environ | {"PYTHONPATH": str(book), "NO_COLOR": "1"}
    said, phases, phase = [], Counter(), "Python and Jupyter Book start"
    last = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *BUILD, str(book)],
        cwd=book,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        while piece := os.read(process.stdout.fileno(), 65536):
            now = time.perf_counter()
            phases[phase] += now - last
            said.append(piece.decode("utf-8", "replace"))
            begun = [name for words, name in PHASES.items() if words in said[-1]]
            phase, last = begun[-1] if begun else phase, now
    phases[phase] += time.perf_counter() - last
    if process.returncode:
        raise RuntimeError(f"The book does not build:\n{''.join(said)[-4000:]}")
    return phases


def timed(*arguments):
    """Return how long a Python takes with these arguments, as its only phase."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return Counter({"all": time.perf_counter() - begin})


def of_builds(found):
    """Return the rows on building the book."""
    seconds = {name: [each.total() for each in rounds] for name, rounds in found.items()}
    clock = {"against": "wall clock", "unit": " s"}
    whats = {
        "cold": ("the book, nothing built before", "≤ 90"),
        "warm": ("the book again, nothing changed", "≤ 10"),
        "one page": ("the book again, one chapter changed", "≤ 10"),
    }
    for name, (what, reach) in whats.items():
        yield Row(what, seconds[name], reach=reach, **clock)
        for floor in ("bare Sphinx", "bare Python"):
            ratio = [a / b for a, b in zip(seconds[name], seconds[floor], strict=True)]
            yield Row(what, ratio, f"{floor}, one page" if floor == "bare Sphinx" else floor)


def where_it_goes(found):
    """Return the seconds of each phase as Markdown."""
    ways = {"cold": "cold", "warm": "warm", "one page": "one chapter changed"}
    first = "Python and Jupyter Book start"
    lines = [f"| seconds | {' | '.join(ways.values())} |", f"|{'---|' * (len(ways) + 1)}"]
    for phase in (first, *PHASES.values()):
        cells = [f"{median(each[phase] for each in found[way]):.2f}" for way in ways]
        lines.append(f"| {phase} | {' | '.join(cells)} |")
    return "\n".join(["Where the time of a build goes, the median of the rounds:", "", *lines])


def make_in_a_clone(clone):
    """Return the seconds of the README's command in a fresh clone of what is committed."""
    tell("make book in a fresh clone, some minutes")
    begin = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    quiet = {"CI": "1", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    subprocess.run(
        ["make", "--silent", "book", f"PYTHON={sys.executable}"],
        cwd=clone,
        env=os.environ | quiet,
        check=True,
        stdout=sys.stderr,
    )
    return time.perf_counter() - begin


def of_tests():
    """Return rows and notes on the last `make test`, from what pytest wrote down."""
    paths = sorted(RECORDS.glob("*.xml"))
    if not paths:
        missing = f"{RECORDS.relative_to(ROOT)}/*.xml"
        return [], [f"There is no record of `make test` ({missing}), so nothing on it stands here."]
    files, wall, whens = Counter(), 0.0, []
    for path in paths:
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
            wall += float(suite.get("time"))
            whens.append(datetime.fromisoformat(suite.get("timestamp")))
            for case in suite.iter("testcase"):
                files[file_of(case)] += float(case.get("time"))
    notebooks = {name: s for name, s in files.items() if name.endswith(".ipynb")}
    rows = [Row("the tests of `make test`, two at a time", wall / 60, "wall clock", "≤ 12", " min")]
    if notebooks:
        clock = {"against": "its cells, in the tests", "unit": " s"}
        rows.append(Row("a notebook, run", list(notebooks.values()), **clock))
        rows.append(Row("all notebooks, run", sum(notebooks.values()), **clock))
    most = "; ".join(f"{name} {seconds:.0f} s" for name, seconds in files.most_common(15))
    when = f"{min(whens):%Y-%m-%d %H:%M}"
    return rows, [f"The last `make test` here began at {when}. What took longest in it: {most}."]


def file_of(case):
    """Return the file that a test is in."""
    name = case.get("classname")
    if name.endswith(".ipynb"):
        return f"{name.removesuffix('.ipynb').replace('.', '/')}.ipynb"
    parts = name.split(".")
    module = max((k for k, part in enumerate(parts) if part.startswith("test_")), default=0)
    return "/".join(parts[: module + 1]) + ".py"
