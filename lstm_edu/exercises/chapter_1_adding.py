"""Chapter 1: the adding problem, and what has to be beaten there."""

import numpy as np

from lstm_edu.exercises.exercise import Exercise, Mistake


def adding_targets(x):
    """Return the sums (batch, 1) of the marked numbers in x (batch, time, 2)."""
    return (x[..., 0] * x[..., 1]).sum(axis=1, keepdims=True)


def product_of_marked(x):
    """As `adding_targets`, but the marked numbers are multiplied."""
    return np.where(x[..., 1] == 1, x[..., 0], 1).prod(axis=1, keepdims=True)


def draw_rows(random):
    """Draw rows of the adding problem, with the marks anywhere in each half."""
    drawn = []
    for batch, time in ((5, 12), (3, 20)):
        x = np.zeros((batch, time, 2))
        x[..., 0] = random.uniform(size=(batch, time))
        for row in x:
            row[random.integers(0, time // 2), 1] = 1
            row[random.integers(time // 2, time), 1] = 1
        drawn.append((x,))
    return drawn


def saying(constant, y):
    """Return a constant, and the mean squared error of always saying it to the targets y."""
    return constant, ((y - constant) ** 2).mean()


def knowing_nothing(y):
    """Return the constant with the smallest mean squared error to the targets y, and that error."""
    return saying(y.mean(), y)


def draw_targets(random):
    """Draw targets (rows, 1), more of them small than large."""
    return [(random.exponential(scale, size=(rows, 1)),) for rows, scale in ((9, 2.0), (14, 5.0))]


EXERCISES = (
    Exercise(
        name="1.6",
        title="The targets of the adding problem",
        answer="adding_targets",
        level=2,
        points=2,
        reference=adding_targets,
        draw=draw_rows,
        mistakes=(
            Mistake(
                "You add all numbers of a row, marked or not.",
                lambda x: x[..., 0].sum(axis=1, keepdims=True),
            ),
            Mistake(
                "You add the marks: that is always 2. Add the numbers that they mark.",
                lambda x: x[..., 1].sum(axis=1, keepdims=True),
            ),
            Mistake(
                "You add numbers and marks together: a mark says which number counts, it is "
                "none itself.",
                lambda x: x.sum(axis=(1, 2))[:, None],
            ),
            Mistake(
                "You take the mean of the marked numbers; asked is their sum.",
                lambda x: adding_targets(x) / 2,
            ),
            Mistake(
                "You divide by the number of steps; asked is the sum, not the mean.",
                lambda x: adding_targets(x) / x.shape[1],
            ),
            Mistake("You multiply the marked numbers; asked is their sum.", product_of_marked),
            Mistake(
                "You mark by order, not by mark: the marked numbers stand anywhere in their half.",
                lambda x: x[:, :2, 0].sum(axis=1, keepdims=True),
            ),
            Mistake(
                "You add over the batch: each row has a sum of its own.",
                lambda x: (x[..., 0] * x[..., 1]).sum(axis=0)[:, None],
            ),
            Mistake(
                "Your sums are right, but stand in one axis: a target has a batch axis and a "
                "feature axis.",
                lambda x: adding_targets(x)[:, 0],
            ),
        ),
    ),
    Exercise(
        name="1.7",
        title="What knowing nothing costs",
        answer="knowing_nothing",
        level=2,
        points=2,
        reference=knowing_nothing,
        draw=draw_targets,
        mistakes=(
            Mistake(
                "Your constant is right; your error is its square root.",
                lambda y: (y.mean(), y.std()),
            ),
            Mistake(
                "You say the median: it makes the smallest absolute error, not the smallest "
                "squared one.",
                lambda y: saying(np.median(y), y),
            ),
            Mistake("You say 0; another constant makes a smaller error.", lambda y: saying(0.0, y)),
            Mistake(
                "You say the middle between the smallest and the largest target; how often each"
                " comes "
                "matters too.",
                lambda y: saying((y.min() + y.max()) / 2, y),
            ),
            Mistake(
                "Your constant is right; your error is the mean absolute one, not the squared.",
                lambda y: (y.mean(), np.abs(y - y.mean()).mean()),
            ),
            Mistake(
                "Your constant is right; your error is a sum over the rows, not their mean.",
                lambda y: (y.mean(), ((y - y.mean()) ** 2).sum()),
            ),
            Mistake(
                "Your constant is right; your error divides by one row less: that estimates a "
                "spread "
                "from a sample, the loss is a plain mean.",
                lambda y: (y.mean(), y.var(ddof=1)),
            ),
            Mistake(
                "Your constant is right; with it, errors up and down cancel unless they are "
                "squared first.",
                lambda y: (y.mean(), 0.0),
            ),
            Mistake(
                "You give the error first, then the constant.", lambda y: knowing_nothing(y)[::-1]
            ),
        ),
    ),
)
