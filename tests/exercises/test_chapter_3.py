"""What the exercises of chapter 3 say of numbers, and what their units really do."""

import numpy as np
import pytest
from proof import chapter

from lstm_edu import LSTM, LSTMParams, lstm_step
from lstm_edu.exercises import exercise
from lstm_edu.exercises.chapter_3_steps import draw_steps, predicted, step


@pytest.fixture(scope="module")
def names():
    return chapter(3).namespace


def text(cell):
    (found,) = [one.source for one in chapter(3).notebook.cells if one.id == cell]
    return " ".join(found.split())


def test_the_reference_is_the_package_s_own_step():
    for x, h, c, *weights in draw_steps(np.random.default_rng(0)):
        theirs = lstm_step(x, h, c, LSTMParams(*weights))
        np.testing.assert_allclose(step(x, h, c, *weights), (theirs.h, theirs.c), atol=1e-12)


def test_the_prediction_is_what_its_numbers_give():
    c, h = predicted()
    assert (round(c, 2), round(h, 2)) == (1.73, 0.47)
    assert h / c < 1 / 3
    assert np.tanh([1.5, 1.73]).round(2).tolist() == [0.91, 0.94]
    assert "Less than a third" in text("predict-why")


def test_four_versions_are_wrong_in_the_ways_told(names):
    random = np.random.default_rng(0)
    weights = [random.normal(size=shape) for shape in ((3, 16), (4, 16), (16,))]
    x = random.normal(size=(2, 5, 3))
    right = LSTM(*weights)(x).h
    for version in "abcde":
        h = names[f"version_{version}"](x, *weights)
        assert h.shape == right.shape
        assert np.allclose(h, right) == (version == "e")
    transposed = LSTM(*weights)(x.transpose(1, 0, 2)).h.transpose(1, 0, 2)
    assert np.allclose(names["version_d"](x, *weights), transposed)


def test_the_ranking_of_units_is_as_told(names):
    model, line, lines = (names[name] for name in ("model", "line", "lines"))

    def fall(texts, what="f", shift=0):
        gates = np.concatenate([getattr(model.trace(one), what)[0][shift:] for one in texts])
        ends = [one[: len(one) - shift] for one in texts]
        at_space = np.array([character == " " for one in ends for character in one])
        falls = gates[~at_space].mean(axis=0) - gates[at_space].mean(axis=0)
        return falls, gates.mean(axis=0), gates[at_space].mean(axis=0)

    falls, mean, at_spaces = fall(lines)
    ranked = np.argsort(-falls)
    assert ranked[0] == exercise("3.8").reference
    assert falls[ranked[0]] - falls[ranked[1]] > 0.02  # not by the last digits
    assert ranked[2] == 118 == np.argmax(fall([line])[0])
    assert "unit 118 falls farthest, and over two hundred lines it is third" in text("spaces-why")
    assert line.count(" ") == 9
    wrong = [np.argmin(falls), np.argmax(fall(lines, "i")[0]), np.argmax(fall(lines, "c")[0])]
    wrong += [np.argmax(fall(lines, "h")[0]), np.argmin(at_spaces), np.argmin(mean)]
    wrong += [np.argmax(fall(lines, "f", 1)[0])]
    assert [118, *wrong] == [mistake.wrong for mistake in exercise("3.8").mistakes]


def test_a_long_memory_and_a_flat_curve_are_as_told():
    assert round(0.99**100, 2) == 0.37
    assert round(0.9999**100, 2) == 0.99
    assert np.tanh(np.float32(17)) == np.float32(1)
    assert [round(1 / (1 + np.exp(-z)), 5) for z in (5, 10)] == [0.99331, 0.99995]


def test_a_latch_counts():
    weights = [np.array(w, float) for w in exercise("3.6").reference.values()]
    trace = LSTM(*weights)(np.array([[[1.0, 0.0]] * 3]))
    assert trace.c.round(2).ravel().tolist() == [1, 2, 3]
    assert trace.h.max() < 1
