"""The ActivationPlot in a page: worked by hand and by keys, and its numbers beside NumPy's."""

from urllib.parse import urlencode

import numpy as np
import pytest
from looking import in_the_way, overflow, too_small, violations
from single import drag, driven, go, opener

from lstm_edu.activations import ACTIVATIONS, sigmoid, tanh
from lstm_edu.figures import ActivationPlot
from lstm_edu.figures.activation_plot import NAMES

FAR = [-9000, -800, -745.2, -710, -709, -354.9, -100, -89, -88, -40, -17, -6, -1.25, 0, 0.5]
POINT = "point on the curve"


@pytest.fixture
def plot(browser, tmp_path):
    """A function that opens a page with an ActivationPlot alone, from the file system."""
    with opener(browser, tmp_path, ActivationPlot()) as open_:
        yield open_


def shown(page):
    """Return the exact value and slope that the figure shows."""
    data = page.locator(".lstm-activation-plot").evaluate("element => ({...element.dataset})")
    return float(data["value"]), float(data["slope"])


def cells(page):
    """Return the exact results of the table, a row for each formula: float64, float32."""
    found = page.locator(".lstm-formulas td").evaluate_all(
        "cells => cells.map((cell) => cell.dataset.number)"
    )
    return np.array([float(number) for number in found]).reshape(-1, 2)


def formulas(name, z, dtype):
    """Return what NumPy makes of each formula, in the order of the table."""
    z = dtype(z)
    one, two = dtype(1), dtype(2)
    with np.errstate(all="ignore"):
        if name == "sigmoid":
            e = np.exp(-z)
            naive, stable = one / (one + e), sigmoid(z)
            slopes = e / (one + e) ** two, sigmoid.derivative(z)
            return [e, naive, stable, *slopes]
        up, down = np.exp(z), np.exp(-z)
        naive = (up - down) / (up + down)
        return [np.exp(abs(z)), naive, tanh(z), one - naive * naive, tanh.derivative(z)]


@pytest.mark.parametrize("name", NAMES)
def test_value_and_slope_are_numpys(plot, name):
    page = plot()
    for z in [*FAR, *(-z for z in FAR)]:
        go(page, "activation-plot", urlencode({"activation": name, "z": z}))
        function = ACTIVATIONS[name]
        value, slope = shown(page)
        assert value == pytest.approx(function(float(z)), rel=1e-14, abs=5e-324), z
        # The slope is made of the value: where that is all but 1 its last digit is the slope's all.
        assert slope == pytest.approx(function.derivative(float(z)), rel=1e-13, abs=2.3e-16), z


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_each_formula_gives_what_numpy_makes_of_it(plot, name):
    page = plot()
    # Of the slopes 1 − y² and y(1 − y) a last digit of y decides, where y is all but 1.
    for z in [*FAR, 3, 20, 88, 89, 100, 709, 710, 800, 9000]:
        go(page, "activation-plot", urlencode({"activation": name, "z": z}))
        found = cells(page)
        for column, (dtype, digit) in enumerate([(np.float64, 2e-16), (np.float32, 1.2e-7)]):
            expected = np.array(formulas(name, z, dtype), dtype=float)
            assert (np.isnan(found[:, column]) == np.isnan(expected)).all(), z
            assert (np.isinf(found[:, column]) == np.isinf(expected)).all(), z
            np.testing.assert_allclose(found[:, column], expected, rtol=200 * digit, atol=digit)


def test_far_out_only_the_stable_formula_stands(plot):
    page = plot()
    page.get_by_role("button", name="−800").click()
    results = page.locator(".lstm-formulas td").all_text_contents()
    assert results == ["∞", "∞", "0", "0", "0", "0", "NaN", "NaN", "0", "0"]
    assert "In float64 and float32 the naive formula fails" in page.locator("main").inner_text()
    page.get_by_role("button", name="tanh").click()
    results = page.locator(".lstm-formulas td").all_text_contents()
    assert results == ["∞", "∞", "NaN", "NaN", "−1", "−1", "NaN", "NaN", "0", "0"]


def test_a_gradient_dies_as_the_point_is_pulled_out(plot):
    page = plot()
    curve = page.get_by_role("slider", name=POINT)
    slopes = []
    drag(page, curve, 0.5, 0.5)
    box = curve.bounding_box()
    for share in (0.6, 0.7, 0.8, 0.9, 0.96):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 40)
        slopes.append(shown(page)[1])
        point = curve.locator(".point").bounding_box()
        assert point["x"] + point["width"] / 2 - box["x"] == pytest.approx(
            share * box["width"], abs=2
        )
    page.mouse.up()
    assert sorted(slopes, reverse=True) == slopes
    assert slopes[0] > 0.05
    assert slopes[-1] == 0
    assert "multiplied by 0: y has been rounded to 1" in page.locator("main").inner_text()
    assert float(curve.get_attribute("aria-valuenow")) > 1000


def test_the_tangent_touches_and_the_bar_is_the_slope(plot):
    page = plot("#activation-plot?z=0", reduced_motion="reduce")
    geometry = page.evaluate(
        """() => {
            const of = (name) => document.querySelector(`.lstm-activation ${name}`);
            const number = (node, name) => Number(node.getAttribute(name));
            const line = (name) => ["x1", "y1", "x2", "y2"].map((end) => number(of(name), end));
            const [x1, y1, x2, y2] = line(".tangent");
            const [, foot, , top] = line(".bar");
            const ticks = [...document.querySelectorAll(".lstm-axis text")];
            const at = (text, name) => number(ticks.find((t) => t.textContent === text), name);
            const unit = (at("4", "x") - at("0", "x")) / 4;
            const height = at("0.0", "y") - at("1.0", "y");
            return { rise: (y1 - y2) / (x2 - x1) / height * unit, bar: (foot - top) / height };
        }"""
    )
    assert geometry["rise"] == pytest.approx(0.25, rel=0.01)
    assert geometry["bar"] == pytest.approx(0.25, rel=0.01)


def test_keys_alone_can_do_it(plot):
    page = plot()
    page.get_by_role("button", name="softsign").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("-88.5")
    page.keyboard.press("Enter")
    assert shown(page)[0] == pytest.approx(sigmoid(-88.5), rel=1e-14)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("aria-label") == POINT
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert shown(page)[0] == pytest.approx(sigmoid(-89.6), rel=1e-14)
    page.keyboard.press("End")
    assert shown(page) == (1, 0)
    page.get_by_role("button", name="Reset").press("Enter")
    assert shown(page)[1] == pytest.approx(sigmoid.derivative(1.0), rel=1e-14)


def test_hostile_addresses_and_typing_do_nothing(plot):
    page = plot("#activation-plot?z=1e9&activation=<img src=x onerror=throw(1)>&__proto__=1")
    before = shown(page)
    page.get_by_role("spinbutton").dblclick()
    page.keyboard.type("<b>9</b>")
    page.keyboard.press("Enter")
    alert = page.locator(".lstm-activation-plot [role=alert]")
    assert "“<b>9</b>” does not fit the pre-activation z" in alert.text_content()
    page.keyboard.press("Escape")
    assert alert.is_hidden()
    assert shown(page) == before


def test_a_finger_scrolls_the_page_and_moves_the_point(plot):
    page = plot(width=360, has_touch=True)
    assert overflow(page) == []
    ui = page.locator(".lstm-activation-plot")
    assert too_small(ui) == []
    assert in_the_way(ui) == []
    curve = page.get_by_role("slider", name=POINT)
    curve.scroll_into_view_if_needed()
    box = curve.bounding_box()
    page.touchscreen.tap(box["x"] + 0.97 * box["width"] - 15, box["y"] + 100)
    assert float(curve.get_attribute("aria-valuenow")) > 100


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(plot, theme, width):
    page = plot(theme=theme, width=width, reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_role("button", name="−800").click()
    page.get_by_role("button", name="tanh").click()
    page.get_by_role("spinbutton").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="hard sigmoid").click()
    page.locator("summary").click()
    assert violations(page) == []
    assert overflow(page) == []


def test_without_motion_the_point_is_there_at_once(plot):
    steps = """() => {
        const point = document.querySelector(".lstm-activation .point");
        const places = [point.getAttribute("cx")];
        document.querySelectorAll(".lstm-places button")[5].click();
        places.push(point.getAttribute("cx"));
        return new Promise((done) =>
            setTimeout(() => done([...places, point.getAttribute("cx")]), 400));
    }"""
    before, at_once, later = plot(reduced_motion="reduce").evaluate(steps)
    assert before != at_once == later
    before, at_once, later = plot().evaluate(steps)
    assert before == at_once != later


def test_its_module_moves_with_a_kernel(plot):
    figure = ActivationPlot()
    found = driven(plot(), figure, {"z": -3.0}, ".lstm-choice:nth-child(2)")
    assert float(found["shown"]["value"]) == pytest.approx(sigmoid(-3.0), rel=1e-14)
    assert found["saved"] == [{"activation": "tanh", "z": -3.0, "name": "live"}]
    assert found["left"] == [0, 0]
