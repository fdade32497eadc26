"""Chapter 5, places that hold no word: out of the score, and out of the loop."""

import numpy as np

from lstm_edu.activations import sigmoid
from lstm_edu.exercises.exercise import Exercise, Mistake

# 5.4


def masked_scores(probabilities, targets):
    """Return loss and share of right answers over the places where targets are not 0."""
    surprise, right = _judged(probabilities, targets)
    real = targets != 0
    return surprise[real].mean(), right[real].mean()


def _judged(probabilities, targets):
    q = np.take_along_axis(probabilities, targets[..., None], axis=-1)[..., 0]
    return -np.log(q), probabilities.argmax(axis=-1) == targets


def _by(mean_of_loss, mean_of_right=None):
    """Make a mistake: the two means taken in another way."""

    def wrong(probabilities, targets):
        surprise, right = _judged(probabilities, targets)
        real = targets != 0
        return mean_of_loss(surprise, real), (mean_of_right or mean_of_loss)(right, real)

    return wrong


def _real(values, real):
    return values[real].mean()


def _row_by_row(values, real):
    return np.mean([row[counts].mean() for row, counts in zip(values, real, strict=True)])


def _said_real(probabilities, targets):
    surprise, right = _judged(probabilities, targets)
    said = probabilities.argmax(axis=-1) != 0
    return surprise[said].mean(), right[said].mean()


def _of_the_likeliest(probabilities, targets):
    """As `masked_scores`, with the loss of what the model says and not of what is right."""
    real = targets != 0
    return -np.log(probabilities.max(axis=-1)[real]).mean(), masked_scores(probabilities, targets)[
        1
    ]


def _logarithm_last(probabilities, targets):
    """As `masked_scores`, with the mean taken before the logarithm."""
    surprise, right = _judged(probabilities, targets)
    real = targets != 0
    return -np.log(np.exp(-surprise)[real].mean()), right[real].mean()


def _draw_predictions(random):
    calls = []
    for batch, time, classes in ((4, 7, 5), (3, 9, 4)):
        probabilities = random.dirichlet(np.ones(classes), size=(batch, time))
        targets = random.integers(1, classes, (batch, time))
        agrees = random.random((batch, time)) < 0.5
        targets = np.where(agrees, np.maximum(probabilities.argmax(axis=-1), 1), targets)
        lengths = np.r_[time, 2, random.integers(3, time, batch - 2)]
        targets[np.arange(time) >= lengths[:, None]] = 0
        probabilities[:, -1, 0] += 2  # good at padding, and once sure of it where a word stands
        calls.append((probabilities / probabilities.sum(axis=-1, keepdims=True), targets))
    return calls


# 5.5


def last_state(x, mask, kernel, recurrent_kernel, bias):
    """Return h after the last step, (batch, units); a step whose mask is False changes nothing."""
    return _run(x, mask, kernel, recurrent_kernel, bias)


def step(x, h, c, kernel, recurrent_kernel, bias):
    """Take one step of an LSTM."""
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def _keep_both(real, new, old):
    return np.where(real, new[0], old[0]), np.where(real, new[1], old[1])


def _run(x, mask, kernel, recurrent_kernel, bias, keep=_keep_both):
    h = c = np.zeros((len(x), len(recurrent_kernel)))
    for t in range(x.shape[1]):
        new = step(x[:, t], h, c, kernel, recurrent_kernel, bias)
        h, c = keep(mask[:, t, None], new, (h, c))
    return h


def _held(x, mask, kernel, recurrent_kernel, bias):
    """As `last_state`, but what is held and not what is shown."""
    h = c = np.zeros((len(x), len(recurrent_kernel)))
    for t in range(x.shape[1]):
        new = step(x[:, t], h, c, kernel, recurrent_kernel, bias)
        h, c = _keep_both(mask[:, t, None], new, (h, c))
    return c


def _run_mistake(message, keep):
    return Mistake(message, lambda *arguments: _run(*arguments, keep=keep))


def _nothing_read(x, mask, *weights):
    return _run(np.where(mask[..., None], x, 0), mask, *weights, keep=lambda real, new, old: new)


def _until_first_gap(x, mask, *weights):
    return _run(x, np.logical_and.accumulate(mask, axis=1), *weights)


def _shortest_for_all(x, mask, *weights):
    together = np.broadcast_to(mask.all(axis=0), mask.shape)
    return _run(x, together, *weights)


def _upside_down(x, mask, *weights):
    return _run(x, ~mask, *weights)


def _shown_only(x, mask, *weights):
    """Zero h at the end only, where the last step is none."""
    h = _run(x, mask, *weights, keep=lambda real, new, old: new)
    return np.where(mask[:, -1:], h, 0)


def _draw_masked(random):
    calls = []
    for batch, time, inputs, units in ((4, 6, 3, 2), (5, 7, 2, 3)):
        mask = np.ones((batch, time), bool)
        mask[0, time - 2 :] = False  # filled up behind
        mask[1, :2] = False  # filled up in front
        mask[2, 2:4] = False  # a gap
        mask[3, time - 1] = False
        calls.append(
            (
                random.normal(size=(batch, time, inputs)),
                mask,
                random.normal(size=(inputs, 4 * units)),
                random.normal(size=(units, 4 * units)),
                random.normal(size=4 * units),
            )
        )
    return calls


EXERCISES = (
    Exercise(
        name="5.4",
        title="A score without the padding",
        answer="masked_scores",
        level=2,
        points=2,
        reference=masked_scores,
        draw=_draw_predictions,
        mistakes=(
            Mistake(
                "Every place counts, the padding too. It is easily foretold, and flatters the "
                "score.",
                _by(lambda values, real: values.mean()),
            ),
            Mistake(
                "You leave the padding out of the sum, and divide by all places all the same.",
                _by(lambda values, real: (values * real).mean()),
            ),
            Mistake(
                "You take the mean of each text, and then the mean of the texts: a word in a short "
                "text counts more than one in a long text.",
                _by(_row_by_row),
            ),
            Mistake(
                "The loss is right. The share of right answers still counts the padding.",
                _by(_real, lambda values, real: values.mean()),
            ),
            Mistake(
                "The share of right answers is right. The loss still counts the padding.",
                _by(lambda values, real: values.mean(), _real),
            ),
            Mistake(
                "The loss is right. For the share you leave the padding out of the sum, and divide "
                "by all places.",
                _by(_real, lambda values, real: (values * real).mean()),
            ),
            Mistake(
                "You leave out where the model says 0, not where 0 stands: a model could escape "
                "its score that way.",
                _said_real,
            ),
            Mistake(
                "You take the probability of the most probable class; the loss asks for that of "
                "the right one.",
                _of_the_likeliest,
            ),
            Mistake(
                "You take the mean of the probabilities, and then the logarithm; asked is the mean "
                "of the logarithms.",
                _logarithm_last,
            ),
            Mistake(
                "Those are the sums over the real places; expected the means.",
                _by(lambda values, real: values[real].sum()),
            ),
            Mistake(
                "You count the padding, and nothing else: the mask is upside down.",
                _by(lambda values, real: values[~real].mean()),
            ),
            Mistake(
                "The two have changed places: the loss first, then the share of right answers.",
                lambda *arguments: masked_scores(*arguments)[::-1],
            ),
        ),
    ),
    Exercise(
        name="5.5",
        title="A mask in the loop",
        answer="last_state",
        level=2,
        points=2,
        reference=last_state,
        draw=_draw_masked,
        mistakes=(
            _run_mistake(
                "The mask changes nothing: the padding is read like words.",
                lambda real, new, old: new,
            ),
            _run_mistake(
                "You keep h where a step is none, but c goes on.",
                lambda real, new, old: (np.where(real, new[0], old[0]), new[1]),
            ),
            _run_mistake(
                "You keep c where a step is none, but h goes on.",
                lambda real, new, old: (new[0], np.where(real, new[1], old[1])),
            ),
            _run_mistake(
                "You set both states to zero where a step is none. It has to leave them as they "
                "were.",
                lambda real, new, old: (new[0] * real, new[1] * real),
            ),
            _run_mistake(
                "You set h to zero where a step is none. It has to leave both states as they were.",
                lambda real, new, old: (new[0] * real, np.where(real, new[1], old[1])),
            ),
            _run_mistake(
                "You set h to zero where a step is none, and c goes on.",
                lambda real, new, old: (new[0] * real, new[1]),
            ),
            Mistake(
                "You read zeros where a step is none. But a step that reads zeros is a step: its "
                "biases and h move the states.",
                _nothing_read,
            ),
            Mistake(
                "You stop at the first step that is none. What comes after a gap is lost.",
                _until_first_gap,
            ),
            Mistake(
                "A step that is none for one row is skipped for all. Each row has its own mask.",
                _shortest_for_all,
            ),
            Mistake("The mask is upside down: True where a step counts.", _upside_down),
            Mistake("You mask what comes out in the end, not the loop.", _shown_only),
            _run_mistake(
                "Your h and c are two names of one array (`h = c = np.zeros(...)`), and you write "
                "into it. Make two arrays, or make new ones with `np.where`.",
                lambda real, new, old: (np.where(real, new[1], old[1]),) * 2,
            ),
            Mistake("That is c after the last step; asked is h.", _held),
        ),
    ),
)
