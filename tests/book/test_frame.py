"""The frame of the pages: day and night, contents, copying, where a chapter can be run."""

import json
import re

import pytest
from building import ROOT, toc
from looking import until

COLOURS = json.loads((ROOT / "lstm_edu" / "colours.json").read_text("utf-8"))
FIRST, CHAPTER = toc()[0], "book/3_algorithm"


def test_reader_chooses_day_or_night_and_it_is_kept(open_page):
    page = open_page(FIRST, theme="dark")
    theme = "document.documentElement.dataset.theme"
    button = page.locator(".book-side button.book-mode")
    assert button.get_attribute("aria-label") == "Colours: as the system"
    assert page.evaluate(theme) == "dark"
    button.click()
    assert button.get_attribute("aria-label") == "Colours: light"
    assert page.evaluate(theme) == "light"
    page.reload()
    assert page.evaluate(theme) == "light"
    button.click()
    assert page.evaluate(theme) == "dark"
    button.click()
    page.emulate_media(color_scheme="light")
    until(page, f"{theme} === 'light'")


def test_contents_open_and_close_by_key_on_a_phone(open_page):
    page = open_page(CHAPTER, width=390, mount=False)
    menu = page.locator("a.book-menu")
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    assert page.locator(".book-chapters").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.book-side') !== null")
    page.keyboard.press("Escape")
    assert not page.locator(".book-chapters").is_visible()
    assert page.evaluate("document.activeElement.matches('a.book-menu')")


def test_contents_name_the_section_in_view(open_page):
    page = open_page(CHAPTER)
    link = page.locator(".book-chapters li li a").last
    link.click()
    until(page, "link => link.hasAttribute('aria-current')", link.element_handle())
    assert page.locator(".book-chapters a[aria-current]").count() == 1


def test_skip_link_comes_first_and_leads_to_the_text(open_page):
    page = open_page(CHAPTER, mount=False)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_wide_code_in_a_fold_can_be_scrolled_by_key(open_page):
    page = open_page("book/5_code", width=390, mount=False)
    fold = page.locator("details:not([open]):has(pre)").first.element_handle()
    fold.query_selector("summary").click()
    until(page, "fold => fold.querySelector('pre').tabIndex === 0", fold)


def test_code_can_be_copied(open_page):
    allowed = ["clipboard-read", "clipboard-write"]
    page = open_page(CHAPTER, permissions=allowed, mount=False)
    block = page.locator("div[class*=highlight-]:visible:has(button.book-copy)").first
    block.get_by_role("button", name="Copy this code").click(force=True)
    assert page.evaluate("navigator.clipboard.readText()") == block.locator("pre").text_content()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_symbols_have_their_colour_in_equations_and_code(open_page, theme):
    page = open_page(CHAPTER, theme=theme)
    for symbol, colour in COLOURS[theme]["text"].items():
        rgb = tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))
        shown = page.evaluate(
            f"[...document.querySelectorAll('main .lstm-{symbol}')]"
            ".map(element => getComputedStyle(element).color)"
        )
        assert shown, f"no {symbol} in the chapter"
        assert set(shown) == {"rgb({}, {}, {})".format(*rgb)}


def test_search_finds_a_word_and_leads_there(open_page):
    page = open_page("search", files=True)
    page.locator("main input[name=q]").fill("forget")
    page.locator("main input[name=q]").press("Enter")
    hit = page.locator("#search-results li a").first
    hit.wait_for()
    hit.click()
    assert page.locator("main h1").is_visible()


def test_chapter_says_where_it_can_be_run(book):
    text = (book / f"{CHAPTER}.html").read_text("utf-8")
    line = re.search(r'<p class="book-run">.*?</p>', text)[0]
    repository = "lstm-gate-by-gate/lstm-gate-by-gate"
    assert f"mybinder.org/v2/gh/{repository}/main?urlpath=lab/tree/{CHAPTER}.ipynb" in line
    assert f"colab.research.google.com/github/{repository}/blob/main/{CHAPTER}.ipynb" in line
    assert (book / f"{CHAPTER}.ipynb").read_bytes() == (ROOT / f"{CHAPTER}.ipynb").read_bytes()
