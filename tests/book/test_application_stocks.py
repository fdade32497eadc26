"""The forecaster of volatility on its page: its past bent by hand, HAR beside it, as in NumPy."""

import nbformat
import numpy as np
import pytest
from building import ROOT
from gallery import FIGURE
from looking import overflow, violations
from single import go, opener

from lstm_edu.figures import ForecastPlayground

NAME = "live"


@pytest.fixture
def play(browser, tmp_path):
    """A function that opens a page with the figure of the chapter alone."""
    with opener(browser, tmp_path, ForecastPlayground("volatility", now=472, name=NAME)) as open_:
        yield open_


def shown(page):
    data = page.locator(".lstm-forecast").evaluate("element => ({...element.dataset})")
    return {name: np.array(data[name].split(), float) for name in ("past", "forecast")}


def test_it_answers_as_numpy_does_and_shows_har_beside(play):
    page = play()
    expected = ForecastPlayground("volatility", now=472)
    np.testing.assert_allclose(shown(page)["forecast"], expected.forecasts["LSTM"], atol=1e-9)
    assert "15 September 2008" in page.locator(".lstm-forecast-date").text_content()
    go(page, NAME, "now=492&truth=shown&bends=1,4,-0.5")
    bent = ForecastPlayground("volatility", now=492, bends="1,4,-0.5")
    np.testing.assert_allclose(shown(page)["past"], bent.past, atol=1e-12)
    np.testing.assert_allclose(shown(page)["forecast"], bent.forecasts["LSTM"], atol=1e-9)
    told = page.locator(".lstm-readings").text_content()
    off = page.locator(".lstm-readings output").all_text_contents()
    assert "HAR" in told
    assert off == [f"{bent.errors[name]:.2f}" for name in ("LSTM", "season", "same")]
    page.get_by_role("button", name="5 days later").click()
    assert "20 October 2008" in page.locator(".lstm-forecast-date").text_content()
    names = page.locator("svg .lstm-axis text, svg text").all_text_contents()
    assert "Oct 2008" in names
    assert violations(page, within=".lstm-figure") == []


def test_on_a_phone_in_the_dark(play):
    page = play(width=390, theme="dark")
    go(page, NAME, "now=81&truth=shown&bends=3,4,1")
    assert violations(page) == []
    assert overflow(page) == []


def test_the_page_holds_this_figure_and_its_links_lead_into_it():
    notebook = nbformat.read(ROOT / "book" / "6_applications" / "4_stocks.ipynb", 4)
    html = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "text/html" in output.get("data", {})
    ]
    figures = [found for text in html for found in FIGURE.findall(text)]
    assert [(name, kind) for name, kind, _ in figures if kind != "Question"] == [
        (NAME, "ForecastPlayground")
    ]
    assert '"model": {"ref": "volatility"}' in html[0]
    first_screen = notebook.cells[0].source
    assert "loses" in first_screen  # where the network loses, the page says so at once
