"""A JupyterLab of a test's own, which keeps its files to itself and asks no other host."""

import contextlib
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_notebook
from playwright.sync_api import expect

#: Nobody asks for news, and nothing asks the reader.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
}
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
#: The longest that anything may take, in seconds and in milliseconds.
PATIENCE = 20
LONGEST = 1000 * PATIENCE


@contextlib.contextmanager
def serving(tmp_path, cells):
    """Serve a notebook of these cells, and yield its address."""
    notebooks = tmp_path / "notebooks"
    for folder in ("notebooks", "config/labconfig", "home"):
        (tmp_path / folder).mkdir(parents=True)
    overrides = tmp_path / "config" / "labconfig" / "default_setting_overrides.json"
    overrides.write_text(json.dumps(SETTINGS))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=list(cells), metadata={"kernelspec": kernel})
    nbformat.write(notebook, notebooks / "figure.ipynb")

    port, token = free_port(), secrets.token_hex(16)
    options = (
        *(*OPTIONS, f"--ServerApp.port={port}", f"--ServerApp.root_dir={notebooks}"),
        f"--IdentityProvider.token={token}",
    )
    places = {
        **{"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data"},
        **{"JUPYTER_RUNTIME_DIR": "runtime", "JUPYTERLAB_SETTINGS_DIR": "settings"},
        **{"JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython", "HOME": "home"},
    }
    own = {name: str(tmp_path / folder) for name, folder in places.items()}
    others = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    log = tmp_path / "lab.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=tmp_path,
            env=others | own | {"JUPYTER_PREFER_ENV_PATH": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}/lab/tree/figure.ipynb?token={token}"
        finally:
            # On this signal the server ends its kernels first.
            server.terminate()
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()


def free_port():
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(port, server, log):
    """Wait until the server answers; say what it logged where it does not."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/api", timeout=PATIENCE):
                return
        except OSError:
            # Nobody listens yet; poll for as long as a blink takes.
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-4000:]}", pytrace=False)


@contextlib.contextmanager
def opened(browser, tmp_path, cells, height=1400):
    """Open a notebook of these cells; nothing in it may ask another host for anything."""
    with serving(tmp_path, cells) as address:
        window = {"width": 1280, "height": height}
        context = browser.new_context(viewport=window, color_scheme="light")
        context.set_default_timeout(LONGEST)
        page = context.new_page()
        asked = set()
        page.on("request", lambda request: asked.add(request.url))
        page.on("websocket", lambda socket: asked.add(socket.url))
        page.goto(address)
        expect(page.get_by_text(re.compile(r"Python 3.* \| Idle"))).to_be_visible(timeout=LONGEST)
        yield page
        context.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


def run(page, cell):
    """Run a code cell by its place among the cells; return its output once it has run."""
    shown = page.locator(".jp-Notebook .jp-Cell").nth(cell)
    prompt = shown.locator(".jp-InputArea-prompt")
    before = prompt.inner_text()
    shown.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before, timeout=LONGEST)
    expect(prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=LONGEST)
    return shown.locator(".jp-OutputArea-output")
