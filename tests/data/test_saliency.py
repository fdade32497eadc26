"""What an output depends on: the gradient holds against differences; what has none is refused."""

import doctest

import numpy as np
import pytest
from small_models import data, layers, model

from lstm_edu import packing
from lstm_edu import saliency as module
from lstm_edu.activations import softmax
from lstm_edu.exported import ExportedModel
from lstm_edu.saliency import saliency

TEXT = "ab aé\nbab éa"


def deep():
    return model(layers=layers((3, 4, 5), seed=7, dtype=np.float64))


def log_p(network, embedded, time, output):
    """The log-probability of an output after a step, from what stands for the tokens."""
    _, given = network.stack.run(embedded)
    return np.log(softmax(network.stack.logits(given))[0, time, network.labels.index(output)])


@pytest.mark.parametrize("time", [0, 1, 6, len(TEXT) - 1])
@pytest.mark.parametrize("output", ["a", "é"])
def test_it_is_the_gradient(time, output):
    network = deep()
    embedded = network.embeddings[network.encode(TEXT)][None]
    gradient = np.zeros_like(embedded)
    for place in np.ndindex(embedded.shape):
        step = np.zeros_like(embedded)
        step[place] = 1e-6
        above, below = (log_p(network, embedded + way * step, time, output) for way in (1, -1))
        gradient[place] = (above - below) / 2e-6
    product = saliency(network, TEXT, time, output)
    np.testing.assert_allclose(product, (gradient * embedded)[0].sum(axis=1), rtol=0, atol=1e-8)
    norm = saliency(network, TEXT, time, output, measure="norm")
    np.testing.assert_allclose(norm, np.linalg.norm(gradient[0], axis=1), rtol=0, atol=1e-8)
    assert not product[time + 1 :].any()


def test_without_an_output_it_is_the_likeliest():
    network = deep()
    likeliest = network.labels[network.answers(TEXT)[4].argmax()]
    np.testing.assert_array_equal(saliency(network, TEXT, 4), saliency(network, TEXT, 4, likeliest))
    last = saliency(network, TEXT)
    np.testing.assert_array_equal(last, saliency(network, TEXT, len(TEXT) - 1))


def test_a_classifier_is_led_back_too():
    stack = layers((3, 4), dtype=np.float64)
    stack[1]["return_sequences"] = False
    labels = ["one", "two", "three", "four", "five"]
    network = ExportedModel(data(layers=stack, labels=labels) | {"format": "lstm_edu.model/2"})
    speaks = model(layers=layers((3, 4), dtype=np.float64))
    np.testing.assert_allclose(
        saliency(network, TEXT, output="two"), saliency(speaks, TEXT, output=" ")
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text": ""}, "text is empty"),
        ({"text": "abc"}, "'c'"),
        ({"time": 12}, "time is 12; expected a whole number from -12 to 11"),
        ({"output": "z"}, "output is 'z'; expected one of"),
        ({"measure": "sum"}, "measure is 'sum'; expected one of"),
    ],
)
def test_what_cannot_be_asked_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        saliency(deep(), **{"text": TEXT} | options)


def changed(**fields):
    stack = layers()
    stack[-1].update(fields)
    return stack


def gru():
    stack = layers()
    weights = stack[1]["weights"]
    stack[1] |= {"type": "GRU", "reset_after": False}
    kernels = ("kernel", "recurrent_kernel")
    random = np.random.default_rng(0)
    for name, shape in (*zip(kernels, ((3, 12), (4, 12)), strict=True), ("bias", (12,))):
        weights[name] = packing.pack(random.normal(size=shape))
    return stack


@pytest.mark.parametrize("stack", [changed(activation="sigmoid"), gru()], ids=["sigmoid", "gru"])
def test_a_model_of_another_kind_is_refused(stack):
    labels = {"labels": list("vwxyz"), "format": "lstm_edu.model/2"}
    network = ExportedModel(data(layers=stack) | labels)
    with pytest.raises(ValueError, match="expected one that reads a text through Embedding, one"):
        saliency(network, TEXT)


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(module)
    assert failures == 0
    assert tests > 0
