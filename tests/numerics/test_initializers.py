import numpy as np
import pytest

from lstm_edu import GRU, LSTM, RNN, CoupledLSTM, PeepholeLSTM, initializers
from lstm_edu.initializers import SCHEMES

UNITS = 64


def blocks(scheme, **options):
    lstm = LSTM.create(32, UNITS, scheme=scheme, seed=0, dtype=np.float64, **options)
    return lstm.params, dict(zip("ifgo", np.split(lstm.params.bias, 4), strict=True))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_seed_gives_the_same_weights_in_both_dtypes(scheme):
    wide = LSTM.create(3, 5, scheme=scheme, seed=4, dtype=np.float64).params
    again = LSTM.create(3, 5, scheme=scheme, seed=np.random.default_rng(4), dtype=np.float64).params
    narrow = LSTM.create(3, 5, scheme=scheme, seed=4).params
    other = LSTM.create(3, 5, scheme=scheme, seed=5, dtype=np.float64).params
    for a, b, c in zip(wide, again, narrow, strict=True):
        np.testing.assert_array_equal(a, b)
        np.testing.assert_array_equal(a.astype(np.float32), c)
    assert (wide.kernel != other.kernel).any()


def test_keras_scheme():
    params, bias = blocks("keras")
    limit = np.sqrt(6 / (32 + 4 * UNITS))
    assert np.abs(params.kernel).max() <= limit
    assert params.kernel.std() == pytest.approx(limit / np.sqrt(3), rel=0.03)
    u = params.recurrent_kernel
    np.testing.assert_allclose(u @ u.T, np.eye(UNITS), atol=1e-12)
    block = u[:, :UNITS]
    assert np.abs(block @ block.T - np.eye(UNITS)).max() > 0.1  # the blocks are not orthogonal
    assert (bias["f"] == 1).all()
    assert all((bias[gate] == 0).all() for gate in "igo")


def test_torch_scheme():
    params, bias = blocks("torch")
    limit = 1 / np.sqrt(UNITS)
    assert np.abs(params.kernel).max() <= limit
    assert np.abs(params.recurrent_kernel).max() <= limit
    assert limit < np.abs(params.bias).max() <= 2 * limit  # the sum of two biases
    assert abs(bias["f"].mean()) < 0.05


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forget_bias_sets_the_forget_block_alone(scheme):
    _, own = blocks(scheme)
    _, changed = blocks(scheme, forget_bias=-2.5)
    assert (changed["f"] == -2.5).all()
    for gate in "igo":
        np.testing.assert_array_equal(own[gate], changed[gate])


@pytest.mark.parametrize("shape", [(3, 8), (8, 3), (5, 5)])
def test_orthogonal_rows_or_columns(shape):
    matrix = initializers.orthogonal(shape, np.random.default_rng(0))
    product = matrix @ matrix.T if shape[0] <= shape[1] else matrix.T @ matrix
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-14)


def test_plain_schemes_have_their_spread():
    assert blocks("normal")[0].kernel.std() == pytest.approx(0.05, rel=0.05)
    assert np.abs(blocks("uniform")[0].kernel).max() == pytest.approx(0.05, rel=0.01)


def test_other_cells_take_the_same_schemes():
    assert GRU.create(3, 5, seed=0).params.bias.shape == (2, 15)
    assert RNN.create(3, 5, seed=0, scheme="torch").params.recurrent_kernel.shape == (5, 5)
    assert CoupledLSTM.create(3, 5, seed=0).params.kernel.shape == (3, 15)
    assert (PeepholeLSTM.create(3, 5, seed=0).params.peephole == 0).all()


def test_mean_initial_forget_gate_is_near_073():
    lstm = LSTM.create(32, UNITS, seed=0)
    x = np.random.default_rng(0).normal(size=(8, 20, 32)).astype(np.float32)
    assert lstm(x).f.mean() == pytest.approx(0.73, abs=0.03)
