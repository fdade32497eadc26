"""Chapter 3, one step and many: how they are done, and how they are usually got wrong."""

from functools import partial

import numpy as np

from lstm_edu.activations import sigmoid
from lstm_edu.exercises.exercise import Mistake

SWAPPED = slice(None, None, -1)

#: The numbers of 3.1: what comes in, and (W, U, b) of one unit.
BEFORE = {"x": 1.0, "h": 0.5, "c": 2.0}
UNIT = {
    "i": (-1.6, 1.0, 0.0),
    "f": (0.4, 0.4, 0.5),
    "g": (1.7, -0.5, 0.05),
    "o": (1.0, 2.0, -2.0),
}


def as_it_is(z):
    """Squash nothing."""
    return z


def update(z, h, c, *, keeps="c", candidate=np.tanh, shown=np.tanh, shows="new", out=slice(None)):
    """Return h and c from the pre-activations, as it is right or with one thing mistaken.

    Parameters
    ----------
    z : dict of str to ndarray
        By gate, "i" to "o".
    h, c : ndarray
        The states before.
    keeps : {"c", "h"}
        The state that the forget gate scales.
    candidate, shown : callable
        What squashes the candidate, and the state on its way out.
    shows : {"new", "old"}
        The cell state that h is made of.
    out : slice
        Turns the order of the two results.
    """
    new = sigmoid(z["f"]) * {"c": c, "h": h}[keeps] + sigmoid(z["i"]) * candidate(z["g"])
    return (sigmoid(z["o"]) * shown({"new": new, "old": c}[shows]), new)[out]


def predicted(order="ifgo", **mistaken):
    """Return c and h of 3.1."""
    sums = [BEFORE["x"] * w + BEFORE["h"] * u + b for w, u, b in UNIT.values()]
    h, c = update(dict(zip(order, sums, strict=True)), BEFORE["h"], BEFORE["c"], **mistaken)
    return c, h


PREDICTION_MISTAKES = (
    Mistake("You have c and h the other way round; c comes first.", predicted(out=SWAPPED)),
    Mistake("Your f multiplies h, not c.", predicted(keeps="h")),
    Mistake("You have the input gate and the forget gate the other way round.", predicted("figo")),
    Mistake("Your candidate is the bare sum: its tanh is missing.", predicted(candidate=as_it_is)),
    Mistake("Your candidate goes through σ: that is for gates.", predicted(candidate=sigmoid)),
    Mistake("Your c is right; your h is o · c, without its tanh.", predicted(shown=as_it_is)),
    Mistake("Your c is right; your h shows the old c.", predicted(shows="old")),
)


def step(x, h, c, kernel, recurrent_kernel, bias, *, order="ifgo", without="", **mistaken):
    """Take one step, as it is right or with one thing mistaken.

    Parameters
    ----------
    x : ndarray, shape (batch, input_dim)
    h, c : ndarray, shape (batch, units)
    kernel, recurrent_kernel, bias : ndarray
        The blocks in the order i, f, g, o.
    order : str
        The order in which they are taken.
    without : {"", "x", "h", "b"}
        What is left out of the sums.
    **mistaken
        As for `update`.

    Returns
    -------
    h, c : ndarray, shape (batch, units)
    """
    parts = {"x": x @ kernel, "h": h @ recurrent_kernel, "b": bias}
    z = sum(part for name, part in parts.items() if name != without)
    blocks = np.split(z, 4, axis=-1)
    return update(dict(zip(order, blocks, strict=True)), h, c, **mistaken)


def draw_steps(random):
    """Draw three calls of a step; no two sizes in a call are alike."""
    return [
        tuple(
            random.normal(size=shape)
            for shape in (
                *((batch, inputs), (batch, units), (batch, units)),
                *((inputs, 4 * units), (units, 4 * units), (4 * units,)),
            )
        )
        for batch, inputs, units in ((2, 3, 4), (5, 2, 3), (3, 4, 2))
    ]


STEP_MISTAKES = tuple(
    Mistake(message, partial(step, **mistaken))
    for message, mistaken in (
        ("Your f multiplies h, not c.", {"keeps": "h"}),
        ("You take the blocks as i, f, o, g; the third is g.", {"order": "ifog"}),
        ("You take the blocks as i, g, f, o; the second is f.", {"order": "igfo"}),
        ("Your input gate and your forget gate have changed places.", {"order": "figo"}),
        ("You take the blocks as o, i, f, g; o comes last.", {"order": "oifg"}),
        ("You take the blocks as f, i, o, g.", {"order": "fiog"}),
        ("Your candidate goes through σ: that is for gates.", {"candidate": sigmoid}),
        ("Your candidate is the bare sum: its tanh is missing.", {"candidate": as_it_is}),
        ("Your h is o · c: the tanh on the way out is missing.", {"shown": as_it_is}),
        ("Your h is o · σ(c): what is shown goes through tanh.", {"shown": sigmoid}),
        ("Your h shows the old c; the new one has to be there first.", {"shows": "old"}),
        ("Your bias is missing.", {"without": "b"}),
        ("Your gates do not look at h: the recurrent kernel is missing.", {"without": "h"}),
        ("Your gates do not look at x: the kernel is missing.", {"without": "x"}),
        ("You give back c and h; h comes first.", {"out": SWAPPED}),
    )
)


def run(
    x, *weights, along=1, carries="hc", stacks=1, records="after", reverse=False, out=slice(None)
):
    """Walk along sequences, as it is right or with one thing mistaken.

    Parameters
    ----------
    x : ndarray, shape (batch, time, input_dim)
    *weights
        As for `step`.
    along : {1, 0}
        The axis of x that the loop walks along.
    carries : str
        The states that a step hands on to the next.
    stacks : int or None
        The axis in which the steps are stacked; None returns the last step.
    records : {"after", "before"}
        Which states of a step are kept.
    reverse : bool
        Walk from the end.
    out : slice
        Turns the order of the two results.

    Returns
    -------
    h, c : ndarray, shape (batch, time, units)
    """
    units = len(weights[1])
    steps = np.moveaxis(x, along, 0)
    zeros = np.zeros((steps.shape[1], units))
    states = [(zeros, zeros)]
    for x_t in steps[::-1] if reverse else steps:
        h, c = states[-1]
        h, c = (h if "h" in carries else zeros), (c if "c" in carries else zeros)
        states.append(step(x_t, h, c, *weights))
    kept = states[1:] if records == "after" else states[:-1]
    if stacks is None:
        return kept[-1][out]
    return tuple(np.stack(arrays, axis=stacks) for arrays in zip(*kept, strict=True))[out]


def draw_runs(random):
    """Draw three runs; no two sizes in a call are alike."""
    return [
        tuple(
            random.normal(size=shape)
            for shape in (
                (batch, time, inputs),
                *((inputs, 4 * units), (units, 4 * units), (4 * units,)),
            )
        )
        for batch, time, inputs, units in ((2, 5, 3, 4), (6, 4, 2, 3), (3, 7, 4, 2))
    ]


RUN_MISTAKES = tuple(
    Mistake(message, partial(run, **mistaken))
    for message, mistaken in (
        ("Your loop walks over the examples, not along time.", {"along": 0, "stacks": 0}),
        ("Your loop walks over the examples, not along time.", {"along": 0}),
        ("Your steps are right, but time is the first axis of your results.", {"stacks": 0}),
        ("Your steps are right, but time is the last axis of your results.", {"stacks": -1}),
        ("You give back the last step only.", {"stacks": None}),
        ("Your steps hand c on, but not h.", {"carries": "c"}),
        ("Your steps hand h on, but not c.", {"carries": "h"}),
        ("Each of your steps starts at zero: nothing is handed on.", {"carries": ""}),
        ("You keep the states before each step, not those after it.", {"records": "before"}),
        ("Your loop walks from the end to the beginning.", {"reverse": True}),
        ("You give back c and h; h comes first.", {"out": SWAPPED}),
    )
)


def hidden(h, o):
    """Return the cell state behind a hidden state and its output gate."""
    return np.arctanh(h / o)


def draw_hidden(random):
    """Draw three pairs of h and o that belong together."""
    calls = []
    for shape in ((2, 5, 3), (4, 3, 2), (1, 6, 4)):
        c = random.uniform(-2.5, 2.5, shape)
        o = random.uniform(0.1, 0.95, shape)
        calls.append((o * np.tanh(c), o))
    return calls


HIDDEN_MISTAKES = (
    Mistake("You have undone the gate; the tanh is still on it.", lambda h, o: h / o),
    Mistake(
        "You have undone the tanh before the gate: which came last?", lambda h, o: np.arctanh(h) / o
    ),
    Mistake("You squash once more where the tanh is to be undone.", lambda h, o: np.tanh(h / o)),
    Mistake(
        "`arctan` belongs to tan; what undoes tanh is `arctanh`.", lambda h, o: np.arctan(h / o)
    ),
    Mistake(
        "You scale by o once more where the gate is to be undone.", lambda h, o: np.arctanh(h * o)
    ),
    Mistake("That is the last unit's hidden state, not a cell state.", lambda h, o: h[..., -1]),
    Mistake("That is h itself. What is held is another thing than what is shown.", lambda h, o: h),
)
