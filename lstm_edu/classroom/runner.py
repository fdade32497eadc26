"""Runs the cells of a notebook, in the sandbox or, where the teacher trusts them, without it."""

import json
import os
import shutil
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from lstm_edu.classroom import sandbox, stage
from lstm_edu.classroom.inside.packing import pack
from lstm_edu.classroom.limits import Limits
from lstm_edu.classroom.process import Outcome, converse

#: Notebooks that can run at a time.
MOST_JOBS = 64


class Runner:
    """A place to run notebooks in; close it, or use it in a `with`.

    Parameters
    ----------
    limits : Limits
    trusted : bool
        Without the sandbox.

    Raises
    ------
    sandbox.Unavailable
        If there is to be a sandbox and cannot be.
    """

    def __init__(self, limits: Limits = Limits(), *, trusted: bool = False):  # noqa: B008
        if not trusted:
            sandbox.program()
        self.limits, self.trusted = limits, trusted
        self.stop = threading.Event()
        self._folder = Path(tempfile.mkdtemp(prefix="classroom-"))
        self._stages: dict[tuple[str, ...] | None, Path] = {}
        self._lock = threading.Lock()
        self._slots = list(range(MOST_JOBS))

    def __enter__(self) -> "Runner":
        """Return it."""
        return self

    def __exit__(self, *_) -> None:
        """Remove what it laid down."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(
        self,
        cells: Sequence[str],
        questions: Sequence[dict],
        tools: Sequence[str] | None = None,
        *,
        frameworks: bool = False,
    ) -> Outcome:
        """Run cells and ask for answers; see `inside.worker` for what comes back.

        Parameters
        ----------
        cells : sequence of str
        questions : sequence of dict
            ``exercise``, ``answer``, ``inputs``.
        tools : sequence of str, optional
            What of the book is there; see `stage.build`.
        frameworks : bool
            Whether Keras and its like can be imported; they get more of everything.
        """
        limits = self.limits.for_frameworks() if frameworks else self.limits
        folder = self._stage(None if tools is None else tuple(tools))
        with self._lock:
            slot = self._slots.pop()
        try:
            setup = {
                "cells": list(cells),
                "lenient": tools is not None,
                "cell_seconds": limits.cell_seconds,
                "bounds": {} if self.trusted else limits.bounds(),
                "identity": None if self.trusted else sandbox.identity(slot),
                "paths": _paths(folder) if self.trusted else sandbox.paths(),
            }
            frames = json.dumps(setup).encode(), pack(list(questions))
            send = b"".join(len(frame).to_bytes(8, "big") + frame for frame in frames)
            how = {"send": send, "expected": 1 + len(questions), "limits": limits}
            if self.trusted:
                command = [sys.executable, "-I", "-B", str(folder / "worker.py")]
                with tempfile.TemporaryDirectory(dir=self._folder) as home:
                    variables = {**os.environ, "MPLBACKEND": "agg", "TMPDIR": home}
                    return converse(
                        command, environment=variables, stop=self.stop, folder=home, **how
                    )
            return sandbox.run(folder, frameworks=frameworks, stop=self.stop, **how)
        finally:
            with self._lock:
                self._slots.append(slot)

    def _stage(self, tools: tuple[str, ...] | None) -> Path:
        with self._lock:
            if tools not in self._stages:
                folder = self._folder / f"stage-{len(self._stages)}"
                self._stages[tools] = stage.build(folder, tools)
            return self._stages[tools]


def _paths(folder: Path) -> list[str]:
    return [str(folder / "package"), sysconfig.get_path("purelib")]
