"""Chapter 4, on the way back: the forget gate's gradient, clipping, and where gradients vanish."""

import numpy as np

from lstm_edu.activations import sigmoid
from lstm_edu.exercises.chapter_4_coupled import slope
from lstm_edu.exercises.choices import choices
from lstm_edu.exercises.exercise import Exercise, Mistake

# 4.4


def forget_gradient(dh, dc_next, f, o, c_before, c):
    """∂L/∂z_f at one step, all (batch, units); `dc_next` has come along the conveyor to c."""
    return _forget(dh, dc_next, f, o, c_before, c)


def _to_state(dh, dc_next, o, c):
    return dc_next + dh * o * (1 - np.tanh(c) ** 2)


def _forget(dh, dc_next, f, o, c_before, c, slope=slope, to_state=_to_state):
    return to_state(dh, dc_next, o, c) * c_before * slope(f)


def _multiplied(dh, dc_next, o, c):
    return dc_next * dh * o * (1 - np.tanh(c) ** 2)


def _forget_mistake(message, **changed):
    return Mistake(message, lambda *arguments: _forget(*arguments, **changed))


def _draw_step(random):
    calls = []
    for shape in ((3, 4), (2, 5)):
        dh, dc_next, c_before, g = random.normal(size=(4, *shape))
        i, f, o = random.uniform(0.05, 0.95, size=(3, *shape))
        c_before = 2 * c_before
        calls.append((dh, dc_next, f, o, c_before, f * c_before + i * np.tanh(g)))
    return calls


# 4.7


def clip(kernel, recurrent_kernel, bias, limit):
    """Return the three gradients, shortened together to the length `limit` at most."""
    return _clip(kernel, recurrent_kernel, bias, limit)


def _norm(arrays):
    return np.sqrt(sum(np.sum(array**2) for array in arrays))


def _clip(kernel, recurrent_kernel, bias, limit, norm=_norm, always=False):
    arrays = kernel, recurrent_kernel, bias
    length = norm(arrays)
    factor = 1.0 if length <= limit and not always else limit / length
    return tuple(array * factor for array in arrays)


def _clip_mistake(message, **changed):
    return Mistake(message, lambda *arguments: _clip(*arguments, **changed))


def _one_by_one(*arguments):
    *arrays, limit = arguments
    return tuple(array * min(1.0, limit / _norm([array])) for array in arrays)


def _number_by_number(*arguments):
    *arrays, limit = arguments
    return tuple(np.clip(array, -limit, limit) for array in arrays)


def _upside_down(*arguments):
    *arrays, limit = arguments
    return tuple(array * max(1.0, _norm(arrays) / limit) for array in arrays)


def _divided(*arguments):
    *arrays, _ = arguments
    return tuple(array / max(1.0, _norm(arrays)) for array in arrays)


def _draw_gradients(random):
    calls = []
    for inputs, units, length in ((3, 2, 7.0), (2, 3, 0.6), (2, 2, 9.0)):
        arrays = [
            random.normal(size=s) for s in ((inputs, 4 * units), (units, 4 * units), 4 * units)
        ]
        norm = _norm(arrays)
        calls.append((*(length * array / norm for array in arrays), random.uniform(1.2, 2.5)))
    return calls


# 4.8: units of the Shakespeare network in a line of Hamlet, from step 25 to the last, 40.

FATES = ("arrives", "leaks", "shuts")
REASONS = {
    "5": "leaks",
    "29": "shuts",
    "123": "arrives",
    "13": "arrives",
    "124": "arrives",
    "97": "leaks",
}
WHY = {
    ("5", "arrives"): "Unit 5: each step keeps most of it. But how much is left after fifteen?",
    ("5", "shuts"): "Unit 5: leave its smallest factor out. Would more than a tenth arrive then?",
    ("29", "arrives"): "Unit 29: the mean of its gates is high; but a mean is not a product.",
    ("29", "leaks"): "Unit 29: leave its smallest factor out. How much would arrive then?",
    ("123", "shuts"): "Unit 123: which gate do you look at? Only one kind stands on the way from "
    "c to c.",
    ("123", "leaks"): "Unit 123: its output gate is low, but is that on the way from c to c? "
    "Multiply, and compare with a tenth.",
    ("13", "shuts"): "Unit 13: its gate shuts, but at which step? The gate of step 25 acts on the "
    "state before step 25.",
    ("13", "leaks"): "Unit 13: which factors stand between c at step 25 and c at step 40? Which is "
    "the first?",
    (
        "124",
        "shuts",
    ): "Unit 124: which gate do you look at? The input gate decides what is written, "
    "not what is kept.",
    (
        "124",
        "leaks",
    ): "Unit 124: which gate do you look at? The input gate decides what is written, "
    "not what is kept.",
    ("97", "arrives"): "Unit 97: most of its factors are near 1. What do the others make of it?",
    ("97", "shuts"): "Unit 97: one factor is very small. Leave it out: would more than a tenth "
    "arrive then?",
}

EXERCISES = (
    Exercise(
        name="4.4",
        title="The gradient of the forget gate",
        answer="forget_gradient",
        level=2,
        points=2,
        reference=forget_gradient,
        draw=_draw_step,
        mistakes=(
            _forget_mistake(
                "The slope of the gate's curve is missing: that is the gradient of f, not of z_f.",
                slope=lambda f: 1.0,
            ),
            _forget_mistake(
                "You take f for z: the slope follows from the value of the gate, which you have, "
                "with no further sigmoid.",
                slope=lambda f: slope(sigmoid(f)),
            ),
            _forget_mistake(
                "That is the slope of tanh; the forget gate is a sigmoid.", slope=lambda f: 1 - f**2
            ),
            Mistake(
                "The gate multiplies the state before this step, and you take the state after it.",
                lambda dh, dc_next, f, o, c_before, c: _forget(dh, dc_next, f, o, c, c),
            ),
            _forget_mistake(
                "You heard only the conveyor. The loss also hears c through h, at this very step.",
                to_state=lambda dh, dc_next, o, c: dc_next,
            ),
            _forget_mistake(
                "You heard only h. What comes back along the conveyor, dc_next, is missing.",
                to_state=lambda dh, dc_next, o, c: dh * o * (1 - np.tanh(c) ** 2),
            ),
            _forget_mistake(
                "Between h and c stands tanh, and its slope is missing.",
                to_state=lambda dh, dc_next, o, c: dc_next + dh * o,
            ),
            _forget_mistake(
                "Between h and c stands the output gate, and it is missing.",
                to_state=lambda dh, dc_next, o, c: dc_next + dh * (1 - np.tanh(c) ** 2),
            ),
            _forget_mistake(
                "The slope of tanh is 1 − tanh(c)², not 1 − c².",
                to_state=lambda dh, dc_next, o, c: dc_next + dh * o * (1 - c**2),
            ),
            _forget_mistake(
                "The slope of tanh lacks its square: it is 1 − tanh(c)².",
                to_state=lambda dh, dc_next, o, c: dc_next + dh * o * (1 - np.tanh(c)),
            ),
            _forget_mistake(
                "You multiply what comes by the two ways to c; ways are added.",
                to_state=_multiplied,
            ),
            Mistake(
                "That is the gradient of c, not yet of z_f: two more factors lead from c to z_f.",
                lambda dh, dc_next, f, o, c_before, c: _to_state(dh, dc_next, o, c),
            ),
            Mistake(
                "From c to f you are a factor short: what does f multiply?",
                lambda dh, dc_next, f, o, c_before, c: _to_state(dh, dc_next, o, c) * slope(f),
            ),
            Mistake(
                "What dc_next brings has passed the next forget gate already, and needs no other.",
                lambda dh, dc_next, f, o, c_before, c: _forget(dh, dc_next * f, f, o, c_before, c),
            ),
        ),
    ),
    Exercise(
        name="4.7",
        title="Shorten, and keep the direction",
        answer="clip",
        level=2,
        points=2,
        reference=clip,
        draw=_draw_gradients,
        mistakes=(
            Mistake(
                "Each array is shortened by itself. That changes the direction: take all three "
                "as one vector.",
                _one_by_one,
            ),
            Mistake(
                "Each number is cut off by itself. That changes the direction: multiply all by one "
                "factor.",
                _number_by_number,
            ),
            _clip_mistake(
                "A gradient that is short enough gets longer. Leave it as it is.", always=True
            ),
            _clip_mistake(
                "The length is the root of the sum of squares; the root is missing.",
                norm=lambda arrays: sum(np.sum(array**2) for array in arrays),
            ),
            _clip_mistake(
                "You add up the three lengths. Add up their squares: they are parts of one vector.",
                norm=lambda arrays: sum(_norm([array]) for array in arrays),
            ),
            _clip_mistake(
                "You take the longest of the three arrays for the whole. Add up all squares.",
                norm=lambda arrays: max(_norm([array]) for array in arrays),
            ),
            _clip_mistake(
                "You take the largest number for the length. Add up the squares of all.",
                norm=lambda arrays: max(np.abs(array).max() for array in arrays),
            ),
            Mistake("Your factor is upside down: long gradients get longer.", _upside_down),
            Mistake(
                "Shortened to the length 1; expected `limit`.",
                _divided,
            ),
        ),
    ),
    Exercise(
        name="4.8",
        title="Why did it vanish?",
        answer="fates",
        level=3,
        points=3,
        reference=REASONS,
        judgement=choices(
            REASONS,
            FATES,
            WHY,
            "Unit {case}: multiply its forget gates, from step 26 to step 40.",
        ),
    ),
)
