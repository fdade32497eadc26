"""What a user of a hub takes: the memory of a Jupyter server, and of a kernel after the exercises.

Of memory that processes share each has its part (PSS), so that users can be added up.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import psutil
from nbclient import NotebookClient

from bench.report import Row, Section

EXERCISES = Path(__file__).parents[1] / "book" / "exercises"
PORT = 18_888
PATIENCE = 60  # seconds


def megabytes(pid):
    """Return the proportional memory of a process and its children, in MB."""
    one = psutil.Process(pid)
    family = [one, *one.children(recursive=True)]
    return sum(each.memory_full_info().pss for each in family) / 1e6


def server():
    """Return the memory of a JupyterLab server that was asked for nothing but its status."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={PORT}"]
    with tempfile.TemporaryDirectory() as folder:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        environment = os.environ | {"JUPYTER_PLATFORM_DIRS": "1", "JUPYTER_TOKEN": "bench"}
        process = subprocess.Popen(command, env=environment, **quiet)
        try:
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                try:
                    urlopen(f"http://127.0.0.1:{PORT}/api/status?token=bench").close()
                    return megabytes(process.pid)
                except URLError:
                    time.sleep(0.3)
            raise TimeoutError(f"JupyterLab did not come up within {PATIENCE} s")
        finally:
            process.terminate()
            process.wait()


def kernel(notebook=None):
    """Return the memory of a kernel: fresh, or after all cells of a notebook."""
    book = nbformat.v4.new_notebook() if notebook is None else nbformat.read(notebook, 4)
    client = NotebookClient(book, timeout=300)
    with client.setup_kernel():
        for place, cell in enumerate(book.cells):
            client.execute_cell(cell, place)
        return megabytes(client.km.provisioner.process.pid)


def main(arguments=()):
    """Measure, and return the section."""
    ways = {
        "JupyterLab's server, idle": server,
        "a kernel after the exercises of chapter 3 (NumPy)": lambda: kernel(
            EXERCISES / "3_algorithm.ipynb"
        ),
        "a kernel after the exercises of chapter 5 (Keras)": lambda: kernel(
            EXERCISES / "5_code.ipynb"
        ),
    }
    fresh = kernel()
    rows = [Row("a fresh kernel", fresh, "proportional memory (PSS)", unit=" MB")]
    rows += [Row(name, way() / fresh, "a fresh kernel") for name, way in ways.items()]
    return Section(
        "memory",
        "A user's memory",
        "What a user of a hub takes. Of memory that processes share each has its part, so that "
        "users can be added up. Measured once.",
        rows,
        packages=("jupyterlab", "ipykernel", "numpy", "tensorflow", "keras"),
    )
