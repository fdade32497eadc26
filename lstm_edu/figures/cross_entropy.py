"""CrossEntropy: what a prediction costs, each term an area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import traitlets

from lstm_edu.activations import softmax
from lstm_edu.figures.cross_entropy_picture import cross_entropy_picture
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Number

CLASSES = ("a", "e", "i", "o", "u")
LARGEST_LOGIT = 1000


class Numbers(traitlets.TraitType):
    """One finite number for each class, kept as a tuple; in an address "0.1,0.2,0.1,0.5,0.1"."""

    def __init__(self, default: tuple[float, ...]) -> None:
        super().__init__(default)
        self.tag(sync=True, state=True, to_json=written, from_json=read)

    def validate(self, obj, value):
        """Return the numbers as a tuple of floats."""
        try:
            numbers = np.asarray(value)
        except ValueError:
            numbers = np.empty(0)
        if numbers.dtype.kind not in "fiu" or numbers.shape != (len(CLASSES),):
            problem = f"{len(CLASSES)} numbers, one for each class"
        elif self.name == "logits":
            fits = np.abs(numbers) <= LARGEST_LOGIT
            problem = "" if fits.all() else f"numbers from -{LARGEST_LOGIT} to {LARGEST_LOGIT}"
        else:
            fits = (numbers >= 0).all() and abs(numbers.sum() - 1) <= 1e-6
            problem = "" if fits else "numbers from 0 that sum to 1"
        if problem:
            raise traitlets.TraitError(f"{self.name} is {value!r}; expected {problem}.")
        return tuple(map(float, numbers))


def written(numbers: Iterable[float], widget: Any = None) -> str:
    """Return a list as it stands in an address and in a page."""
    return ",".join(map(repr, numbers))


def read(text: Any, widget: Any = None) -> Any:
    """Return what the browser has written as numbers; what it cannot have written as it is."""
    try:
        return tuple(float(part) for part in text.split(","))
    except (AttributeError, ValueError):
        return text


class CrossEntropy(LiveFigure):
    """What a prediction costs: drag what is predicted, and see each term −p·ln q as an area.

    One of five classes, the letters a, e, i, o, u, is right. Bars show the prediction q, which
    keeps summing to one, and the target p; below, each class is a rectangle as high as p and as
    wide as −ln q, so that their area is the loss. With label smoothing the part of it that is the
    entropy of p, and so cannot be avoided, is set apart. On logits q is their softmax, the loss is
    computed without ever taking the logarithm of q, and its gradient, q − p, is shown.

    Parameters
    ----------
    mode : str
        What is dragged and counts: ``"probabilities"`` or ``"logits"``.
    probabilities : sequence of float, length 5
        The prediction q, from 0, summing to 1 (to within 1e-6).
    logits : sequence of float, length 5
        The scores z before a softmax, −1000 to 1000.
    target : int
        The right class, 0 to 4.
    smoothing : float
        ε, 0 to 0.5: the right class gets 1 − ε, and all five share ε.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Attributes
    ----------
    p, q : ndarray, shape (5,)
        The target, and the prediction in the present mode.
    terms : ndarray, shape (5,)
        −p·ln q in nats; 0 where p is 0.
    loss, entropy, divergence : float
        Their sum; the part of it that is there when q equals p; the rest, KL(p ‖ q).
    gradient : ndarray, shape (5,)
        Of the loss with respect to the logits.

    Notes
    -----
    Where q is 0 for a class that p has, the loss is infinite, and the figure says so. In training
    :func:`lstm_edu.losses.cross_entropy_on_probabilities` counts such a 0 as the smallest number.

    Examples
    --------
    >>> from lstm_edu.figures import CrossEntropy
    >>> CrossEntropy(target=3)
    CrossEntropy(mode='probabilities', target='o', smoothing=0, loss=0.693147)
    >>> CrossEntropy(mode="logits", logits=[1000, 0, 0, -1000, 0], target=3).loss
    2000.0

    In prose, a link sets it: ``[sure, and wrong](#cross-entropy?probabilities=0.9,0.1,0,0,0)``.
    """

    mode = traitlets.Enum(("probabilities", "logits"), "probabilities").tag(sync=True, state=True)
    probabilities = Numbers((0.1, 0.2, 0.1, 0.5, 0.1))
    logits = Numbers((0.0, 0.7, 0.0, 1.6, 0.0))
    target = traitlets.Int(3, min=0, max=len(CLASSES) - 1).tag(sync=True, state=True)
    smoothing = Number(0.0, 0, 0.5)

    @property
    def p(self) -> np.ndarray:
        """The target: one class, or, smoothed, mostly one class."""
        p = np.full(len(CLASSES), self.smoothing / len(CLASSES))
        p[self.target] += 1 - self.smoothing
        return p

    @property
    def q(self) -> np.ndarray:
        """The prediction: as it is set, or the softmax of the logits."""
        return (
            softmax(np.array(self.logits))
            if self.mode == "logits"
            else np.array(self.probabilities)
        )

    @property
    def surprise(self) -> np.ndarray:
        """−ln q, infinite where q is 0; from logits as ln Σ e^z − z, which is always finite."""
        if self.mode == "probabilities":
            with np.errstate(divide="ignore"):
                return np.abs(np.log(self.q))
        z = np.array(self.logits) - max(self.logits)
        return np.log(np.exp(z).sum()) - z

    @property
    def terms(self) -> np.ndarray:
        """What each class costs."""
        return np.multiply(self.p, self.surprise, where=self.p > 0, out=np.zeros(len(CLASSES)))

    @property
    def loss(self) -> float:
        """The cross-entropy, in nats."""
        return float(self.terms.sum())

    @property
    def entropy(self) -> float:
        """The entropy of the target: the least loss that any prediction can reach."""
        p = self.p[self.p > 0]
        return float(np.abs(p * np.log(p)).sum())

    @property
    def divergence(self) -> float:
        """KL(p ‖ q): what the loss has on top of the entropy."""
        return self.loss - self.entropy

    @property
    def gradient(self) -> np.ndarray:
        """Of the loss with respect to the logits: q − p."""
        return self.q - self.p

    def picture(self) -> str:
        """Return the bars and the areas, as an SVG."""
        return cross_entropy_picture(CLASSES, self.p, self.q, self.surprise)

    def description(self) -> str:
        """Return in words what the picture shows."""
        smoothed = f", smoothed by {self.smoothing:g}," if self.smoothing else ""
        cost = f"{self.loss:.3f} nats, {self.loss / np.log(2):.3f} bits"
        return (
            f"A prediction over the letters {', '.join(CLASSES)}, of which {CLASSES[self.target]} "
            f"is right{smoothed} and was given {self.q[self.target]:.3g}. The cross-entropy is "
            f"{cost if np.isfinite(self.loss) else 'infinite'}; {self.entropy:.3f} nats of it are "
            "the entropy of the target."
        )

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from; lists as they stand in an address."""
        state = super().state()
        return {k: written(v) if isinstance(v, tuple) else v for k, v in state.items()}

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return (
            f"CrossEntropy(mode={self.mode!r}, target={CLASSES[self.target]!r}, "
            f"smoothing={self.smoothing:g}, loss={self.loss:g})"
        )
