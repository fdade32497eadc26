"""Hostile notebooks, graded as a class: none earns a point, harms the host, or stops the batch."""

import glob
import os
import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hostile import ATTACKS, WITNESSES
from klass import ASSIGNMENT, GOOD, LIMITS, NUMBER, TIGHT, hand_in, marks_of

from lstm_edu.classroom import batch

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def host():
    """What lies on the host to be had: a master, a server, a variable, a file that must not be.

    Everyone on the host may read and write there: it is the walls that are looked at.
    """
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    master = folder / "3_algorithm.py"
    master.write_text(f"number = {NUMBER}\n")
    called = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            called.append(line)
            line.sendall(str(NUMBER).encode())
            line.close()

    threading.Thread(target=serve, daemon=True).start()
    os.environ["TEACHERS_SECRET"] = str(NUMBER)
    yield {
        "master": str(master),
        "repository": str(ROOT),
        "canary": str(folder / "canary"),
        "port": server.getsockname()[1],
        "token": f"left-behind-{os.getpid()}-{time.time_ns()}",
        "called": called,
        "connected": 1,
    }
    del os.environ["TEACHERS_SECRET"]
    server.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def graded(bubblewrap, host, tmp_path_factory):
    """The grading of all of them, and of two students who did what was asked."""
    places = {name: value for name, value in host.items() if name != "called"}

    def grade(names, limits):
        folder = tmp_path_factory.mktemp("class") / "submissions"
        for name in names:
            told = [cell.replace("PLACES", repr(places)) for cell in ATTACKS.get(name, GOOD)]
            hand_in(folder, f"{name}/3_algorithm.ipynb", told)
        output = folder.with_name("graded")
        return batch.grade_all(folder, output, [ASSIGNMENT], limits=limits, seed=1, jobs=2)

    grading = grade(["Aaron", *(set(ATTACKS) - set(WITNESSES)), "Zoe"], TIGHT)
    patient = grade(WITNESSES, LIMITS)
    grading.records += patient.records
    return grading


def test_the_batch_goes_on(graded):
    assert len(graded.records) == len(ATTACKS) + 2
    assert graded.problems == []
    for name in ("Aaron", "Zoe"):
        assert [mark["points"] for mark in marks_of(graded, name).values()] == [2, 1]


@pytest.mark.parametrize("name", ATTACKS)
def test_earns_nothing(graded, name):
    marks = marks_of(graded, name)
    assert [mark["points"] for mark in marks.values()] == [0, 0]
    for mark in marks.values():
        assert str(NUMBER) not in mark["message"]
        assert "leaked" not in mark["message"]


@pytest.mark.parametrize("name", WITNESSES)
def test_saw_that_the_wall_stands(graded, name):
    (record,) = [one for one in graded.records if one["student"] == name]
    assert record["errors"] == []
    assert {mark["outcome"] for mark in record["marks"]} == {"missing"}


def test_the_host_is_as_it_was(graded, host):
    assert not os.path.exists(host["canary"])
    assert not (ROOT / "lstm_edu" / "evil.py").exists()
    assert host["called"] == []


def test_nothing_is_left_behind(graded, host):
    deadline = time.monotonic() + 10
    while still := [
        path for path in glob.glob("/proc/[0-9]*/cmdline") if holds(path, host["token"])
    ]:
        assert time.monotonic() < deadline, still
        time.sleep(0.05)


def holds(path, token):
    try:
        return token in Path(path).read_text("utf-8", "replace")
    except OSError:
        return False


def test_each_is_told_why(graded):
    said = {name: marks_of(graded, name)["3.1"]["message"] for name in ATTACKS}
    assert "too much memory" in said["memory in many processes"]
    assert "too much memory" in said["memory shared"]
    assert "too long" in said["an infinite loop that minds nothing"]
    assert "process ended" in said["os._exit"]
    assert "error of its own" in said["an exception with a message"]
