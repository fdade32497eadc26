"""The SoundExplorer in a page: edited by hand and by keys, and its answers NumPy's."""

import re

import numpy as np
import pytest
from looking import overflow, too_small, violations
from repaint import FRAME, MARGIN, repaint
from single import Module, assert_a_picture_stands, go, opener

from lstm_edu import exported
from lstm_edu.figures import SoundExplorer

NAME = "sound-explorer"
PLAIN = {
    **{"recording": 14, "other": 0, "share": 0, "covers": "none", "head": 0, "tail": 0},
    **{"stretch": 100, "direction": "forwards"},
}


@pytest.fixture
def play(browser, tmp_path):
    """A function that opens a page with a SoundExplorer alone, from the file system."""
    with opener(browser, tmp_path, SoundExplorer(recording=14)) as open_:
        yield open_


def agrees(page, **edits):
    """Compare what is shown with NumPy."""
    figure = SoundExplorer(**PLAIN | edits)
    data = page.locator(".lstm-sound").evaluate("element => ({...element.dataset})")
    found = np.array(data["answers"].split(), float).reshape(-1, 10)
    np.testing.assert_allclose(found, figure.answers, rtol=0, atol=1e-12)
    assert int(data["decided"]) == figure.decided
    said = figure.model["labels"][figure.answers[-1].argmax()]
    assert f"hears “{said}”" in page.locator(".lstm-told-state").text_content()
    return figure


def test_its_answers_are_numpys(play):
    page = play()
    agrees(page)
    random = np.random.default_rng(0)
    for _ in range(8):
        start = int(random.integers(0, 6))
        edits = {
            "recording": int(random.integers(20)),
            "other": int(random.integers(20)),
            "share": int(random.integers(101)) * int(random.integers(2)),
            "covers": f"{start}-{start + 1};{start + 3}-{start + 4}",
            "head": int(random.integers(4)),
            "tail": int(random.integers(4)),
            "stretch": int(random.integers(50, 151)),
            "direction": str(random.choice(["forwards", "backwards"])),
        }
        go(page, NAME, "&".join(f"{name}={value}" for name, value in edits.items()))
        agrees(page, **edits)


def drag(page, x, y, to):
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to) / 2, y)
    page.mouse.move(to, y)
    page.mouse.up()


def test_it_is_worked_by_hand(play):
    page = play()
    field = page.locator(".lstm-sound-strip .field")
    box = field.bounding_box()
    wide, y = box["width"] / 16, box["y"] + 20
    at = lambda frame: box["x"] + (frame + 0.5) * wide  # noqa: E731
    drag(page, at(5), y, at(7))
    agrees(page, covers="5-7")
    page.mouse.click(at(6), y)
    agrees(page, covers="5-5;7-7")
    page.get_by_role("button", name="Uncover").click()
    drag(page, box["x"], box["y"] + 60, box["x"] + 2 * wide)
    drag(page, box["x"] + 16 * wide, box["y"] + 60, box["x"] + 11 * wide)
    agrees(page, head=2, tail=5)
    page.get_by_role("button", name="Backwards").click()
    agrees(page, head=2, tail=5, direction="backwards")
    page.get_by_role("combobox", name="Which recording is blended in").select_option("12")
    agrees(page, head=2, tail=5, direction="backwards", other=12, share=50)
    page.get_by_role("button", name="Next recording").click()
    agrees(page, recording=15, direction="backwards", other=12, share=50)
    page.get_by_role("button", name="Reset").click()
    agrees(page)
    over = page.locator(".lstm-sound-time").bounding_box()
    page.mouse.click(over["x"] + 60, over["y"] + 60)
    assert (
        page.get_by_role("slider", name="Frame that is read").get_attribute("aria-valuenow") == "1"
    )


def test_it_is_worked_by_keys(play):
    page = play()
    page.get_by_role("slider", name="Frame of the recording").focus()
    for key in ("ArrowRight", "Space", "ArrowRight", "Space", "b"):
        page.keyboard.press(key)
    agrees(page, covers="1-2", direction="backwards")
    page.get_by_role("slider", name="Frames cut off at the end").focus()
    page.keyboard.press("ArrowLeft")
    agrees(page, covers="1-2", direction="backwards", tail=1)
    assert page.locator(".lstm-sound [aria-pressed=true]", has_text="forget").count() == 1
    page.keyboard.press("c")
    assert page.locator(".lstm-sound [aria-pressed=true]", has_text="cell").count() == 1


def test_hostile_addresses_do_nothing(play):
    page = play(f"#{NAME}?recording=1e9&covers=<img src=x onerror=throw(1)>&gate=__proto__&model=x")
    agrees(page)
    go(page, NAME, "recording=3&head=60&tail=60&covers=0-999&time=120")
    figure = SoundExplorer(recording=3)
    assert len(figure.frames) == 12
    agrees(page, recording=3, head=9, covers="0-11")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_everyone_can_read_it(play, browser, theme, width):
    page = play(theme=theme, width=width, reduced_motion="reduce")
    assert overflow(page) == []
    assert too_small(page.locator(".lstm-sound")) == []
    go(page, NAME, "covers=3-5&head=1&tail=2&direction=backwards&gate=h&share=40")
    page.get_by_text("Keys", exact=True).click()
    page.get_by_role("slider", name="Length").focus()
    assert violations(page) == []
    assert overflow(page) == []
    action = "element => getComputedStyle(element).touchAction"
    for part in (".field", ".handle", ".lstm-sound-time"):
        assert (
            page.locator(f".lstm-sound {part}" if part[1] != "l" else part).first.evaluate(action)
            == "pan-y"
        )
    assert_a_picture_stands(page, browser)


def test_its_module_moves_with_a_kernel(play):
    page = play()
    # A model that the package does not hold stands in the state itself.
    model = exported.load("digits").annotated(scores={})
    module = Module(page, SoundExplorer(model, recording=2))
    module.set(direction="backwards")
    assert "hears “nine”" in module.root.locator(".lstm-told-state").text_content()
    module.click("button:text('Backwards')")
    assert module.saved()[-1]["direction"] == "forwards"
    assert module.end() == [0, 0]


@pytest.mark.timing
def test_an_edit_is_painted_within_a_frame(play):
    """The longest recording half as long again: 44 frames, and as many beginnings of it."""
    page = play(f"#{NAME}?recording=12&stretch=150", reduced_motion="reduce")
    assert re.search("of 44", page.locator(".lstm-told-state").text_content())
    found = repaint(page, ".lstm-sound-strip .handle:last-child", "key")
    assert found.median <= MARGIN * FRAME, found
