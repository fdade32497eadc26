"""Run a process that nobody trusts: what it may say, use and take is bounded from outside."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lstm_edu.classroom.limits import Limits

_GLANCE = 0.05  # seconds between two looks at the memory
_HEADER = 8  # bytes before a frame: its length, big-endian
_LAST_WORDS = 5  # seconds to read what a process wrote before it ended
_COMPLAINT = 4000  # bytes kept of what it writes on standard error


@dataclass
class Outcome:
    """What came back from a process.

    Attributes
    ----------
    frames : list of bytes
        As sent; nobody has looked into them yet.
    end : str
        ``"finished"`` (all frames came), ``"died"``, ``"time"``, ``"memory"``, ``"output"`` or
        ``"stopped"``.
    complaint : str
        The beginning of what came on standard error.
    """

    frames: list[bytes] = field(default_factory=list)
    end: str = "died"
    complaint: str = ""


def converse(
    command: Sequence[str],
    send: bytes,
    expected: int,
    limits: Limits,
    *,
    pass_fds: Sequence[int] = (),
    environment: dict[str, str] | None = None,
    folder: str | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Start a process, send it bytes, and read frames until it has said all or broken a limit.

    Whatever happens, the process is gone when this returns. A process in a namespace of its own
    takes all its children along.

    Parameters
    ----------
    command : sequence of str
    send : bytes
        For its standard input.
    expected : int
        Frames that it should write to its standard output: eight bytes of length each, then that
        many bytes.
    limits : Limits
    pass_fds : sequence of int
        Open files that it inherits.
    environment : dict, optional
    folder : str, optional
        Where it starts.
    stop : threading.Event, optional
        Set when the teacher wants to stop.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=pass_fds,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    reader = _Reader(process.stdout, expected, limits.output)
    complaints = _Complaints(process.stderr)
    threading.Thread(target=_write, args=(process.stdin, send), daemon=True).start()
    try:
        end = _watch(process, reader, limits, stop)
    finally:
        _kill(process)
    for thread in (reader, complaints):
        thread.join(1)  # longer only where something left behind holds the pipe open
        if not thread.is_alive():
            thread.stream.close()
    return Outcome(list(reader.frames), end, complaints.text())


def _watch(process, reader, limits, stop) -> str:
    deadline = time.monotonic() + limits.seconds
    while not reader.done.wait(_GLANCE):
        if stop is not None and stop.is_set():
            return "stopped"
        if time.monotonic() > deadline:
            return "time"
        if process.poll() is not None:
            reader.done.wait(_LAST_WORDS)
            break
        if resident(process.pid) > limits.memory:
            return "memory"
    return reader.end


def resident(pid: int) -> int:
    """Return the bytes of memory that a process and all its descendants occupy, on Linux; else 0.

    The kernel's own limits count each process alone; a hundred of them are bounded only by their
    sum. Pages that several of them share count for each; those of programs and libraries for none.
    """
    total, waiting, seen = 0, [pid], set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        with contextlib.suppress(OSError, ValueError):
            status = Path(f"/proc/{one}/status").read_text("utf-8", "replace")
            for line in status.splitlines():
                if line.startswith(("RssAnon:", "RssShmem:")):
                    total += 1024 * int(line.split()[1])
            for task in os.listdir(f"/proc/{one}/task"):
                children = Path(f"/proc/{one}/task/{task}/children").read_text("ascii")
                waiting += map(int, children.split())
    return total


def _kill(process) -> None:
    """Kill it with its group. In bubblewrap its first process dies with it, and so do all."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _write(stream, data: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        stream.write(data)
    with contextlib.suppress(OSError, ValueError):
        stream.close()


class _Reader(threading.Thread):
    """Takes frames from a pipe until there are enough, or too much."""

    def __init__(self, stream, expected: int, most: int):
        super().__init__(daemon=True)
        self.frames: list[bytes] = []
        self.end = "died"
        self.done = threading.Event()
        self.stream, self._expected, self._most = stream, expected, most
        self.start()

    def run(self):
        with contextlib.suppress(OSError, ValueError):
            self.end = self._read()
        self.done.set()

    def _read(self) -> str:
        left = self._most
        while len(self.frames) < self._expected:
            header = self.stream.read(_HEADER)
            if len(header) < _HEADER:
                return "died"
            length = int.from_bytes(header, "big")
            if length > left:
                return "output"
            left -= length
            frame = self.stream.read(length)
            if len(frame) < length:
                return "died"
            self.frames.append(frame)
        return "finished"


class _Complaints(threading.Thread):
    """Keeps the beginning of a stream and throws the rest away, so that no writer waits."""

    def __init__(self, stream):
        super().__init__(daemon=True)
        self.stream, self._kept = stream, b""
        self.start()

    def run(self):
        with contextlib.suppress(OSError, ValueError):
            while data := self.stream.read1(65536):
                self._kept += data[: _COMPLAINT - len(self._kept)]

    def text(self) -> str:
        return self._kept.decode("utf-8", "replace").strip()
