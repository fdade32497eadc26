import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import matplotlib
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from runs import run

from lstm_edu import plotting
from lstm_edu.colours import colours

ALONE = {
    "heatmap": lambda t, **o: plotting.heatmap(t, "f", **o),
    "unit_lines": lambda t, **o: plotting.unit_lines(t, [1, 2], "fc", **o),
    "histogram": lambda t, **o: plotting.histogram(t, "f", **o),
    "saturation": lambda t, **o: plotting.saturation(t, "f", **o),
    "anatomy": lambda t, **o: plotting.anatomy(t, 3, 1, **o),
}
PANELS = {
    "heatmaps": plotting.heatmaps,
    "histograms": plotting.histograms,
    "saturations": plotting.saturations,
}
ALL = ALONE | PANELS


@pytest.mark.parametrize("name", ALL)
def test_a_picture_is_the_same_on_every_run_and_shows_itself(trace, name):
    picture = ALL[name](trace)
    bundle = picture._repr_mimebundle_()
    assert bundle["image/svg+xml"] == ALL[name](trace).svg()
    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert "0x" not in bundle["text/plain"]
    root = ElementTree.fromstring(bundle["image/svg+xml"])
    assert root.get("width") == "540pt"  # 720 px, the book's column
    assert "dc:date" not in bundle["image/svg+xml"]
    assert "Inter, system-ui" in bundle["image/svg+xml"]


@pytest.mark.parametrize("name", ALL)
def test_a_picture_can_stand_on_a_dark_ground(trace, name):
    svg = ALL[name](trace, theme="dark").svg()
    assert colours("dark").background in svg
    light = {"#ffffff", *colours("light").text.values()} - set(colours("dark").text.values())
    assert not [colour for colour in light if colour in svg]


def test_pyplot_is_not_used_and_no_setting_changes():
    # Reading a setting, the backend's, would itself import pyplot; dict.items does not.
    program = (
        "import sys, matplotlib; sys.path.insert(0, 'tests/plotting');"
        "settings = lambda: dict(dict.items(matplotlib.rcParams)); before = settings();"
        "from test_style import ALL, run; trace = run();"
        "[draw(trace).svg() for draw in ALL.values()];"
        "assert settings() == before;"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize("name", ALONE)
def test_axes_that_are_given_are_drawn_into(trace, name):
    figure = Figure(figsize=(7.5, 6))
    ax = figure.add_subplot()
    assert ALONE[name](trace, ax=ax) is ax
    assert figure.axes[0] is ax
    assert type(ax) is Axes
    assert ax.lines or ax.images or ax.collections


@pytest.mark.parametrize("name", ALL)
def test_something_else_than_a_record_or_a_theme_is_refused(trace, name):
    with pytest.raises(TypeError, match="trace is a dict; expected a Trace"):
        ALL[name]({})
    with pytest.raises(ValueError, match="theme is 'blue'; expected one of light, dark"):
        ALL[name](trace, theme="blue")


@pytest.mark.parametrize("name", ALONE)
def test_something_else_than_axes_is_refused(trace, name):
    with pytest.raises(TypeError, match="ax is a Figure; expected matplotlib axes"):
        ALONE[name](trace, ax=Figure())


def test_a_heatmap_stays_small():
    wide = run(tokens=tuple("abcdefgh" * 10), units=128)
    svg = plotting.heatmap(wide, "f").svg()
    cells = re.search(r'<image [^>]*?height="(\d+)(?:\.0)?"', svg)
    assert len(svg) < 120_000, len(svg)
    assert cells, svg[:2000]


def test_the_labels_of_tokens_are_left_out_where_they_have_no_room():
    ax = plotting.heatmap(run(tokens=tuple("ab" * 51)), "f")
    assert ax.get_xlabel() == "time step"
    rotated = plotting.heatmap(run(tokens=("not", "to", "be")), "f")
    assert {label.get_rotation() for label in rotated.get_xticklabels()} == {90}


def test_the_book_does_not_depend_on_the_fonts_of_a_machine(trace):
    with matplotlib.rc_context({"font.family": "serif", "font.size": 30, "svg.fonttype": "path"}):
        other = plotting.unit_lines(trace, 1).svg()
    assert other == plotting.unit_lines(trace, 1).svg()


def test_one_step_and_one_unit_can_be_drawn():
    tiny = run(tokens=("a",), batch=1, units=1)
    for draw in PANELS.values():
        assert "<svg" in draw(tiny).svg()
    for picture in (
        plotting.heatmap(tiny),
        plotting.histogram(tiny),
        plotting.saturation(tiny),
        plotting.unit_lines(tiny, 0),
        plotting.anatomy(tiny, 0, 0),
    ):
        assert "<svg" in picture.svg()
