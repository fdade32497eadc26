"""The page on radar: its player forecasts what NumPy does, by pointer, key and link; it stands."""

import json

import numpy as np
from looking import figure, until, violations

from lstm_edu.figures import NowcastPlayer

PAGE = "book/6_applications/5_radar"
READY = "() => document.querySelector('#live .lstm-nowcast')?.dataset.ready === 'true'"
TOLD = "words => document.querySelector('#live .lstm-told-state').textContent.includes(words)"


def assert_numpys(page, **settings):
    """Hold the scores in the page against NumPy's."""
    until(page, READY)
    found = json.loads(page.locator("#live .lstm-nowcast").get_attribute("data-scores"))
    for name, scores in NowcastPlayer(**settings).scores.items():
        for measure, expected in scores.items():
            np.testing.assert_allclose(found[name][measure], expected, rtol=0, atol=1e-12)


def test_the_page_at_work(open_page):
    page = open_page(PAGE)
    begins = page.locator("main").inner_text()[:1500]
    assert "There the ConvLSTM wins" in begins
    assert "On a real storm it loses" in begins
    assert "does not transfer" in begins
    assert "SIMULATED" in page.locator("main").inner_text()
    shown = figure(page, "live")
    assert_numpys(page, seed=3)

    shown.get_by_role("slider", name="Frame").focus()
    page.keyboard.press("End")
    until(page, TOLD, "6 steps ahead")
    page.keyboard.press("Home")
    until(page, TOLD, "Frame 1 of 6 that are read")
    shown.get_by_role("button", name="Play").click()
    until(page, TOLD, "Frame 3 of 6")
    shown.get_by_role("button", name="Pause").click()

    page.get_by_role("link", name="Place two cells").click()
    until(page, TOLD, "4 steps ahead")
    assert_numpys(page, seed=3, cells="10.0,10.0;22.0,20.0")
    shown.get_by_role("slider", name="Wind").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    assert_numpys(page, seed=3, cells="10.0,10.0;22.0,20.0", wind="0.0,-0.1")
    shown.get_by_role("button", name="Reset").click()
    shown.locator(".field").click(position={"x": 40, "y": 60})
    placed = shown.get_by_role("button", name="Take away what was placed")
    assert placed.get_attribute("aria-disabled") is None
    placed.click()

    page.get_by_role("link", name="the real storm").click()
    until(page, TOLD, "3 hours ahead")
    assert_numpys(page, rain="storm", network="storm")
    page.get_by_role("link", name="only simulated rain").click()
    assert_numpys(page, rain="storm", network="simulated")
    shown.locator("summary", has_text="Inside the network").click()
    assert "forget gate f" in shown.inner_text()
    assert violations(page, within=".lstm-figure") == []


def test_it_fits_a_phone_in_the_dark(open_page):
    page = open_page(PAGE, theme="dark", width=390)
    until(page, READY)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page, within=".lstm-figure") == []
