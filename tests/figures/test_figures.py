"""The Python half of the figures: traits, errors, and what is stored in a page."""

import base64
import dataclasses
import doctest
import importlib
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
from random_models import model
from traitlets import TraitError

from lstm_edu import LSTM, exported
from lstm_edu.exported import ExportedModel
from lstm_edu.figures import CellStepper, GateHeatmap
from lstm_edu.figures.base import LONGEST_TEXT, STATIC
from lstm_edu.figures.sources import MOST_CELLS

OVER_RUNS = (CellStepper, GateHeatmap)
LINE = "To be, or not to be"


def trace(steps=5, units=4, examples=1, **options):
    lstm = LSTM.create(input_dim=3, units=units, seed=0, **options)
    x = np.random.default_rng(1).normal(size=(examples, steps, 3)).astype(lstm.params.kernel.dtype)
    return lstm(x)


@pytest.fixture(scope="module")
def shakespeare():
    return exported.load("shakespeare")


class Page(HTMLParser):
    """Elements and texts as a browser would find them."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.scripts, self._in_script = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_endtag(self, tag):
        self._in_script = False

    def handle_data(self, data):
        if self._in_script:
            self.scripts.append(data)

    @property
    def state(self):
        (script,) = self.scripts
        return json.loads(script)


class TestSources:
    def test_a_model_by_name_by_object_or_by_dict_is_the_same(self, shakespeare):
        figures = [
            GateHeatmap(m, text=LINE) for m in ("shakespeare", shakespeare, shakespeare.to_dict())
        ]
        assert all(figure.model == shakespeare.to_dict() for figure in figures)
        assert {figure.html() for figure in figures} == {figures[0].html()}

    @pytest.mark.parametrize("figure", OVER_RUNS)
    def test_it_shows_the_run_of_its_text(self, figure, shakespeare):
        shown = figure(shakespeare, text=LINE).run()
        np.testing.assert_array_equal(shown.c, shakespeare.trace(LINE).c)

    @pytest.mark.parametrize("dtype", [np.float32, np.float64])
    def test_it_shows_a_trace(self, dtype):
        given = trace(dtype=dtype)
        for source in (given, given.to_dict()):
            np.testing.assert_array_equal(GateHeatmap(trace=source).run().f, given.f)

    def test_it_shows_a_layer_of_several(self):
        stacked = ExportedModel(model(0, widths=[2, 3, 5]))
        figure = GateHeatmap(stacked, text="ab", layer=1, unit=4)
        assert figure.run().layer == "lstm_1"
        figure.layer = 0
        assert figure.unit == 2

    @pytest.mark.parametrize(
        ("error", "message", "given"),
        [
            (ValueError, "neither of model and trace", {}),
            (ValueError, "both of model and trace", {"model": "shakespeare", "trace": trace()}),
            (ValueError, "'macbeth'", {"model": "macbeth"}),
            (ValueError, "format of the model is 'x'", {"model": {"format": "x"}}),
            (TypeError, "model is a int", {"model": 3}),
            (TypeError, "trace is a list", {"trace": [1]}),
            (ValueError, r"3 examples; .*trace\.select\(example=0\)", {"trace": trace(examples=3)}),
            (ValueError, "format of the trace is 'y'", {"trace": {"format": "y"}}),
            (ValueError, "time of the trace is 0", {"trace": trace().to_dict() | {"time": 0}}),
            (ValueError, "i of the trace", {"trace": trace().to_dict() | {"units": 5}}),
            (ValueError, "h of the trace", {"trace": trace().to_dict() | {"h": "!!"}}),
            (TraitError, "one text only", {"trace": trace(), "text": "To be"}),
            (TypeError, "has no 'speed'; expected", {"trace": trace(), "speed": 2}),
        ],
    )
    def test_what_cannot_be_shown_is_refused(self, error, message, given):
        for figure in OVER_RUNS:
            with pytest.raises(error, match=message):
                figure(**given)

    def test_a_trace_keeps_its_activations_and_an_old_one_has_the_usual(self):
        other = {"activation": "softsign", "recurrent_activation": "hard_sigmoid"}
        data = dataclasses.replace(trace(), **other).to_dict()
        shown = CellStepper(trace=data).run()
        assert (shown.activation, shown.recurrent_activation) == ("softsign", "hard_sigmoid")
        old = {name: value for name, value in data.items() if name not in other}
        shown = CellStepper(trace=old).run()
        assert (shown.activation, shown.recurrent_activation) == ("tanh", "sigmoid")

    def test_numbers_that_are_none_are_refused(self):
        data = trace(dtype=np.float64).to_dict()
        data["c0"] = base64.b64encode(np.full(4, np.nan).tobytes()).decode()
        with pytest.raises(ValueError, match="c0 of the trace"):
            GateHeatmap(trace=data)

    def test_a_trace_too_large_for_a_page_is_refused(self):
        steps = MOST_CELLS // 100 + 1
        with pytest.raises(ValueError, match=r"500,000 at most.*trace\.select"):
            GateHeatmap(trace=trace(steps=steps, units=100))


class TestTraits:
    @pytest.mark.parametrize(
        ("message", "given"),
        [
            ("time is 19; expected 0 to 18", {"time": 19}),
            ("time is -1; expected 0 to 18", {"time": -1}),
            ("unit is 128; expected 0 to 127", {"unit": 128}),
            ("layer is 1; expected 0 to 0", {"layer": 1}),
            ("'time' trait", {"time": 1.5}),
            ("text is empty", {"text": ""}),
            ("character 'ö' at position 1", {"text": "Tö be"}),
            ("character '😀' at position 0", {"text": "😀"}),
            ("text has 401 characters; a figure reads 400", {"text": "a" * 401}),
            ("name is 'Heat map'", {"name": "Heat map"}),
            ("name is ''", {"name": ""}),
            ("group is '<b>'", {"group": "<b>"}),
        ],
    )
    def test_what_does_not_fit_is_refused(self, message, given):
        for figure in OVER_RUNS:
            with pytest.raises(TraitError, match=re.escape(message)):
                figure("shakespeare", **({"text": LINE} | given))

    @pytest.mark.parametrize(
        ("figure", "given"),
        [(GateHeatmap, {"gate": "z"}), (GateHeatmap, {"sort": "up"}), (CellStepper, {"step": 6})],
    )
    def test_its_own_traits_are_checked(self, figure, given):
        (name,) = given
        with pytest.raises(TraitError, match=name):
            figure(trace=trace(), **given)

    def test_a_refused_value_changes_nothing(self):
        figure = GateHeatmap("shakespeare", text=LINE, time=3)
        for name, value in {"time": 99, "text": "ö", "gate": "z", "model": None}.items():
            with pytest.raises(TraitError):
                setattr(figure, name, value)
        assert (figure.time, figure.text, figure.gate) == (3, LINE, "f")

    def test_the_cursor_stays_inside_a_shorter_text(self):
        figure = GateHeatmap("shakespeare", text=LINE, time=18)
        figure.text = "To be"
        assert figure.time == 4

    def test_the_browser_moves_it(self):
        figure = GateHeatmap("shakespeare", text=LINE)
        figure.set_state({"text": "To", "time": 1, "unit": 7, "gate": "c"})
        assert (figure.text, figure.time, figure.unit, figure.gate) == ("To", 1, 7, "c")

    def test_it_can_change_from_a_model_to_a_trace(self):
        figure = GateHeatmap("shakespeare", text=LINE, time=18, unit=100)
        with figure.hold_trait_notifications():
            figure.model, figure.text, figure.trace = None, "", trace()
            figure.time = figure.unit = 3
        assert figure.run().shape == (1, 5, 4)

    def test_links_name_it_after_its_class(self):
        assert GateHeatmap(trace=trace()).name == "gate-heatmap"

    def test_both_halves_read_equally_long_texts(self):
        source = (STATIC.parents[2] / "js" / "src" / "limits.ts").read_text(encoding="utf-8")
        assert re.search(r"LONGEST_TEXT = (\d+);", source).group(1) == str(LONGEST_TEXT)


@pytest.mark.parametrize("figure", OVER_RUNS)
class TestPage:
    def test_it_holds_state_and_picture(self, figure):
        data, _ = figure(
            "shakespeare", text=LINE, time=2, group="hamlet", name="one"
        )._repr_mimebundle_()
        page = Page(data["text/html"])
        assert page.elements[0] == (
            "div",
            {"class": "lstm-figure", "id": "one", "data-figure": figure.__name__},
        )
        assert page.state["model"] == {"ref": "shakespeare"}
        assert (page.state["text"], page.state["time"], page.state["group"]) == (LINE, 2, "hamlet")
        ((_, image),) = [element for element in page.elements if element[0] == "img"]
        assert "19" in image["alt"]
        svg = unquote(image["src"].removeprefix("data:image/svg+xml;charset=utf-8,"))
        assert ElementTree.fromstring(svg).tag.endswith("svg")
        assert "application/vnd.jupyter.widget-view+json" in data

    def test_it_is_the_same_at_every_run(self, figure):
        bundles = [figure("shakespeare", text=LINE)._repr_mimebundle_()[0] for _ in range(2)]
        assert bundles[0]["text/html"] == bundles[1]["text/html"]
        assert bundles[0]["text/plain"] == bundles[1]["text/plain"]
        assert figure.__name__ in bundles[0]["text/plain"]
        assert "0x" not in bundles[0]["text/plain"]

    def test_a_model_of_the_readers_own_stands_in_the_page_whole(self, figure):
        own = model(0, widths=[2, 3])
        assert Page(figure(own, text="ab").html()).state["model"] == own

    def test_no_text_can_leave_its_place(self, figure):
        hostile = '</script><img src=x onerror="alert(1)"><!-- " & \' é\u2028'
        tokens = ("</script>", "<b>", "&amp;", "]]>", "<!--")
        data = trace().to_dict() | {"tokens": list(tokens), "layer": hostile}
        page = Page(figure(trace=data).html())
        assert [tag for tag, _ in page.elements] == ["div", "script", "div", "img"]
        assert page.state["trace"]["tokens"] == list(tokens)

    def test_both_hosts_find_its_browser_half(self, figure):
        shown = figure(trace=trace())
        assert "export{" in str(shown._esm)
        assert "--lstm-fill-f" in str(shown._css)
        assert (STATIC / "figures" / f"{figure.__name__}.js").exists()


def test_the_script_of_a_page_is_light():
    """Its figures come on top, see tests/book/test_speed.py."""
    assert (STATIC / "page.js").stat().st_size <= 75_000
    assert "colours.css" in {path.name for path in STATIC.iterdir()}


@pytest.mark.parametrize("module", ["gate_heatmap", "cell_stepper", "page", "sources"])
def test_docstrings_tell_the_truth(module):
    failures, _ = doctest.testmod(importlib.import_module(f"lstm_edu.figures.{module}"))
    assert failures == 0
