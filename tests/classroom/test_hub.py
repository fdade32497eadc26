"""Three users of a JupyterHub work through one exercise at the same time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError

import nbformat
import psutil
import pytest
from hub import running_hub

from lstm_edu.exercises.master import solved, student

MASTER = Path(__file__).parents[2] / "book" / "exercises" / "3_algorithm.ipynb"
NAME = "3.2"
FILE = "3_algorithm.ipynb"


@pytest.fixture(scope="module")
def master():
    return nbformat.read(MASTER, 4)


def source(notebook, name, part):
    """Return the source of a cell of an exercise."""
    mark = {"name": name, "part": part}
    (found,) = (cell for cell in notebook.cells if cell.metadata.get("exercise") == mark)
    return found.source


def work(user, copy, answer):
    """Open a copy in the user's server, write an answer, run all cells down to its check.

    The copy lies in the user's folder afterwards, with the answer in it.

    Returns
    -------
    str
        What the check says.
    """
    user.wait()
    user.upload(FILE, copy)
    opened = nbformat.from_dict(user.download(FILE))
    run = user.kernel()
    for cell in opened.cells:
        belongs = cell.metadata.get("exercise", {})
        if answer and belongs == {"name": NAME, "part": "answer"}:
            cell.source = answer
        if cell.cell_type == "code" and "%pip" not in cell.source:
            shown = run(cell.source)
        if belongs == {"name": NAME, "part": "check"}:
            break
    user.upload(FILE, opened)
    return shown


def left_of(folder):
    """Return the processes that still run with the hub's configuration, or for its users."""
    found = psutil.process_iter(["cmdline", "cwd"])
    return [one for one in found if str(folder) in f"{one.info['cwd']} {one.info['cmdline']}"]


def test_three_users_work_through_an_exercise(tmp_path, master):
    copy = student(master)
    right = source(solved(master), NAME, "answer")
    wrong = right.replace("np.tanh(c)", "c")
    assert wrong != right
    with running_hub(tmp_path) as hub:
        users = [hub.user(name) for name in ("ada", "ben", "cleo")]
        with ThreadPoolExecutor(3) as pool:
            right_said, wrong_said, blank_said = pool.map(
                work, users, [copy] * 3, [right, wrong, None]
            )
        assert right_said.startswith(f"✓ {NAME}")
        assert wrong_said.startswith(f"✗ {NAME}")
        assert "tanh" in wrong_said
        assert blank_said.startswith(f"✗ {NAME}")
        assert right in [cell["source"] for cell in users[0].download(FILE)["cells"]]
    # With the hub its users' servers and its proxy are gone.
    assert left_of(tmp_path) == []
    with pytest.raises(URLError):
        hub.ask("GET", "/hub/api/")
