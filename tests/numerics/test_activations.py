import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_edu import activations
from lstm_edu.activations import ACTIVATIONS, sigmoid, softmax, tanh

ELEMENTWISE = [a for a in ACTIVATIONS.values() if a.slope is not None]
EXTREMES = [-1e4, -1e3, -745.2, -710.0, -88.8, -30.0, 0.0, 30.0, 88.8, 710.0, 745.2, 1e3, 1e4]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=repr)
def test_finite_silent_and_of_the_same_dtype_up_to_1e4(activation, dtype):
    z = np.array(EXTREMES, dtype)
    with np.errstate(all="raise", under="ignore"):
        y = activation(z)
        dz = activation.pull_back(y, np.ones_like(z))
    assert y.dtype == dz.dtype == dtype
    assert np.isfinite(y).all()
    assert np.isfinite(dz).all()


@given(st.floats(-1e4, 1e4))
def test_sigmoid_equals_its_definition(z):
    # In long double, e^1e4 is a number.
    exact = 1 / (1 + np.exp(-np.longdouble(z)))
    assert abs(sigmoid(z) - exact) <= 4e-16 * exact + 5e-324


@given(st.floats(-40, 40))
def test_sigmoid_is_symmetric_and_a_shifted_tanh(z):
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, abs=3e-16)
    assert sigmoid(z) == pytest.approx((1 + tanh(z / 2)) / 2, abs=3e-16)


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
def test_derivative_is_the_limit_of_the_difference_quotient(activation):
    z = np.linspace(-5, 5, 401) + 0.00317  # no point on a kink
    step = 1e-6
    quotient = (activation(z + step) - activation(z - step)) / (2 * step)
    assert np.abs(activation.derivative(z) - quotient).max() <= 1e-9


def test_softmax_pulls_gradients_back():
    rng = np.random.default_rng(0)
    z, dy = rng.normal(size=(2, 3, 5))
    step = 1e-6
    expected = np.empty_like(z)
    for k in np.ndindex(z.shape):
        moved = np.zeros_like(z)
        moved[k] = step
        expected[k] = ((softmax(z + moved) - softmax(z - moved)) * dy).sum() / (2 * step)
    assert np.abs(softmax.pull_back(softmax(z), dy) - expected).max() <= 1e-9


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=repr)
def test_out_may_be_the_input_itself(activation):
    z = np.linspace(-3, 3, 12).reshape(3, 4)
    expected = activation(z)
    result = activation(z, out=z)
    np.testing.assert_array_equal(z, expected)
    np.testing.assert_array_equal(result, expected)


@pytest.mark.parametrize(
    ("name", "z", "y"),
    [
        ("sigmoid", 0.0, 0.5),
        ("hard_sigmoid", 1.0, 0.5 + 1 / 6),
        ("hard_sigmoid", 3.5, 1.0),
        ("softsign", -1.0, -0.5),
        ("relu", -2.0, 0.0),
        ("elu", -1.0, np.expm1(-1.0)),
        ("linear", 7.0, 7.0),
    ],
)
def test_known_values(name, z, y):
    assert activations.get(name)(z) == pytest.approx(y, rel=1e-15)


def test_none_means_linear():
    assert activations.get(None) is activations.linear
