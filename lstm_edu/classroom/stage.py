"""The folder that the sandbox sees as ``/classroom``: the worker, and a package without answers.

In there `lstm_edu.exercises` has a `check` that says nothing, and no references; live figures show
nothing; and where answers have to be written, what the book has written already is a stand-in.
"""

import compileall
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import lstm_edu
from lstm_edu.classroom import inside
from lstm_edu.classroom.stand_ins import SILENT, stand_in
from lstm_edu.classroom.tools import COMMON
from lstm_edu.exercises import collect

PACKAGE = Path(lstm_edu.__file__).parent
_LEFT_OUT = ("__pycache__", "classroom", "exercises", "figures")
_ABSENT = 'raise ImportError("not there while answers are graded")\n'
_CHECK = '''"""In here nothing is checked: the answers are graded outside."""

__all__ = ["check"]


class Feedback:
    """Says nothing."""

    right = None
    message = ""

    def __repr__(self):
        return "(graded later)"


def check(*_, **__):
    """Do nothing."""
    return Feedback()
'''


def build(folder: Path, tools: Iterable[str] | None = None) -> Path:
    """Make the folder.

    Parameters
    ----------
    folder : Path
        Where; it is made.
    tools : iterable of str, optional
        What stays of the package beside `COMMON`: modules (``"lstm_edu.exported"``), or classes and
        functions of them (``"lstm_edu.lstm.lstm_step"``). All of it where this is not given.

    Returns
    -------
    Path
        `folder`.

    Raises
    ------
    ValueError
        If the package has nothing of such a name.
    """
    folder.mkdir(parents=True)
    (folder / "empty").mkdir()
    (folder / "absent").mkdir()
    (folder / "absent" / "__init__.py").write_text(_ABSENT, "utf-8")
    for source in (*Path(inside.__file__).parent.glob("*.py"), Path(collect.__file__)):
        shutil.copyfile(source, folder / source.name)
    package = folder / "package" / "lstm_edu"
    leave = shutil.ignore_patterns(*_LEFT_OUT)
    shutil.copytree(PACKAGE, package, ignore=leave, copy_function=shutil.copyfile)
    for name, text in (("exercises", _CHECK), ("figures", SILENT)):
        (package / name).mkdir()
        (package / name / "__init__.py").write_text(text, "utf-8")
    if tools is not None:
        _leave_only(package, tools)
    compileall.compile_dir(folder, quiet=2)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def _leave_only(package: Path, tools: Iterable[str]) -> None:
    """Turn all modules into stand-ins but those that are common, and `tools`."""
    kept: dict[str, set[str]] = defaultdict(set)
    for tool in tools:
        top, module, *rest = [*tool.split("."), ""]
        if (
            top != "lstm_edu"
            or not module
            or not _place(package, module).is_file()
            or len(rest) > 2
        ):
            raise ValueError(
                f'there is no {tool!r} to keep; expected a module such as "lstm_edu.exported", or '
                'a name in one, such as "lstm_edu.lstm.lstm_step"'
            )
        kept[module] |= set(rest[:-1])
        if len(rest) == 1:
            kept[module].add("")
    for path in sorted(package.iterdir()):
        name = path.name.removesuffix(".py")
        if name == "plotting":
            shutil.rmtree(path)
            path.with_suffix(".py").write_text(SILENT, "utf-8")
        if name == "models":  # the trained networks, and not how they were trained
            for code in set(path.glob("*.py")) - {path / "__init__.py"}:
                code.unlink()
        if name in COMMON or name == "__init__" or "" in kept[name]:
            continue
        if path.is_dir():
            shutil.rmtree(path)
            path.with_suffix(".py").write_text(stand_in(), "utf-8")
        elif path.suffix == ".py":
            path.write_text(stand_in(path.read_text("utf-8"), kept[name]), "utf-8")


def _place(package: Path, module: str) -> Path:
    single = package / f"{module}.py"
    return single if single.is_file() else package / module / "__init__.py"
