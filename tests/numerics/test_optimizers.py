import numpy as np
import pytest

from lstm_edu.optimizers import SGD, Adam, clip_by_norm, global_norm

WEIGHTS = [np.array([1.0, -2.0]), np.array([[3.0]])]


def gradient(weights):
    """That of Σ (w − 1)²: every weight is drawn to 1."""
    return [2 * (w - 1.0) for w in weights]


@pytest.mark.parametrize(
    "optimizer", [SGD(0.1), SGD(0.05, momentum=0.9), Adam(0.05)], ids=["sgd", "momentum", "adam"]
)
def test_finds_the_bottom_of_a_bowl(optimizer):
    weights = WEIGHTS
    for _ in range(600):
        weights = optimizer.step(weights, gradient(weights))
    assert max(np.abs(w - 1.0).max() for w in weights) <= 1e-4


def test_sgd_with_momentum_by_hand():
    optimizer = SGD(0.1, momentum=0.5)
    (w,) = optimizer.step([np.array([1.0])], [np.array([2.0])])
    assert w == pytest.approx([0.8])
    (w,) = optimizer.step([w], [np.array([1.0])])  # v = 0.5·(−0.2) − 0.1·1
    assert w == pytest.approx([0.6])


def test_adam_steps_by_its_learning_rate_first():
    weights = Adam(0.01).step(WEIGHTS, [np.array([5.0, -1e-3]), np.array([[70.0]])])
    steps = [new - old for new, old in zip(weights, WEIGHTS, strict=True)]
    np.testing.assert_allclose(steps[0], [-0.01, 0.01], rtol=1e-4)
    np.testing.assert_allclose(steps[1], [[-0.01]], rtol=1e-4)


@pytest.mark.parametrize("make", [lambda: SGD(0.1, 0.9), lambda: Adam(0.1)], ids=["sgd", "adam"])
def test_old_weights_stay_and_the_dtype_stays(make):
    weights = [np.ones(3, np.float32)]
    new = make().step(weights, [np.ones(3, np.float32)])
    assert (weights[0] == 1).all()
    assert new[0].dtype == np.float32


def test_clipping_keeps_the_direction():
    gradients = [np.array([3.0, 0.0]), np.array([[4.0]])]
    assert global_norm(gradients) == 5.0
    clipped = clip_by_norm(gradients, 1.0)
    assert global_norm(clipped) == pytest.approx(1.0)
    np.testing.assert_allclose(clipped[0], [0.6, 0.0])
    for kept, given in zip(clip_by_norm(gradients, 5.0), gradients, strict=True):
        np.testing.assert_array_equal(kept, given)
