"""One real storm: 23 hours of rain over the Carolinas, as radars and gauges saw it together.

Hurricane Florence comes ashore, 13 and 14 September 2018. The file is NCEP's Stage IV analysis, a
sample that comes with stars, a package for R; R itself is not needed. To fetch it alone::

    python -m lstm_edu.datasets.stage_iv
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from scipy.io import netcdf_file

#: Names the file itself, where it lies somewhere else.
VARIABLE = "LSTM_EDU_STAGE_IV"
PACKAGE = "r-cran-stars"
FILE = "test_stageiv_xyt.nc"
INSTALLED = Path("/usr/lib/R/site-library/stars/nc") / FILE
COMMAND = "python -m lstm_edu.datasets.stage_iv"

#: SHA-256 of the file in stars 0.6-0.
CHECKSUM = "51952a496e69e2f0cf36fa14947adac6db4a78bb8b9c4dd146e15636aee89586"

RAIN = "Total_precipitation_surface_1_Hour_Accumulation"
#: Frames before the first number are trained on, those before the second are to choose by.
TRAINED, CHOSEN = 10, 16

LICENCE = (
    "National Weather Service: in the public domain (in the file: “Freely available”); "
    "stars: Apache-2.0"
)
CITATION = (
    "NCEP/EMC: Stage IV quantitative precipitation estimates, as a sample in stars 0.6-0 "
    "(Edzer Pebesma and others), https://github.com/r-spatial/stars"
)


@dataclass(frozen=True)
class Storm:
    """A storm, hour by hour.

    Attributes
    ----------
    rain : ndarray of float32, shape (23, 118, 87)
        Millimetres that fell in each hour on squares of about 4 km; read-only. The rows are turned
        to run from the north to the south, give or take the slant of the grid, some 25°.
    times : tuple of datetime
        The end of each hour, in universal time.
    trained, chosen : int
        Frames before number `trained` are for training, those before `chosen` for choosing, the
        others for the test.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the file that was read.
    """

    rain: np.ndarray
    times: tuple[datetime, ...]
    trained: int = TRAINED
    chosen: int = CHOSEN
    licence: str = LICENCE
    citation: str = CITATION
    checksum: str = CHECKSUM

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        hours, height, width = self.rain.shape
        return f"Storm({hours} hours from {self.times[0]:%Y-%m-%d %H:%M}, {height} × {width})"


def storm() -> Storm:
    """Load the storm.

    Looks where the environment variable ``LSTM_EDU_STAGE_IV`` points, then where Debian's package
    ``r-cran-stars`` puts the file, then where ``python -m lstm_edu.datasets.stage_iv`` does.

    Returns
    -------
    Storm

    Raises
    ------
    FileNotFoundError
        The file is nowhere; the message says how to get it.
    ValueError
        It is not the file that the book's scores were measured on.

    Examples
    --------
    >>> storm()  # doctest: +SKIP
    Storm(23 hours from 2018-09-13 19:00, 118 × 87)
    """
    file = _file()
    _check(file)
    with netcdf_file(file, mmap=False) as opened:
        rain = np.array(opened.variables[RAIN].data, np.float32)
        hours = np.array(opened.variables["time"].data, float)
        north = np.array(opened.variables["lat"].data, float)
    if north[0, 0] < north[-1, 0]:
        rain = rain[:, ::-1].copy()
    rain.setflags(write=False)
    begin = datetime(2001, 12, 31, 23)
    return Storm(rain, tuple(begin + timedelta(hours=float(hour)) for hour in hours))


def cached() -> Path:
    """Return where `fetch` puts the file, in the user's folder for what can be fetched again."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "lstm_edu" / FILE


def fetch() -> Path:
    """Get the file out of Debian's package with ``apt-get download``, and put it into the cache.

    Returns
    -------
    Path
        Where it lies.

    Raises
    ------
    FileNotFoundError
        There is no apt-get here.
    RuntimeError
        The package could not be downloaded or unpacked.
    ValueError
        The package holds another file.
    """
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise FileNotFoundError(f"there is no {tool} here; {_elsewhere()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # apt's own helper user may not write into a folder of root's; it then says so and goes on.
        _run(["apt-get", "download", "--quiet", PACKAGE], folder)
        package = next(folder.glob(f"{PACKAGE}_*.deb"))
        _run(["dpkg-deb", "--fsys-tarfile", package.name], folder, into=folder / "files.tar")
        with tarfile.open(folder / "files.tar") as files:
            inside = files.extractfile(f".{INSTALLED}")
            (folder / FILE).write_bytes(inside.read())
        _check(folder / FILE)
        target = cached()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / FILE, target)
    return target


def _run(command: list[str], folder: Path, into: Path | None = None) -> None:
    """Run a command in a folder, and raise what it says where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()
        raise RuntimeError(
            f"{' '.join(command)} failed: {said}; after `apt-get update` it may succeed, or "
            f"{_elsewhere()}"
        )
    if into is not None:
        into.write_bytes(done.stdout)


def _elsewhere() -> str:
    return (
        f"the file {FILE} comes with the package stars for R, in its folder nc: "
        f"set {VARIABLE} to where it lies"
    )


def _file() -> Path:
    """Find the file."""
    given = os.environ.get(VARIABLE)
    if given:
        if not Path(given).is_file():
            raise FileNotFoundError(f"{VARIABLE} is {given!r}, where there is no file")
        return Path(given)
    for file in (INSTALLED, cached()):
        if file.is_file():
            return file
    raise FileNotFoundError(
        f"the storm's file {FILE} is not here; fetch it with: {COMMAND} "
        f"(on Debian and Ubuntu), or install the package {PACKAGE}; elsewhere {_elsewhere()}"
    )


def _check(file: Path) -> None:
    """Raise unless this is the very file."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != CHECKSUM:
        raise ValueError(
            f"{file} is not the Stage IV sample of stars 0.6-0: SHA-256 {digest}, expected "
            f"{CHECKSUM}; remove it, and fetch it with: {COMMAND}"
        )


def main() -> None:
    """Say where the file lies; fetch it first where it is nowhere."""
    try:
        print(_file())
    except FileNotFoundError:
        if os.environ.get(VARIABLE):
            raise
        print(fetch())


if __name__ == "__main__":
    try:
        main()
    except (FileNotFoundError, RuntimeError, ValueError) as error:
        sys.exit(str(error))
