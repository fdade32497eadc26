"""The parts of the Sphinx extension that need no page."""

import codecs

import pytest
from docutils import nodes
from lstm_book import bibliography, contents, markup, page_assets
from lstm_book.symbols import coloured, coloured_code


@pytest.mark.parametrize(
    ("latex", "result"),
    [
        ("f_t", r"\htmlClass{lstm-f}{f_t}"),
        ("c_{t-1}", r"\htmlClass{lstm-c}{c_{t-1}}"),
        ("c_T", r"\htmlClass{lstm-c}{c_T}"),
        ("W_f x_t", r"\htmlClass{lstm-f}{W_f} \htmlClass{lstm-x}{x_t}"),
        ("U_{o}", r"\htmlClass{lstm-o}{U_{o}}"),
        (r"\partial c_t", r"\partial \htmlClass{lstm-c}{c_t}"),
        ("W_{fx}", "W_{fx}"),
        ("p_i", "p_i"),
        ("exp_t", "exp_t"),
        (r"\sum_{i} q_i", r"\sum_{i} q_i"),
    ],
)
def test_symbols_are_found_in_equations(latex, result):
    assert coloured(latex, inline=False) == result


@pytest.mark.parametrize(
    ("latex", "result"),
    [
        ("g", r"\htmlClass{lstm-g}{g}"),
        ("f = 1", r"\htmlClass{lstm-f}{f} = 1"),
        (r"h_t \in H", r"\htmlClass{lstm-h}{h_t} \in H"),
        ("f(x)", "f(x)"),
        ("t", "t"),
    ],
)
def test_symbols_that_stand_alone_are_found_in_a_line_of_text(latex, result):
    assert coloured(latex, inline=True) == result


def test_names_in_code_have_their_symbol_s_colour_unless_they_count():
    gate = '<pre><span class="n">f</span> <span class="n">W_f</span></pre>'
    assert coloured_code(gate).count("lstm-f") == 2
    loop = (
        '<pre><span class="k">for</span> <span class="n">i</span> <span class="ow">in</span> '
        '<span class="n">f</span> <span class="n">i</span></pre>'
    )
    assert "lstm-i" not in coloured_code(loop)
    assert "lstm-f" in coloured_code(loop)
    assert "lstm" not in coloured_code('<pre><span class="n">of</span></pre>')


class Asset:
    def __init__(self, filename):
        self.filename = filename


@pytest.mark.parametrize(
    ("filename", "body", "used"),
    [
        ("lstm/page.js", '<div class="lstm-figure" id="a">', True),
        ("lstm/page.js", "<p>no figure</p>", False),
        ("_static/lstm/frame.css", "", True),
        ("lstm/katex/katex.min.css", '<span class="katex">', True),
        ("lstm/katex/katex.min.css", "<p>", False),
        ("sphinx-design.min.css", '<details class="sd-card">', True),
        ("styles/unknown.css", '<span class="katex">', False),
        (None, "", False),
    ],
)
def test_page_loads_what_it_uses(filename, body, used):
    assert page_assets.is_used(Asset(filename), body) is used


def test_control_without_a_kernel_becomes_a_note():
    output = (
        '<div class="output text_plain highlight-myst-ansi notranslate"><div class="highlight">'
        "<pre><span></span>interactive(children=(IntSlider(value=3), ...))\n</pre></div>\n</div>"
    )
    page = {"body": f"<h1>3 Algorithm</h1>{output}<p>interactive(children=</p>"}
    markup.mend(None, "", "", page, None)
    assert markup.WIDGET_NOTE in page["body"]
    assert "IntSlider" not in page["body"]
    assert '<span class="book-number">3</span> Algorithm' in page["body"]
    assert "<p>interactive(" in page["body"]


def test_no_line_ends_before_a_per_cent_sign():
    numbers = nodes.paragraph("", "", nodes.Text("from 5 to "), nodes.strong("", "84"))
    numbers += [nodes.Text(" % of them, 100 % in all"), nodes.literal("", "7 %3, 7 % 3")]
    markup.keep_together(None, numbers, "")
    nbsp = "\N{NO-BREAK SPACE}"
    assert numbers.astext() == f"from 5 to 84{nbsp}% of them, 100{nbsp}% in all7 %3, 7 % 3"


def test_open_chapter_shows_its_sections():
    link = '<a class="current reference internal" href="#">3 Algorithm</a>'
    page = {
        "toctree": lambda **_: f"<ul><li>{link}</li></ul>",
        "toc": '<ul>\n<li><a href="#">3</a><ul>\n<li><a href="#a">A</a></li>\n</ul>\n</li>\n</ul>',
    }
    contents.offer(None, "", "", page, None)
    assert f'{link}<ul>\n<li><a href="#a">A</a></li>\n</ul>' in page["chapters"]()


def test_no_package_answers_for_every_codec():
    bibliography.setup(None)
    with pytest.raises(LookupError):
        codecs.lookup("no-such-codec")
