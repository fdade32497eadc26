"""Chapter 2: the shape of the input, and the number of parameters."""

from functools import partial

import numpy as np

from lstm_edu.exercises.exercise import Exercise, Mistake


def make_windows(series, steps):
    """Return windows (batch, steps, features) of a series (time, features), and what follows."""
    starts = range(len(series) - steps)
    return np.array([series[s : s + steps] for s in starts]), series[steps:]


def windows_with(series, steps, *, change):
    """As `make_windows`, with its windows changed."""
    x, y = make_windows(series, steps)
    return change(x), y


def side_by_side(series, steps):
    """As `make_windows`, but a window begins where the one before ends."""
    x, y = make_windows(series, steps)
    return x[::steps], y[::steps]


def draw_series(random):
    """Draw series (time, features), and how many steps a window has."""
    return [
        (random.normal(size=(int(random.integers(17, 23)), features)), steps)
        for features, steps in ((2, 5), (3, 4))
    ]


def parameters(vocabulary, embedding, units, classes, blocks, biases):
    """Return how many numbers an embedding, recurrent layers and a dense layer have together."""
    total, inputs = vocabulary * embedding, embedding
    for n in units:
        total += blocks * (inputs + n + biases) * n
        inputs = n
    return int(total + (inputs + 1) * classes)


def parameters_of_strangers(vocabulary, embedding, units, classes, blocks, biases):
    """As `parameters`, but every recurrent layer reads the embedding."""
    recurrent = sum(blocks * (embedding + n + biases) * n for n in units)
    return int(vocabulary * embedding + recurrent + (units[-1] + 1) * classes)


def parameters_read_by_all(vocabulary, embedding, units, classes, blocks, biases):
    """As `parameters`, but the dense layer reads all recurrent layers."""
    own = parameters(vocabulary, embedding, units, classes, blocks, biases)
    return own + int(units[:-1].sum()) * classes


def unconnected(vocabulary, embedding, units, classes, blocks, biases):
    """As `parameters`, but no unit reads the hidden state of another one."""
    own = parameters(vocabulary, embedding, units, classes, blocks, biases)
    return own - int((blocks * (units**2 - units)).sum())


def draw_stacks(random):
    """Draw sizes that are all different, for an LSTM, a GRU with two biases, a plain RNN."""
    drawn = []
    for blocks, biases, layers in ((4, 2, 2), (3, 2, 3), (1, 1, 1), (4, 1, 2)):
        units = random.choice(np.arange(5, 40), size=layers, replace=False)
        sizes = int(random.integers(100, 900)), int(random.integers(41, 60))
        drawn.append((*sizes, units, int(random.integers(2, 5)), blocks, biases))
    return drawn


EXERCISES = (
    Exercise(
        name="2.3",
        title="Windows from a series",
        answer="make_windows",
        level=2,
        points=2,
        reference=make_windows,
        draw=draw_series,
        mistakes=(
            Mistake(
                "Your windows have batch and time swapped: the first axis counts windows.",
                partial(windows_with, change=lambda x: x.transpose(1, 0, 2)),
            ),
            Mistake(
                "Your windows have time and features swapped: the last axis counts features. "
                "(sliding_window_view puts the steps last.)",
                partial(windows_with, change=lambda x: x.transpose(0, 2, 1)),
            ),
            Mistake(
                "Your windows have the right shape, but what stands in them is jumbled: reshape"
                " does "
                "not swap axes, it cuts the same row of numbers elsewhere.",
                partial(
                    windows_with, change=lambda x: x.transpose(0, 2, 1).copy().reshape(x.shape)
                ),
            ),
            Mistake(
                "Your targets stand in their own windows: y is the last step that x already shows.",
                lambda s, n: (make_windows(s, n)[0], s[n - 1 : -1]),
            ),
            Mistake(
                "Your targets lie a step too far ahead, and one window too few is left.",
                lambda s, n: (make_windows(s, n)[0][:-1], s[n + 1 :]),
            ),
            Mistake(
                "One window too few: the last one ends a step before the end, and its target is"
                " the "
                "very last element.",
                lambda s, n: (make_windows(s, n)[0][:-1], s[n:-1]),
            ),
            Mistake(
                "One window too many: nothing follows the last one.",
                lambda s, n: (
                    np.array([s[k : k + n] for k in range(len(s) - n + 1)]),
                    s[n:],
                ),
            ),
            Mistake("You give y first; x comes first.", lambda s, n: make_windows(s, n)[::-1]),
            Mistake("Your windows lie side by side; a window begins at every step.", side_by_side),
            Mistake(
                "Your windows run backwards: the oldest step comes first.",
                partial(windows_with, change=lambda x: x[:, ::-1]),
            ),
            Mistake(
                "Your windows have only the first feature.",
                partial(windows_with, change=lambda x: x[..., :1]),
            ),
            Mistake(
                "Your targets have only the first feature.",
                lambda s, n: (make_windows(s, n)[0], s[n:, :1]),
            ),
            Mistake(
                "Your windows have steps and features run together: the layer could not tell "
                "what a step is.",
                partial(windows_with, change=lambda x: x.reshape(len(x), -1)),
            ),
        ),
    ),
    Exercise(
        name="2.4",
        title="Count the parameters",
        answer="parameters",
        level=2,
        points=2,
        reference=parameters,
        draw=draw_stacks,
        mistakes=(
            Mistake(
                "You leave out the biases of the recurrent layers.",
                lambda v, e, u, k, blocks, biases: parameters(v, e, u, k, blocks, 0),
            ),
            Mistake(
                "You always count one bias a block; `biases` says how many there are.",
                lambda v, e, u, k, blocks, biases: parameters(v, e, u, k, blocks, 1),
            ),
            Mistake(
                "You count one bias a block for the whole layer: each unit has its own.",
                lambda v, e, u, k, blocks, biases: (
                    parameters(v, e, u, k, blocks, 0) + blocks * biases * len(u)
                ),
            ),
            Mistake(
                "You count one block: each block has weights and biases of its own.",
                lambda v, e, u, k, blocks, biases: parameters(v, e, u, k, 1, biases),
            ),
            Mistake(
                "You always count four blocks; `blocks` says how many there are.",
                lambda v, e, u, k, blocks, biases: parameters(v, e, u, k, 4, biases),
            ),
            Mistake(
                "You always count four blocks, and one bias in each; `blocks` and `biases` say "
                "how many.",
                lambda v, e, u, k, blocks, biases: parameters(v, e, u, k, 4, 1),
            ),
            Mistake(
                "In your count every recurrent layer reads the embedding; a layer reads the one"
                " below it.",
                parameters_of_strangers,
            ),
            Mistake(
                "In your count a unit reads only its own hidden state; it reads those of all "
                "units.",
                unconnected,
            ),
            Mistake(
                "In your count the dense layer reads all recurrent layers; it reads the last one.",
                parameters_read_by_all,
            ),
            Mistake(
                "You leave out the biases of the dense layer.",
                lambda v, e, u, k, *form: parameters(v, e, u, k, *form) - k,
            ),
            Mistake(
                "You leave out the dense layer.",
                lambda v, e, u, k, *form: parameters(v, e, u, 0, *form),
            ),
            Mistake(
                "You leave out the embedding: a table with a row for each word.",
                lambda v, e, u, k, *form: parameters(0, e, u, k, *form),
            ),
            Mistake(
                "Your embedding has a bias; it is a table and nothing else.",
                lambda v, e, u, k, *form: parameters(v + 1, e, u, k, *form),
            ),
        ),
    ),
)
