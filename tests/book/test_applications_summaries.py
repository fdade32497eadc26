"""The page on summaries: a text of the reader's own is read, and what is kept follows."""

import numpy as np
from looking import figure, overflow, until, violations

from lstm_edu import exported
from lstm_edu.figures import WordTagger

PAGE = "book/6_applications/1_summaries"
OWN = "The mean of each row is computed. Rows without numbers are left out of the result."
KEEPS = "kept => document.querySelector('#live .lstm-tagger').dataset.kept === kept"


def test_the_page_at_work(open_page):
    page = open_page(PAGE)
    begins = page.locator("main").inner_text()
    assert begins.index("Writing fails") < 1400
    assert "BSD-3-Clause" in begins
    tables = page.locator("table.lstm-results")
    best = tables.nth(0).get_by_role("row").filter(has_text="best").inner_text()
    assert best.startswith("logistic regression on a word and its neighbours")
    network = exported.load("summaries")

    def keeps(**setting):
        """Wait until the figure keeps of the reader's text what NumPy keeps of it."""
        expected = WordTagger(network, text=OWN, **setting)
        until(page, KEEPS, " ".join(map(str, expected.kept())))
        return expected

    shown = figure(page, "live")
    shown.get_by_role("textbox", name="Type your own").fill(OWN)
    expected = keeps(threshold=network.scores["threshold"])
    words = shown.get_by_role("slider", name="Words of the text")
    words.focus()
    page.keyboard.press("Home")
    for answer in expected.answers()[:3]:
        told = page.evaluate("document.querySelector('#live .lstm-tagger').dataset.answer")
        # A single output p is told as both: left out, and kept.
        assert np.abs(float(told.split()[-1]) - answer[-1]) < 1e-12
        page.keyboard.press("ArrowRight")
    page.get_by_role("link", name="eight best").click()
    keeps(select="words", best=8)
    page.get_by_role("link", name="best sentence").click()
    keeps(select="sentences", best=1)
    shown.get_by_role("button", name="by probability").click()
    page.get_by_role("link", name="Keep only words that are surer").click()
    keeps(threshold=0.2)
    shown.get_by_role("slider", name="kept from").focus()
    page.keyboard.press("Home")
    keeps(threshold=0.0)
    question = page.locator("#q-split")
    question.get_by_role("button", name="Too good").click()
    assert "both sides" in question.inner_text()
    assert violations(page, within=".lstm-figure") == []
    assert overflow(page) == []


def test_the_page_on_a_phone_in_the_dark(open_page):
    page = open_page(PAGE, theme="dark", width=390)
    assert overflow(page) == []
    assert violations(page, within=".lstm-figure") == []
