"""A quick question in a page: by pointer and by keys, by day and by night, and on paper."""

import pytest
from looking import figure, overflow, violations
from single import opener

from lstm_edu.figures import Question

QUESTIONS = (
    Question(
        "How many weights has $W_f$ in `LSTM(64)` that reads 32 numbers a step?",
        answer=2048,
        hints={8192: "That is all four blocks of the kernel."},
        explain="32 rows, 64 columns.",
        name="count",
    ),
    Question(
        "Which gate scales the old state?",
        answer="The forget gate",
        options={"The input gate": "No, it scales g.", "The forget gate": "f · c."},
        name="which",
    ),
)


@pytest.fixture
def ask(browser, tmp_path):
    """A function that opens a page with both questions."""
    with opener(browser, tmp_path, *QUESTIONS) as open_:
        yield open_


def said(page, name):
    """Return how the question answered."""
    return figure(page, name).get_by_role("status").inner_text()


def test_keys_alone_answer_both(ask):
    page = ask()
    figure(page, "count").get_by_role("textbox").focus()
    page.keyboard.type("8192")
    page.keyboard.press("Enter")
    assert said(page, "count") == "Not so. That is all four blocks of the kernel."
    page.keyboard.press("Control+A")
    page.keyboard.type("2,048")
    page.keyboard.press("Enter")
    assert said(page, "count") == "Right. 32 rows, 64 columns."
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page, "which") == "Right. f · c."


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(ask, theme, width):
    page = ask(theme=theme, width=width)
    assert violations(page) == []
    figure(page, "which").get_by_role("button", name="The input gate").click()
    figure(page, "count").get_by_role("button", name="Show the answer").click()
    assert said(page, "count") == "2048. 32 rows, 64 columns."
    assert violations(page) == []
    figure(page, "which").get_by_role("button", name="The forget gate").click()
    assert violations(page) == []
    assert overflow(page) == []


def test_without_javascript_the_answer_can_be_unfolded(ask):
    page = ask(mount=False, java_script_enabled=False)
    plain = page.locator("#count .lstm-question-plain")
    assert not plain.get_by_text("32 rows").is_visible()
    plain.locator("summary").click()
    assert plain.get_by_text("2048. 32 rows, 64 columns.").is_visible()
