"""A JupyterHub on loopback, for as long as a test needs it, and a user of it.

Its users are not kept apart as a real hub keeps them (every server runs as whoever runs the
test): it shows that the book and its exercises work under a hub, not that a hub is safe.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from uuid import uuid4

from websocket import create_connection

BIN = Path(sys.executable).parent
PATIENCE = 90  # seconds
CONFIG = """
from jupyterhub.spawner import SimpleLocalProcessSpawner

c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.cookie_secret = bytes.fromhex("{cookie}")
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = ["{bin}/configurable-http-proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.auth_token = "{cookie}"
c.JupyterHub.spawner_class = SimpleLocalProcessSpawner
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/{{username}}"
c.Spawner.cmd = ["{bin}/jupyterhub-singleuser"]
c.Spawner.args = ["--allow-root", "--ServerApp.token="]
c.Spawner.environment = {{"JUPYTER_PLATFORM_DIRS": "1"}}
c.JupyterHub.services = [{{"name": "test", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [
    {{
        "name": "test",
        "services": ["test"],
        "scopes": ["admin:users", "admin:servers", "access:servers"],
    }}
]
"""


def free_port():
    """Return a port of loopback on which nobody listens."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Hub:
    """A running hub.

    Parameters
    ----------
    url : str
        Its address, without a slash at its end.
    token : str
        Of a service that may do everything.
    """

    def __init__(self, url, token):
        self.url, self.token = url, token

    def ask(self, method, path, content=None):
        """Ask the hub, or a user's server, and return the answer, read as JSON."""
        data = None if content is None else json.dumps(content).encode()
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = Request(self.url + path, data, headers, method=method)
        with urlopen(request, timeout=PATIENCE) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def until(self, ready, what):
        """Wait until `ready` returns something true, and return it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if found := ready():
                    return found
            except (HTTPError, URLError, ConnectionError):
                pass
            time.sleep(0.2)
        raise TimeoutError(f"{what} did not come up within {PATIENCE} s")

    def user(self, name):
        """Make a user, ask for the user's server, and return the user; the server comes later."""
        self.ask("POST", f"/hub/api/users/{name}")
        self.ask("POST", f"/hub/api/users/{name}/server")
        return User(self, name)


class User:
    """A user of a hub, with a server and a kernel of their own."""

    def __init__(self, hub, name):
        self.hub, self.name = hub, name

    def ask(self, method, path, content=None):
        """Ask the user's own server."""
        return self.hub.ask(method, f"/user/{self.name}/api{path}", content)

    def wait(self):
        """Wait until the server stands."""
        self.hub.until(lambda: self.ask("GET", "/status"), f"the server of {self.name}")

    def upload(self, path, notebook):
        """Lay a notebook into the user's folder."""
        content = {"type": "notebook", "format": "json", "content": notebook}
        self.ask("PUT", f"/contents/{path}", content)

    def download(self, path):
        """Return a notebook from the user's folder."""
        return self.ask("GET", f"/contents/{path}?content=1")["content"]

    def kernel(self):
        """Start a kernel; return a function that runs a cell in it and returns what it shows."""
        name = self.ask("POST", "/kernels", {"name": "python3"})["id"]
        address = f"{self.hub.url}/user/{self.name}/api/kernels/{name}/channels"
        header = {"Authorization": f"token {self.hub.token}"}
        socket = create_connection(
            address.replace("http", "ws", 1), header=header, timeout=PATIENCE
        )
        return lambda code: execute(socket, code)


def execute(socket, code):
    """Run a cell over a kernel's websocket; return the texts that it shows, errors among them."""
    asked = uuid4().hex
    message = {
        "header": {"msg_id": asked, "msg_type": "execute_request", "session": asked}
        | {"username": "", "version": "5.3", "date": ""},
        **{"parent_header": {}, "metadata": {}, "channel": "shell", "buffers": []},
        "content": {"code": code, "silent": False, "store_history": True}
        | {"user_expressions": {}, "allow_stdin": False, "stop_on_error": True},
    }
    socket.send(json.dumps(message))
    shown = []
    while True:
        heard = json.loads(socket.recv())
        if heard["parent_header"].get("msg_id") != asked:
            continue
        content = heard["content"]
        if heard["msg_type"] == "stream":
            shown.append(content["text"])
        elif heard["msg_type"] in ("execute_result", "display_data"):
            shown.append(content["data"].get("text/plain", ""))
        elif heard["msg_type"] == "error":
            shown.append(f"{content['ename']}: {content['evalue']}")
        elif heard["msg_type"] == "status" and content["execution_state"] == "idle":
            return "\n".join(shown)


@contextmanager
def running_hub(folder):
    """Yield a hub that runs in a folder; afterwards it and all that it started are gone."""
    port, hub_port, proxy_port = (free_port() for _ in range(3))
    token, cookie = secrets.token_hex(32), secrets.token_hex(32)
    config = folder / "jupyterhub_config.py"
    names = {"port": port, "hub_port": hub_port, "proxy_port": proxy_port, "bin": BIN}
    config.write_text(CONFIG.format(**names, folder=folder, token=token, cookie=cookie), "utf-8")
    with (folder / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            [BIN / "jupyterhub", "-f", config],
            **{"cwd": folder, "stdout": log, "stderr": subprocess.STDOUT},
            env=os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
            start_new_session=True,
        )
    hub = Hub(f"http://127.0.0.1:{port}", token)
    try:
        hub.until(lambda: hub.ask("GET", "/hub/api/"), "the hub")
        yield hub
    finally:
        process.send_signal(signal.SIGTERM)  # it stops its users' servers and its proxy
        process.wait(PATIENCE)
