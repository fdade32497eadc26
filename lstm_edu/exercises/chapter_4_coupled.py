"""Chapter 4, a cell whose input gate is 1 − f: its gradient measured, and derived."""

from dataclasses import replace

import numpy as np

from lstm_edu.activations import sigmoid
from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.exercise import Exercise, Mistake, Verdict


def slope(y):
    """Return the slope of a sigmoid by its value."""
    return y * (1 - y)


# 4.5 and 4.6: a cell whose input gate is 1 − f. The rows of z are z_f, z_g, z_o.


def coupled_loss(z, c_before, wanted):
    """Half the squared distance of h from what is wanted, for one step of the coupled cell."""
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    h = o * np.tanh(f * c_before + (1 - f) * g)
    return 0.5 * np.sum((h - wanted) ** 2)


def measured_gradient(z, c_before, wanted, nudge):
    """Central differences of the loss, number by number."""
    return _measured(z, c_before, wanted, nudge)


def _measured(z, c_before, wanted, nudge, above=1.0, below=1.0, divide=2.0):
    """Differences between z + above·nudge and z − below·nudge."""
    result = np.empty_like(z)
    for place in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[place] += above * nudge
        down[place] -= below * nudge
        rise = coupled_loss(up, c_before, wanted) - coupled_loss(down, c_before, wanted)
        result[place] = rise / (divide * nudge)
    return result


def _never_put_back(z, c_before, wanted, nudge):
    result, z = np.empty_like(z), z.copy()
    for place in np.ndindex(z.shape):
        z[place] += nudge
        above = coupled_loss(z, c_before, wanted)
        z[place] -= 2 * nudge
        result[place] = (above - coupled_loss(z, c_before, wanted)) / (2 * nudge)
    return result


def _all_at_once(z, c_before, wanted, nudge):
    rise = coupled_loss(z + nudge, c_before, wanted) - coupled_loss(z - nudge, c_before, wanted)
    return np.full_like(z, rise / (2 * nudge))


def _draw_coupled(random):
    calls = []
    for units in (3, 4):
        z = random.normal(size=(3, units))
        c_before = random.choice([-1, 1], units) * random.uniform(1, 2, units)
        calls.append((z, c_before, random.uniform(-1, 1, units)))
    return calls


def _draw_nudged(random):
    return [(*call, random.uniform(0.1, 0.3)) for call in _draw_coupled(random)]


#: What was derived agrees to so much; what was measured does not.
EXACT = 1e-12


def coupled_gradient(z, c_before, wanted):
    """∂L/∂z of the coupled cell, (3, units)."""
    return _coupled(z, c_before, wanted)


def _coupled(
    z,
    c_before,
    wanted,
    by_f=lambda c_before, g: c_before - g,
    by_g=lambda f: 1 - f,
    slope=slope,
    curve=lambda g: 1 - g**2,
    shown=lambda o, c: o * (1 - np.tanh(c) ** 2),
    by_o=np.tanh,
    slope_o=None,
    sign=1.0,
):
    f, g, o = sigmoid(z[0]), np.tanh(z[1]), sigmoid(z[2])
    c = f * c_before + (1 - f) * g
    dh = sign * (o * np.tanh(c) - wanted)
    dc = dh * shown(o, c)
    return np.stack(
        [
            dc * by_f(c_before, g) * slope(f),
            dc * by_g(f) * curve(g),
            dh * by_o(c) * (slope_o or slope)(o),
        ]
    )


def _coupled_mistake(message, **changed):
    return Mistake(message, lambda *arguments: _coupled(*arguments, **changed))


_DERIVED = Exercise(
    name="4.6",
    title="A cell with one gate less",
    answer="coupled_gradient",
    level=3,
    points=3,
    reference=coupled_gradient,
    draw=_draw_coupled,
    mistakes=(
        _coupled_mistake(
            "Row 0: f reaches the state by two ways here, and you follow one. It also stands "
            "in 1 − f.",
            by_f=lambda c_before, g: c_before,
        ),
        _coupled_mistake(
            "Row 0: you follow both ways of f, but 1 − f falls while f rises: mind the sign.",
            by_f=lambda c_before, g: c_before + g,
        ),
        _coupled_mistake(
            "Row 0: f reaches the state by two ways here, and you follow one. The old state is "
            "still multiplied by f.",
            by_f=lambda c_before, g: -g,
        ),
        _coupled_mistake(
            "Row 0: its sign. If the old state is above the candidate, a larger f raises c.",
            by_f=lambda c_before, g: g - c_before,
        ),
        _coupled_mistake(
            "Row 2: o does not reach h alone: what does it multiply there?", by_o=np.ones_like
        ),
        _coupled_mistake(
            "Row 2: the slope of the gate is missing: that is the gradient of o, not of z_o.",
            slope_o=np.ones_like,
        ),
        _coupled_mistake(
            "All of it is twice as large: the half in front of the loss takes away the 2 of "
            "the square.",
            sign=2.0,
        ),
        _coupled_mistake(
            "Row 1: what weighs the candidate in this cell is not f.", by_g=lambda f: f
        ),
        _coupled_mistake(
            "Row 1: the candidate does not reach the state unweighed.", by_g=lambda f: 1.0
        ),
        _coupled_mistake(
            "Row 1: the slope of the candidate's tanh is missing.",
            curve=lambda g: 1.0,
        ),
        _coupled_mistake(
            "Row 1: g has been through the tanh already, and its slope is 1 − g².",
            curve=lambda g: 1 - np.tanh(g) ** 2,
        ),
        _coupled_mistake(
            "Row 1: that is the slope of a sigmoid; the candidate is a tanh.", curve=slope
        ),
        _coupled_mistake(
            "Rows 0 and 2: the slope of the gates is missing: that is the gradient of f and o, "
            "not of z.",
            slope=lambda y: 1.0,
        ),
        _coupled_mistake(
            "Rows 0 and 1: between h and c stands tanh, and its slope is missing.",
            shown=lambda o, c: o,
        ),
        _coupled_mistake(
            "Rows 0 and 1: between h and c stands the output gate, and it is missing.",
            shown=lambda o, c: 1 - np.tanh(c) ** 2,
        ),
        _coupled_mistake("The sign: the loss rises where h rises above what is wanted.", sign=-1.0),
        Mistake(
            "The rows: z_f, z_g, z_o, in this order. Yours come in another.",
            lambda *arguments: _coupled(*arguments)[[0, 2, 1]],
        ),
    ),
)


def judge_derived(inputs: list[tuple], outputs: list[Arrays]) -> Verdict:
    """Tell what was derived from what was measured: that agrees to ten digits, and not to all."""
    verdict = _DERIVED.judge(inputs, outputs)
    if verdict and not replace(_DERIVED, tolerance=EXACT).judge(inputs, outputs):
        return Verdict(
            False,
            "It agrees to some digits and not to all, as a measurement does. Derive it, without "
            "any nudging.",
        )
    return verdict


EXERCISES = (
    Exercise(
        name="4.5",
        title="Nudge and measure",
        answer="measured_gradient",
        level=2,
        points=2,
        reference=measured_gradient,
        draw=_draw_nudged,
        tolerance=1e-8,
        mistakes=(
            Mistake(
                "You nudge up only. That is off by half the curvature; nudge to both sides.",
                lambda *arguments: _measured(*arguments, below=0.0, divide=1.0),
            ),
            Mistake(
                "You nudge down only. That is off by half the curvature; nudge to both sides.",
                lambda *arguments: _measured(*arguments, above=0.0, divide=1.0),
            ),
            Mistake(
                "Between up and down lie two nudges, and you divide by one.",
                lambda *arguments: _measured(*arguments, divide=1.0),
            ),
            Mistake(
                "You divide by two nudges, but only one lies between your two losses.",
                lambda *arguments: _measured(*arguments, below=0.0),
            ),
            Mistake("The sign: up minus down.", lambda *arguments: -_measured(*arguments)),
            Mistake(
                "A nudged number stays nudged while you go on to the next. Nudge a copy each time.",
                _never_put_back,
            ),
            Mistake(
                "All numbers are nudged at once. Nudge one, and leave the others.", _all_at_once
            ),
            Mistake(
                "All differences are 0: are up and down two arrays, or two names of one? "
                "Copy before you nudge.",
                lambda z, *rest: np.zeros_like(z),
            ),
            Mistake(
                "The difference of the losses is not divided by how far you nudged.",
                lambda *arguments: _measured(*arguments) * 2 * arguments[-1],
            ),
            Mistake(
                "You multiply by the nudge at the end: `a / 2 * b` is (a / 2) · b. Put brackets "
                "around 2 * nudge.",
                lambda *arguments: _measured(*arguments) * arguments[-1] ** 2,
            ),
            Mistake(
                "You nudge by half of `nudge` to each side; asked is all of it.",
                lambda *arguments: _measured(*arguments, above=0.5, below=0.5, divide=1.0),
            ),
            Mistake(
                "You nudge by an amount of your own. Nudge by `nudge`, so that it can be compared.",
                lambda z, c_before, wanted, nudge: _measured(z, c_before, wanted, 1e-5),
            ),
        ),
    ),
    replace(_DERIVED, judgement=judge_derived),
)
