"""Chapter 2: units whose weights are set by hand. They are run, and what they do is told."""

from collections.abc import Callable

import numpy as np

from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.compare import in_order, misfit
from lstm_edu.exercises.exercise import Exercise, Verdict
from lstm_edu.long_lag import adding
from lstm_edu.lstm import LSTM

#: How far the state of a counter may be off.
COUNT = 0.25
#: How far an adder may be off with single numbers, and its mean squared error in the end: a
#: hundredth of what knowing nothing costs.
SLACK, SOLVED = 0.05, 1 / 600


def unit(**gates: tuple[float, ...]) -> dict[str, np.ndarray]:
    """Return the weights of one unit: for each of i, f, g, o its weights of x, of h, its bias."""
    columns = np.array([gates[name] for name in "ifgo"], float).T
    return {"kernel": columns[:-2], "recurrent_kernel": columns[-2:-1], "bias": columns[-1]}


def judged_counter(_inputs: None, outputs: list[Arrays]) -> Verdict:
    """Judge a unit whose state should be the number of ones that it has read."""
    shapes = {"kernel": (1, 4), "recurrent_kernel": (1, 4), "bias": (4,)}
    return _judged(outputs[0], shapes, wrong_counter)


def judged_adder(_inputs: None, outputs: list[Arrays]) -> Verdict:
    """Judge a unit that should add the marked numbers, and what its state is multiplied by."""
    shapes = {"kernel": (2, 4), "recurrent_kernel": (1, 4), "bias": (4,), "scale": ()}
    return _judged(outputs[0], shapes, wrong_adder)


def _judged(given: Arrays, shapes: dict[str, tuple], wrong: Callable[..., str | None]) -> Verdict:
    """Return the verdict on one unit's weights, by what `wrong` says of them."""
    problem = misfit(given, **shapes)
    if problem is not None:
        return Verdict(False, problem)
    parts = [array.astype(float) for array in in_order(given, list(shapes))]
    weights, rest = tuple(parts[:3]), parts[3:]
    problem = wrong(weights, *rest)
    if problem is None:
        return Verdict(True, "Right.")
    deaf = (weights[0], 0 * weights[1], weights[2])
    if wrong(deaf, *rest) is None:
        problem = "Your unit would do it if it did not look at its own h."
    g_last = tuple(array[..., [0, 1, 3, 2]] for array in weights)
    if wrong(g_last, *rest) is None:
        problem = "Your columns stand in the order i, f, o, g; this book's is i, f, g, o."
    return Verdict(False, problem)


def wrong_counter(weights) -> str | None:
    """Say what keeps a unit from counting; None where it counts."""
    c, _ = _run(weights, np.zeros(40))
    if np.abs(c).max() > COUNT:
        return "Your unit writes although nothing comes: with x = 0, i times g is not 0."
    c, _ = _run(weights, _pulses(40, 0))
    if c[0] < -COUNT:
        return "Your unit counts downwards: a 1 makes its state smaller."
    if abs(c[0] - 1) > COUNT / 2:
        return f"In your unit a 1 adds {c[0]:.2f}, not 1: look at i and at g for x = 1."
    if abs(c[-1] - 1) > COUNT:
        if c[-1] > 1:
            return "Your unit goes on counting after the 1: its own h makes it write."
        return f"Your unit forgets while it waits: after 39 steps of 0, {c[-1]:.2f} of a 1 is left."
    c, _ = _run(weights, np.repeat([1.0, 0.0], 20))
    if c[19] < 1.5:
        return (
            "In your unit each 1 puts out what was there before: it remembers the last, and "
            "counts none."
        )
    if np.abs(c[:20] - np.arange(1, 21)).max() > COUNT:
        return f"Your unit loses count: after 20 ones in a row its state is {c[19]:.2f}."
    if np.abs(c[20:] - 20).max() > COUNT:
        return f"Your unit loses count: 20 steps after 20 ones its state is {c[-1]:.2f}."
    x = np.random.default_rng(4).permutation(np.repeat([1.0, 0.0], 20))
    c, _ = _run(weights, x)
    if np.abs(c - np.cumsum(x)).max() > COUNT:
        return (
            f"Your unit loses count: after {x.sum():.0f} ones with gaps its state is {c[-1]:.2f}."
        )
    return None


def wrong_adder(weights, scale) -> str | None:
    """Say what keeps a unit from the adding problem; None where scale times its c solves it."""

    def said(*steps: tuple[float, float]) -> float:
        """Return what the unit says after steps of (number, mark)."""
        return float(scale * _run(weights, np.array(steps, float))[0][-1])

    x, y = adding(100, 30, np.random.default_rng(7), np.float64)
    error = np.mean((scale * LSTM(*weights)(x).c[:, -1] - y) ** 2)
    if error <= SOLVED:
        return None
    if abs(said(*[(0, 0)] * 30)) > SLACK:
        return (
            "Your unit writes although nothing comes: for the number 0 without a mark, i "
            "times g is not 0."
        )
    if abs(said(*[(0.5, 0)] * 10)) > SLACK:
        return "Your unit also adds numbers that are not marked: for the mark 0, i is to be shut."
    if abs(said((0.0, 1))) > SLACK:
        return "Your unit adds something for the mark itself: a marked 0 adds to its state."
    low, high = said((0.2, 1)), said((0.8, 1))
    if abs(high) < SLACK:
        return (
            "Your unit does not let marked numbers in: for the mark 1, i times g is as good as 0."
        )
    if high < 0:
        return "Your unit counts marked numbers down."
    if high < 3.8 * low:
        return (
            "Your unit adds too little for large numbers, compared with small ones: the tanh of "
            "the candidate bends."
        )
    if abs(high - 0.8) > SLACK:
        return (
            f"A marked 0.8 counts {high:.2f} in your unit: the scale does not make up for i and g."
        )
    if abs(said((0.8, 1), *[(0.5, 0)] * 29) - high) > SLACK:
        return (
            "Your unit forgets, or adds, while it waits: the first number is not there at the end."
        )
    if said((0.8, 1), (0.2, 1)) < 0.5:
        return "In your unit the second marked number puts out the first."
    return f"Your unit's mean squared error is {error:.3f}; knowing nothing costs 0.167."


def _pulses(steps: int, *at: int) -> np.ndarray:
    """Return x (steps,): 1 at the steps given, else 0."""
    x = np.zeros(steps)
    x[list(at)] = 1
    return x


def _run(weights: tuple[np.ndarray, ...], x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return c and h (time,) of one unit that reads x (time,) or (time, inputs)."""
    trace = LSTM(*weights)(x.reshape(1, len(x), -1))
    return trace.c[0, :, 0], trace.h[0, :, 0]


EXERCISES = (
    Exercise(
        name="2.6",
        title="A unit that counts",
        answer="counter",
        level=3,
        points=3,
        reference=unit(i=(0, 0, 20), f=(0, 0, 20), g=(20, 0, 0), o=(0, 0, 20)),
        judgement=judged_counter,
    ),
    Exercise(
        name="2.7",
        title="One unit solves the adding problem",
        answer="adder",
        level=3,
        points=3,
        reference=unit(i=(0, 20, 0, -10), f=(0, 0, 0, 20), g=(0.1, 0, 0, 0), o=(0, 0, 0, 0))
        | {"scale": 10.0},
        judgement=judged_adder,
    ),
)
