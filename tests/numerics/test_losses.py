import numpy as np
import pytest

from lstm_edu import losses
from lstm_edu.activations import softmax


def difference_quotient(loss, prediction, target):
    step = 1e-6
    gradient = np.empty_like(prediction)
    for index in np.ndindex(prediction.shape):
        moved = np.zeros_like(prediction)
        moved[index] = step
        above, below = loss(prediction + moved, target)[0], loss(prediction - moved, target)[0]
        gradient[index] = (above - below) / (2 * step)
    return gradient


RNG = np.random.default_rng(0)
LOGITS = RNG.normal(size=(2, 3, 5))
CLASSES = RNG.integers(0, 5, size=(2, 3))


@pytest.mark.parametrize(
    ("loss", "prediction", "target"),
    [
        (losses.mean_squared_error, LOGITS, RNG.normal(size=LOGITS.shape)),
        (losses.cross_entropy_on_logits, LOGITS, CLASSES),
        (losses.cross_entropy_on_probabilities, softmax(LOGITS), CLASSES),
    ],
)
def test_gradients_equal_difference_quotients(loss, prediction, target):
    expected = difference_quotient(loss, prediction, target)
    assert np.abs(loss(prediction, target)[1] - expected).max() <= 1e-8


def test_both_cross_entropies_agree_through_a_softmax():
    p = softmax(LOGITS)
    on_logits, d_logits = losses.cross_entropy_on_logits(LOGITS, CLASSES)
    on_probabilities, d_probabilities = losses.cross_entropy_on_probabilities(p, CLASSES)
    assert on_logits == pytest.approx(on_probabilities, rel=1e-14)
    np.testing.assert_allclose(softmax.pull_back(p, d_probabilities), d_logits, atol=1e-15)


def test_known_values():
    assert losses.mean_squared_error(np.array([1.0, 3.0]), np.array([0.0, 1.0]))[0] == 2.5
    even = np.zeros((7, 4))
    value, _ = losses.cross_entropy_on_logits(even, np.zeros(7, int))
    assert value == pytest.approx(np.log(4))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_of_1e4_stay_finite(dtype):
    logits = np.array([[1e4, -1e4, 0.0]], dtype)
    with np.errstate(all="raise", under="ignore"):
        value, gradient = losses.cross_entropy_on_logits(logits, [1])
    assert value == pytest.approx(2e4)
    assert gradient.dtype == dtype
    np.testing.assert_allclose(gradient, [[1.0, -1.0, 0.0]])


def test_a_probability_of_zero_is_a_large_finite_loss():
    p = np.array([[1.0, 0.0]], np.float32)
    value, gradient = losses.cross_entropy_on_probabilities(p, [1])
    assert value == pytest.approx(87.3, abs=0.1)
    assert np.isfinite(gradient).all()
