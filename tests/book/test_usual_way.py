"""The same move in the same JupyterLab: a live figure, and what one would usually write."""

from statistics import median

import pytest
from lab import LONGEST, opened, run
from nbformat.v4 import new_code_cell
from repaint import repaint

OURS = """
from lstm_edu import exported
from lstm_edu.figures import GateHeatmap

model = exported.load("shakespeare")
line = "To be, or not to be: that is the question:"
GateHeatmap(model, text=line, gate="f", time=3, unit=57, name="heat")
"""
USUAL = """
%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, interactive

trace = model.trace(line)

def draw(time):
    figure, (top, bottom) = plt.subplots(2, figsize=(7.5, 4), height_ratios=(3, 1))
    top.imshow(trace.f[0].T, aspect="auto", vmin=0, vmax=1, cmap="Oranges")
    top.axvline(time, color="black")
    top.set_xticks(range(len(line)), list(line))
    bottom.plot(trace.f[0, :, 57])
    bottom.axvline(time, color="black")
    plt.show()

interactive(draw, time=IntSlider(3, min=0, max=len(line) - 1))
"""
#: From a key on the usual slider until its new picture is there and painted.
MEASURE_USUAL = """async () => {
    const output = document.querySelectorAll(".jp-Notebook .jp-Cell")[1];
    const handle = output.querySelector(".noUi-handle");
    handle.focus();
    const times = [];
    for (let move = 0; move < 8; move += 1) {
        const begin = performance.now();
        const before = output.querySelector("img")?.src;
        handle.dispatchEvent(new KeyboardEvent("keydown",
            { key: move % 2 ? "ArrowLeft" : "ArrowRight", bubbles: true, cancelable: true }));
        await new Promise((done) => {
            const look = () => {
                const image = output.querySelector("img");
                if (image && image.src !== before && image.complete) done();
                else requestAnimationFrame(look);
            };
            look();
        });
        times.push(performance.now() - begin);
    }
    return times;
}"""


@pytest.mark.timing
def test_a_live_figure_answers_many_times_sooner(browser, tmp_path, record_property):
    cells = (new_code_cell(OURS.strip()), new_code_cell(USUAL.strip()))
    with opened(browser, tmp_path, cells) as page:
        run(page, 0).locator(".lstm-gate-heatmap").wait_for(timeout=LONGEST)
        ours = repaint(page, ".lstm-gate-heatmap [role=slider]", rounds=2)
        run(page, 1).locator("img").wait_for(timeout=LONGEST)
        usual = median(page.evaluate(MEASURE_USUAL))
    ratio = usual / ours.median
    record_property(
        "table the usual way",
        f"JupyterLab, one move of the cursor: GateHeatmap {ours.median:.1f} ms, "
        f"ipywidgets with matplotlib {usual:.0f} ms: {ratio:.0f} times as long",
    )
    assert ratio > 3
