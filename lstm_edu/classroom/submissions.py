"""What students handed in: notebooks in a folder as learning platforms give them, and zips.

Nothing is unpacked and no link is followed.
"""

import os
import re
import stat
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_MOST_MEMBERS = 5000
#: How Moodle and Canvas name what was handed in.
_PLATFORMS = (
    re.compile(r"(?P<student>.+?)_\d+_assignsubmission_\w+?(_.*)?"),
    re.compile(r"(?P<student>[^_]+)(_LATE)?_\d+_\d+_.+"),
)


class Unreadable(ValueError):
    """A file that cannot be taken as a submission; the message says why."""


@dataclass(frozen=True)
class Submission:
    """A file that someone handed in.

    Attributes
    ----------
    student : str
    source : str
        Where it was found, below the folder.
    path : Path
        The notebook, or the zip that holds it.
    member : str
        Its name in the zip; "" where it is a file of its own.
    changed : float
        When, in seconds.
    """

    student: str
    source: str
    path: Path
    member: str = ""
    changed: float = 0

    def read(self, most: int) -> bytes:
        """Return its bytes.

        Raises
        ------
        Unreadable
            If there are more than `most`, or it cannot be read.
        """
        try:
            data = self._from_zip(most) if self.member else _plain(self.path, most)
        except Unreadable:
            raise
        except Exception as error:  # each way to compress has errors of its own
            raise Unreadable(f"it cannot be read ({type(error).__name__})") from error
        if len(data) > most:
            raise Unreadable(f"it is larger than {most // 2**20} MB")
        return data

    def _from_zip(self, most: int) -> bytes:
        with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
            return file.read(most + 1)  # whatever size it gives itself


def find(folder: Path, stems: Sequence[str] = ()) -> tuple[list[Submission], list[tuple[str, str]]]:
    """Return the submissions below a folder, or in a zip, and what is none, with the reason.

    The student is the folder's name, the zip's, or the notebook's, cut to the person where Moodle
    or Canvas wrote it.

    Parameters
    ----------
    folder : Path
    stems : sequence of str
        Names of the masters, which are no part of a student's name: "3_algorithm".

    Raises
    ------
    FileNotFoundError
        If there is no such folder.
    """
    if folder.is_dir():
        places = _below(folder)
    elif folder.suffix == ".zip" and folder.is_file():
        places = _members(folder, ())
    else:
        raise FileNotFoundError(f"there is no folder (or zip) {folder}")
    found, refused = [], []
    for place in places:
        if isinstance(place, tuple):
            refused.append(place)
        else:
            parts = PurePosixPath(place.source).parts
            student = _student(parts, stems)
            found.append(Submission(student, place.source, place.path, place.member, place.changed))
    return sorted(found, key=lambda one: (one.student.casefold(), one.source)), sorted(refused)


def _below(folder: Path) -> Iterator[Submission | tuple[str, str]]:
    for above, folders, files in os.walk(folder):
        links = [name for name in folders if Path(above, name).is_symlink()]
        folders[:] = [name for name in folders if not _aside(name) and name not in links]
        for name in sorted(files + links):
            path = Path(above, name)
            source = path.relative_to(folder).as_posix()
            status = path.lstat()
            if _aside(name):
                continue
            if stat.S_ISLNK(status.st_mode):
                yield source, "it is a link, which is not followed"
            elif not stat.S_ISREG(status.st_mode):
                yield source, "it is not an ordinary file"
            elif path.suffix == ".zip":
                yield from _members(path, (*path.relative_to(folder).parts[:-1], path.stem))
            elif path.suffix == ".ipynb":
                yield Submission("", source, path, "", status.st_mtime)
            else:
                yield source, "it is not a notebook (.ipynb) and not a zip"


def _members(path: Path, above: tuple[str, ...]) -> Iterator[Submission | tuple[str, str]]:
    source = "/".join(above) + ".zip" if above else path.name
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except Exception as error:
        yield source, f"it is no zip that can be read ({type(error).__name__})"
        return
    if len(entries) > _MOST_MEMBERS:
        yield source, f"it is a zip of {len(entries)} files"
        return
    notebooks = 0
    for entry in entries:
        parts = [part for part in PurePosixPath(entry.filename).parts if part not in ("/", "..")]
        if entry.is_dir() or not parts or any(_aside(part) for part in parts):
            continue
        if parts[-1].endswith(".ipynb") and not stat.S_ISLNK(entry.external_attr >> 16):
            notebooks += 1
            name = "/".join((*above, *parts))
            yield Submission("", name, path, entry.filename, _seconds(entry))
    if not notebooks:
        yield source, "there is no notebook (.ipynb) in this zip"


def _student(parts: Sequence[str], stems: Sequence[str]) -> str:
    names = [*parts[:-1], PurePosixPath(parts[-1]).stem]
    for name in names:
        for platform in _PLATFORMS:
            if match := platform.fullmatch(name):
                return match["student"].strip()
    if len(names) > 1:
        return names[0]
    for stem in stems:
        rest = names[0].replace(stem, "").strip(" _-.")
        if rest and rest != names[0]:
            return rest
    return names[0]


def _seconds(entry: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*entry.date_time, 0, 0, -1))
    except (OverflowError, ValueError):
        return 0.0


def _aside(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _plain(path: Path, most: int) -> bytes:
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(file, "rb") as stream:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise Unreadable("it is not an ordinary file")
        return stream.read(most + 1)
