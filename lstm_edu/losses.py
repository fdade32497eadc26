"""How wrong was it? Each loss returns the mean over all predictions, and its gradient.

``loss(prediction, target) -> (value, gradient)``: the value a float, the gradient with respect to
the prediction, in its shape and dtype.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lstm_edu import _checks


def mean_squared_error(prediction, target) -> tuple[float, np.ndarray]:
    """Return the mean of (prediction − target)², and its gradient.

    Parameters
    ----------
    prediction, target : array_like
        Of one shape and dtype.
    """
    prediction = _checks.floating("prediction", prediction)
    target = _checks.floating("target", target)
    _checks.shaped("target", target, *prediction.shape)
    _checks.same_dtype(prediction.dtype, "prediction", target=target)
    difference = prediction - target
    return float(np.mean(difference**2)), 2.0 * difference / difference.size


def cross_entropy_on_logits(logits, classes) -> tuple[float, np.ndarray]:
    """Return the mean of −ln softmax(logits)[class], and its gradient.

    The softmax never leaves the logarithm, −ln softmax(z)_k = ln Σ e^z − z_k, so that no logit is
    too large for it. Its gradient is (softmax(z) − one-hot) / number of predictions.

    Parameters
    ----------
    logits : array_like, shape (…, number of classes)
        The scores before a softmax.
    classes : array_like of int, shape (…)
        The right class of each.
    """
    logits = _checks.floating("logits", logits)
    classes = _check_classes(classes, logits.shape)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    total = exponentials.sum(axis=-1, keepdims=True)
    log_p = shifted - np.log(total)
    value = -np.take_along_axis(log_p, classes, axis=-1).mean()
    p = exponentials / total
    gradient = p.copy()
    np.put_along_axis(gradient, classes, np.take_along_axis(p, classes, axis=-1) - 1.0, axis=-1)
    return float(value), gradient / classes.size


def cross_entropy_on_probabilities(probabilities, classes) -> tuple[float, np.ndarray]:
    """Return the mean of −ln p[class], and its gradient with respect to p.

    Parameters
    ----------
    probabilities : array_like, shape (…, number of classes)
        As a softmax makes them: each row sums to one.
    classes : array_like of int, shape (…)
        The right class of each.

    Notes
    -----
    A probability that was rounded to 0 counts as the smallest number of its dtype: a loss of about
    87 in float32 where on logits it could be any. Prefer logits to train.
    """
    p = _checks.floating("probabilities", probabilities)
    classes = _check_classes(classes, p.shape)
    sums = p.sum(axis=-1)
    wrong = ~(np.abs(sums - 1.0) <= 1e-3)
    if wrong.any() or (p < 0).any():
        shown = sums[wrong].flat[0] if wrong.any() else p.min()
        what = "sum to" if wrong.any() else "hold"
        raise ValueError(
            f"probabilities {what} {shown:g}; expected numbers from 0 that sum to 1. "
            "For scores before a softmax use cross_entropy_on_logits."
        )
    chosen = np.maximum(np.take_along_axis(p, classes, axis=-1), np.finfo(p.dtype).tiny)
    gradient = np.zeros_like(p)
    np.put_along_axis(gradient, classes, -1.0 / (chosen * classes.size), axis=-1)
    return float(-np.log(chosen).mean()), gradient


def _check_classes(classes, shape: tuple[int, ...]) -> np.ndarray:
    """Return the class numbers with a last axis of length 1."""
    classes = _checks.whole("classes", classes, 0, shape[-1] - 1)
    return _checks.shaped("classes", classes, *shape[:-1])[..., None]


LOSSES: dict[str, Callable] = {
    "mean_squared_error": mean_squared_error,
    "cross_entropy_on_logits": cross_entropy_on_logits,
    "cross_entropy_on_probabilities": cross_entropy_on_probabilities,
}


def get(loss: str | Callable) -> Callable:
    """Return a loss by its name; a function is handed back."""
    return loss if callable(loss) else LOSSES[_checks.choice("loss", loss, LOSSES)]
