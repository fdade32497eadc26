"""What is stored in the book's notebooks, which readers also open on their own."""

import json

import pytest
import yaml
from building import ROOT

NOTEBOOKS = sorted(
    path for path in (ROOT / "book").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
MOST_BYTES = 2_000_000


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return json.loads(path.read_text("utf-8"))


@pytest.fixture
def outputs(notebook):
    return [output for cell in notebook["cells"] for output in cell.get("outputs", ())]


def test_there_are_notebooks():
    assert NOTEBOOKS


def test_the_install_cell_names_the_repository(notebook):
    url = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]["url"]
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    (install,) = [source for source in sources if "%pip install" in source]
    assert f'@ git+{url}"' in install


def test_it_is_small(path):
    assert path.stat().st_size < MOST_BYTES


def test_outputs_are_stored_and_none_is_an_error(outputs):
    assert outputs
    assert [output for output in outputs if output["output_type"] == "error"] == []


def test_no_state_of_widgets_is_stored(notebook):
    assert "widgets" not in notebook["metadata"]


def test_cell_ids_are_unique(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
