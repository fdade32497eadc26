"""The InitExplorer in a page: worked by hand and by keys, and its numbers beside NumPy's."""

from urllib.parse import urlencode

import numpy as np
import pytest
from looking import in_the_way, overflow, too_small, violations
from single import driven, opener

from lstm_edu.figures import InitExplorer
from lstm_edu.initializers import SCHEMES

BY_GATE = "forget bias, by the forget gate's mean"
BY_MEMORY = "forget bias, by the half of the memory"
BY_SPREAD = "scale of the weights, by the spread of W"


@pytest.fixture
def explore(browser, tmp_path):
    """A function that opens a page with an InitExplorer alone, from the file system."""
    with opener(browser, tmp_path, InitExplorer()) as open_:
        yield open_


def shown(page):
    """Return the exact numbers that the figure shows."""
    data = page.locator(".lstm-init-explorer").evaluate("element => ({...element.dataset})")
    return {name: float(data[name]) for name in computed() if name in data}


def computed(**traits):
    """Return what NumPy makes of the same state."""
    explorer = InitExplorer(**traits)
    trace = explorer.trace
    means = {f"{gate}Mean": getattr(trace, gate).mean() for gate in "ifgo"}
    spreads = {f"{gate}Deviation": getattr(trace, gate).std() for gate in "ifgo"}
    low, median, high = np.quantile(trace.f, [0.1, 0.5, 0.9])
    more = {}
    if explorer.forget_bias <= 5:
        more["next"] = InitExplorer(**traits | {"forget_bias": explorer.forget_bias + 1}).half_life
    quantiles = {"fLow": low, "fMedian": median, "fHigh": high, "half": explorer.half_life}
    return means | spreads | quantiles | more


def same(found, **traits):
    expected = computed(**traits)
    expected.setdefault("next", found["next"])
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def point(page, slider, share):
    """Press and pull a slider to a share of its width."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    x, y = box["x"] + share * box["width"], box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], y)
    page.mouse.down()
    for _ in range(4):  # the gates answer to the bias in their own way, so the hand comes closer
        page.mouse.move(x + 1, y)
        page.mouse.move(x, y)
    page.mouse.up()


def trait(page, name):
    """Return the value of a slider as a screen reader knows it."""
    return float(page.get_by_role("slider", name=name, exact=True).first.input_value())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_its_numbers_are_numpys(explore, scheme):
    page = explore()
    page.get_by_role(
        "button", name={"keras": "Keras", "torch": "PyTorch"}.get(scheme, scheme)
    ).click()
    same(shown(page), scheme=scheme)
    assert trait(page, "forget bias") == InitExplorer(scheme=scheme).forget_bias
    page.get_by_role("button", name="Draw again").click()
    same(shown(page), scheme=scheme, seed=1)


def test_the_hump_of_f_follows_the_pointer(explore):
    page = explore()
    hump = page.get_by_role("slider", name=BY_GATE)
    bars = page.locator(".lstm-hump .bars")
    weights = bars.first.get_attribute("d")
    point(page, hump, 0.85)
    found = shown(page)
    assert found["fMean"] == pytest.approx(0.85, abs=0.01)
    same(found, forget_bias=trait(page, "forget bias"))
    assert bars.first.get_attribute("d") == weights
    box, mark = hump.bounding_box(), hump.locator(".mark").bounding_box()
    centre = mark["x"] + mark["width"] / 2 - box["x"]
    assert centre == pytest.approx(0.85 * box["width"], abs=2)


def test_the_half_of_the_memory_follows_the_pointer(explore):
    page = explore()
    bar = page.get_by_role("slider", name=BY_MEMORY)
    decades = np.log10(500 / 0.1)
    for steps in (20, 0.5, 100):
        point(page, bar, np.log10(steps / 0.1) / decades)
        found = shown(page)
        assert found["half"] == pytest.approx(steps, rel=0.03)
        same(found, forget_bias=trait(page, "forget bias"))
        box, mark = bar.bounding_box(), bar.locator(".mark").bounding_box()
        place = (mark["x"] + mark["width"] / 2 - box["x"]) / box["width"]
        assert 0.1 * 10 ** (decades * place) == pytest.approx(found["half"], rel=0.02)


def test_the_spread_of_the_weights_follows_the_pointer(explore):
    page = explore()
    plot = page.get_by_role("slider", name=BY_SPREAD)
    end = float(page.locator(".lstm-hump .high").first.text_content())
    deviation = InitExplorer().lstm.params.kernel.std()
    point(page, plot, 0.5 + 1.5 * deviation / (2 * end))
    gain = trait(page, "scale of the weights")
    assert gain == pytest.approx(1.5, abs=0.03)
    same(shown(page), gain=gain)


def test_keys_alone_can_do_it(explore):
    page = explore()
    page.get_by_role("button", name="orthogonal").focus()
    page.keyboard.press("Enter")
    for _ in range(2):  # past “Draw again” to the first slider
        page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("aria-label") == "forget bias"
    page.keyboard.press("Home")
    same(shown(page), scheme="orthogonal", forget_bias=-3)
    page.get_by_role("slider", name=BY_MEMORY).focus()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    page.keyboard.press("Shift+ArrowRight")
    same(shown(page), scheme="orthogonal", forget_bias=5.01)
    units = page.get_by_role("spinbutton", name="units")
    units.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    same(shown(page), scheme="orthogonal", forget_bias=5.01, units=20)
    page.get_by_role("button", name="Reset").press("Enter")
    same(shown(page))


def test_a_typed_number_that_does_not_fit_is_refused_in_the_figure(explore):
    page = explore()
    page.get_by_role("spinbutton", name="units").dblclick()
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    alert = page.locator(".lstm-init-explorer [role=alert]")
    assert "“12.5” does not fit the units: type a whole number from 4 to 96" in alert.text_content()
    same(shown(page))


def test_a_link_sets_it_and_hostile_ones_do_nothing(explore):
    state = {
        "scheme": "torch",
        "gain": 2,
        "forget_bias": 3,
        "units": 24,
        "input_dim": 8,
        "seed": 77,
    }
    same(shown(explore(f"#init-explorer?{urlencode(state)}")), **state)
    hostile = "#init-explorer?scheme=<img src=x onerror=throw(1)>&units=1e9&gain=NaN&seed=-1"
    same(shown(explore(hostile)))


def test_hostile_traits_are_told_and_the_page_goes_on(explore, tmp_path):
    page = explore()
    html = InitExplorer(name="other").html().replace('"keras"', '"<img src=x onerror=throw(1)>"')
    path = tmp_path / "page.html"
    path.write_text(path.read_text("utf-8").replace("</main>", html + "</main>"), "utf-8")
    page.reload()
    alert = page.locator("#other [role=alert]")
    assert "Its scheme is “<img src=x onerror=throw(1)>”" in alert.text_content()
    same(shown(page))


def test_a_finger_scrolls_the_page_and_hits_every_control(explore):
    page = explore(width=360, has_touch=True)
    assert overflow(page) == []
    ui = page.locator(".lstm-init-explorer")
    assert too_small(ui) == []
    assert in_the_way(ui) == []
    bar = page.get_by_role("slider", name=BY_MEMORY)
    box = bar.bounding_box()
    page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + 20)
    assert shown(page)["half"] == pytest.approx(0.1 * 5000**0.8, rel=0.3)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(explore, theme, width):
    page = explore(theme=theme, width=width, reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_role("button", name="PyTorch").click()
    page.get_by_role("slider", name=BY_MEMORY).press("End")
    page.get_by_role("spinbutton", name="inputs").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert violations(page) == []
    assert overflow(page) == []


def test_without_motion_all_is_drawn_at_once(explore):
    page = explore(reduced_motion="reduce")
    steps = """() => {
        const bars = document.querySelector(".lstm-hump .bars");
        const drawn = [bars.getAttribute("d")];
        document.querySelectorAll(".lstm-init-schemes button")[2].click();
        drawn.push(bars.getAttribute("d"));
        return new Promise((done) =>
            setTimeout(() => done([...drawn, bars.getAttribute("d")]), 400));
    }"""
    before, at_once, later = page.evaluate(steps)
    assert before != at_once == later


def test_its_module_moves_with_a_kernel(explore):
    figure = InitExplorer()
    torch = ".lstm-init-schemes button:nth-of-type(2)"
    found = driven(explore(), figure, {"forget_bias": 4}, torch)
    expected = InitExplorer(forget_bias=4).half_life
    assert float(found["shown"]["half"]) == pytest.approx(expected, rel=1e-9)
    (saved,) = found["saved"]
    assert saved == {**figure.state(), "scheme": "torch", "forget_bias": 0, "name": "live"}
    assert found["left"] == [0, 0]
