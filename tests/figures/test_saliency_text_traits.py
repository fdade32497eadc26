"""The Python half of the SaliencyText: its traits, what it refuses, and the page's numbers."""

import doctest
import json
import re

import numpy as np
import pytest
from random_models import model, text
from random_stacks import stack
from traitlets import TraitError

from lstm_edu import exported
from lstm_edu.exported import ExportedModel
from lstm_edu.figures import SaliencyText, saliency_text
from lstm_edu.figures.base import LONGEST_TEXT, STATIC
from lstm_edu.saliency import saliency

LINE = "To be, or not to be: that is"


def figure(**traits):
    return SaliencyText("shakespeare", **{"text": LINE, "time": 17} | traits)


class TestNumbers:
    @pytest.mark.parametrize("pace", [1, 3, 64])
    def test_the_page_and_numpy_agree(self, engine, pace):
        cases, expected = [], []
        for seed in range(8):
            data, line = model(seed), text(seed, 1 + 7 * seed)
            network, time = ExportedModel(data), (3 * seed) % (1 + 7 * seed)
            output = network.labels[seed % len(network.labels)]
            cases.append(
                {"kind": "saliency", "model": data, "text": line, "time": time, "output": output}
                | {"pace": pace}
            )
            options = (network, line, time, output)
            expected.append(
                {name: saliency(*options, measure=name) for name in ("product", "norm")}
            )
        for answer, own in zip(engine(*cases), expected, strict=True):
            assert answer["reached"] == 0
            for name, values in own.items():
                found = answer[name]
                scale = max(1.0, np.abs(values).max())
                np.testing.assert_allclose(found, values[: len(found)], rtol=0, atol=1e-10 * scale)
                assert not values[len(found) :].any()

    def test_a_whole_page_of_the_books_network(self, engine):
        network = exported.load("shakespeare")
        line = (LINE + " the question: ") * 9
        line = line[:LONGEST_TEXT]
        case = {"kind": "saliency", "model": network.to_dict(), "text": line, "output": "e"}
        (answer,) = engine(case | {"time": len(line) - 1, "pace": 64})
        for name in ("product", "norm"):
            own = saliency(network, line, output="e", measure=name)
            np.testing.assert_allclose(answer[name], own, rtol=0, atol=1e-10)

    def test_the_output_asked_for(self):
        network = exported.load("shakespeare")
        assert figure().asked() == network.top(LINE[:18], 1)[0][0]
        assert figure(output="real").asked() == LINE[18]
        assert figure(output="q").asked() == "q"
        end = figure(output="real", time=len(LINE) - 1)
        assert end.asked() == network.top(LINE, 1)[0][0]
        for measure in ("product", "norm"):
            own = figure(output="q", measure=measure).saliency()
            expected = saliency(network, LINE, 17, "q", measure=measure)
            np.testing.assert_array_equal(own, expected)


class TestTraits:
    def test_its_state(self):
        state = {"model", "trace", "text", "layer", "group", "time", "unit", "output", "measure"}
        assert set(figure().traits(sync=True, state=True)) == state
        assert figure().name == "saliency-text"
        assert (
            repr(figure(output="e")) == "SaliencyText(model='shakespeare', "
            f"text={LINE!r}, time=17, output='e', measure='product')"
        )

    def test_a_trace_holds_no_way_back(self):
        trace = exported.load("shakespeare").trace(LINE)
        with pytest.raises(ValueError, match=r"give the model: SaliencyText\(model, text=…\)"):
            SaliencyText(trace=trace)
        with pytest.raises(ValueError, match="neither of model and trace is given"):
            SaliencyText()
        shown = figure()
        with pytest.raises(TraitError, match="trace must stay None"):
            shown.trace = trace
        with pytest.raises(TraitError, match="model is None"):
            shown.model = None
        assert shown.trace is None
        assert shown.model["name"] == "shakespeare"

    @pytest.mark.parametrize("name", ["gru", "concat", "sum", "mean", "ends"])
    def test_a_model_of_another_kind_is_refused(self, name):
        with pytest.raises(ValueError, match="expected one that reads a text through Embedding"):
            SaliencyText(stack(name), text="ab")

    @pytest.mark.parametrize("wrong", ["", "ee", "é", 3, None])
    def test_an_output_that_it_does_not_have_is_refused(self, wrong):
        shown = figure(output="e")
        with pytest.raises(TraitError):
            shown.output = wrong
        with pytest.raises(TraitError):
            figure(output=wrong)
        assert shown.output == "e"
        with pytest.raises(TraitError, match="expected 'likeliest', 'real', or one of the model's"):
            shown.output = "é"
        with pytest.raises(TraitError):
            figure(measure="squared")

    def test_another_model_gets_an_output_that_it_has(self):
        shown = figure(output="e", text="a b", time=0)
        with shown.hold_trait_notifications():
            shown.model, shown.text = model(2), "ab"
        assert shown.output == "likeliest"

    def test_the_browser_moves_it(self):
        shown = figure()
        shown.set_state({"time": 3, "output": "real", "measure": "norm"})
        assert (shown.time, shown.asked(), shown.measure) == (3, "e", "norm")


class TestPage:
    def test_it_holds_state_and_picture(self):
        html = figure(name="one", output="e").html()
        assert html == figure(name="one", output="e").html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert (state["output"], state["measure"], state["time"]) == ("e", "product", 17)
        assert state["model"] == {"ref": "shakespeare"}
        assert 'id="one" data-figure="SaliencyText"' in html

    def test_the_picture_is_of_the_whole_text(self):
        picture = figure(text=LINE * 4, output="q").picture()
        assert picture.count(">T<") == 4
        assert ">q<" in picture
        assert "expectation “q”" in figure(output="q").description()

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "SaliencyText.mjs").read_text("utf-8")


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(saliency_text)
    assert failures == 0
    assert tests > 0
