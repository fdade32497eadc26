"""The wall round a submitted notebook: bubblewrap, with nothing inside that need not be there.

Inside are a Python, its site-packages and the folder that `stage` made, all read-only; a home of a
few megabytes in memory; no network, no other process, no variable of the teacher's environment. A
filter of system calls keeps it from building namespaces of its own. There is no shell.

An ordinary user's bubblewrap sets this up in a user namespace. For root it does without one: a user
namespace could give root's processes no limit on their number. The worker then takes a user id that
nobody else has, before it runs anything.
"""

import functools
import os
import shutil
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy

from lstm_edu.classroom import seccomp
from lstm_edu.classroom.limits import FRAMEWORKS, Limits
from lstm_edu.classroom.process import Outcome, converse

INSTALL = (
    "grading runs what students wrote, and needs bubblewrap 0.7 or later to keep it in "
    "(Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap; other systems have "
    "none: use a Linux virtual machine, or WSL on Windows). "
    "If you trust every notebook as you trust your own: --trusted"
)
_HOME = "/home/student"
_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_FIRST_UID, _UIDS = 61200, 4000  # a range that no system gives to people or services


class Unavailable(RuntimeError):
    """No notebook can be kept in here; the message says what to install."""


@functools.cache
def program() -> str:
    """Return the path of a bubblewrap that works here.

    Raises
    ------
    Unavailable
        If there is none, or if the kernel does not let it work.
    """
    found = shutil.which("bwrap")
    if sys.platform != "linux" or found is None:
        raise Unavailable(f"bubblewrap (bwrap) was not found: {INSTALL}")
    trial = [found, *_namespaces(), *_system(), *_home(1 << 20), "--", _python(), "-ISc", ""]
    done = subprocess.run(trial, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise Unavailable(f"bubblewrap ({found}) does not work here: {_advice(done.stderr)}")
    return found


def _advice(complaint: str) -> str:
    said = complaint.strip() or "it ended without a word"
    if "nknown option" in said:
        return f"{said}. {INSTALL}"
    return (
        f"{said}. Its namespaces may be forbidden: on Ubuntu 24.04 or later try `sudo sysctl "
        "kernel.apparmor_restrict_unprivileged_userns=0`, in a container start it with the right "
        "to make namespaces. If you trust every notebook as you trust your own: --trusted"
    )


def run(
    stage: Path,
    send: bytes,
    expected: int,
    limits: Limits,
    *,
    frameworks: bool = False,
    stop: threading.Event | None = None,
) -> Outcome:
    """Run the worker of a staged folder in the sandbox; see `process.converse`.

    Parameters
    ----------
    stage : Path
        As `stage.build` made it; inside it is ``/classroom``.
    send : bytes
    expected : int
    limits : Limits
    frameworks : bool
        Whether Keras, TensorFlow and PyTorch can be imported.
    stop : threading.Event, optional
    """
    options = [*_namespaces(), *_system(), *_home(limits.disk)]
    options += [*_mounts(stage, frameworks), "--remount-ro", "/", "--chdir", _HOME]
    # Passed through files in memory, so that the list of processes in there does not show them.
    with _in_memory("\0".join(options).encode()) as arguments:
        command, files = [program(), "--args", str(arguments)], [arguments]
        rules = seccomp.program()
        with _in_memory(rules or b"") as compiled:
            if rules is not None:
                command += ["--seccomp", str(compiled)]
                files.append(compiled)
            command += ["--", _python(), "-I", "-S", "-B", "/classroom/worker.py"]
            return converse(
                command, send, expected, limits, pass_fds=files, environment={}, stop=stop
            )


def identity(slot: int) -> int | None:
    """Return the user id that the worker must take, or None where the namespace gives it one."""
    return _FIRST_UID + (64 * os.getpid() + slot) % _UIDS if _ROOT else None


def paths() -> list[str]:
    """Return where the worker finds modules, as the sandbox sees it."""
    return ["/classroom/package", *(inside for _, inside in _sites())]


def _namespaces() -> list[str]:
    options = ["--die-with-parent", "--new-session", "--clearenv", "--hostname", "classroom"]
    options += ["--cap-drop", "ALL"]
    if _ROOT:
        options += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
        options += ["--unshare-cgroup-try", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        options += ["--unshare-all", "--unshare-user"]
        options += ["--uid", str(_FIRST_UID), "--gid", str(_FIRST_UID)]
    return options


def _system() -> list[str]:
    """Return the mounts of Python itself and of the libraries that it is linked to."""
    libraries = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache"]
    own = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib", vars=_base())]
    shared = sysconfig.get_config_var("INSTSONAME") or ""
    if ".so" in shared:  # a Python that is a library, with a small program to start it
        places = sysconfig.get_config_var("LIBDIR"), f"{sys.base_exec_prefix}/lib"
        own += [os.path.join(place, shared) for place in places if place]
    options = []
    for source in dict.fromkeys([*libraries, *own, _python()]):
        if os.path.exists(source):
            # Folders that bubblewrap makes unasked are root's alone.
            for folder in reversed(Path(source).parents[:-1]):
                options += ["--dir", str(folder)]
            options += ["--ro-bind", source, source]
    options += ["--proc", "/proc", "--dir", "/dev"]
    for device in ("null", "zero", "random", "urandom"):
        options += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    return options


def _home(size: int) -> list[str]:
    variables = {"HOME": _HOME, "TMPDIR": _HOME, "LANG": "C.UTF-8", "MPLBACKEND": "agg"}
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        variables[threads] = "1"
    options = [
        "--dir",
        "/home",
        "--perms",
        "0777",
        "--size",
        str(size),
        "--tmpfs",
        _HOME,
        "--symlink",
        _HOME,
        "/tmp",
    ]
    for name, value in variables.items():
        options += ["--setenv", name, value]
    return options


def _mounts(stage: Path, frameworks: bool = False) -> list[str]:
    """Return the mounts of the staged folder and of site-packages, with some of them covered."""
    empty = str(stage / "empty")
    options = ["--ro-bind", str(stage), "/classroom", "--dir", "/site"]
    for outside, inside in _sites():
        options += ["--ro-bind", str(outside), inside]
        if (outside / "lstm_edu").is_dir():
            options += ["--ro-bind", empty, f"{inside}/lstm_edu"]
        for name in () if frameworks else FRAMEWORKS:
            if (outside / name).is_dir():
                options += ["--ro-bind", str(stage / "absent"), f"{inside}/{name}"]
    # What else the system's Python has installed is no tool of this book's.
    for other in (
        f"{sysconfig.get_path('stdlib')}/site-packages",
        "/usr/lib/python3/dist-packages",
    ):
        if os.path.isdir(other):
            options += ["--ro-bind", empty, other]
    return options


def _sites() -> list[tuple[Path, str]]:
    found = [Path(numpy.__file__).parents[1]]
    found += [Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")]
    unique = list(dict.fromkeys(path.resolve() for path in found))
    return [(path, f"/site/{number}") for number, path in enumerate(unique)]


def _base() -> dict[str, str]:
    return {"platbase": sys.base_exec_prefix, "base": sys.base_prefix}


def _python() -> str:
    return os.path.realpath(sys.executable)


@contextmanager
def _in_memory(data: bytes) -> Iterator[int]:
    file = os.memfd_create("classroom")
    try:
        os.write(file, data)
        os.lseek(file, 0, os.SEEK_SET)
        yield file
    finally:
        os.close(file)
