"""The browser runs every architecture as NumPy does, and draws words as Python does."""

import numpy as np
import pytest
from random_models import text
from random_stacks import STACKS, stack

from lstm_edu.activations import softmax
from lstm_edu.exported import ExportedModel
from lstm_edu.figures import LiveModel

TOLERANCE = 1e-12


def assert_same(answer, model, given):
    """Hold every hidden state and every answer so far against NumPy's."""
    network = ExportedModel(model)
    inputs = network.encode(given) if isinstance(given, str) else given
    records, output = network.run(inputs[None])
    answers = network.answers(given)
    np.testing.assert_allclose(answer["answers"], answers, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(answers[-1], np.atleast_2d(output[0])[-1], rtol=0, atol=TOLERANCE)
    for (name, record), h in zip(records.items(), answer["h"], strict=True):
        ours = record.h[0].ravel()
        np.testing.assert_allclose(h, ours, rtol=0, atol=TOLERANCE, err_msg=name)


@pytest.mark.parametrize("name", STACKS)
def test_texts(engine, name):
    precisions = ("float64", "float32", "int8")
    cases = [
        {
            "kind": "answers",
            "model": stack(name, seed, precisions[seed % 3]),
            "text": text(seed, 1 + 5 * seed),
            "before": text(seed, 3 + seed) if seed else None,
        }
        for seed in range(6)
    ]
    for case, answer in zip(cases, engine(*cases), strict=True):
        assert_same(answer, case["model"], case["text"])


@pytest.mark.parametrize("name", STACKS)
def test_series(engine, name):
    random = np.random.default_rng(3)
    x = random.normal(size=(9, 2))
    moved = x + random.normal(size=x.shape) * (np.arange(9) > 5)[:, None]
    model = stack(name, 3, features=2)
    case = {"kind": "answers", "model": model, "x": moved.ravel().tolist()}
    for before in (None, x.ravel().tolist()):
        (answer,) = engine(case | {"before": before})
        assert_same(answer, model, moved)


def test_draws_are_numpys(engine):
    random = np.random.default_rng(5)
    cases = []
    for temperature in (0.1, 0.7, 1.0, 2.0):
        z, u = random.normal(scale=3, size=50), random.random(400)
        case = {"logits": z.tolist(), "temperature": temperature, "uniforms": u.tolist()}
        cases.append(case | {"kind": "draws"})
    for case, answer in zip(cases, engine(*cases), strict=True):
        p = softmax(np.array(case["logits"]) / case["temperature"])
        np.testing.assert_allclose(answer["p"], p, rtol=1e-12)
        threshold = np.cumsum(p)
        uniforms = np.array(case["uniforms"]) * threshold[-1]
        expected = np.searchsorted(threshold, uniforms, side="right")
        np.testing.assert_array_equal(answer["drawn"], expected)


def test_the_browsers_numbers_are_spread_as_they_should(engine):
    p = np.array([0.05, 0.15, 0.3, 0.5])
    case = {"kind": "draws", "logits": np.log(p).tolist(), "temperature": 1.0}
    counts = np.zeros(4)
    for seed in range(5):
        (answer,) = engine(case | {"seed": seed})
        counts += np.bincount(answer["drawn"][:400], minlength=4)
    share = counts / counts.sum()
    # Four standard errors.
    assert (np.abs(share - p) < 4 * np.sqrt(p * (1 - p) / counts.sum())).all()


@pytest.mark.parametrize("name", ["last step", "mean"])
def test_a_mind_is_made_up_where_python_says(engine, name):
    cases = [
        {"kind": "decision", "model": stack(name, seed), "text": text(seed, 25)}
        for seed in range(8)
    ]
    found = engine(*cases)
    for case, answer in zip(cases, found, strict=True):
        assert answer == LiveModel(case["model"], text=case["text"]).decision()
    assert len(set(found)) > 2
