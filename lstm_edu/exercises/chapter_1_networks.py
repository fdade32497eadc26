"""Chapter 1: a plain recurrent network, and what travels back through it."""

import numpy as np

from lstm_edu.exercises.choices import choices
from lstm_edu.exercises.exercise import Exercise, Mistake

#: What is said of a wrong prediction in exercise 1.1.
LOOPS = {
    "u = 0.5": {
        "b": "For u = 0.5 you say that a little is left: each step at least halves it, a "
        "hundred times.",
        "c": "For u = 0.5 you say that nothing changes: each step multiplies by u before the tanh.",
        "d": "For u = 0.5 you say that it grows: each step multiplies by u before the tanh.",
        "e": "For u = 0.5 you say that it grows: each step multiplies by u before the tanh.",
    },
    "u = 1": {
        "a": "For u = 1 you say that it is gone: the tanh takes less and less away, the smaller"
        " h is.",
        "c": "For u = 1 you say that nothing changes: that would be so without the tanh.",
        "d": "For u = 1 you say that it grows: tanh(h) is never larger than h.",
        "e": "For u = 1 you say that it grows: tanh(h) is never larger than h.",
    },
    "u = 2": {
        "a": "For u = 2 you say that it is gone: while h is small, a step nearly doubles it.",
        "b": "For u = 2 you say that it becomes small: while h is small, a step nearly doubles it.",
        "c": "For u = 2 you say that nothing changes: tanh(2 · 0.5) is not 0.5.",
        "e": "For u = 2 you say that it grows beyond 1: that would be so without the tanh.",
    },
}


def recur(x, h0, kernel, recurrent_kernel, bias, *, activation=np.tanh):
    """Return h (time, units) of a plain recurrent network over x (time, inputs)."""
    h, states = h0, []
    for x_t in x:
        h = activation(x_t @ kernel + h @ recurrent_kernel + bias)
        states.append(h)
    return np.array(states)


def not_handed_on(x, h0, kernel, recurrent_kernel, bias):
    """As `recur`, but each step reads h0 instead of what the step before left."""
    return np.tanh(x @ kernel + h0 @ recurrent_kernel + bias)


def before_each_step(x, h0, *weights):
    """As `recur`, but each state is the one from before its step."""
    return np.vstack([h0, recur(x, h0, *weights)])[:-1]


def draw_network(random):
    """Draw x, h0, kernel, recurrent kernel and bias, all of different sizes."""
    drawn = []
    for inputs, units in ((3, 4), (2, 5)):
        time = int(random.integers(6, 9))
        shapes = ((time, inputs), (units,), (inputs, units), (units, units), (units,))
        drawn.append(tuple(random.uniform(-1, 1, shape) for shape in shapes))
    return drawn


def product_back(h, u):
    """Return ∂h_T/∂h_t for each t (time,), of one unit whose recurrent weight is u."""
    return cumulated_back(u * (1 - h[1:] ** 2))


def cumulated_back(factors):
    """Return the product of all factors from each place on, and 1 behind the last."""
    return np.append(np.cumprod(factors[::-1])[::-1], 1.0)


def draw_states(random):
    """Draw the states of one unit, and its recurrent weight."""
    return [
        (random.uniform(0.1, 0.9, size) * random.choice([-1, 1], size), sign * u)
        for size, sign, u in ((7, 1, random.uniform(1.1, 1.6)), (9, -1, random.uniform(0.6, 0.9)))
    ]


EXERCISES = (
    Exercise(
        name="1.1",
        title="A loop without input",
        answer="after_100",
        level=1,
        points=1,
        reference={"u = 0.5": "a", "u = 1": "b", "u = 2": "d"},
        judgement=choices(
            {"u = 0.5": "a", "u = 1": "b", "u = 2": "d"},
            "abcde",
            {(case, word): text for case, words in LOOPS.items() for word, text in words.items()},
            "Your prediction for {case} is another one than what the loop does.",
        ),
    ),
    Exercise(
        name="1.2",
        title="Write the plain network",
        answer="my_rnn",
        level=2,
        points=2,
        reference=recur,
        draw=draw_network,
        mistakes=(
            Mistake(
                "Each of your steps starts from h0: what a step computes is not handed on to "
                "the next.",
                not_handed_on,
            ),
            Mistake(
                "Your network begins with a state of zeros; it was given another one.",
                lambda x, h0, *weights: recur(x, 0 * h0, *weights),
            ),
            Mistake(
                "Your states are those from before each step: write a state down once the step "
                "has made it.",
                before_each_step,
            ),
            Mistake(
                "Your network uses the recurrent kernel transposed: rows are the old units, "
                "columns the new.",
                lambda x, h0, w, u, b: recur(x, h0, w, u.T, b),
            ),
            Mistake(
                "Your network leaves out the bias.",
                lambda x, h0, w, u, b: recur(x, h0, w, u, 0 * b),
            ),
            Mistake(
                "Your network leaves out the tanh.",
                lambda *arguments: recur(*arguments, activation=lambda z: z),
            ),
            Mistake(
                "Your network squashes with the sigmoid; the state of a plain network is a tanh.",
                lambda *arguments: recur(*arguments, activation=lambda z: 1 / (1 + np.exp(-z))),
            ),
            Mistake(
                "Your network returns only its last state; all of them are asked for.",
                lambda *arguments: recur(*arguments)[-1],
            ),
            Mistake(
                "Your network returns h0 as well: the first state asked for is the one after x[0].",
                lambda x, h0, *weights: np.vstack([h0, recur(x, h0, *weights)]),
            ),
        ),
    ),
    Exercise(
        name="1.3",
        title="What travels back",
        answer="product_back",
        level=2,
        points=2,
        reference=product_back,
        draw=draw_states,
        mistakes=(
            Mistake(
                "Your factors are u alone: each step back also passes the slope of the tanh.",
                lambda h, u: float(u) ** np.arange(len(h) - 1, -1, -1),
            ),
            Mistake(
                "Your factors are the slopes of the tanh alone: each step back also passes u.",
                lambda h, u: product_back(h, 1.0),
            ),
            Mistake(
                "Your product includes the step t itself: from h_t on, the first step is t + 1.",
                lambda h, u: cumulated_back(u * (1 - h**2))[:-1],
            ),
            Mistake(
                "Your slopes are one step early: the step from h_t to the next state has the "
                "slope at "
                "that next state.",
                lambda h, u: cumulated_back(u * (1 - h[:-1] ** 2)),
            ),
            Mistake(
                "Your slope squashes twice: h has already been through the tanh.",
                lambda h, u: cumulated_back(u * (1 - np.tanh(h[1:]) ** 2)),
            ),
            Mistake(
                "Your slope lacks the square: the slope of the tanh is not 1 − h.",
                lambda h, u: cumulated_back(u * (1 - h[1:])),
            ),
            Mistake(
                "Your slope squares the wrong thing: it is 1 − h², not (1 − h)².",
                lambda h, u: cumulated_back(u * (1 - h[1:]) ** 2),
            ),
            Mistake(
                "Each of your places holds the factor of one step: the factors of all steps to the "
                "last are multiplied.",
                lambda h, u: np.append(u * (1 - h[1:] ** 2), 1.0),
            ),
            Mistake(
                "Your products are right and stand in the wrong order: the last place is that of "
                "h_T.",
                lambda h, u: product_back(h, u)[::-1],
            ),
            Mistake(
                "All of it is 0: what a product begins with is 1.",
                lambda h, u: np.zeros(len(h)),
            ),
            Mistake(
                "Your product runs forwards, from the first step: asked is what reaches the "
                "last one.",
                lambda h, u: np.append(1.0, np.cumprod(u * (1 - h[1:] ** 2))),
            ),
        ),
    ),
)
