"""Learning: the loop that fits a network's weights to examples."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from tqdm.auto import tqdm

from lstm_edu import _checks, initializers, losses, optimizers
from lstm_edu.network import Network


@dataclass
class History:
    """How a training went.

    Parameters
    ----------
    loss : list of float
        The loss of each batch, before the step that it led to.
    gradient_norm : list of float
        The length of the gradient of all weights, before it was clipped.
    validation_loss : list of float
        The loss on the validation data after each epoch, where there are any.
    """

    loss: list[float] = field(default_factory=list)
    gradient_norm: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)


def minibatches(
    x, y, mask=None, *, batch_size: int = 32, seed: int | np.random.Generator | None = 0
) -> Iterator[tuple]:
    """Yield all examples once, in random order, as (x, y, mask) of `batch_size` each.

    The last batch holds what is left over. The mask is None where there is none.

    Raises
    ------
    ValueError
        Where x, y and mask differ in the number of their examples.
    """
    batch_size = _checks.integer("batch_size", batch_size, 1)
    if len(x) != len(y) or (mask is not None and len(mask) != len(x)):
        lengths = f"{len(x)} and {len(y)}" + ("" if mask is None else f" (mask: {len(mask)})")
        raise ValueError(f"x and y have {lengths} examples; expected as many of each.")
    order = initializers.generator(seed).permutation(len(x))
    for start in range(0, len(x), batch_size):
        chosen = order[start : start + batch_size]
        yield x[chosen], y[chosen], None if mask is None else mask[chosen]


def train_on_batch(
    network: Network,
    batch: tuple,
    *,
    loss: Callable,
    optimizer,
    clip_norm: float | None = None,
    truncate: int | None = None,
    history: History,
) -> None:
    """Take one step: forwards, loss, backwards, new weights, all entered in `history`.

    Parameters are those of :func:`fit_batches`, except that `loss` is always a function, and
    `optimizer` has no default; `batch` is (x, y) or (x, y, mask).

    Raises
    ------
    FloatingPointError
        Where the loss, the gradient or a new weight is not finite. The network then keeps the
        weights that it had.
    """
    x, y, *mask = batch
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            run = network.forward(x, *mask)
            value, upstream = loss(run.output, y)
            _expect_finite("The loss", value)
            gradients = network.backward(run, upstream, truncate=truncate)
            norm = optimizers.global_norm(gradients)
            _expect_finite("The length of the gradient", norm)
            if clip_norm is not None:
                gradients = optimizers.clip_by_norm(gradients, clip_norm)
            weights = optimizer.step(network.weights, gradients)
            _expect_finite("The length of the new weights", optimizers.global_norm(weights))
    except FloatingPointError as error:
        last = f"{history.loss[-1]:g}" if history.loss else "none, this was the first"
        advice = f"Try a learning rate below {optimizer.learning_rate:g}"
        advice += "." if clip_norm is not None else ", or clip_norm=1.0."
        raise FloatingPointError(
            f"Training stopped at batch {len(history.loss) + 1}: {error} The last loss was {last}. "
            f"The weights are those before this batch. {advice}"
        ) from None
    network.weights = weights
    history.loss.append(value)
    history.gradient_norm.append(norm)


def _expect_finite(what: str, value: float) -> None:
    if not np.isfinite(value):
        raise FloatingPointError(f"{what} is {value}.")


def _progress_bar(batches, *, total: int | None, show: bool) -> tqdm:
    return tqdm(batches, total=total, disable=not show, leave=False, unit="batch")


def _train(
    network: Network,
    batches: Iterable[tuple],
    bar: tqdm,
    *,
    history: History,
    callback: Callable | None,
    shown=(),
    **how,
) -> None:
    """Take a step on each batch as `how` says, and show the loss, and `shown`, beside the bar."""
    for batch in batches:
        if callback is not None and not history.loss:
            callback(history)
        train_on_batch(network, batch, history=history, **how)
        if callback is not None:
            callback(history)
        bar.update()
        bar.set_postfix(shown, loss=f"{history.loss[-1]:.4g}", refresh=False)


def fit_batches(
    network: Network,
    batches: Iterable[tuple],
    *,
    loss: str | Callable,
    optimizer=None,
    clip_norm: float | None = None,
    truncate: int | None = None,
    steps: int | None = None,
    callback: Callable[[History], object] | None = None,
    progress: bool = True,
) -> History:
    """Train a network on batches that are made as they are needed.

    Parameters
    ----------
    network : Network
        Its weights are replaced.
    batches : iterable
        Of (x, y) or (x, y, mask). It may be endless where `steps` is given.
    loss : str or callable
        See :mod:`lstm_edu.losses`.
    optimizer : SGD or Adam, optional
        By default ``Adam()``.
    clip_norm : float, optional
        Shorten a gradient that is longer than this.
    truncate : int, optional
        Cut the gradient of the states every so many time steps, see
        :meth:`~lstm_edu.recurrent_layer.RecurrentLayer.backward`.
    steps : int, optional
        Stop after so many batches.
    callback : callable, optional
        Called with the History before the first batch and after every one, for example a
        :class:`~lstm_edu.recorder.Recorder`.
    progress : bool
        Whether to show a progress bar, on stderr.

    Returns
    -------
    History

    Raises
    ------
    FloatingPointError
        As soon as a loss, a gradient or a weight is no longer finite. The network keeps the
        weights that it had before that batch.
    """
    loss, history = losses.get(loss), History()
    optimizer = optimizers.Adam() if optimizer is None else optimizer
    how = {"loss": loss, "optimizer": optimizer, "clip_norm": clip_norm, "truncate": truncate}
    if steps is not None:
        batches = itertools.islice(batches, _checks.integer("steps", steps, 1))
    with _progress_bar(batches, total=steps, show=progress) as bar:
        _train(network, batches, bar, history=history, callback=callback, **how)
    return history


def fit(
    network: Network,
    x,
    y,
    *,
    loss: str | Callable,
    mask=None,
    epochs: int = 1,
    batch_size: int = 32,
    optimizer=None,
    clip_norm: float | None = None,
    truncate: int | None = None,
    validation: tuple | None = None,
    seed: int | np.random.Generator | None = 0,
    callback: Callable[[History], object] | None = None,
    progress: bool = True,
) -> History:
    """Train a network on arrays.

    Parameters
    ----------
    network : Network
        Its weights are replaced.
    x, y : ndarray
        Inputs and targets, one example a row.
    loss : str or callable
        See :mod:`lstm_edu.losses`.
    mask : ndarray of bool, shape (examples, time), optional
        False where a step of x is to be skipped.
    epochs, batch_size : int
        How often to go through all examples, and how many to take at once.
    optimizer, clip_norm, truncate, callback, progress
        As in :func:`fit_batches`.
    validation : tuple, optional
        (x, y) or (x, y, mask) to compute the loss on after every epoch.
    seed : int or Generator, optional
        For the order of the examples.

    Returns
    -------
    History

    Raises
    ------
    FloatingPointError
        As in :func:`fit_batches`.
    """
    loss, history = losses.get(loss), History()
    optimizer = optimizers.Adam() if optimizer is None else optimizer
    how = {"loss": loss, "optimizer": optimizer, "clip_norm": clip_norm, "truncate": truncate}
    epochs = _checks.integer("epochs", epochs, 1)
    batch_size = _checks.integer("batch_size", batch_size, 1)
    rng = initializers.generator(seed)
    total = epochs * math.ceil(len(x) / batch_size)
    with _progress_bar(None, total=total, show=progress) as bar:
        for epoch in range(1, epochs + 1):
            batches = minibatches(x, y, mask, batch_size=batch_size, seed=rng)
            shown = {"epoch": epoch}
            _train(network, batches, bar, history=history, callback=callback, shown=shown, **how)
            if validation is not None:
                seen, wanted, *seen_mask = validation
                history.validation_loss.append(loss(network(seen, *seen_mask), wanted)[0])
    return history
