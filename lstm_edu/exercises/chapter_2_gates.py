"""Chapter 2: what gates do, how long they hold, what they hide."""

from functools import partial
from itertools import permutations

import numpy as np

from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.compare import in_order, misfit
from lstm_edu.exercises.exercise import Exercise, Mistake, Verdict

#: i, f, o of exercise 2.1.
GATES = {
    "keep": (0, 1, 1),
    "hide": (0, 1, 0),
    "overwrite": (1, 0, 1),
    "erase": (0, 0, 1),
    "add": (1, 1, 1),
}
#: What is said where i, f or o is not as it should be.
WRONG_GATES = {
    "keep": ("writes the candidate as well", "lets the old state go", "shows nothing"),
    "hide": ("writes the candidate as well", "forgets: what is gone is not hidden", "shows all"),
    "overwrite": ("writes nothing", "still has the old state in it", "shows nothing"),
    "erase": ("writes the candidate", "still has the old state in it", ""),
    "add": ("adds nothing", "loses the old state", "shows nothing"),
}


def judged_gates(_inputs: None, outputs: list[Arrays]) -> Verdict:
    """Judge the gates of exercise 2.1, each of its five settings by itself."""
    numbers = {n: a.astype(int) if a.dtype.kind == "b" else a for n, a in outputs[0].items()}
    problem = misfit(numbers, **dict.fromkeys(GATES, (3,)))
    if problem is not None:
        return Verdict(False, problem)
    given = dict(zip(GATES, in_order(numbers, list(GATES)), strict=True))
    if not all(np.isin(gates, (0, 1)).all() for gates in given.values()):
        return Verdict(False, "Each gate is to be 0 or 1 here, shut or open.")

    def wrong(order=(0, 1, 2)):
        return [
            f"Your `{name}` {WRONG_GATES[name][k]}."
            for name, gates in given.items()
            for k in range(3)
            if gates[order[k]] != GATES[name][k] and WRONG_GATES[name][k]
        ]

    said = wrong()
    if said and any(not wrong(order) for order in permutations(range(3))):
        return Verdict(False, "Your gates are right in another order; asked are i, f, o.")
    return Verdict(not said, " ".join(said) or "Right.")


def logit(p):
    """Return z such that σ(z) = p."""
    return np.log(p / (1 - p))


def forget_bias(half_life, *, kept=0.5):
    """Return the bias with which a share `kept` of the state is left after `half_life` steps."""
    return logit(kept ** (1 / half_life))


def draw_half_lives(random):
    """Draw half-lives in steps, as arrays."""
    return [(np.exp(random.uniform(np.log(2), np.log(300), size)),) for size in (3, 5)]


def hidden_share(c, o, *, squash=np.tanh, size=np.abs, axis=0):
    """Return the share of steps at which a unit holds more than 0.5 and shows less than 0.1."""
    return ((size(c) > 0.5) & (size(o * squash(c)) < 0.1)).mean(axis=axis)


def hidden_when_held(c, o):
    """As `hidden_share`, but of the steps at which the unit holds something."""
    held = np.abs(c) > 0.5
    return (held & (np.abs(o * np.tanh(c)) < 0.1)).sum(axis=0) / np.maximum(held.sum(axis=0), 1)


def draw_states(random):
    """Draw cell states of both signs, and output gates that are shut about half of the time."""
    drawn = []
    for time, units in ((60, 4), (50, 3)):
        c = random.uniform(0.0, 1.5, (time, units)) * random.choice([-1, 1], (time, units))
        o = np.where(random.uniform(size=c.shape) < 0.5, 0.14, 1.0) * random.uniform(
            0.4, 1, c.shape
        )
        drawn.append((c, o))
    return drawn


EXERCISES = (
    Exercise(
        name="2.1",
        title="Set the gates",
        answer="my_gates",
        level=1,
        points=1,
        reference=GATES,
        judgement=judged_gates,
    ),
    Exercise(
        name="2.2",
        title="A forget bias for a half-life",
        answer="forget_bias",
        level=2,
        points=2,
        reference=forget_bias,
        draw=draw_half_lives,
        mistakes=(
            Mistake(
                "You return the forget gate; asked is the bias that opens it so far.",
                lambda n: 0.5 ** (1 / n),
            ),
            Mistake(
                "You return what is left after the half-life with f = 0.5, not a bias.",
                lambda n: 0.5**n,
            ),
            Mistake(
                "Your bias has the wrong sign: with it the gate shuts as far as it should open.",
                lambda n: -forget_bias(n),
            ),
            Mistake(
                "With your bias a share of 1/e is left after that many steps, not a half.",
                partial(forget_bias, kept=np.exp(-1)),
            ),
            Mistake(
                "Your gate takes away 1/n of the state at each step: after n steps about 1/e is"
                " left, "
                "not a half.",
                lambda n: logit(1 - 1 / n),
            ),
            Mistake(
                "Your gate loses the half in equal portions; but each step takes a share of "
                "what is left.",
                lambda n: logit(1 - 0.5 / n),
            ),
            Mistake(
                "Your gate takes away ln 2 / n of the state at each step: that comes near for a "
                "long half-life, and is off for a short one.",
                lambda n: logit(1 - np.log(2) / n),
            ),
            Mistake(
                "Your bias is ln(n / ln 2): that comes near for a long half-life, and is off for a "
                "short one.",
                lambda n: np.log(n / np.log(2)),
            ),
            Mistake(
                "You undo the sigmoid with a logarithm alone; that undoes an exponential.",
                lambda n: np.log(0.5 ** (1 / n)),
            ),
            Mistake(
                "You apply the sigmoid to the gate; it has to be undone.",
                lambda n: 1 / (1 + np.exp(-(0.5 ** (1 / n)))),
            ),
            Mistake(
                "You undo a tanh; a gate is a sigmoid.",
                lambda n: np.arctanh(0.5 ** (1 / n)),
            ),
        ),
    ),
    Exercise(
        name="2.5",
        title="Held, and not shown",
        answer="hidden_share",
        level=2,
        points=2,
        reference=hidden_share,
        draw=draw_states,
        mistakes=(
            Mistake(
                "You look at the output gate itself; whether something shows depends on h.",
                lambda c, o: ((np.abs(c) > 0.5) & (o < 0.1)).mean(axis=0),
            ),
            Mistake(
                "Your h is not o times tanh(c): first c is squashed, and then o lets a share of it "
                "out.",
                partial(hidden_share, squash=lambda c: c),
            ),
            Mistake(
                "Your h is not o times tanh(c): first c is squashed, and then o lets a share of it "
                "out.",
                lambda c, o: ((np.abs(c) > 0.5) & (np.abs(np.tanh(o * c)) < 0.1)).mean(axis=0),
            ),
            Mistake(
                "You forget that c can be negative: −2 is held as firmly as 2.",
                partial(hidden_share, size=lambda a: a),
            ),
            Mistake(
                "You forget that h can be negative: a large negative h is shown as well.",
                lambda c, o: ((np.abs(c) > 0.5) & (o * np.tanh(c) < 0.1)).mean(axis=0),
            ),
            Mistake(
                "You average over the units at each step; asked is one share for each unit.",
                partial(hidden_share, axis=1),
            ),
            Mistake(
                "You average over everything; asked is one share for each unit.",
                partial(hidden_share, axis=None),
            ),
            Mistake(
                "You count the steps; asked is their share.",
                lambda c, o: hidden_share(c, o) * len(c),
            ),
            Mistake(
                "Your share is of the steps at which the unit holds something; asked is that of"
                " all steps.",
                hidden_when_held,
            ),
            Mistake(
                "You only ask how little is shown; a unit that holds nothing hides nothing.",
                lambda c, o: (np.abs(o * np.tanh(c)) < 0.1).mean(axis=0),
            ),
            Mistake(
                "You only ask how much is held; how much of it is shown matters as well.",
                lambda c, o: (np.abs(c) > 0.5).mean(axis=0),
            ),
        ),
    ),
)
