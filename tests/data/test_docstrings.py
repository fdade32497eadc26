"""The docstrings of libraries: what is read of them, how they are split, what is refused."""

import doctest
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest

import lstm_edu.datasets.docstrings as module
from lstm_edu.datasets.docstrings import Described, docstrings, read_library, split_docstring

LOCK = Path(__file__).parents[2] / "requirements.txt"
BODY = " ".join(["words"] * module.SHORTEST_BODY)


@pytest.fixture(scope="module")
def data():
    return docstrings()


def test_what_is_tested_is_a_library_of_its_own(data):
    for split, libraries in module.LIBRARIES.items():
        part = getattr(data, split)
        assert tuple(dict.fromkeys(part.libraries)) == libraries
        assert all(3 <= len(line.split()) <= 20 for line in part.lines)
        assert len({*zip(part.bodies, part.lines, part.libraries, strict=True)}) == len(part)
    assert [len(data.train), len(data.validation), len(data.test)] == [5207, 1326, 1905]
    row = data.test.names.index("sklearn.isotonic.check_increasing")
    assert data.test.lines[row] == "Determine whether y is monotonically correlated with x."
    assert data.test.bodies[row].startswith("y is found increasing or decreasing")
    assert re.fullmatch("[0-9a-f]{64}", data.checksum)


def test_a_random_split_has_the_same_pairs_in_parts_as_large(data):
    mixed = docstrings("random")
    pairs = []
    for each in (data, mixed):
        parts = [getattr(each, split) for split in module.LIBRARIES]
        every = Described.join(parts)
        pairs.append(sorted(zip(every.bodies, every.lines, every.names, strict=True)))
        assert [len(part) for part in parts] == [5207, 1326, 1905]
    assert pairs[0] == pairs[1]
    assert set(mixed.test.libraries) == set(module.EXPECTED)
    assert mixed == docstrings("random")
    with pytest.raises(ValueError, match=r"'sentence'; expected one of library, random"):
        docstrings("sentence")


def test_the_versions_are_those_of_the_lock():
    lock = dict(re.findall(r"^([\w-]+)==([\w.]+)", LOCK.read_text("utf-8"), re.MULTILINE))
    assert {name: lock[name] for name in module.EXPECTED} == {
        name: version for name, (version, _) in module.EXPECTED.items()
    }
    for name, (version, _) in module.EXPECTED.items():
        assert f"{name} {version}" in module.CITATION.lower()


def test_another_version_is_refused_by_its_name(monkeypatch):
    installed = metadata.version
    monkeypatch.setattr(metadata, "version", lambda n: "3.0.9" if n == "pandas" else installed(n))
    with pytest.raises(ValueError, match=r"pandas 3\.0\.9 is.*pip install pandas==3\.1\.1"):
        docstrings()


def test_other_texts_are_refused(monkeypatch):
    read = module.read_library

    def changed(folder, library):
        part = read(folder, library)
        return part.select(slice(1, None)) if library == "keras" else part

    monkeypatch.setattr(module, "read_library", changed)
    with pytest.raises(ValueError, match=r"keras 3\.15\.1 in .* SHA-256 .*, expected"):
        docstrings()


def test_without_a_library_it_says_what_to_install(monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(ModuleNotFoundError, match=r"numpy .*pip install 'lstm-edu\[notebooks\]'"):
        docstrings()


def test_files_are_parsed_and_never_run(tmp_path):
    source = f'''
raise SystemExit("imported")

def one(x):
    r"""Return the \\d of
    a thing.

    {BODY}
    """
    def inside():
        """Return what nobody asks.

        {BODY}
        """

class Two:
    """Too short.

    {BODY}
    """
    if True:
        def three(self):
            """Return three of them.

            {BODY}
            """
'''
    for name in ("a.py", "tests/b.py", "a_test.py", "deep/__init__.py"):
        (tmp_path / "lib" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "lib" / name).write_text(source, "utf-8")
    found = read_library(tmp_path / "lib", "library")
    assert found.names == ("lib.a.one", "lib.a.Two.three")
    assert found.lines == (r"Return the \d of a thing.", "Return three of them.")
    assert found.bodies == (BODY, BODY)
    assert "lib" not in sys.modules


@pytest.mark.parametrize("text", ["One line that is alone.", f"Too short.\n\n{BODY}", "a b c\n\nd"])
def test_what_has_no_line_or_no_body_is_left_out(text):
    assert split_docstring(text) is None


def test_its_examples_run():
    assert doctest.testmod(module).failed == 0
