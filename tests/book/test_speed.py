"""How soon each figure of the gallery answers, how heavy their script is, how much they hold."""

import gzip
import re

import pytest
from building import toc
from gallery import placed
from opening import pages
from repaint import FRAME, MARGIN, TWO_FRAMES, repaint

from lstm_edu.figures.live import STATIC

PAGE = "book/figures"
#: Of each kind of figure what is moved: a control in it, and how.
CONTROLS = {
    "ActivationPlot": (".lstm-activation", "key"),
    "CellStepper": ("input[aria-label='Position in the text']", "range"),
    "CrossEntropy": (".lstm-track:not(.lstm-logit)", "key"),
    "ForecastPlayground": (".lstm-forecast-plot", "bend"),
    "GateExplorer": (".lstm-tube", "key"),
    "GateHeatmap": (".lstm-heat-scroll", "key"),
    "GradientFlow": (".knob[data-network=lstm]", "key"),
    "InitExplorer": (".lstm-memory [role=slider]", "key"),
    "LiveModel": (".lstm-tinted-text", "type"),
    "MemoryTask": ("input[type=range]", "range"),
    "SaliencyText": (".lstm-tokens", "key"),
    "TrainingReplay": (".lstm-replay-curves", "key"),
}
FIGURES = placed()
MOST_SCRIPT, MOST_ZIPPED, MOST_HEAP = 150_000, 55_000, 60_000_000  # bytes


def test_every_kind_of_figure_stands_in_the_gallery():
    assert {figure.kind for figure in FIGURES} == set(CONTROLS)


@pytest.mark.parametrize("name", toc())
def test_the_scripts_of_a_page_are_small(book, name, record_property):
    """All that its figures need, loaded; the gallery is the one page that holds every kind."""
    kinds = set(re.findall('data-figure="([A-Za-z]+)"', (book / f"{name}.html").read_text("utf-8")))
    if not kinds:
        return
    paths = [STATIC / "page.js", *(STATIC / "figures" / f"{kind}.js" for kind in kinds)]
    scripts = [path.read_bytes() for path in paths]
    size, zipped = (sum(map(len, each)) for each in (scripts, map(gzip.compress, scripts)))
    record_property(
        f"table script {name}",
        f"{name:20} {size / 1000:4.0f} kB of script, {zipped / 1000:3.0f} kB zipped, "
        f"{len(kinds)} kinds of figures",
    )
    if name == PAGE:
        # Each of its figures is loaded when the reader comes to it.
        size, zipped = len(scripts[0]), len(gzip.compress(scripts[0]))
    assert size <= MOST_SCRIPT
    assert zipped <= MOST_ZIPPED


def test_all_figures_together_hold_little(open_page):
    page = open_page(PAGE)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    assert session.send("Runtime.getHeapUsage")["usedSize"] <= MOST_HEAP


@pytest.fixture(scope="module")
def gallery(browser, book, site):
    """The gallery, opened once: no figure in it is moved by another's test."""
    with pages(browser, book, site) as open_:
        yield open_(PAGE, reduced_motion="reduce")


@pytest.mark.timing
@pytest.mark.parametrize("shown", FIGURES, ids=lambda figure: figure.kind)
def test_a_move_is_painted_within_a_frame(gallery, shown, record_property):
    gallery.locator(f"#{shown.name}").scroll_into_view_if_needed()
    selector, kind = CONTROLS[shown.kind]
    found = repaint(gallery, f"#{shown.name} .lstm-live {selector}", kind)
    record_property(
        f"table repaint {shown.kind}",
        f"{shown.kind:20} painted {found.median:5.1f} ms after an input, 95 % {found.most:5.1f} ms"
        + (" (over a frame)" if found.median > FRAME or found.most > TWO_FRAMES else ""),
    )
    assert found.median <= MARGIN * FRAME, found
    assert found.most <= MARGIN * TWO_FRAMES, found
