"""The GradientFlow in a page: lines pulled by hand, finger and keys, its norms beside NumPy's."""

from urllib.parse import urlencode

import numpy as np
import pytest
from looking import overflow, too_small, until, violations
from single import driven, go, opener

from lstm_edu import LSTM
from lstm_edu.figures import GradientFlow
from lstm_edu.figures.gradient_flow import fate_of

RNN_LINE = "RNN’s line: scale of the recurrent weights"
LSTM_LINE = "LSTM’s line: bias of its forget gate"


def own_record():
    """Return a run whose tokens are meant to do harm, of a network that forgets at once."""
    lstm = LSTM.create(2, 4, forget_bias=-1.0, dtype=np.float64, seed=0)
    x = np.random.default_rng(0).normal(size=(1, 30, 2))
    record = lstm(x)
    tokens = ["<img src=x onerror=throw(1)>", *"bcdefghijklmnopqrstuvwxyz0123"]
    return type(record)(**{**vars(record), "tokens": tuple(tokens)})


@pytest.fixture
def flow(browser, tmp_path):
    """A function that opens a page with a GradientFlow alone, from the file system."""
    with opener(browser, tmp_path, GradientFlow()) as open_:
        yield open_


@pytest.fixture
def flow_of_own(browser, tmp_path):
    """The same, with a network of the reader's own."""
    with opener(browser, tmp_path, GradientFlow(traces={"<b>mine</b>": own_record()})) as open_:
        yield open_


def state(page):
    return page.locator(".lstm-gradient-flow").evaluate("element => ({...element.dataset})")


def same(page, **traits):
    """Assert that the page shows what NumPy computes of these traits."""
    flow = GradientFlow(**traits).flow()
    found = state(page)
    for name in ("rnn", "lstm", "conveyor"):
        norms = getattr(flow, name)
        assert 10 ** float(found[name]) == pytest.approx(norms[0], rel=1e-9)
        if name != "conveyor":
            fate = fate_of(norms)
            assert found[f"{name}Fate"] == f"{fate.kind} {fate.heard}"


def knob(page, label):
    return page.get_by_role("slider", name=label)


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_its_norms_are_numpys(flow):
    page = flow()
    random = np.random.default_rng(0)
    for length in (2, 3, 17, 60, 100, 200):
        traits = {
            "scale": round(random.uniform(0.2, 1.4), 2),
            "forget_bias": round(random.uniform(-2, 6), 2),
            "length": length,
            "seed": int(random.integers(10_000)),
        }
        go(page, "gradient-flow", urlencode(traits))
        same(page, **traits)


def test_a_line_goes_where_it_is_pulled(flow):
    page = flow(reduced_motion="reduce")
    point = knob(page, RNN_LINE)
    x, y = middle(point)
    page.mouse.move(x + 3, y + 3)
    page.mouse.down()
    page.mouse.move(x + 4, y + 3)
    assert point.get_attribute("aria-valuenow") == "1"
    page.mouse.move(x - 60, y + 3, steps=4)
    page.mouse.move(x - 120, y + 3, steps=4)
    page.mouse.move(x - 121, y + 3, steps=2)
    assert middle(point) == pytest.approx((x - 124, y), abs=14)
    page.mouse.up()
    scale = float(point.get_attribute("aria-valuenow"))
    assert 1 < scale < 1.6
    same(page, scale=scale)
    # Up it goes, too: less is lost where the line is pulled to.
    point = knob(page, LSTM_LINE)
    x, y = middle(point)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 40, steps=6)
    page.mouse.move(x, y - 41)
    assert middle(point) == pytest.approx((x, y - 41), abs=8)
    page.mouse.up()
    bias = float(point.get_attribute("aria-valuenow"))
    assert bias > 1.2
    same(page, scale=scale, forget_bias=bias)


def test_a_finger_pulls_it_too(flow):
    page = flow(width=390, has_touch=True, is_mobile=True)
    point = knob(page, LSTM_LINE)
    point.scroll_into_view_if_needed()
    x, y = middle(point)
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        places = [{"x": at, "y": down} for at, down in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    scrolled = page.evaluate("scrollY")
    touch("touchStart", (x, y))
    for down in range(5, 45, 5):
        touch("touchMove", (x, y - down))
    touch("touchEnd")
    assert float(point.get_attribute("aria-valuenow")) > 1.2
    assert page.evaluate("scrollY") == scrolled


def test_keys_alone_can_do_it(flow):
    page = flow()
    page.get_by_role("button", name="New weights").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator(":focus").get_attribute("aria-label") == RNN_LINE
    page.keyboard.press("Tab")
    page.keyboard.press("PageUp")
    page.keyboard.press("Shift+ArrowUp")
    same(page, scale=1.1, forget_bias=2.01)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("End")
    same(page, scale=1.1, forget_bias=2.01, length=200)


def test_numbers_are_typed_and_refused(flow):
    page = flow()
    page.get_by_role("spinbutton", name="length of the text").dblclick()
    page.keyboard.type("201")
    page.keyboard.press("Enter")
    alert = page.locator(".lstm-gradient-flow [role=alert]")
    assert "“201” does not fit the length of the text" in alert.text_content()
    page.keyboard.press("Escape")
    assert alert.is_hidden()
    same(page)


@pytest.mark.parametrize("preset", GradientFlow.presets)
def test_presets_are_pythons(flow, preset):
    labels = {"keras": "start as Keras", "shut": "forget bias 0", "open": "forget bias 3"}
    page = flow()
    button = page.get_by_role("button", name=labels.get(preset, preset), exact=True)
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    linked = flow(f"#gradient-flow?{urlencode(GradientFlow.presets[preset])}")
    assert state(linked) == state(page)
    # Where the RNN explodes, rounding does too: there only the kind of end is the same.
    if preset == "explode":
        assert state(page)["rnnFate"].startswith("explodes")
    else:
        same(page, **GradientFlow.presets[preset])


def test_the_text_fades_as_the_gradient_does(flow):
    page = flow("#gradient-flow?length=80&scale=0.9&forget_bias=1.5")
    norms = GradientFlow(length=80, scale=0.9, forget_bias=1.5).flow()
    for index, expected in enumerate([norms.rnn, norms.lstm]):
        shades = (
            page.locator(".letters")
            .nth(index)
            .evaluate(
                "text => [...text.querySelectorAll('span:not([hidden])')]"
                ".map(span => Number(getComputedStyle(span).opacity))"
            )
        )
        share = np.clip(1 + np.log10(expected) / 3, 0, 1)
        np.testing.assert_allclose(shades, 0.12 + 0.88 * share, atol=0.03)


ENDS = """text => [...document.querySelectorAll(".exit:not([visibility])")]
    .some((end) => end.textContent === text)"""


def test_what_leaves_the_axis_ends_at_its_edge(flow):
    page = flow("#gradient-flow?scale=0&forget_bias=-2&length=200")
    told = page.locator("p.lstm-told-state").first
    assert "of step 1, nothing arrives" in told.text_content()
    # The lines are drawn after the words: when the axis has its length.
    until(page, ENDS, "↓ nothing")
    frame = page.locator(".lstm-chart > svg").bounding_box()
    for label in (RNN_LINE, LSTM_LINE):
        x, y = middle(knob(page, label))
        assert frame["x"] <= x <= frame["x"] + frame["width"]
        assert frame["y"] <= y <= frame["y"] + frame["height"]
    for query in ("scale=3&length=200&forget_bias=6", "scale=0.01&length=200", "length=2"):
        go(page, "gradient-flow", query)
        markup = page.locator(".lstm-gradient-flow").evaluate("element => element.outerHTML")
        assert "NaN" not in markup
        assert "undefined" not in markup


def test_own_networks_are_drawn_beside_them(flow_of_own):
    page = flow_of_own()
    norms = GradientFlow(traces={"own": own_record()}).flow().own["own"]
    heard = fate_of(norms).heard
    assert page.locator(".name").last.text_content() == f"<b>mine</b>: {heard} steps"
    assert page.locator(".lstm-flow-text").count() == 3
    assert page.locator(".letters img, .letters b").count() == 0
    assert violations(page) == []
    assert overflow(page) == []


def test_hostile_addresses_do_nothing(flow):
    page = flow("#gradient-flow?scale=4&forget_bias=1e1&length=2.5&seed=<b>&traces={}&__proto__=1")
    same(page)


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_it_fits_and_can_be_hit(flow, width):
    page = flow("#gradient-flow?length=200&scale=0.5", width=width, has_touch=True)
    assert overflow(page) == []
    assert too_small(page.locator(".lstm-gradient-flow")) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(flow, theme, width):
    page = flow(theme=theme, width=width, reduced_motion="reduce")
    for query in ("", "scale=3", "forget_bias=0&length=200", "scale=0&length=10"):
        go(page, "gradient-flow", query)
        assert violations(page) == [], query
        assert overflow(page) == [], query
    page.get_by_role("spinbutton", name="scale of the recurrent").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert violations(page) == []


def test_without_motion_all_is_drawn_at_once(flow):
    page = flow(reduced_motion="reduce")
    at_once, later = page.evaluate(
        """() => {
            const line = document.querySelector(".lines path[data-tone='h']");
            document.querySelectorAll(".lstm-presets .lstm-choice")[1].click();
            const first = line.getAttribute("d");
            return new Promise((done) =>
                setTimeout(() => done([first, line.getAttribute("d")]), 400));
        }"""
    )
    assert at_once == later


def test_its_module_moves_with_a_kernel(flow):
    page = flow()
    shown = GradientFlow(traces={"own": own_record()})
    found = driven(page, shown, {"forget_bias": 3.0}, ".lstm-presets .lstm-choice")
    assert found["shown"]["lstmFate"] == "all 59"
    (saved,) = found["saved"]
    assert saved == {**shown.state(), "name": "live"}
    assert found["left"] == [0, 0]
