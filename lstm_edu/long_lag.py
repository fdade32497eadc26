"""Tasks with a long lag, and the networks that race on them.

What stands early in a row decides the answer at its end; a network that forgets on the way cannot
learn it. Two tasks, since they ask for different things: :func:`adding` for letting in little out
of much, :func:`latch` for holding on and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from lstm_edu import _checks, losses
from lstm_edu.initializers import generator
from lstm_edu.layers import Dense, LastStep
from lstm_edu.lstm import LSTM
from lstm_edu.network import Network
from lstm_edu.optimizers import Adam
from lstm_edu.recurrent import RNN
from lstm_edu.training import History, train_on_batch

#: A loss counts once it is the mean of so many batches.
WINDOW = 10
#: Gradients are shortened to this length.
CLIP = 1.0


def adding(
    batch: int, time: int, rng: np.random.Generator, dtype=np.float32
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of numbers, two of each row marked, and the sums of the marked ones.

    Hochreiter & Schmidhuber (1997, section 5.4), with the marks as in Le, Jaitly & Hinton (2015,
    arXiv 1504.00941): one in each half of the row.

    Parameters
    ----------
    batch, time : int
        How many rows, and how many numbers in each; at least two.
    rng : Generator
        What draws them.
    dtype : float32 or float64
        What the numbers are rounded to.

    Returns
    -------
    tuple of ndarray
        x (batch, time, 2): the number, even in [0, 1), and 1 where it is marked; y (batch, 1).

    Examples
    --------
    >>> x, y = adding(1, 6, np.random.default_rng(0))
    >>> bool(np.isclose(x[0, x[0, :, 1] == 1, 0].sum(), y[0, 0]))
    True
    """
    _checks.integer("time", time, 2)
    x = np.zeros((_checks.integer("batch", batch, 1), time, 2), _checks.dtype("dtype", dtype))
    half = time // 2
    for row in x:
        row[:, 0] = rng.uniform(size=time)
        first, second = rng.uniform(size=2)
        row[[int(first * half), half + int(second * (time - half))], 1] = 1.0
    return x, (x[..., :1] * x[..., 1:]).sum(axis=1)


def latch(
    batch: int, time: int, rng: np.random.Generator, dtype=np.float32
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows that begin with one of two symbols, then noise, and which symbol it was.

    After Bengio, Simard & Frasconi (1994, doi 10.1109/72.279181).

    Parameters
    ----------
    batch, time, rng, dtype
        As in :func:`adding`.

    Returns
    -------
    tuple of ndarray
        x (batch, time, 3): at the first step a 1 for the symbol, among the first two, afterwards
        the third is noise, normal with mean 0 and variance 1; the class, 0 or 1, (batch,).

    Examples
    --------
    >>> x, classes = latch(4, 6, np.random.default_rng(0))
    >>> x[:, 0, :2].argmax(axis=1).tolist() == classes.tolist()
    True
    """
    _checks.integer("time", time, 2)
    x = np.zeros((_checks.integer("batch", batch, 1), time, 3), _checks.dtype("dtype", dtype))
    classes = np.zeros(batch, int)
    for number, row in enumerate(x):
        classes[number] = int(2.0 * rng.uniform(size=1)[0])
        row[0, classes[number]] = 1.0
        row[1:, 2] = rng.standard_normal(time - 1)
    return x, classes


class Task(NamedTuple):
    """A task, and how networks are trained for it; the same numbers as in js/src/tasks.ts."""

    draw: Callable
    """:func:`adding` or :func:`latch`."""
    loss: Callable
    """See :mod:`lstm_edu.losses`."""
    inputs: int
    outputs: int
    ignorance: float
    """The loss of whoever knows nothing and says the best one can."""
    units: int
    batch: int
    learning_rate: float
    most: int
    """Batches after which a network has had its time."""


TASKS = {
    "adding": Task(adding, losses.mean_squared_error, 2, 1, 1 / 6, 32, 20, 5e-3, 3000),
    "latch": Task(
        latch, losses.cross_entropy_on_logits, 3, 2, float(np.log(2)), 16, 16, 1e-2, 1500
    ),
}
#: Name of a lane → its kind of layer, and its forget bias.
LANES = {"rnn": (RNN, None), "lstm0": (LSTM, 0.0), "lstm1": (LSTM, 1.0)}


class Learned(NamedTuple):
    """How one network fared.

    Attributes
    ----------
    network : Network
        As it came out.
    loss : list of float
        Of each batch, before the step that it led to; every batch is of new rows.
    solved : bool
        Whether the mean of the last ten losses fell below a tenth of knowing nothing.
    sequences : int
        How many rows it has seen.
    """

    network: Network
    loss: list[float]
    solved: bool
    sequences: int


def learn(
    task: str,
    lag: int,
    lane: str,
    *,
    weights: int | np.random.Generator = 0,
    examples: int | np.random.Generator = 1,
    most: int | None = None,
) -> Learned:
    """Train one network on a task, in float64, until it is solved or its time is over.

    Its weights begin as in Keras: the recurrent ones orthogonal.

    Parameters
    ----------
    task : {"adding", "latch"}
        What to learn.
    lag : int
        Steps in a row.
    lane : {"rnn", "lstm0", "lstm1"}
        A plain RNN, or an LSTM whose forget bias begins at 0 or at 1.
    weights, examples : int or Generator
        Seeds for the first weights and for the rows.
    most : int, optional
        Batches to stop after. By default 3000 for adding, 1500 for the latch.

    Returns
    -------
    Learned

    Examples
    --------
    >>> learned = learn("latch", 5, "lstm1")
    >>> learned.solved, learned.sequences < 1000
    (True, True)
    """
    plan = TASKS[_checks.choice("task", task, TASKS)]
    lag = _checks.integer("lag", lag, 2)
    kind, forget_bias = LANES[_checks.choice("lane", lane, LANES)]
    most = plan.most if most is None else _checks.integer("most", most, 1)
    rng, rows = generator(weights), generator(examples)

    gate = {} if forget_bias is None else {"forget_bias": forget_bias}
    layer = kind.create(plan.inputs, plan.units, dtype=np.float64, seed=rng, **gate)
    dense = Dense.create(plan.units, plan.outputs, dtype=np.float64, seed=rng)
    network, history = Network([layer, LastStep(), dense]), History()
    optimizer, solved = Adam(plan.learning_rate), False
    while not solved and len(history.loss) < most:
        batch = plan.draw(plan.batch, lag, rows, np.float64)
        train_on_batch(
            network, batch, loss=plan.loss, optimizer=optimizer, clip_norm=CLIP, history=history
        )
        recent = history.loss[-WINDOW:]
        solved = len(recent) == WINDOW and np.mean(recent) <= plan.ignorance / 10
    return Learned(network, history.loss, bool(solved), len(history.loss) * plan.batch)
