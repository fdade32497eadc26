"""Forecasts of the next frames from those seen, by a ConvLSTM or by advection; how good they are.

All of it runs in a page, too: js/src/nowcast.ts gives the same numbers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.conv_lstm import ConvLSTM, ConvStep, ConvTrace, convolved
from lstm_edu.rain import level

FORMAT = "lstm_edu.nowcast/1"

#: As far as advection looks for the shift from one frame to the next, in pixels.
FARTHEST = 3
#: Where rain begins to count, in mm/h.
THRESHOLD = 1.0


class Forecast(NamedTuple):
    """What a nowcaster says, and what went on in it.

    Attributes
    ----------
    frames : ndarray, shape (ahead, height, width)
        The levels that it expects.
    trace : ConvTrace
        Its steps: one for each frame that it read, those of its own forecasts but the last.
    """

    frames: np.ndarray
    trace: ConvTrace


class Nowcaster:
    """A ConvLSTM that reads frames and then its own forecasts; weights in float64.

    After each frame a last convolution says by how much every pixel changes:
    next = max(0, frame + V * h + b).

    Parameters
    ----------
    layer : ConvLSTM
        Of one channel.
    kernel : array_like, shape (size, size, filters, 1)
        The last convolution, V.
    bias : array_like, shape (1,)
        Of the last convolution.
    """

    def __init__(self, layer: ConvLSTM, kernel, bias) -> None:
        self.layer = layer
        self.kernel, self.bias = np.asarray(kernel, np.float64), np.asarray(bias, np.float64)
        size = len(layer.params.kernel)
        if self.kernel.shape != (size, size, layer.filters, 1) or self.bias.shape != (1,):
            raise ValueError(
                f"the last convolution has shapes {self.kernel.shape} and {self.bias.shape}; "
                f"expected {(size, size, layer.filters, 1)} and (1,) after {layer!r}"
            )

    @property
    def parameters(self) -> int:
        """How many weights there are."""
        return self.layer.parameters + self.kernel.size + 1

    def forecast(self, past, ahead: int) -> Forecast:
        """Return the frames that follow.

        Parameters
        ----------
        past : ndarray, shape (time, height, width)
            Levels, one frame or more, of any height and width.
        ahead : int
            How many frames.
        """
        past = np.asarray(past, np.float64)
        _checks.finite("past", _checks.shaped("past", past, "time", "height", "width"))
        ahead = _checks.integer("ahead", ahead, 1)
        frames, steps = list(past), []
        while len(frames) < len(past) + ahead:
            read = frames[len(steps)]
            steps.append(self.layer.step(read[..., None], steps[-1] if steps else None))
            if len(steps) >= len(past):
                frames.append(self._next(read, steps[-1]))
        return Forecast(np.stack(frames[len(past) :]), ConvTrace.of(steps))

    def _next(self, frame: np.ndarray, step: ConvStep) -> np.ndarray:
        change = convolved(step.h, self.kernel)[..., 0] + self.bias
        return np.maximum(0, frame + change)

    def quantized(self) -> Nowcaster:
        """Return the network with weights rounded to 8 bits, as `to_dict` writes them."""
        return Nowcaster.from_dict(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Return the weights, rounded to 8 bits, JSON-able; the two biases are kept exactly."""
        params = self.layer.params
        return {
            "kernel": packing.quantize(params.kernel),
            "recurrent_kernel": packing.quantize(params.recurrent_kernel),
            "bias": packing.pack(params.bias),
            "head_kernel": packing.quantize(self.kernel),
            "head_bias": packing.pack(self.bias),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Nowcaster:
        """Return the network that `to_dict` wrote.

        Raises
        ------
        ValueError
            Something is missing, or does not fit together.
        """
        names = ("kernel", "recurrent_kernel", "bias", "head_kernel", "head_bias")
        if missing := [name for name in names if name not in data]:
            raise ValueError(f"the network has no {missing[0]!r}; expected {', '.join(names)}")
        weights = [packing.unpack(data[name], name) for name in names]
        return cls(ConvLSTM(*weights[:3]), *weights[3:])

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Nowcaster({self.layer!r}, {self.parameters:,} weights with the last convolution)"


def motion(past: np.ndarray) -> np.ndarray:
    """Return how far the rain goes from frame to frame: one shift for the whole map.

    Of all shifts by whole pixels, up to `FARTHEST`, the one under which each frame is the likest to
    the next, over the pixels that both have, by the mean of the squared differences; then, in each
    direction, the lowest point of the parabola through its neighbours.

    Parameters
    ----------
    past : ndarray, shape (time, height, width)
        Two frames or more.

    Returns
    -------
    ndarray, shape (2,)
        Pixels right and pixels down a step.
    """
    height, width = past.shape[1:]
    reach = range(-FARTHEST, FARTHEST + 1)
    errors = np.empty((len(reach), len(reach)))
    for down in reach:
        for right in reach:
            before = past[
                :-1,
                max(0, -down) : height - max(0, down),
                max(0, -right) : width - max(0, right),
            ]
            after = past[
                1:, max(0, down) : height + min(0, down), max(0, right) : width + min(0, right)
            ]
            errors[down + FARTHEST, right + FARTHEST] = np.mean((after - before) ** 2)
    y, x = np.unravel_index(np.argmin(errors), errors.shape)
    return np.array([_lowest(errors[y], x), _lowest(errors[:, x], y)]) - FARTHEST


def _lowest(errors: np.ndarray, at: int) -> float:
    """Return where the parabola through a least error and its neighbours is lowest."""
    if not 0 < at < len(errors) - 1:
        return float(at)
    before, least, after = errors[at - 1 : at + 2]
    bend = before - 2 * least + after
    return at + (before - after) / (2 * bend) if bend > 0 else float(at)


def shifted(frame: np.ndarray, right: float, down: float) -> np.ndarray:
    """Return a map carried along, on straight lines between pixels; beyond the edge as at it."""
    height, width = frame.shape
    return _blend(_blend(frame, np.arange(height) - down, 0), np.arange(width) - right, 1)


def _blend(frame: np.ndarray, places: np.ndarray, axis: int) -> np.ndarray:
    """Return a map at places between its rows, or columns."""
    last = frame.shape[axis] - 1
    low = np.floor(places)
    part = np.expand_dims(places - low, 1 - axis)
    below, above = (np.clip(low + k, 0, last).astype(int) for k in (0, 1))
    return (1 - part) * frame.take(below, axis) + part * frame.take(above, axis)


def advected(past: np.ndarray, ahead: int) -> np.ndarray:
    """Return the last frame carried on by its motion: Lagrangian persistence.

    Parameters
    ----------
    past : ndarray, shape (time, height, width)
        Levels, two frames or more.
    ahead : int
        How many frames.

    Returns
    -------
    ndarray, shape (ahead, height, width)
    """
    right, down = motion(past)
    return np.stack([shifted(past[-1], step * right, step * down) for step in range(1, ahead + 1)])


def persistent(past: np.ndarray, ahead: int) -> np.ndarray:
    """Return the last frame again and again: persistence."""
    return np.repeat(past[-1:], ahead, axis=0)


def mean_squares(found: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the mean squared error of levels at each step ahead, shape (ahead,)."""
    return ((found - truth) ** 2).mean(axis=(0, 2, 3))


def csi(found: np.ndarray, truth: np.ndarray, threshold: float = THRESHOLD) -> np.ndarray:
    """Return the critical success index at each step ahead, shape (ahead,), 0 to 1.

    Of the pixels where it rained by the threshold or more, or was forecast to, how many were both:
    hits / (hits + misses + false alarms).
    """
    said, was = found >= level(threshold), truth >= level(threshold)
    axes = (0, 2, 3)
    either = (said | was).sum(axis=axes)
    return np.where(either > 0, (said & was).sum(axis=axes) / np.maximum(either, 1), 1.0)
