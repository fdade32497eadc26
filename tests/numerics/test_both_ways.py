"""A sequence read from both ends."""

import doctest

import numpy as np
import pytest

from lstm_edu import GRU, LSTM, Dense, Network, both_ways
from lstm_edu.both_ways import BothWays


@pytest.fixture
def layer():
    rng = np.random.default_rng(0)
    return BothWays(*(LSTM.create(3, units, seed=rng, dtype=np.float64) for units in (4, 5)))


def masked(rng, *lengths):
    mask = np.arange(max(lengths)) < np.array(lengths)[:, None]
    return rng.normal(size=(*mask.shape, 3)), mask


def test_it_is_two_layers_each_from_its_own_end(layer):
    x, mask = masked(np.random.default_rng(1), 7, 4, 1)
    output, _ = layer.forward(x, mask)
    for row, length in zip(range(3), mask.sum(axis=1), strict=True):
        alone = x[row : row + 1, :length]
        expected = [layer.there(alone).h[:, -1], layer.back(alone[:, ::-1]).h[:, -1]]
        np.testing.assert_allclose(output[row : row + 1], np.concatenate(expected, axis=1))


def test_its_gradients_are_the_differences(layer):
    rng = np.random.default_rng(2)
    x, mask = masked(rng, 5, 3)
    upstream = rng.normal(size=(2, 9))
    gradients = layer.backward(layer.forward(x, mask)[1], upstream)

    def loss():
        return float((layer.forward(x, mask)[0] * upstream).sum())

    def difference(array, index, put):
        found = []
        for step in (1e-5, -1e-5):
            moved = array.copy()
            moved[index] += step
            put(moved)
            found.append(loss())
        put(array)
        return (found[0] - found[1]) / 2e-5

    for k, weights in enumerate(layer.params):
        index = tuple(rng.integers(size) for size in weights.shape)

        def put(moved, k=k):
            layer.params = tuple(moved if at == k else p for at, p in enumerate(layer.params))

        assert gradients.params[k][index] == pytest.approx(
            difference(weights, index, put), abs=1e-8
        )
    for index in ((0, 4, 1), (1, 2, 0), (1, 0, 2)):
        kept = x

        def put_x(moved):
            nonlocal x
            x = moved

        assert gradients.x[index] == pytest.approx(difference(kept, index, put_x), abs=1e-8)
    assert (gradients.x[1, 3:] == 0).all()


def test_padding_is_neither_read_nor_hidden_in_the_middle(layer):
    x, mask = masked(np.random.default_rng(3), 6, 2)
    before = layer.forward(x, mask)[0]
    x[1, 2:] = 100
    np.testing.assert_array_equal(layer.forward(x, mask)[0], before)
    hole = mask.copy()
    hole[0, 2] = False
    with pytest.raises(ValueError, match="mask is false before the end of a sequence"):
        layer.forward(x, hole)


def test_halves_must_read_the_same():
    with pytest.raises(ValueError, match="forward takes 3 inputs, backward 2"):
        BothWays(LSTM.create(3, 4, seed=0), LSTM.create(2, 4, seed=0))


def test_it_stands_in_a_network_with_other_cells():
    network = Network([BothWays(*(GRU.create(3, 4, seed=k) for k in (0, 1))), Dense.create(8, 2)])
    weights = [array + np.float32(0.1) for array in network.weights]
    network.weights = weights
    for one, other in zip(network.weights, weights, strict=True):
        np.testing.assert_array_equal(one, other)
    assert repr(network.layers[0]).startswith("BothWays(GRU(")


def test_its_examples_run():
    assert doctest.testmod(both_ways).failed == 0
