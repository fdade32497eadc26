"""The book for a room without internet, in one zip: ``python -m lstm_edu.classroom.stick --help``.

It holds the built book, the chapters and exercises as notebooks, and a wheel of every package that
they need, for the kind of computer and the version of Python it was made with.
"""

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tqdm import tqdm

from lstm_edu.classroom.assign import assign
from lstm_edu.classroom.masters import masters

README = """\
LSTM, Gate by Gate, without internet

To read: open book/index.html in a browser. Every figure moves; nothing is fetched. book/slides has
the chapters for the wall.

To run the notebooks, on {system} with Python {version}, in this folder:

    python3 -m venv lstm
    {pip} install --no-index --find-links wheels "lstm-edu[notebooks]"
    {jupyter} lab notebooks

notebooks/exercises has the students' copies, without solutions.
"""


def stick(root: Path, html: Path, target: Path, wheels: Path | None = None) -> Path:
    """Write the zip.

    Parameters
    ----------
    root : Path
        The repository.
    html : Path
        The built book.
    target : Path
        The zip to write.
    wheels : Path, optional
        A folder of wheels. Without it pip fetches and builds them, which takes some minutes.

    Returns
    -------
    Path
        The zip.

    Raises
    ------
    FileNotFoundError
        If the book is not built.
    RuntimeError
        If pip fails, with what it said. No zip is left then.
    """
    if not (html / "index.html").is_file():
        raise FileNotFoundError(f"{html} holds no book; `make book` builds it")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        exercises = assign(masters(), Path(folder))[0]
        if wheels is None:
            wheels = Path(folder, "wheels")
            fetch(root, wheels)
        files = dict(contents(root, html, exercises, wheels))
        unfinished = Path(folder, "unfinished.zip")
        with zipfile.ZipFile(unfinished, "w") as archive:
            archive.writestr("README.txt", readme())
            for name, path in tqdm(files.items(), desc="zip", unit="file"):
                # Wheels are zips themselves.
                packed = path.suffix == ".whl"
                archive.write(path, name, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
        shutil.move(unfinished, target)
    return target


def contents(root: Path, html: Path, exercises: Path, wheels: Path):
    """Yield what goes into the zip: the name there, and the file."""
    for path in sorted(html.rglob("*")):
        if path.is_file() and not {".doctrees", "_sources"} & set(path.parts):
            yield f"book/{path.relative_to(html).as_posix()}", path
    for folder in ("", "6_applications"):
        for path in sorted((root / "book" / folder).glob("*.ipynb")):
            yield f"notebooks/{folder}{'/' if folder else ''}{path.name}", path
    for path in sorted(exercises.iterdir()):
        yield f"notebooks/exercises/{path.name}", path
    for path in sorted(wheels.glob("*.whl")):
        yield f"wheels/{path.name}", path


def fetch(root: Path, wheels: Path) -> None:
    """Let pip bring a wheel of every package that the notebooks need, ours included."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel"]
    command += ["--wheel-dir", str(wheels), "-c", "requirements.txt", ".[notebooks]"]
    try:
        subprocess.run(command, cwd=root, check=True, stderr=subprocess.PIPE, text=True)
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"pip could not bring the wheels:\n{error.stderr.strip()}") from error


def readme() -> str:
    """Return how to use the zip, on a computer of the kind that made it."""
    windows = platform.system() == "Windows"
    at = r"lstm\Scripts\{}" if windows else "lstm/bin/{}"
    return README.format(
        system=f"{platform.system()} ({platform.machine()})",
        version=".".join(platform.python_version_tuple()[:2]),
        pip=at.format("pip"),
        jupyter=at.format("jupyter"),
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the process's exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m lstm_edu.classroom.stick",
        description="Pack the book, its notebooks and every wheel they need into one zip.",
    )
    parser.add_argument("target", type=Path, help="the zip to write")
    parser.add_argument("--book", type=Path, default=Path("_build/html"), help="%(default)s")
    parser.add_argument("--wheels", type=Path, help="a folder of wheels; else pip fetches them")
    options = parser.parse_args(arguments)
    try:
        made = stick(Path.cwd(), options.book, options.target, options.wheels)
    except (OSError, ValueError, RuntimeError) as error:
        print(f"stick: {error}", file=sys.stderr)
        return 2
    print(f"{made}: {made.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
