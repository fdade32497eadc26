"""What the Sphinx extension makes of a page's Markdown."""

import os
import re
import subprocess
import sys

import pytest
from building import ROOT

CONF = """
extensions = ["myst_nb", "lstm_book"]
html_theme = "lstm_book"
html_math_renderer = "katex"
myst_enable_extensions = ["colon_fence", "dollarmath"]
"""
PAGE = r"""
# 7 Title

[Shut it](#stepper?time=3&unit=5) by $\class{f}{f} = 0$.

:::{admonition} A *solution*
:class: dropdown
It is $c_t$.
:::

:::{tip}
:class: dropdown open
Try.
:::

$$c_t = f_t \odot c_{t-1}$$ (eq-c)

```python
c = f * c
```

<div class="lstm-figure" id="stepper"></div>
"""


def build(folder, page):
    """Build one page, and return it with the warnings."""
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "index.md").write_text(page, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", str(folder), str(folder / "html")],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "book" / "_ext"), "NO_COLOR": "1"},
    )
    assert run.returncode == 0, run.stderr
    return (folder / "html" / "index.html").read_text("utf-8"), run.stderr


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    html, warnings = build(tmp_path_factory.mktemp("page"), PAGE)
    assert warnings == ""
    return html


def test_link_to_a_figure_s_state_is_a_plain_link(page):
    link = re.search(r'<a class="([^"]*)" href="#stepper\?time=3&amp;unit=5">Shut it</a>', page)
    assert "lstm-set" in link[1].split()


def test_formula_is_set_and_coloured(page):
    assert page.count('class="katex"') == 3
    assert re.search(r'<span class="enclosing lstm-f"><span class="mord mathnormal"', page)
    assert len(re.findall('<span class="enclosing lstm-c">', page)) == 3
    assert '<span class="eqno">(1)' in page


def test_dropdown_is_a_details_element(page):
    assert '<details class="dropdown"><summary>A <em>solution</em></summary>' in page
    assert '<details class="dropdown open" open=""><summary>Tip</summary>' in page


def test_code_has_the_symbols_colours(page):
    code = re.search(r"<pre>.*?</pre>", page, re.DOTALL)[0]
    assert code.count("lstm-c") == 2
    assert code.count("lstm-f") == 1


def test_page_with_a_figure_loads_its_script(page):
    assert re.search(r'<script defer="defer" src="_static/lstm/page.js[^"]*">', page)


MISTAKES = r"""
# Mistakes

$\frac{1}$

$\nonsense$

![](icon.svg)
"""


def test_mistakes_are_warnings_that_say_where(tmp_path):
    (tmp_path / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    _, warnings = build(tmp_path, MISTAKES)
    assert re.search(r"index\.md:4: WARNING: KaTeX parse error", warnings)
    assert re.search(r"index\.md:6: WARNING: .*Undefined control sequence", warnings)
    assert "index.md:8: WARNING: a picture has no description" in warnings
