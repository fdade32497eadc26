"""LiveModel in a browser: typed into, asked to write on, and its numbers beside NumPy's."""

import sys

import numpy as np
import pytest
from building import ROOT
from looking import figure, overflow, until, violations
from repaint import FRAME, repaint
from single import Module, assert_a_picture_stands

from lstm_edu import exported
from lstm_edu.activations import softmax
from lstm_edu.exported import ExportedModel
from lstm_edu.figures import LiveModel
from lstm_edu.figures.page_random import PageRandom
from lstm_edu.plotting.canvas import fixed, signed
from lstm_edu.trace import Trace

sys.path.append(str(ROOT / "tests" / "figures"))
from random_stacks import stack

LINE = "To be, or not to be"


@pytest.fixture(scope="module")
def network():
    return exported.load("shakespeare")


def live(**traits):
    return LiveModel("shakespeare", **({"text": LINE, "unit": 57, "name": "live"} | traits))


def field(page, name="live"):
    return figure(page, name).get_by_role("textbox", name="Type anything")


def visible(token):
    return {" ": "␣", "\n": "↵"}.get(token, token)


def written(probability):
    return "<0.01" if probability < 0.01 else fixed(probability, 2)


def assert_shows(page, network, text, time, unit=57, name="live"):
    """Hold the guesses and the gates that the figure shows against NumPy's."""
    shown = figure(page, name)
    p = network.probabilities(text)[time]
    order = np.argsort(-p, kind="stable")[:6]
    guesses = shown.locator("button.lstm-meter")
    expected = [f"{visible(network.vocabulary[k])}|{written(p[k])}" for k in order]
    read = """rows => rows.map((row) =>
        [row.querySelector(".lstm-meter-name").firstChild, row.lastChild]
            .map(({ textContent }) => textContent).join("|"))"""
    assert guesses.evaluate_all(read) == expected
    trace = network.trace(text)
    gates = shown.locator("span.lstm-meter").locator("visible=true")
    numbers = gates.locator(".lstm-meter-number").all_inner_texts()
    values = {name: getattr(trace, name)[0, time, unit] for name in Trace.quantities}
    assert numbers == [
        fixed(value) if name in "ifo" else signed(value) for name, value in values.items()
    ]


def caret(page):
    """Return which character is marked, counted from 0."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#live .lstm-tinted-ground span")]
            .findIndex((span) => span.hasAttribute("data-now"))"""
    )


def test_what_is_typed_is_read(show, network):
    page = show(live())
    assert_shows(page, network, LINE, 18)
    field(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(", Romeo!")
    assert_shows(page, network, LINE + ", Romeo!", 26)
    page.keyboard.press("Enter")
    assert_shows(page, network, LINE + ", Romeo!\n", 27)
    page.keyboard.press("Control+Home")
    page.keyboard.type("O ")
    assert_shows(page, network, "O " + LINE + ", Romeo!\n", 1)
    figure(page, "live").get_by_role("button", name="Original text").click()
    assert field(page).input_value() == LINE


def test_the_caret_is_the_cursor(show, network):
    page = show(live())
    field(page).focus()
    page.keyboard.press("Control+Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    until(page, "() => document.querySelectorAll('#live [data-now]').length === 1")
    page.wait_for_timeout(50)
    assert caret(page) == 3
    assert_shows(page, network, LINE, 3)
    box = page.locator("#live .lstm-tinted-ground span").nth(10).bounding_box()
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    page.wait_for_timeout(50)
    assert caret(page) == 10
    assert_shows(page, network, LINE, 10)


def test_every_tint_is_the_units_state(show, network):
    page = show(live())
    c = network.trace(LINE).c[0]
    for unit in (57, 56):
        shares = page.locator("#live .lstm-tinted-ground span").evaluate_all(
            """spans => spans.map(({ style, dataset }) =>
                parseFloat(style.getPropertyValue("--share"))
                * (dataset.sign === "negative" ? -1 : 1))"""
        )
        own = c[:, unit]
        limit = np.abs(own).max() * 55 / np.abs(shares).max()
        np.testing.assert_allclose(shares, 55 * own / limit, atol=1.1)
        assert 1 <= limit / np.abs(own).max() <= 1.6
        figure(page, "live").get_by_role("button", name="Unit below").click()


def test_it_writes_on_as_its_seed_says(show, network):
    page = show(live(seed=4, temperature=0.5))
    shown = figure(page, "live")
    text = LINE
    for _ in range(4):
        shown.get_by_role("button", name="Write one character").click()
        numbers = PageRandom(4).uniform(size=len(text) + 1)
        p = softmax(np.log(network.probabilities(text)[-1]) / 0.5)
        text += network.vocabulary[np.searchsorted(np.cumsum(p), numbers[-1], side="right")]
    assert field(page).input_value() == text
    shown.get_by_role("button", name="Take back").click()
    assert field(page).input_value() == LINE
    shown.get_by_role("button", name="Write on", exact=True).click()
    until(page, "n => document.querySelector('#live textarea').value.length > n", len(LINE) + 6)
    shown.get_by_role("button", name="Stop").click()
    long = field(page).input_value()
    assert long.startswith(text)
    page.wait_for_timeout(300)
    assert field(page).input_value() == long
    assert_shows(page, network, long, len(long) - 1)
    shown.get_by_role("button", name="Another").click()
    until(page, "n => document.querySelector('#live textarea').value.length > n", len(LINE) + 6)
    # Whoever goes into the text has it to themselves.
    field(page).focus()
    assert shown.get_by_role("button", name="Write on", exact=True).is_visible()
    long = field(page).input_value()
    page.wait_for_timeout(300)
    assert field(page).input_value() == long
    shown.get_by_role("button", name="Take back").click()
    assert field(page).input_value() == LINE
    field(page).fill("stop")
    page.wait_for_timeout(300)
    assert field(page).input_value() == "stop"


def test_a_finger_writes_what_it_presses(show, network):
    page = show(live(), width=390, has_touch=True)
    first = figure(page, "live").locator("button.lstm-meter").first
    token = network.top(LINE, 1)[0][0]
    first.tap()
    assert field(page).input_value() == LINE + token
    assert_shows(page, network, LINE + token, len(LINE))


def test_all_units_fold_out(show, network):
    page = show(live())
    shown = figure(page, "live")
    assert not shown.locator("canvas").is_visible()
    shown.get_by_text("All units (128)").click()
    box = shown.locator("canvas").bounding_box()
    page.mouse.click(box["x"] + 4.5 / 19 * box["width"], box["y"] + 20.5 / 128 * box["height"])
    assert_shows(page, network, LINE, 4, unit=20)
    shown.get_by_role("slider", name="Unit and token").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert_shows(page, network, LINE, 5, unit=21)


def test_what_cannot_be_read_is_said_and_kept(show, network):
    page = show(live())
    alert = figure(page, "live").get_by_role("alert")
    for text, why in {
        "😀": "“😀”, character 1",
        "": "at least one character",
        "a" * 100_000: "100000 characters",
        "<img src=x onerror=alert(1)>": "“<”, character 1",
    }.items():
        field(page).fill(text)
        assert why in alert.inner_text()
        assert field(page).input_value() == text
        assert_shows(page, network, LINE, 18)
        assert overflow(page) == []
    field(page).fill("ok")
    assert alert.count() == 0
    assert_shows(page, network, "ok", 1)


def test_a_classifier_says_where_it_made_up_its_mind(show):
    text = "ab b\n a€ bb a"
    data = stack("last step", 4) | {"labels": ["comedy", "history", "tragedy"]}
    shown = LiveModel(data, text=text, name="live")
    page = show(shown)
    for time in (12, 3):
        page.evaluate("t => { location.hash = `#live?time=${t}` }", time)
        until(page, "t => [...document.querySelectorAll('#live .lstm-tinted-ground span')]"
                    "[t].hasAttribute('data-now')", time)  # fmt: skip
        answers = ExportedModel(data).answers(text)
        numbers = page.locator("#live span.lstm-meter").locator("visible=true")
        assert numbers.locator(".lstm-meter-number").all_inner_texts()[:3] == [
            fixed(value) for value in answers[time]
        ]
    at = shown.decision()
    marked = page.evaluate(
        """() => [...document.querySelectorAll("#live .lstm-tinted-ground span")]
            .findIndex((span) => span.hasAttribute("data-decided"))"""
    )
    assert marked == at
    label = data["labels"][int(answers[-1].argmax())]
    assert label in page.locator("#live .lstm-live-verdict").inner_text()


@pytest.mark.parametrize("name", ["concat", "sum", "mul", "ave", "ends", "mean"])
def test_other_networks_are_shown(show, name):
    data = stack(name, 3)
    model = ExportedModel(data)
    text = "ab é€ ba b"
    shown = LiveModel(data, text=text, name="live")
    page = show(shown)
    rows = page.locator("#live .lstm-live-column").first.locator("span.lstm-meter")
    numbers = rows.locator(".lstm-meter-number").all_inner_texts()
    assert numbers == [fixed(value) for value in model.answers(text)[-1]]
    assert page.locator("#live .lstm-layers button").count() == len(model.cells)
    for layer in range(len(model.cells) if len(model.cells) > 1 else 0):
        page.locator("#live .lstm-layers button").nth(layer).click()
        shown.layer = layer
        last = page.locator("#live .lstm-live-column").last.locator(".lstm-meter-number")
        h = shown.run().h[0]
        back = list(model.cells)[layer].endswith("/backward")
        assert last.locator("visible=true").last.inner_text() == signed(h[0 if back else -1, 0])


def test_words_are_chips_and_the_unknown_is_told(show):
    data = stack("mean", 1)
    data |= {"unit": "word", "vocabulary": ["", "[UNK]", "to", "be", "or", "not", "that"]}
    data |= {"unknown": 1, "standardize": "lower_and_strip_punctuation", "labels": ["a", "b"]}
    page = show(LiveModel(data, text="To be, or nought", name="live"))
    chips = page.locator("#live .lstm-tinted-ground span")
    assert chips.all_inner_texts() == ["To", "be,", "or", "nought"]
    assert chips.nth(3).get_attribute("data-unknown") == ""
    field(page).fill("!?")
    assert "no word" in figure(page, "live").get_by_role("alert").inner_text()


def test_a_broken_network_leaves_the_others_alone(show, network, tmp_path):
    page = show(live(), LiveModel(stack("gru"), name="other"))
    html = (tmp_path / "page.html").read_text("utf-8")
    before, _, after = html.rpartition('"dtype": "float64"')
    (tmp_path / "page.html").write_text(f'{before}"dtype": "<b>"{after}', "utf-8")
    page.reload()
    figure(page, "other").get_by_role("alert").wait_for()
    assert "has dtype <b>; expected" in figure(page, "other").inner_text()
    figure(page, "live").locator(".lstm-live-model").wait_for()
    assert_shows(page, network, LINE, 18)


def test_links_and_addresses_set_it(show, network):
    prose = '<p><a href="#live?time=2&unit=3&temperature=2&seed=9&text=O%20Romeo">here</a></p>'
    page = show(live(), prose=prose, state="#live?time=7&unit=5&temperature=1.25")
    assert_shows(page, network, LINE, 7, unit=5)
    slider = figure(page, "live").get_by_role("slider", name="temperature").first
    assert slider.input_value() == "1.25"
    page.get_by_text("here", exact=True).click()
    assert_shows(page, network, "O Romeo", 2, unit=3)
    figure(page, "live").get_by_role("button", name="Reset").click()
    assert_shows(page, network, LINE, 18)


def test_a_hostile_address_is_only_text(show, network):
    page = show(
        live(),
        state="#live?time=1e9&unit=-1&layer=7&temperature=0&seed=1e99&__proto__=1"
        "&text=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    )
    assert "“<”, character 1" in figure(page, "live").get_by_role("alert").inner_text()
    assert_shows(page, network, LINE, 18)
    assert page.locator("main img:visible").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_use_it(show, theme, width):
    both = LiveModel(stack("ends", 2), name="says", text="ab ba")
    page = show(live(), both, theme=theme, width=width, reduced_motion="reduce")
    shown = figure(page, "live")
    assert violations(page) == []
    shown.get_by_role("button", name="Write on", exact=True).click()
    shown.get_by_text("All units (128)").click()
    shown.get_by_text("Keys").click()
    assert violations(page) == []
    assert overflow(page) == []
    field(page).fill("Ö")
    assert violations(page) == []


def test_it_keeps_its_width_on_a_small_phone(show):
    page = show(live(), LiveModel(stack("ends", 2), name="says", text="ab ba"), width=360)
    figure(page, "live").get_by_role("button", name="Write one character").click()
    figure(page, "live").get_by_text("All units (128)").click()
    field(page).fill("W" * 200)
    assert overflow(page) == []


def test_without_motion_it_writes_at_once(show):
    page = show(live(), reduced_motion="reduce")
    length = page.evaluate(
        """() => {
            document.querySelector("#live .lstm-write-on").click();
            return document.querySelector("#live textarea").value.length;
        }"""
    )
    assert length == len(LINE) + 40
    page.wait_for_timeout(300)
    assert len(field(page).input_value()) == length


def test_on_paper_and_without_javascript_its_picture_stands(show, browser):
    page = show(live())
    assert_a_picture_stands(page, browser)


def test_its_module_moves_with_a_kernel(show):
    data = stack("last step", 4)
    module = Module(show(live(name="other")), LiveModel(data, text="ab"))
    module.set(text="ab ba")
    typed = module.root.locator("textarea")
    assert typed.input_value() == "ab ba"
    module.set(layer=1)
    chosen = "buttons => buttons.map((button) => button.getAttribute('aria-pressed'))"
    assert module.root.locator(".lstm-layers button").evaluate_all(chosen) == ["false", "true"]
    typed.fill("ab b")
    left, saved = module.end(), module.saved()[-1]
    assert (saved["text"], saved["time"], saved["layer"]) == ("ab b", 3, 1)
    assert left == [0, 0]


@pytest.mark.timing
def test_a_keystroke_is_painted_within_a_frame(show, record_property):
    page = show(live(text=LINE * 4))
    milliseconds = repaint(page, "#live textarea", "type").median
    record_property("repaint LiveModel", round(milliseconds, 1))
    assert milliseconds <= FRAME
