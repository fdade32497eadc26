import copy
import json

import numpy as np
import pytest
from small_models import VOCABULARY, data, layers, model

from lstm_edu import Trace, exported, lstm_step, packing


def by_hand(small, text):
    """Run the text step by step, each line one printed equation."""
    (lstm,) = small.lstms.values()
    weights = {
        name: packing.unpack(tensor)
        for name, tensor in small.to_dict()["layers"][-1]["weights"].items()
    }
    h = c = np.zeros(lstm.units)
    steps = []
    for character in text:
        x = small.embeddings[VOCABULARY.index(character)]
        step = lstm_step(x, h, c, lstm.params)
        h, c = step.h, step.c
        z = h @ weights["kernel"] + weights["bias"]
        steps.append((step, np.exp(z) / np.exp(z).sum()))
    return steps


def test_a_run_is_that_of_the_equations_in_float64():
    small, text = model(), "ab é\nba"
    trace, p = small.trace(text), small.probabilities(text)
    assert isinstance(trace, Trace)
    assert trace.dtype == p.dtype == np.float64
    for t, (step, expected) in enumerate(by_hand(small, text)):
        for name, values in step._asdict().items():
            np.testing.assert_allclose(getattr(trace, name)[0, t], values, rtol=0, atol=1e-14)
        np.testing.assert_allclose(p[t], expected, rtol=1e-13)


def test_a_trace_knows_its_characters_its_layer_and_its_weights():
    trace = model().trace("a\nb")
    assert trace.tokens == ("a", "\n", "b")
    assert trace.layer == "lstm_0"
    assert trace.params.kernel.shape == (3, 16)
    assert trace.to_dict()["tokens"] == ["a", "\n", "b"]
    assert not trace.h0.any()


def test_stacked_layers_are_run_and_traced_each():
    small = model(layers=layers((3, 4, 2)))
    below, above = small.trace("ab"), small.trace("ab", layer="lstm_1")
    np.testing.assert_array_equal(above.x, below.h)
    assert above.shape == (1, 2, 2)
    with pytest.raises(ValueError, match="layer is 'lstm_2'; expected one of lstm_0, lstm_1"):
        small.trace("ab", layer="lstm_2")


def test_a_batch_is_read_as_each_text_by_itself():
    small = model()
    ids = np.array([small.encode("ab a"), small.encode("é b\n")])
    _, together = small.run(ids)
    np.testing.assert_allclose(together[1], small.probabilities("é b\n"), rtol=1e-13)


def test_the_likeliest_next_characters():
    small = model()
    last = small.probabilities("ab")[-1]
    top = small.top("ab", 3)
    assert [p for _, p in top] == sorted(last, reverse=True)[:3]
    assert top[0][0] == VOCABULARY[int(last.argmax())]
    assert sum(p for _, p in small.top("ab", 5)) == pytest.approx(1)


def test_a_sample_continues_its_prompt():
    small = model()
    text = small.sample("ab", 30, seed=5)
    assert len(text) == 30
    assert text == small.sample("ab", 30, seed=5)
    assert text != small.sample("ab", 30, seed=6)
    assert text[:7] == small.sample("ab", 7, seed=5)
    assert small.sample("ab", 0) == ""


def test_a_cold_sample_is_the_likeliest_character_each_time():
    small, text = model(), "b"
    for character in small.sample("b", 12, temperature=1e-6):
        assert character == small.top(text, 1)[0][0]
        text += character


def test_a_sample_is_drawn_from_the_models_own_expectation():
    small = model()
    p = small.probabilities("a b")[-1]
    drawn = [small.sample("a b", 1, seed=seed) for seed in range(2000)]
    share = np.array([drawn.count(character) for character in VOCABULARY]) / 2000
    # Four standard errors.
    assert (np.abs(share - p) < 4 * np.sqrt(p * (1 - p) / 2000) + 1e-3).all()


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("ab\tc", ValueError, r"character '\\t' at position 2 is unknown to 'small'; it knows"),
        ("abX", ValueError, "character 'X' at position 2"),
        ("", ValueError, "text is empty; give at least one character"),
        (b"ab", TypeError, "text is a bytes; expected a string"),
        (None, TypeError, "text is a NoneType"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_the_place(text, error, message):
    small = model()
    for read in (small.encode, small.trace, small.probabilities, small.top):
        with pytest.raises(error, match=message):
            read(text)
    with pytest.raises(error, match=message):
        small.sample(text, 3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": -1}, "n is -1"),
        ({"n": 3, "temperature": 0}, "temperature is 0"),
        ({"n": 3, "temperature": float("nan")}, "temperature is nan"),
    ],
)
def test_a_sample_that_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        model().sample("ab", **arguments)


def test_other_senseless_arguments_are_refused():
    with pytest.raises(ValueError, match="k is 6; expected a whole number from 1 to 5"):
        model().top("a", 6)
    with pytest.raises(ValueError, match="ids holds 5; expected integers from 0 to 4"):
        model().run(np.array([[0, 5]]))
    with pytest.raises(ValueError, match="record is 'score'"):
        model().annotated(score={})


def broken(change):
    broken_data = data()
    change(broken_data)
    return broken_data


def set_layer(k, **values):
    return lambda d: d["layers"][k].update(values)


def set_weight(k, name, *shape):
    tensor = packing.pack(np.zeros(shape))
    return lambda d: d["layers"][k]["weights"].update({name: tensor})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda d: d.update(format="lstm_edu.model/3"),
            "format of the model is 'lstm_edu.model/3'",
        ),
        (
            lambda d: d["layers"].pop(),
            "layers are Embedding, LSTM; expected Embedding, LSTM, Dense",
        ),
        (lambda d: d["layers"].clear(), "layers are none"),
        (lambda d: d["vocabulary"].__setitem__(2, "ab"), "expected single characters, each once"),
        (lambda d: d["vocabulary"].__setitem__(2, "b"), "expected single characters, each once"),
        (lambda d: d["vocabulary"].pop(), r"embeddings of 'embedding' has shape \(5, 3\)"),
        (set_layer(1, go_backwards=True), "layer 'lstm_0' goes backwards"),
        (set_layer(2, activation="gelu"), "layer 'next' cannot be read: activation is 'gelu'"),
        (set_layer(1, activation="gelu"), "gelu"),
        (set_layer(2, activation="sigmoid"), "5 outputs and 0 labels; expected one label for each"),
        (set_weight(1, "kernel", 2, 16), "layer 'lstm_0' takes 2 inputs, but .* gives 3"),
        (set_weight(2, "kernel", 3, 5), r"kernel of 'next' has shape \(3, 5\)"),
        (set_weight(2, "bias", 4), r"bias of 'next' has shape \(4,\)"),
    ],
)
def test_data_that_do_not_fit_together_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        exported.ExportedModel(broken(change))


def test_something_else_than_a_model_is_refused():
    with pytest.raises(ValueError, match="format of the model is 'list'"):
        exported.ExportedModel([])


def test_a_file_is_written_and_read_back_the_same(tmp_path):
    small = model().quantized().annotated(scores={"test": 1.5}, provenance={"seed": 1})
    small.save(tmp_path / "one.json")
    back = exported.read(tmp_path / "one.json")
    back.save(tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert back.to_dict() == small.to_dict()
    np.testing.assert_array_equal(back.probabilities("abé"), small.probabilities("abé"))
    assert (back.scores, back.provenance) == ({"test": 1.5}, {"seed": 1})
    assert repr(back) == "ExportedModel('small', LSTM(4), 5 characters, 168 weights)"


def test_what_a_figure_takes_can_be_changed_without_changing_the_model():
    small = model()
    taken = small.to_dict()
    before = copy.deepcopy(taken)
    taken["layers"][0]["weights"].clear()
    taken["vocabulary"].append("z")
    assert small.to_dict() == before
    json.dumps(before)


def test_rounding_keeps_biases_and_stays_near():
    exact, rounded = model(), model().quantized()
    assert rounded.quantization == {"bits": 8}
    for before, after in zip(exact.to_dict()["layers"], rounded.to_dict()["layers"], strict=True):
        for name, tensor in after["weights"].items():
            if name == "bias":
                assert tensor == before["weights"][name]
            else:
                assert tensor["dtype"] == "int8"
                a, b = packing.unpack(before["weights"][name]), packing.unpack(tensor)
                assert 0 < np.abs(a - b).max() <= 0.51 * np.abs(a).max() / 127
    difference = np.abs(exact.probabilities("ab é") - rounded.probabilities("ab é")).max()
    assert 0 < difference < 0.05


@pytest.mark.parametrize("widths", [(3, 4), (3, 4, 2)])
def test_a_silenced_unit_goes_on_and_nobody_hears_it(widths):
    whole = model(layers=layers(widths))
    deaf = whole.silenced(1, 3)
    text = "ab é\nba"
    p, h = deaf.probabilities(text), deaf.trace(text).h[0]
    assert np.abs(h[:, [1, 3]]).min() > 0
    assert np.abs(p - whole.probabilities(text)).max() > 1e-3
    # The same by hand: the units' h is taken away wherever it is read.
    changed = copy.deepcopy(whole.to_dict())
    for layer, name in ((1, "recurrent_kernel"), (2, "kernel")):
        weights = packing.unpack(changed["layers"][layer]["weights"][name])
        keep = np.array([1.0, 0.0, 1.0, 0.0])[:, None]
        changed["layers"][layer]["weights"][name] = packing.pack(weights * keep)
    np.testing.assert_array_equal(p, exported.ExportedModel(changed).probabilities(text))
    np.testing.assert_array_equal(whole.silenced().probabilities(text), whole.probabilities(text))


def test_a_unit_that_is_not_there_cannot_be_silenced():
    with pytest.raises(ValueError, match="unit is 4; expected a whole number from 0 to 3"):
        model().silenced(4)
    with pytest.raises(ValueError, match="layer is 'dense'"):
        model().silenced(0, layer="dense")


def test_a_model_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(ValueError, match=r"name is 'shakespear'; .* Did you mean 'shakespeare'"):
        exported.load("shakespear")
