"""The TrainingReplay in a page: scrubbed by hand and by keys, and its numbers beside NumPy's."""

import copy
import json
from urllib.parse import urlencode

import numpy as np
import pytest
from looking import figure, overflow, too_small, violations
from single import Module, go, opener

from lstm_edu import replay
from lstm_edu.figures import TrainingReplay
from lstm_edu.figures.page_random import PageRandom
from lstm_edu.trace import Trace

LINE = "Alas, poor Yorick! I knew him, Horatio: a fellow\nof infinite jest"
STATE = {"snapshot": 8, "time": 21, "unit": 26, "gate": "c", "signal": "place in the line"}


@pytest.fixture(scope="module")
def run():
    return replay.load("learning")


@pytest.fixture
def watch(browser, tmp_path):
    """A function that opens a page with a TrainingReplay alone, from the file system."""
    with opener(browser, tmp_path, TrainingReplay("learning", text=LINE, **STATE)) as open_:
        yield open_


def element(page):
    return page.locator(".lstm-training-replay")


def value(page):
    """Return the exact number under the cursor."""
    return float(element(page).get_attribute("data-value"))


def snapshot(page):
    return int(element(page).get_attribute("data-snapshot"))


def slider(page):
    return page.get_by_role("slider", name="Snapshot of the training")


def goes_on(model, text, count):
    """Write on as the figure does."""
    drawn = ""
    for uniform in PageRandom(1).uniform(0, 1, count):
        shares = np.cumsum(model.probabilities(text + drawn)[-1])
        choice = np.searchsorted(shares, uniform * shares[-1], side="right")
        drawn += model.vocabulary[choice]
    return drawn


def test_its_numbers_are_numpys_at_every_snapshot(watch, run):
    page = watch()
    random = np.random.default_rng(0)
    traces = [run.model(k).trace(LINE) for k in range(len(run))]
    for k in [*range(len(run)), *random.integers(0, len(run), 20).tolist()]:
        time, unit = int(random.integers(len(LINE))), int(random.integers(32))
        gate = str(random.choice(list(Trace.quantities)))
        state = {"snapshot": k, "time": time, "unit": unit, "gate": gate}
        go(page, "training-replay", urlencode(state))
        expected = getattr(traces[k], gate)[0, time, unit]
        page.wait_for_function(
            "([k, v]) => { const { snapshot, value } = document"
            ".querySelector('.lstm-training-replay').dataset;"
            " return Number(snapshot) === k && Math.abs(value - v) < 1e-9 }",
            arg=[k, float(expected)],
        )
        assert value(page) == pytest.approx(expected, rel=0, abs=1e-12)


@pytest.mark.parametrize("k", [0, 9, 19])
def test_what_it_tells_is_what_python_tells(watch, run, k):
    page = watch(f"#training-replay?snapshot={k}")
    nats = run.losses["validation"][k]
    words = f"after {run.steps[k]:,} batches: loss {nats:.3f}"
    assert page.locator(".lstm-bar output").text_content() == words
    r = run.r("c", k, "place in the line", 26)
    told = page.locator(".lstm-replay-told").text_content()
    assert f"r² = {r * r:.2f}" in told
    (job,) = [job for job in run.jobs() if job.signal == "place in the line"]
    assert f"From batch {job.found_at:,} on it explains more than half." in told
    (guess, share), *_ = run.model(k).top(LINE[: STATE["time"] + 1])
    first = page.locator(".lstm-guess").first
    assert first.locator(".lstm-guess-token").text_content() == {" ": "␣", "\n": "↵"}.get(
        guess, guess
    )
    assert first.locator(".lstm-guess-number").text_content() == f"{share:.2f}"
    written = goes_on(run.model(k), LINE, 72).replace("\n", " ↵ ")
    page.wait_for_function(
        "text => document.querySelector('.lstm-replay-writes').textContent === text", arg=written
    )


def test_the_cursor_can_be_dragged_on_both_plots(watch):
    page = watch()
    for plot in page.locator(".lstm-replay-curves").all():
        box = plot.bounding_box()
        middle = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + 300, middle)
        page.mouse.down()
        before = snapshot(page)
        page.mouse.move(box["x"] + 500, middle, steps=8)
        assert snapshot(page) > before
        page.mouse.move(box["x"] + 1, middle)
        assert snapshot(page) == 0
        page.mouse.move(box["x"] + box["width"], middle)
        page.mouse.up()
        assert snapshot(page) == 19
    assert slider(page).get_attribute("aria-valuetext").startswith("after 4,096 batches")


def test_a_cell_of_the_band_is_taken_by_the_pointer(watch, run):
    page = watch()
    canvas = page.locator(".lstm-heat-cells")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    columns, rows = len(LINE), 7
    at = ((10.5 / columns) * box["width"], (2.5 / rows) * box["height"])
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    assert value(page) == pytest.approx(run.model(8).trace(LINE).f[0, 10, 26], rel=0, abs=1e-12)


def test_keys_alone_can_do_it(watch, run):
    page = watch()
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("f")
    assert snapshot(page) == 9
    assert value(page) == pytest.approx(run.model(9).trace(LINE).f[0, 21, 25], rel=0, abs=1e-12)
    page.get_by_role("slider", name="Character of the text").focus()
    page.keyboard.press("Home")
    assert value(page) == pytest.approx(run.model(9).trace(LINE).f[0, 0, 25], rel=0, abs=1e-12)
    page.get_by_label("Which unit follows").focus()
    page.keyboard.press("v")
    (job,) = [job for job in run.jobs() if job.signal == "vowel"]
    told = page.locator(".lstm-replay-told")
    assert told.text_content().startswith(f"Unit {job.unit}: its {job.quantity}")
    slider(page).focus()
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    page.wait_for_function("document.querySelector('.lstm-training-replay').dataset.snapshot > 1")
    page.keyboard.press(" ")
    still = snapshot(page)
    page.wait_for_timeout(700)
    assert snapshot(page) == still


def test_nothing_plays_by_itself(watch):
    page = watch()
    page.wait_for_timeout(1200)
    assert snapshot(page) == STATE["snapshot"]
    assert page.get_by_role("button", name="Play").is_visible()


def test_another_line_is_read_by_the_same_snapshot(watch, run):
    page = watch()
    page.get_by_label("Type your own line").fill("Who's there?")
    expected = run.model(8).trace("Who's there?").c[0, -1, 26]
    assert value(page) == pytest.approx(expected, rel=0, abs=1e-12)
    page.get_by_label("Type your own line").fill("Wer da? ß")
    assert "never seen “ß”" in page.locator(".lstm-type [role=alert]").text_content()
    assert value(page) == pytest.approx(expected, rel=0, abs=1e-12)


def test_a_link_in_the_prose_sets_it(watch, run):
    prose = '<p><a href="#training-replay?snapshot=3&amp;gate=f&amp;unit=1">early</a></p>'
    page = watch(prose=prose)
    page.get_by_role("link", name="early").click()
    page.wait_for_function("document.querySelector('.lstm-training-replay').dataset.snapshot == 3")
    assert value(page) == pytest.approx(run.model(3).trace(LINE).f[0, 21, 1], rel=0, abs=1e-12)


def test_hostile_addresses_do_nothing(watch):
    page = watch(
        "#training-replay?snapshot=-1&unit=1e1&gate=__proto__&signal=<img src=x onerror=throw(1)>"
        "&text=%00%F0%9F%98%80"
    )
    assert snapshot(page) == STATE["snapshot"]
    assert "never seen" in page.locator(".lstm-type [role=alert]").text_content()
    assert page.locator(".lstm-training-replay img").count() == 0


def spoil(run, path, value):
    data = copy.deepcopy(run.to_dict())
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["snapshots"], [], "snapshots of the training are 0; expected 1 to 200"),
        (["snapshots", 4, "losses", "validation"], None, "validation loss of snapshot 4 is null"),
        (["snapshots", 0, "weights"], [], "Snapshot 0 has weights for 0 layers"),
        (["model", "layers", 1, "type"], "GRU", "is not (units, 3·units)"),
        (["format"], "lstm_edu.model/1", "has format lstm_edu.model/1"),
        (["model", "name"], "<img src=x onerror=throw(1)>", None),
    ],
)
def test_a_spoilt_training_is_refused_in_its_place(watch, run, path, value, message):
    good = TrainingReplay("learning", text=LINE, name="good")
    bad = TrainingReplay("learning", text=LINE)
    state = bad.state() | {"training": spoil(run, path, value)}

    class Spoilt:
        name = "training-replay"

        def state(self):
            return state

        def html(self):
            held = json.dumps(state).replace("<", "\\u003c")
            return (
                '<div class="lstm-figure" id="training-replay" data-figure="TrainingReplay">'
                f'<script type="application/json">{held}</script></div>{good.html()}'
            )

    page = watch(figures=[Spoilt()])
    alert = figure(page, "training-replay").locator("p[role=alert]:visible")
    if message is None:
        assert alert.count() == 0
    else:
        assert message in alert.first.text_content()
    # The rest of the page goes on.
    page.locator("#good .lstm-training-replay").wait_for(state="attached")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(watch, theme, width):
    page = watch(theme=theme, width=width, reduced_motion="reduce")
    assert violations(page) == []
    slider(page).focus()
    page.keyboard.press("Home")
    page.get_by_label("Which unit follows").select_option("space")
    page.get_by_label("Type your own line").fill("ß")
    assert violations(page) == []
    assert overflow(page) == []


def test_a_finger_scrolls_the_page_and_hits_every_control(watch):
    page = watch(width=360, has_touch=True)
    assert overflow(page) == []
    assert too_small(element(page), ("slider", "button", "combobox")) == []
    for dragged in page.locator(".lstm-replay-curves").all():
        assert dragged.evaluate("node => getComputedStyle(node).touchAction") == "pan-y"
    box = slider(page).bounding_box()
    page.touchscreen.tap(box["x"] + 40, box["y"] + 80)
    assert snapshot(page) == 0


def test_its_module_moves_with_a_kernel(watch, run):
    shown = TrainingReplay("learning", text=LINE, **STATE)
    start = shown.state() | {"training": run.to_dict(), "name": "live"}
    module = Module(watch(), shown, training=start["training"])
    module.set(snapshot=15)
    expected = run.model(15).trace(LINE).c[0, 21, 26]
    found = float(module.root.locator(".lstm-training-replay").get_attribute("data-value"))
    assert found == pytest.approx(expected, rel=0, abs=1e-12)
    module.click(".lstm-transport button")
    assert module.saved()[-1] == start | {"snapshot": 0}
    assert module.end() == [0, 0]


def test_the_training_is_loaded_when_the_figure_comes_near(watch):
    page = watch(prose='<div style="height: 6000px"></div>', mount=False)
    script = page.locator('script[src$="models/learning.js"]')
    page.wait_for_timeout(300)
    assert script.count() == 0
    page.locator("#training-replay").scroll_into_view_if_needed()
    element(page).wait_for()
    assert script.count() == 1
