"""The index of figures, built from pages that hold some."""

import re

import pytest
from test_build import build

INDEX = """
# Figures

```{figure-index}
```

```{toctree}
second
first
```
"""
PAGE = """
# 1 First

<div class="lstm-figure" id="head" data-figure="GateExplorer"></div>

## What is $c_t$?

<div class="lstm-figure" id="below" data-figure="CellStepper"></div>

## GateHeatmap: what do all do?

<div class="lstm-figure" id="all" data-figure="GateHeatmap"></div>

<div class="lstm-figure" id="q-one" data-figure="Question"></div>

<div class="lstm-figure" id="q-two" data-figure="Question"></div>
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    (folder / "first.md").write_text(PAGE, "utf-8")
    (folder / "second.md").write_text('# 2 Second\n\n<div class="other"></div>\n', "utf-8")
    html, warnings = build(folder, INDEX)
    assert warnings == ""
    return html


def test_each_figure_is_listed_with_its_section(index):
    listed = re.findall(
        r'<a class="reference internal" href="first.html#([\w-]+)">(\w+)</a>', index
    )
    assert dict(listed) == {
        "head": "GateExplorer",
        "below": "CellStepper",
        "all": "GateHeatmap",
    } | {"q-one": "1", "q-two": "2"}
    assert "</a>, at the head of the page" in index
    assert "GateHeatmap</a>: <span>what do all do?</span>" in index
    assert re.search(r'CellStepper</a>: <span>What is .*class="enclosing lstm-c"', index)


def test_questions_are_numbered(index):
    questions = re.search(r"Quick questions: (.*?)</p>", index)[1]
    assert re.sub("<.*?>", "", questions) == "1, 2"
    assert questions.count("first.html#q-") == 2


def test_a_page_without_figures_is_left_out(index):
    assert '<p class="rubric"><a class="reference internal" href="first.html">1 First</a>' in index
    assert not re.search('class="rubric">.*?2 Second', index)
