import numpy as np
import pytest

from lstm_edu import LSTM, Dense, Embedding, LastStep, Network
from lstm_edu.losses import cross_entropy_on_logits, cross_entropy_on_probabilities

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("activation", ["linear", "tanh", "softmax", "sigmoid"])
@pytest.mark.parametrize("shape", [(5, 3), (2, 4, 3)])
def test_dense_gradients_equal_difference_quotients(activation, shape):
    x, dy = RNG.normal(size=shape), RNG.normal(size=(*shape[:-1], 2))
    weights = [RNG.normal(size=(3, 2)), RNG.normal(size=2)]
    dense = Dense(*weights, activation=activation)
    _, memory = dense.forward(x)
    gradients = dense.backward(memory, dy)
    step = 1e-6
    arrays, computed = [*weights, x], [*gradients.params, gradients.x]
    for array, gradient in zip(arrays, computed, strict=True):
        for index in np.ndindex(array.shape):
            kept = array[index]
            ends = []
            for sign in (1, -1):
                array[index] = kept + sign * step
                ends.append((Dense(*weights, activation=activation)(x) * dy).sum())
            array[index] = kept
            assert gradient[index] == pytest.approx((ends[0] - ends[1]) / (2 * step), abs=1e-8)


def test_embedding_adds_up_what_each_token_gets():
    embedding = Embedding(RNG.normal(size=(4, 3)))
    tokens = np.array([[0, 2, 2], [2, 3, 0]])
    vectors, memory = embedding.forward(tokens)
    np.testing.assert_array_equal(vectors[1, 0], embedding.params.embeddings[2])
    gradients = embedding.backward(memory, np.ones((2, 3, 3)))
    np.testing.assert_array_equal(gradients.params.embeddings[:, 0], [2, 0, 3, 1])
    assert gradients.x is None


def test_last_step_passes_the_gradient_to_the_last_step():
    x = RNG.normal(size=(2, 4, 3))
    last, memory = LastStep().forward(x)
    np.testing.assert_array_equal(last, x[:, -1])
    dx = LastStep().backward(memory, np.ones((2, 3))).x
    assert dx.sum() == 6
    assert dx[:, -1].sum() == 6


@pytest.mark.parametrize("truncate", [None, 2])
@pytest.mark.parametrize(
    ("activation", "loss"),
    [("linear", cross_entropy_on_logits), ("softmax", cross_entropy_on_probabilities)],
)
def test_a_whole_network_has_the_right_gradients(activation, loss, truncate):
    network = Network(
        [
            Embedding.create(6, 3, seed=0, dtype=np.float64),
            LSTM.create(3, 4, seed=1, dtype=np.float64),
            LSTM.create(4, 3, seed=2, dtype=np.float64),
            Dense.create(3, 5, seed=3, activation=activation, dtype=np.float64),
        ]
    )
    tokens, classes = RNG.integers(0, 6, size=(3, 4)), RNG.integers(0, 5, size=(3, 4))
    mask = RNG.random((3, 4)) < 0.7
    run = network.forward(tokens, mask)
    assert len(run.records) == 2
    gradients = network.backward(run, loss(run.output, classes)[1], truncate=truncate)
    weights = [array.copy() for array in network.weights]
    assert [g.shape for g in gradients] == [w.shape for w in weights]
    if truncate:  # the highest layer is reached without going back in time
        weights, gradients = weights[-2:], gradients[-2:]
    offset = len(network.weights) - len(weights)
    step = 1e-5
    for k, (array, gradient) in enumerate(zip(weights, gradients, strict=True)):
        index = tuple(RNG.integers(0, n) for n in array.shape)
        if offset == 0 and k == 0:
            index = (tokens[0, 0], 1)
        ends = []
        for sign in (1, -1):
            moved = [w.copy() for w in network.weights]
            moved[offset + k][index] += sign * step
            again = Network(list(network.layers))
            kept = network.weights
            again.weights = moved
            ends.append(loss(again(tokens, mask), classes)[0])
            network.weights = kept
        assert gradient[index] == pytest.approx((ends[0] - ends[1]) / (2 * step), abs=1e-9)


def test_weights_can_be_taken_out_and_put_in():
    network = Network([LSTM.create(2, 3, seed=0), LastStep(), Dense.create(3, 1, seed=0)])
    assert len(network.weights) == 5
    network.weights = [weight + 1 for weight in network.weights]
    assert (network.layers[2].params.bias == 1).all()


def test_reprs():
    layers = [Embedding.create(9, 2, seed=0), LastStep(), Dense.create(3, 1, seed=0)]
    assert repr(Network(layers)) == (
        "Network([Embedding(vocabulary=9, units=2), LastStep(), "
        "Dense(input_dim=3, units=1, activation='linear')])"
    )
