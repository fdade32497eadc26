"""Chapter 4, on the way forwards: slopes, the forget bias, cross-entropy."""

from dataclasses import replace

import numpy as np

from lstm_edu.activations import sigmoid
from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.exercise import Exercise, Mistake, Verdict

# 4.1: A sigmoid at 0.02, B sigmoid at 0.5, C sigmoid at 0.9, D tanh at -0.8, E tanh at 0.

ORDERS = {
    "cbaed": "You ordered by the value. What counts is the slope, and it is small at both ends.",
    "cdbae": "You ordered by the size of the value. What counts is the slope, small far out.",
    "acbde": "That is the order of the slopes from the flattest on. The steepest comes first.",
    "baced": "You took the slope of a gate for all five. D and E are candidates: tanh.",
    "bcaed": "You took the slope of a gate for all five. D and E are candidates: tanh.",
    "eabdc": "You took the slope of tanh for all five. A, B and C are gates: a sigmoid.",
    "ebdca": "B and D are close: compute both slopes from their values.",
    "edbac": "A is not as steep as C: how much is each of them short of its nearer end?",
    "bedca": "The middle of a gate is its steepest point, but tanh has a steeper one.",
}


def judge_order(inputs: list[tuple] | None, outputs: list[Arrays]) -> Verdict:
    """Compare letters, however they are separated."""
    texts = np.concatenate(
        [np.atleast_1d(array).astype(str).ravel() for array in outputs[0].values()]
    )
    letters = "".join(letter for letter in "".join(texts).lower() if letter.isalpha())
    if sorted(letters) != list("abcde"):
        return Verdict(False, 'Give each of the five letters once, as one text: "ABCDE".')
    if letters == "edbca":
        return Verdict(True, "Right.")
    return Verdict(
        False,
        ORDERS.get(
            letters, "Not this order. Compute each slope from the value at which it stands."
        ),
    )


# 4.2


def initial_bias(half_lives):
    """Return the bias whose forget gates keep half of a state for so many steps, others 0."""
    return _bias(_logit(0.5 ** (1 / half_lives)))


def _logit(f):
    return np.log(f / (1 - f))


def _bias(forget, block=1, others=0.0):
    blocks = np.full((4, len(forget)), others)
    blocks[block] = forget
    return blocks.ravel()


def _draw_half_lives(random):
    return [(random.uniform(2, 60, units),) for units in (3, 5)]


# 4.3


def cross_entropy(logits, classes):
    """Return the mean of −ln softmax(logits)[class]."""
    return _surprise(logits, classes).mean()


def _surprise(logits, classes, axis=1):
    shifted = logits - logits.max(axis=axis, keepdims=True)
    log_q = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return -log_q[np.arange(len(classes)), classes]


def _softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def _floored(floor, how):
    def with_floor(logits, classes):
        q = _softmax(logits)[np.arange(len(classes)), classes]
        return -np.log(how(q, floor)).mean()

    return Mistake(
        "You keep the probability from becoming 0 by a small number. So the loss of one who is "
        "sure and wrong is too small, and its gradient lost: never leave the logarithm.",
        with_floor,
    )


def _draw_logits(random):
    plain = 3 * random.normal(size=(5, 4)), random.integers(0, 4, 5)
    large = 3 * random.normal(size=(3, 6)), random.integers(0, 6, 3)
    large[0][::2] += 1000  # two rows of three
    wrong = 3 * random.normal(size=(4, 3)), random.integers(0, 3, 4)
    wrong[0][np.arange(4), wrong[1]] -= 800  # sure, and wrong: softmax rounds to 0
    return [plain, large, wrong]


_CROSS_ENTROPY = Exercise(
    name="4.3",
    title="The loss, on logits",
    answer="cross_entropy",
    level=2,
    points=2,
    reference=cross_entropy,
    draw=_draw_logits,
    mistakes=(
        Mistake(
            "That is the sum over the predictions; expected their mean.",
            lambda logits, classes: _surprise(logits, classes).sum(),
        ),
        Mistake(
            "You divided by the number of all logits; there is one prediction a row.",
            lambda logits, classes: _surprise(logits, classes).sum() / logits.size,
        ),
        Mistake(
            "That is one number a row; expected their mean.",
            _surprise,
        ),
        Mistake(
            "The sign: a probability is below 1 and its logarithm negative; a loss is positive.",
            lambda logits, classes: -_surprise(logits, classes).mean(),
        ),
        Mistake(
            "That is in bits. Take the natural logarithm.",
            lambda logits, classes: _surprise(logits, classes).mean() / np.log(2),
        ),
        Mistake(
            "You apply softmax twice: probabilities are taken for logits.",
            lambda logits, classes: _surprise(_softmax(logits), classes).mean(),
        ),
        Mistake(
            "The softmax is missing: minus the mean logit of the right class is no loss.",
            lambda logits, classes: -logits[np.arange(len(classes)), classes].mean(),
        ),
        Mistake(
            "Your softmax runs over the batch. The classes of one row compete, not the rows.",
            lambda logits, classes: _surprise(logits, classes, axis=0).mean(),
        ),
        Mistake(
            "You shift by the largest logit, and forget that shift in one of the two terms.",
            lambda logits, classes: (_surprise(logits, classes) - logits.max(axis=1)).mean(),
        ),
        *(
            _floored(10.0**-digits, how)
            for digits in (6, 7, 8, 9, 10, 12, 15, 16)
            for how in (np.add, np.maximum)
        ),
    ),
)


def judge_cross_entropy(inputs: list[tuple], outputs: list[Arrays]) -> Verdict:
    """Name an overflow, wherever it shows; the rest is compared."""
    finite = [all(np.isfinite(a).all() for a in given.values()) for given in outputs]
    if finite[0] and not finite[1]:
        return Verdict(
            False,
            "Right or not, it overflows: with logits about 1000 your loss is not a number. "
            "A softmax stays the same if all logits of a row are lowered by the same amount, each "
            "row by its own.",
        )
    if finite[0] and not finite[2]:
        return Verdict(
            False,
            "Where the right class has next to no probability, your loss is infinite: the softmax "
            "was rounded to 0 before its logarithm was taken. Never leave the logarithm.",
        )
    return _CROSS_ENTROPY.judge(inputs, outputs)


EXERCISES = (
    Exercise(
        name="4.1",
        title="Who learns fastest?",
        answer="steepest_first",
        level=1,
        points=1,
        reference="EDBCA",
        judgement=judge_order,
    ),
    Exercise(
        name="4.2",
        title="A bias for a memory",
        answer="initial_bias",
        level=2,
        points=2,
        reference=initial_bias,
        draw=_draw_half_lives,
        mistakes=(
            Mistake(
                "That is the gate f itself. The bias stands before the sigmoid: undo the sigmoid.",
                lambda half: _bias(0.5 ** (1 / half)),
            ),
            Mistake(
                "You applied the sigmoid to f. The bias stands before it: undo the sigmoid.",
                lambda half: _bias(sigmoid(0.5 ** (1 / half))),
            ),
            Mistake(
                "After your number of steps 1/e is left, not a half.",
                lambda half: _bias(_logit(np.exp(-1 / half))),
            ),
            Mistake(
                "With f = 1 − 1/T a memory lives T steps on average; asked is when half is left: "
                "f multiplied with itself T times.",
                lambda half: _bias(_logit(1 - 1 / half)),
            ),
            Mistake(
                "With f = 0.5/T nothing decays by halves: f is multiplied with itself T times, and "
                "half has to be left.",
                lambda half: _bias(_logit(0.5 / half)),
            ),
            Mistake(
                "With f = 1 − 0.5/T the half goes in equal portions; but each step takes a share "
                "of what is left.",
                lambda half: _bias(_logit(1 - 0.5 / half)),
            ),
            Mistake(
                "A logarithm alone undoes an exponential, and a gate is a sigmoid of its bias.",
                lambda half: _bias(np.log(0.5 ** (1 / half))),
            ),
            Mistake(
                "A bias of ln(T / ln 2) comes near for a long memory, and is off for a short one.",
                lambda half: _bias(np.log(half / np.log(2))),
            ),
            Mistake(
                "The sign: these gates begin nearly shut. A larger bias opens a gate.",
                lambda half: _bias(-_logit(0.5 ** (1 / half))),
            ),
            *(
                Mistake(
                    f"Your numbers stand in the block of {gate}. The blocks come in the order "
                    "i, f, g, o.",
                    lambda half, block=block: _bias(_logit(0.5 ** (1 / half)), block),
                )
                for block, gate in ((0, "i"), (2, "g"), (3, "o"))
            ),
            Mistake(
                "All four blocks have the numbers of f. The input and the output gate, and the "
                "candidate, begin with 0.",
                lambda half: np.tile(_logit(0.5 ** (1 / half)), 4),
            ),
            Mistake(
                "The blocks lie side by side: first i of all units, then f of all units. Yours "
                "change with every number.",
                lambda half: _bias(_logit(0.5 ** (1 / half))).reshape(4, -1).T.ravel(),
            ),
            Mistake(
                "The other blocks begin with 0, not with 1.",
                lambda half: _bias(_logit(0.5 ** (1 / half)), others=1.0),
            ),
            Mistake(
                "That is the block of f alone; expected the whole bias, four blocks.",
                lambda half: _logit(0.5 ** (1 / half)),
            ),
        ),
    ),
    replace(_CROSS_ENTROPY, judgement=judge_cross_entropy),
)
