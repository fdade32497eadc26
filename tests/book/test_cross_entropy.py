"""The CrossEntropy in a page: worked by hand and by keys, and its losses beside NumPy's."""

from urllib.parse import urlencode

import numpy as np
import pytest
from looking import in_the_way, overflow, too_small, violations
from single import drag, driven, go, opener

from lstm_edu.figures import CrossEntropy
from lstm_edu.losses import cross_entropy_on_logits, cross_entropy_on_probabilities

RIGHT = "predicted probability q of o"


@pytest.fixture
def entropy(browser, tmp_path):
    """A function that opens a page with a CrossEntropy alone, from the file system."""
    with opener(browser, tmp_path, CrossEntropy()) as open_:
        yield open_


def sums(page):
    """Return the exact loss, entropy and divergence that the figure shows."""
    data = page.locator(".lstm-cross-entropy").evaluate("element => ({...element.dataset})")
    return [float(data[name]) for name in ("loss", "entropy", "divergence")]


def shown(page, name):
    """Return the exact numbers of all classes: their q, term or gradient."""
    found = page.locator(".lstm-letter").evaluate_all(
        "(letters, name) => letters.map((letter) => letter.dataset[name])", name
    )
    return np.array([float(number) for number in found])


def same(page, **traits):
    """Assert that the page shows what Python computes of these traits."""
    figure = CrossEntropy(**traits)
    expected = [figure.loss, figure.entropy, figure.divergence]
    assert sums(page) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    for name, numbers in (("q", figure.q), ("term", figure.terms), ("gradient", figure.gradient)):
        np.testing.assert_allclose(shown(page, name), numbers, rtol=1e-12, atol=1e-14)


def listed(numbers):
    return ",".join(str(float(number)) for number in numbers)


def test_on_probabilities_it_is_numpys_loss(entropy):
    page = entropy()
    random = np.random.default_rng(0)
    for _ in range(12):
        q, target = random.dirichlet(np.ones(5) / 2).round(6), int(random.integers(5))
        q[target] += 1 - q.sum()
        query = {"mode": "probabilities", "probabilities": listed(q), "target": target}
        go(page, "cross-entropy", urlencode(query))
        expected, _ = cross_entropy_on_probabilities(q, np.array(target))
        assert sums(page)[0] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("size", [2, 40, 1000])
def test_on_logits_it_is_numpys_loss_with_its_gradient(entropy, size):
    page = entropy()
    random = np.random.default_rng(size)
    for _ in range(6):
        z, target = random.uniform(-size, size, 5).round(3), int(random.integers(5))
        query = {"mode": "logits", "logits": listed(z), "target": target}
        go(page, "cross-entropy", urlencode(query))
        expected, gradient = cross_entropy_on_logits(z, np.array(target))
        assert sums(page)[0] == pytest.approx(expected, rel=1e-12, abs=1e-12)
        np.testing.assert_allclose(shown(page, "gradient"), gradient, rtol=1e-12, atol=1e-14)


def test_smoothed_too(entropy):
    page = entropy()
    random = np.random.default_rng(5)
    for mode in ("probabilities", "logits"):
        for epsilon in (0.03, 0.25, 0.5):
            traits = {"mode": mode, "smoothing": epsilon, "target": int(random.integers(5))}
            traits["logits"] = random.normal(size=5).round(3)
            query = traits | {"logits": listed(traits["logits"])}
            go(page, "cross-entropy", urlencode(query))
            same(page, **traits)


def test_the_areas_are_the_terms(entropy):
    """Of each rectangle height times width, in units of the axes, is −p·ln q."""
    page = entropy("#cross-entropy?smoothing=0.4&probabilities=0.05,0.2,0.15,0.5,0.1")
    figure = CrossEntropy(smoothing=0.4, probabilities=[0.05, 0.2, 0.15, 0.5, 0.1])
    page.wait_for_timeout(400)
    found = page.evaluate(
        """() => {
            const number = (node, name) => Number(node.getAttribute(name));
            const marks = (name) => [...document.querySelectorAll(`.lstm-areas rect.${name}`)];
            const ticks = [...document.querySelectorAll(".lstm-areas .lstm-axis g text")];
            const at = (anchor, value, name) => number(ticks.find((tick) =>
                tick.getAttribute("text-anchor") === anchor && Number(tick.textContent) === value
            ), name);
            const nat = at("middle", 1, "x") - at("middle", 0, "x");
            const one = at("end", 1, "y") - at("end", 0, "y");
            const area = (rect) => number(rect, "width") * number(rect, "height") / nat / one;
            const [floor, excess] = [marks("floor").map(area), marks("excess").map(area)];
            const line = document.querySelector(".lstm-areas line.loss");
            return {
                areas: floor.map((part, k) => part + excess[k]),
                mean: (number(line, "x1") - number(marks("floor")[0], "x")) / nat,
            };
        }"""
    )
    np.testing.assert_allclose(found["areas"], figure.terms, rtol=0.01, atol=2e-4)
    assert found["mean"] == pytest.approx(figure.loss, rel=0.005)


def test_a_bar_is_dragged_and_the_others_make_room(entropy):
    page = entropy()
    bar = page.get_by_role("slider", name=RIGHT)
    drag(page, bar, 0.5, 1.02)
    assert sums(page)[0] == 0
    np.testing.assert_array_equal(shown(page, "q"), [0, 0, 0, 1, 0])
    box = bar.bounding_box()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 10)
    q = shown(page, "q")
    assert q[3] == pytest.approx(0.25, abs=0.02)
    np.testing.assert_allclose(q[[0, 1, 2, 4]] / (1 - q[3]), [0.2, 0.4, 0.2, 0.2], atol=1e-5)
    assert q.sum() == pytest.approx(1, abs=1e-9)
    knob = bar.locator(".knob").bounding_box()
    assert knob["x"] + knob["width"] / 2 - box["x"] == pytest.approx(0.25 * box["width"], abs=2)
    page.mouse.move(box["x"] - 20, box["y"] + 10)
    page.mouse.up()
    assert sums(page)[0] == np.inf
    assert "−ln 0 is infinite" in page.locator("main").inner_text()
    page.get_by_role("button", name="Reset").click()
    same(page)


def test_logits_are_dragged_and_a_step_lowers_the_loss(entropy):
    page = entropy()
    page.get_by_role("button", name="logits").click()
    logit = page.get_by_role("slider", name="logit z of e")
    drag(page, logit, 0.55, 0.9)
    page.mouse.up()
    z = float(logit.get_attribute("aria-valuenow"))
    assert 6 < z < 7.5
    before = sums(page)[0]
    assert before > 4
    for _ in range(3):
        page.get_by_role("button", name="One step against the gradient").click()
    assert sums(page)[0] < before - 2
    assert float(logit.get_attribute("aria-valuenow")) < z - 2
    page.get_by_role("button", name="probabilities").click()
    assert sums(page)[0] < before
    assert shown(page, "q").sum() == pytest.approx(1, abs=1e-6)


def test_from_logits_the_loss_outlives_the_probability(entropy):
    page = entropy("#cross-entropy?mode=logits&logits=1000,0,0,-1000,0")
    assert sums(page)[0] == 2000
    assert shown(page, "q")[3] == 0
    assert "from q it would be infinite" in page.locator("main").inner_text()


def test_keys_alone_can_do_it(entropy):
    page = entropy()
    page.get_by_role("button", name="e is right").press("Enter")
    same(page, target=1)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("aria-label") == "predicted probability q of e"
    page.keyboard.press("PageUp")
    assert shown(page, "q")[1] == pytest.approx(0.3)
    page.get_by_role("spinbutton", name=RIGHT).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("0.65")
    page.keyboard.press("Enter")
    q = shown(page, "q")
    assert (q[3], q.sum()) == pytest.approx((0.65, 1))
    page.get_by_role("slider", name="label smoothing").press("End")
    same(page, target=1, smoothing=0.5, probabilities=q)
    page.get_by_role("button", name="logits").press("Enter")
    page.get_by_role("slider", name="logit z of a").press("End")
    assert shown(page, "q")[0] == pytest.approx(1, abs=1e-300)


def test_hostile_addresses_and_typing_do_nothing(entropy):
    query = "probabilities=1,1,1,1,1&logits=<img src=x onerror=throw(1)>&target=9&mode=constructor"
    page = entropy(f"#cross-entropy?{query}&smoothing=-1")
    same(page)
    page.get_by_role("spinbutton", name=RIGHT).dblclick()
    page.keyboard.type("<b>")
    page.keyboard.press("Enter")
    alert = page.locator(".lstm-cross-entropy [role=alert]")
    assert f"“<b>” does not fit the {RIGHT}" in alert.text_content()
    page.keyboard.press("Escape")
    assert alert.is_hidden()
    same(page)


@pytest.mark.parametrize("mode", ["probabilities", "logits"])
def test_a_finger_scrolls_the_page_and_hits_every_number(entropy, mode):
    page = entropy(f"#cross-entropy?mode={mode}", width=360, has_touch=True)
    assert overflow(page) == []
    ui = page.locator(".lstm-cross-entropy")
    assert too_small(ui) == []
    assert in_the_way(ui) == []
    name = {"probabilities": RIGHT, "logits": "logit z of o"}[mode]
    bar = page.get_by_role("slider", name=name)
    box = bar.bounding_box()
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + 15)
    assert shown(page, "q")[3] > 0.85


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(entropy, theme, width):
    page = entropy(theme=theme, width=width, reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_role("slider", name="label smoothing").press("PageUp")
    page.get_by_role("button", name="logits").click()
    page.locator("summary").click()
    assert violations(page) == []
    page.get_by_role("spinbutton", name="logit z of a").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert violations(page) == []
    assert overflow(page) == []


def test_without_motion_all_is_drawn_at_once(entropy):
    steps = """() => {
        const bar = document.querySelector('.lstm-track[data-chosen] .wanted');
        const sizes = [bar.style.getPropertyValue("--size")];
        document.querySelectorAll(".lstm-letter")[0].click();
        sizes.push(bar.style.getPropertyValue("--size"));
        return new Promise((done) =>
            setTimeout(() => done([...sizes, bar.style.getPropertyValue("--size")]), 400));
    }"""
    assert entropy(reduced_motion="reduce").evaluate(steps) == ["1.0000", "0.0000", "0.0000"]
    assert entropy().evaluate(steps) == ["1.0000", "1.0000", "0.0000"]


def test_its_module_moves_with_a_kernel(entropy):
    figure = CrossEntropy(smoothing=0.1)
    kernel = {"mode": "logits", "logits": "5.0,0.0,0.0,-0.5,0.0"}
    found = driven(entropy(), figure, kernel, ".lstm-letter")
    expected = CrossEntropy(smoothing=0.1, mode="logits", logits=[5, 0, 0, -0.5, 0]).loss
    assert float(found["shown"]["loss"]) == pytest.approx(expected, rel=1e-12)
    assert found["saved"] == [{**figure.state(), **kernel, "target": 0, "name": "live"}]
    figure.set_state({key: found["saved"][0][key] for key in figure.state()})
    assert figure.logits == (5, 0, 0, -0.5, 0)
    assert found["left"] == [0, 0]
