"""The policy of the pages: they run and load their own files, and nothing else."""

import re

import pytest
from building import toc
from lstm_book.content_policy import MODE, policy

PAGES = [*toc(), "search"]


@pytest.mark.parametrize("name", PAGES)
def test_a_policy_stands_before_all_that_a_page_loads(book, name):
    html = (book / f"{name}.html").read_text("utf-8")
    head = html[html.index("<head>") : html.index("</head>")]
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', head)
    assert found[1].replace("&#39;", "'") == policy(MODE)
    assert not re.search("<script|<link|<style", head[: found.start()])
    assert "unsafe-eval" not in found[1]
    assert not re.search(r"script-src[^;]*unsafe-inline", found[1])


@pytest.mark.parametrize("files", [False, True], ids=["http", "file"])
def test_what_slips_into_a_page_is_not_run(browser, book, site, files):
    page = browser.new_page()
    root = book.as_uri() if files else site
    page.goto(f"{root}/{PAGES[0]}.html")
    refused = page.evaluate(
        """async () => {
            const refused = [];
            addEventListener("securitypolicyviolation", (event) =>
                refused.push(event.effectiveDirective));
            const trap = document.body.appendChild(document.createElement("div"));
            trap.innerHTML = '<img src="x:" onerror="window.fallen = true">';
            const script = document.createElement("script");
            script.textContent = "window.fallen = true";
            trap.append(script);
            // Later, since what the test itself runs may evaluate texts.
            setTimeout(() => (0, eval)("window.fallen = true"), 0);
            await fetch("http://127.0.0.1:9/").catch(() => null);
            await new Promise((done) => setTimeout(done, 300));
            return { fallen: window.fallen === true, refused: [...new Set(refused)].sort() };
        }"""
    )
    page.close()
    assert not refused["fallen"]
    wanted = ["connect-src", "img-src", "script-src", "script-src-attr", "script-src-elem"]
    assert refused["refused"] == wanted
