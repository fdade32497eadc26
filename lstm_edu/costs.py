"""What a layer costs, in exact numbers: parameters, multiply-adds, turns, memory.

Five layers that read `inputs` numbers a step and give `units`: the plain recurrent network, the GRU
and the LSTM as Keras has them; the minLSTM (Feng et al. 2024, arXiv 2410.01201), whose gates do not
see the state before; and causal self-attention with one head (Vaswani et al. 2017, arXiv
1706.03762). Only matrix products are counted: what goes number by number is small beside them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from lstm_edu import _checks

LAYERS = ("rnn", "gru", "lstm", "minlstm", "attention")
#: Blocks of weights, each of them `units` wide.
BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4, "minlstm": 3, "attention": 3}
#: Arrays of `units` numbers a step that the way back needs; those of a record of this package.
KEPT = {"rnn": 1, "gru": 4, "lstm": 6, "minlstm": 4, "attention": 4}
RECURRENT = ("rnn", "gru", "lstm")


def parameters(layer: str, inputs: int, units: int) -> int:
    """Return how many numbers training sets, biases among them.

    Parameters
    ----------
    layer : {"rnn", "gru", "lstm", "minlstm", "attention"}
        The kind of layer. A GRU has two biases a block; attention has a fourth matrix, behind it.
    inputs, units : int
        Numbers in and out, at each step.

    Raises
    ------
    ValueError, TypeError
        For a name that is none of these, or a number that is none.
    """
    _checked(layer, inputs=inputs, units=units)
    recurrent = units if layer in RECURRENT else 0
    biases = 2 if layer == "gru" else 1
    behind = (units + 1) * units if layer == "attention" else 0
    return BLOCKS[layer] * (inputs + recurrent + biases) * units + behind


def multiply_adds(layer: str, inputs: int, units: int, steps: int = 1) -> int:
    """Return the multiply-adds of the matrix products, for one sequence, forwards.

    Backwards it is twice as many: one product for the gradient of the weights, and one for that of
    what they multiplied. So a step of training takes three times this number.

    Parameters
    ----------
    layer : {"rnn", "gru", "lstm", "minlstm", "attention"}
        The kind of layer. Attention looks at all steps up to its own, and weighs what it found: to
        each of these belong 2 · units multiply-adds.
    inputs, units, steps : int
        Numbers in and out at each step, and the steps.
    """
    _checked(layer, inputs=inputs, units=units, steps=steps)
    recurrent = units if layer in RECURRENT else 0
    weights = BLOCKS[layer] * (inputs + recurrent) * units
    if layer == "attention":
        weights += units * units
        return steps * weights + units * steps * (steps + 1)
    return steps * weights


def turns(layer: str, steps: int) -> int:
    """Return how many products must wait for one another, however many processors there are.

    A recurrent layer takes a turn a step. A scan, in which each pass joins what the pass before
    joined, takes ⌈log₂ steps⌉; attention looks at all steps at once.

    Parameters
    ----------
    layer : {"rnn", "gru", "lstm", "minlstm", "attention"}
        The kind of layer.
    steps : int
        How long the sequence is.
    """
    _checked(layer, steps=steps)
    if layer in RECURRENT:
        return steps
    return max(1, math.ceil(math.log2(steps))) if layer == "minlstm" else 1


def carried(layer: str, units: int, steps: int) -> int:
    """Return how many numbers must be held between this token and the next.

    Parameters
    ----------
    layer : {"rnn", "gru", "lstm", "minlstm", "attention"}
        The kind of layer. Attention holds a key and a value of all steps, the others their states.
    units : int
        Numbers in each of these.
    steps : int
        How many tokens there have been.
    """
    _checked(layer, units=units, steps=steps)
    return units * {"lstm": 2, "attention": 2 * steps}.get(layer, 1)


def kept_bytes(
    layer: str,
    units: int,
    steps: int,
    batch: int = 1,
    *,
    piece: int | None = None,
    bytes_each: int = 4,
) -> int:
    """Return the bytes that must be kept on the way forwards for the way back.

    For a recurrent layer these are the arrays of its record; for attention queries, keys, values,
    outputs, and the weights of every step for every step (written out, which fused kernels avoid).

    Parameters
    ----------
    layer : {"rnn", "gru", "lstm", "minlstm", "attention"}
        The kind of layer.
    units, steps, batch : int
        The shape of the output.
    piece : int, optional
        Truncated backpropagation: the way back begins after so many steps.
    bytes_each : int
        4 for float32, 2 for half precision.
    """
    _checked(layer, units=units, steps=steps, batch=batch, bytes_each=bytes_each)
    if piece is not None:
        _checked(layer, piece=piece)
        steps = min(steps, piece)
    a_step = KEPT[layer] * units + (steps if layer == "attention" else 0)
    return batch * steps * a_step * bytes_each


class Counted(np.ndarray):
    """An array that counts the multiply-adds of the matrix products that it takes part in.

    Examples
    --------
    >>> matrix = Counted.of(np.ones((3, 4)))
    >>> count_products(lambda: np.ones((2, 3)) @ matrix)
    24
    """

    total = 0

    @classmethod
    def of(cls, array: np.ndarray) -> Counted:
        """Return a view of an array that counts."""
        return np.asarray(array).view(cls)

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        """Compute as any array does, and count."""
        plain = [np.asarray(a) if isinstance(a, Counted) else a for a in inputs]
        if ufunc is np.matmul:
            columns = plain[1].shape[-1] if plain[1].ndim > 1 else 1
            Counted.total += plain[0].size * columns
        if out is not None:
            options["out"] = tuple(np.asarray(a) for a in out)
        return getattr(ufunc, method)(*plain, **options)


def count_products(run: Callable[[], object]) -> int:
    """Return the multiply-adds of all matrix products with `Counted` arrays while `run` runs."""
    before = Counted.total
    run()
    return Counted.total - before


def _checked(layer: str, **numbers: int) -> None:
    _checks.choice("layer", layer, LAYERS)
    for name, number in numbers.items():
        _checks.integer(name, number, 1)
