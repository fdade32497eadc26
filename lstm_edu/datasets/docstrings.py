"""What five Python libraries say of their own functions: a summary line, and the text below it.

The lines are read from the installed source files with `ast`; none of the libraries is imported.
Whoever writes a docstring puts a summary of it first: each is a text that comes with its summary.
"""

from __future__ import annotations

import ast
import gc
import hashlib
import importlib.util
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Literal

import numpy as np

from lstm_edu import _checks

Split = Literal["train", "validation", "test"]

#: Which libraries are for what. What is tested is a library of which no line was seen.
LIBRARIES: dict[Split, tuple[str, ...]] = {
    "train": ("numpy", "scipy", "pandas"),
    "validation": ("keras",),
    "test": ("scikit-learn",),
}
#: By library: the version that is read, and the SHA-256 of all its pairs.
EXPECTED = {
    "numpy": ("2.4.6", "aff70c5c3fad9147a9efb0c349709b48ea488cdd617247e43af7e8d73fd0189e"),
    "scipy": ("1.17.1", "f33d137cba7d45c8cdfe90f5ed458794c19c4d97db95243522f75beb04bf0e9e"),
    "pandas": ("3.1.1", "19dbb017346ff07323b7fffa62ad460aff39e2c9fe7cc618fb315d3769c34e4e"),
    "keras": ("3.15.1", "9f5302ab2a51eac2ba3cd77ee32c7fc4d4e2dae905b1a2e2307974bfb8ccd3a3"),
    "scikit-learn": ("1.9.1", "c1c973c82e327ba35b8abd5bba09376fac2b260794c6ecb83c028c1fc06a8407"),
}
#: The folder of a library, where it has not its name.
_FOLDERS = {"scikit-learn": "sklearn"}
#: Tests, what is there on some platforms or Pythons only, and the work of others, kept inside.
_LEFT_OUT = {
    *("tests", "testing", "_testing", "conftest.py"),
    *("distutils", "__config__.py"),
    *("externals", "_external", "_lib"),
}

#: In words between blanks: how long a summary is, and how short no text below it.
SHORTEST_LINE, LONGEST_LINE, SHORTEST_BODY = 3, 20, 20

LICENCE = (
    "NumPy, SciPy, pandas, scikit-learn: BSD-3-Clause, © their developers; Keras: Apache-2.0, "
    "© the Keras authors"
)
CITATION = (
    "The docstrings of NumPy 2.4.6, https://numpy.org, SciPy 1.17.1, https://scipy.org, pandas "
    "3.1.1, https://pandas.pydata.org, Keras 3.15.1, https://keras.io, and scikit-learn 1.9.1, "
    "https://scikit-learn.org"
)


@dataclass(frozen=True)
class Described:
    """Texts with their summary lines.

    Attributes
    ----------
    bodies : tuple of str
        What a docstring says below its first paragraph: lines without their indentation.
    lines : tuple of str
        The first paragraph of each, in one line.
    names : tuple of str
        What each describes: ``"sklearn.svm._classes.SVC"``.
    libraries : tuple of str
        From which library each is.
    """

    bodies: tuple[str, ...]
    lines: tuple[str, ...]
    names: tuple[str, ...]
    libraries: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.bodies)

    def select(self, chosen: np.ndarray) -> Described:
        """Return some of them: by number, or where `chosen` is true."""
        rows = np.arange(len(self))[chosen]
        return Described(
            *(
                tuple(column[row] for row in rows)
                for column in (self.bodies, self.lines, self.names, self.libraries)
            )
        )

    @classmethod
    def join(cls, parts: Sequence[Described]) -> Described:
        """Return those of several parts in one."""
        columns = ("bodies", "lines", "names", "libraries")
        return cls(
            *(tuple(each for part in parts for each in getattr(part, column)) for column in columns)
        )

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Described({len(self):,} of {', '.join(dict.fromkeys(self.libraries))})"


@dataclass(frozen=True)
class Docstrings:
    """Texts with their summary lines, in three parts.

    Attributes
    ----------
    train, validation, test : Described
        NumPy, SciPy and pandas; Keras; scikit-learn. Or, where a random split was asked for, as
        many of each, from all five.
    licence, citation, checksum : str
        Whose work it is, and the SHA-256 of the pairs that were read.
    """

    train: Described
    validation: Described
    test: Described
    checksum: str
    licence: str = LICENCE
    citation: str = CITATION

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        counts = ", ".join(f"{len(getattr(self, split)):,} {split}" for split in LIBRARIES)
        return f"Docstrings({counts})"


def docstrings(split: Literal["library", "random"] = "library") -> Docstrings:
    """Load docstrings as pairs of a text and its summary line.

    Parameters
    ----------
    split : {"library", "random"}
        By library: what is tested is a library that nothing was learnt from. At random, by a hash
        of each pair: texts that are nearly the same then stand in several parts, and every score
        is too good. It is there to show by how much.

    Returns
    -------
    Docstrings
        Always the same in the same order.

    Raises
    ------
    ModuleNotFoundError
        One of the libraries is not installed.
    ValueError
        One has another version than the book's scores were measured on, or other texts.

    Notes
    -----
    Of every function and class (methods too; none inside a function) whose docstring has a first
    paragraph of 3 to 20 words and 20 words or more below it. A pair that a library has twice is
    taken once. TensorFlow is left out: its tree is larger than the five together, much of it
    generated. Reading takes some five seconds the first time, and none after that.

    Examples
    --------
    >>> docstrings()
    Docstrings(5,207 train, 1,326 validation, 1,905 test)
    """
    _checks.choice("split", split, ("library", "random"))
    every = {library: _checked(library) for names in LIBRARIES.values() for library in names}
    parts = {
        name: Described.join([every[library] for library in libraries])
        for name, libraries in LIBRARIES.items()
    }
    if split == "random":
        parts = _mixed(parts)
    digest = "".join(digest for _, digest in EXPECTED.values())
    return Docstrings(**parts, checksum=hashlib.sha256(digest.encode()).hexdigest())


def _mixed(parts: dict[str, Described]) -> dict[str, Described]:
    """Return parts of the same sizes, each from all libraries."""
    every = Described.join(list(parts.values()))
    pairs = zip(every.bodies, every.lines, strict=True)
    order = np.argsort([_digest([pair]) for pair in pairs], kind="stable")
    ends = np.cumsum([len(part) for part in parts.values()])[:-1]
    return {
        name: every.select(rows) for name, rows in zip(parts, np.split(order, ends), strict=True)
    }


def _checked(library: str) -> Described:
    """Return the pairs of a library, or say why they are not the expected ones."""
    version, digest = EXPECTED[library]
    try:
        found = metadata.version(library)
    except metadata.PackageNotFoundError:
        raise ModuleNotFoundError(
            f"the docstrings of {library} are read, which is not installed; install it with: "
            "pip install 'lstm-edu[notebooks]'",
            name=_FOLDERS.get(library, library),
        ) from None
    mend = f"install the locked version with: pip install {library}=={version}"
    if found != version:
        raise ValueError(
            f"{library} {found} is installed; the docstrings of {library} {version} are expected, "
            f"on which the book's scores were measured; {mend}"
        )
    read = read_library(_folder(library), library)
    if (given := _digest(zip(read.bodies, read.lines, strict=True))) != digest:
        raise ValueError(
            f"the files of {library} {version} in {_folder(library)} do not hold its docstrings: "
            f"SHA-256 {given}, expected {digest}; {mend} --force-reinstall"
        )
    return read


def _folder(library: str) -> Path:
    """Find the source files without importing them."""
    name = _FOLDERS.get(library, library)
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"{library} is installed without its source files; install it with: "
            "pip install 'lstm-edu[notebooks]'",
            name=name,
        )
    return Path(spec.submodule_search_locations[0])


@lru_cache
def read_library(folder: Path, library: str) -> Described:
    """Read the pairs of one library, in the order of its files.

    Parameters
    ----------
    folder : Path
        Where its source files lie.
    library : str
        What to call it.
    """
    found: dict[tuple[str, str], str] = {}
    collecting = gc.isenabled()
    gc.disable()  # looks again and again through trees that are all still in use
    try:
        for file in sorted(folder.rglob("*.py"), key=lambda file: file.relative_to(folder).parts):
            for name, text in _texts_of(file, folder):
                if pair := split_docstring(text):
                    found.setdefault(pair, name)
    finally:
        if collecting:
            gc.enable()
    bodies, lines = zip(*found, strict=True) if found else ((), ())
    return Described(bodies, lines, tuple(found.values()), (library,) * len(found))


def split_docstring(text: str) -> tuple[str, str] | None:
    """Return body and summary line of a docstring, or None where it is not long enough for both."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if "" not in lines:
        return None
    end = lines.index("")
    summary, body = " ".join(lines[:end]), "\n".join(lines[end:]).strip()
    enough = SHORTEST_LINE <= len(summary.split()) <= LONGEST_LINE
    return (body, summary) if enough and len(body.split()) >= SHORTEST_BODY else None


def _texts_of(file: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and docstring of each function and class of a file, unless it is left out."""
    inside = file.relative_to(folder)
    if _LEFT_OUT.intersection(inside.parts) or inside.stem.endswith("_test"):
        return
    source = file.read_text(encoding="utf-8")
    if '"""' not in source:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of "\d" and the like in a text
        tree = ast.parse(source)
    module = ".".join((folder.name, *inside.with_suffix("").parts)).removesuffix(".__init__")
    yield from _texts(tree, module)


def _texts(node: ast.AST, name: str) -> Iterator[tuple[str, str]]:
    """Yield name and docstring of each function and class, as they stand."""
    for child in getattr(node, "body", ()):
        inside = name
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{name}.{child.name}"
            if text := ast.get_docstring(child, clean=False):
                yield inside, text
        if isinstance(child, ast.ClassDef | ast.If | ast.Try):
            yield from _texts(child, inside)


def _digest(pairs) -> str:
    """Return the SHA-256 of pairs."""
    digest = hashlib.sha256()
    for body, line in pairs:
        digest.update(f"{body}\0{line}\0".encode())
    return digest.hexdigest()
