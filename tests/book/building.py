"""The book under test: built once, for all tests and all their processes."""

import os
import subprocess
import sys
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
STAMP = ROOT / "_build" / "built-for-tests"
SOURCES = (
    *("_config.yml", "_toc.yml", "book/**/*", "lstm_edu/colours.json"),
    *("lstm_edu/figures/static/**/*", "lstm_edu/models/*.json", "lstm_edu/runs/*.json"),
)
PATIENCE = 300  # seconds


def toc():
    """Return the names of the book's pages, as in ``_toc.yml``, the first page first."""
    table = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))

    def files(entry):
        yield from [entry["file"]] if "file" in entry else []
        for key in ("parts", "chapters", "sections"):
            for child in entry.get(key, ()):
                yield from files(child)

    return [table["root"], *files(table)]


def is_fresh():
    """Tell whether the book was built here after all its sources were last changed."""
    if not (STAMP.exists() and (HTML / "index.html").exists()):
        return False
    files = (path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file())
    newest = max(path.stat().st_mtime for path in files if "__pycache__" not in path.parts)
    return newest < STAMP.stat().st_mtime


def build():
    """Build the book with warnings as errors.

    Raises
    ------
    RuntimeError
        The build failed; its messages follow.
    """
    started = time.time()
    command = "from jupyter_book.cli.main import main; main()"
    build = ("build", "-W", "--keep-going", "--all", "-q", str(ROOT))
    run = subprocess.run(
        [sys.executable, "-c", command, *build], capture_output=True, text=True, timeout=PATIENCE
    )
    if run.returncode:
        raise RuntimeError(f"The book does not build:\n{run.stdout}\n{run.stderr}")
    STAMP.touch()
    os.utime(STAMP, (started, started))  # what changed while the build ran is not in it


def built(shared):
    """Return the folder of the built book; of several processes the first builds it.

    Parameters
    ----------
    shared : Path
        A folder that this run of the tests, and no other, has in common.
    """
    lock, done = shared / "building", shared / "built"
    try:
        lock.mkdir()
    except FileExistsError:
        wait_for(done)
    else:
        try:
            if not is_fresh():
                build()
            done.write_text("")
        except Exception as failure:
            done.write_text(str(failure), "utf-8")
    if message := done.read_text("utf-8"):
        raise RuntimeError(message)
    return HTML


def wait_for(path):
    """Wait until another process has written a file."""
    deadline = time.monotonic() + PATIENCE
    while not path.exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The book was not built within {PATIENCE} s")
        time.sleep(0.2)
