"""The formulas of the costs, against layers that are there and products that are done."""

import doctest

import numpy as np
import pytest

from lstm_edu import GRU, LSTM, RNN, costs, lstm_step
from lstm_edu.costs import Counted, count_products

CELLS = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
SHAPES = [(1, 1), (3, 7), (16, 5), (64, 64)]


@pytest.mark.parametrize(("inputs", "units"), SHAPES)
@pytest.mark.parametrize("layer", CELLS)
def test_parameters_are_those_of_the_layers(layer, inputs, units):
    weights = CELLS[layer].create(inputs, units, seed=0).params
    assert costs.parameters(layer, inputs, units) == sum(w.size for w in weights)


@pytest.mark.parametrize(("inputs", "units"), SHAPES)
def test_products_of_recurrent_layers_are_counted(inputs, units):
    random = np.random.default_rng(0)
    x, h = random.normal(size=(2, inputs)), random.normal(size=(2, units))
    for layer, cell in CELLS.items():
        made = cell.create(inputs, units, seed=0, dtype=np.float64)
        params = made.params

        def run(layer=layer, made=made, params=params):
            if layer == "lstm":
                lstm_step(x, h, h, params._replace(kernel=Counted.of(params.kernel)))
            else:
                made._step(Counted.of(x) @ params.kernel, Counted.of(h))

        expected = 2 * costs.multiply_adds(layer, inputs, units)
        if layer == "lstm":  # its recurrent kernel is not among those that count
            expected -= 2 * 4 * units * units
        assert count_products(run) == expected


@pytest.mark.parametrize("steps", [1, 2, 9])
def test_products_of_attention_are_counted(steps):
    inputs, units = 5, 3
    random = np.random.default_rng(0)
    x = random.normal(size=(steps, inputs))
    q, k, v = (Counted.of(random.normal(size=(inputs, units))) for _ in range(3))
    out = Counted.of(random.normal(size=(units, units)))

    def run():
        queries, keys, values = x @ q, x @ k, x @ v
        for t in range(steps):
            weights = Counted.of(keys[: t + 1]) @ queries[t]
            Counted.of(weights) @ values[: t + 1] @ out

    assert count_products(run) == costs.multiply_adds("attention", inputs, units, steps)


def test_steps_multiply_and_attention_grows_faster():
    for layer in costs.LAYERS[:-1]:
        one = costs.multiply_adds(layer, 8, 16)
        assert costs.multiply_adds(layer, 8, 16, 50) == 50 * one
    few, many = (costs.multiply_adds("attention", 8, 16, steps) for steps in (1000, 2000))
    assert 3.8 < many / few < 4


@pytest.mark.parametrize("layer", CELLS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_kept_bytes_are_those_of_a_record(layer, dtype):
    made = CELLS[layer].create(4, 6, seed=0, dtype=dtype)
    record = made(np.zeros((3, 11, 4), dtype))
    kept = sum(getattr(record, name).nbytes for name in record.quantities)
    size = np.dtype(dtype).itemsize
    assert costs.kept_bytes(layer, 6, 11, 3, bytes_each=size) == kept
    assert costs.kept_bytes(layer, 6, 11, 3, bytes_each=size, piece=99) == kept
    assert costs.kept_bytes(layer, 6, 22, 3, bytes_each=size, piece=11) == kept


def test_attention_keeps_a_square():
    weights = costs.kept_bytes("attention", 1, 100) - 4 * 4 * 100
    assert weights == 4 * 100 * 100


def test_turns_and_what_is_carried():
    assert [costs.turns(layer, 1000) for layer in costs.LAYERS] == [1000, 1000, 1000, 10, 1]
    assert [costs.turns("minlstm", steps) for steps in (1, 2, 3, 1024, 1025)] == [1, 1, 2, 10, 11]
    assert [costs.carried(layer, 4, 10) for layer in costs.LAYERS] == [4, 4, 8, 4, 80]


@pytest.mark.parametrize(
    "call",
    [
        lambda: costs.parameters("transformer", 1, 1),
        lambda: costs.parameters("lstm", 0, 1),
        lambda: costs.multiply_adds("lstm", 1, 1, 0),
        lambda: costs.turns("lstm", -1),
        lambda: costs.kept_bytes("lstm", 1, 1, piece=0),
    ],
)
def test_refusals_say_what_was_given(call):
    with pytest.raises(ValueError, match=r"transformer|0|-1"):
        call()


def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(costs) == (0, 1 + 1)
