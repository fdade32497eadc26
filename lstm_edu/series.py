"""A series of numbers, and how a network that forecasts it has learnt to read it.

A forecaster reads the last steps before now, scaled, and answers with all steps of its horizon at
once. Beside it stand two forecasts that cost nothing: all stays as it is, and all comes as it did
a season ago.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.exported import ExportedModel

FORMAT = "lstm_edu.series/1"

#: More than a page should hold, or answer within a frame.
MOST_NUMBERS, MOST_READ, LONGEST_HORIZON = 40_000, 1000, 336


@dataclass(frozen=True)
class Series:
    """A series, and how it is read.

    Attributes
    ----------
    values : array_like, shape (time,) or (time, features)
        What was measured. The first column is what is forecast; the others are read along with it.
    reads : int
        How many steps before now the network reads.
    mean, std : float or array_like, shape (features,)
        The network reads ``(value − mean) / std``, and answers on that scale. Take them from the
        training data alone.
    season : int
        After how many steps the series comes again: 24 for hours and days. 1 where it does not.
    differenced : bool
        Whether the network reads and answers the first column's differences from a season before,
        which `mean` and `std` then scale.
    start : str, optional
        When the first step is, ``"2000-08-04T00:00"``; without it steps are counted.
    minutes : int
        Between two steps, where `start` is given.
    unit, title : str
        What the first column is measured in, and what it is.

    Raises
    ------
    TypeError, ValueError
        The parts do not fit together: the message says which, and how to mend it.
    """

    values: np.ndarray
    reads: int
    mean: Any = 0.0
    std: Any = 1.0
    season: int = 1
    differenced: bool = False
    start: str | None = None
    minutes: int = 60
    unit: str = ""
    title: str = "The series"

    def __post_init__(self) -> None:
        """Check that the parts fit together."""
        values = np.asarray(self.values)
        if values.dtype.kind not in "iuf":
            raise TypeError(f"series has dtype {values.dtype}; expected numbers")
        values = values.astype(np.float64)
        if values.ndim == 1:
            values = values[:, None]
        if values.ndim != 2:
            raise ValueError(
                f"series has shape {values.shape}; expected (time,) or (time, features)"
            )
        _checks.finite("series", values, hint="Fill the gaps first, for example by interpolation.")
        if values.size > MOST_NUMBERS:
            raise ValueError(
                f"series holds {values.size:,} numbers; a figure takes {MOST_NUMBERS:,} at most. "
                "Give its last part: series[-5000:]"
            )
        scales = {}
        for name in ("mean", "std"):
            given = _checks.finite(name, np.asarray(getattr(self, name), np.float64))
            if given.shape not in ((), (values.shape[1],)):
                raise ValueError(
                    f"{name} has shape {given.shape}; expected one number, or one for each of the "
                    f"{values.shape[1]} features"
                )
            scales[name] = np.broadcast_to(given, values.shape[1]).copy()
        if (scales["std"] <= 0).any():
            raise ValueError(f"std is {self.std}; expected numbers above 0")
        _checks.integer("reads", self.reads, 1, MOST_READ)
        _checks.integer("season", self.season, 1, len(values))
        _checks.integer("minutes", self.minutes, 1, 525_600)
        if self.start is not None:
            try:
                datetime.datetime.fromisoformat(self.start)
            except (TypeError, ValueError):
                raise ValueError(
                    f"start is {self.start!r}; expected a date such as '2000-08-04T00:00'"
                ) from None
        for name, value in {
            "values": values,
            **scales,
            "differenced": bool(self.differenced),
        }.items():
            object.__setattr__(self, name, value)
        if len(values) < self.first:
            needs = f"{self.reads} to read" + f" and a season of {self.season} before" * (
                self.season > 1
            )
            raise ValueError(f"series has {len(values)} steps; expected at least {needs}")

    def __len__(self) -> int:
        """Return how many steps there are."""
        return len(self.values)

    @property
    def features(self) -> int:
        """How many numbers a step has."""
        return self.values.shape[1]

    @property
    def first(self) -> int:
        """The first step that can be forecast: the past before it is long enough."""
        return self.season + self.reads if self.differenced else max(self.season, self.reads)

    def past(self, now: int) -> np.ndarray:
        """Return the values that the network reads, (reads,), when step `now` is the next."""
        now = _checks.integer("now", now, self.first, len(self))
        return self.values[now - self.reads : now, 0].copy()

    def truth(self, now: int, horizon: int) -> np.ndarray:
        """Return what came from step `now` on, `horizon` steps or as many as are known."""
        return self.values[now : now + horizon, 0].copy()

    def with_past(self, now: int, past) -> np.ndarray:
        """Return the first column up to `now`, with another past, (reads,), in its last part."""
        past = _checks.shaped("past", np.asarray(past, np.float64), self.reads)
        return np.concatenate([self.values[: now - self.reads, 0], past])

    def window(self, now: int, past) -> np.ndarray:
        """Return what the network is given, (reads, features), scaled."""
        history = self.with_past(now, past)
        window = self.values[now - self.reads : now].copy()
        window[:, 0] = history[-self.reads :]
        if self.differenced:
            window[:, 0] -= history[now - self.reads - self.season : now - self.season]
        return (window - self.mean) / self.std

    def persistence(self, now: int, past, horizon: int) -> np.ndarray:
        """Return the forecast that all stays as it is."""
        return np.full(horizon, past[-1])

    def seasonal(self, now: int, past, horizon: int) -> np.ndarray:
        """Return the forecast that each step comes as it did a season before."""
        last = self.with_past(now, past)[-self.season :]
        return last[np.arange(horizon) % self.season]

    def forecast(self, model: ExportedModel, now: int, past=None) -> np.ndarray:
        """Return what a network answers when step `now` is the next.

        Parameters
        ----------
        model : ExportedModel
            See `check_forecaster`.
        now : int
            The first step of the forecast.
        past : array_like, shape (reads,), optional
            The values before it, if they are to be others than they were.

        Returns
        -------
        ndarray, shape (horizon,)
        """
        horizon = check_forecaster(model, self)
        past = self.past(now) if past is None else past
        answer = model.run(self.window(now, past)[None])[1][0]
        answer = answer if answer.ndim == 1 else answer[-1]
        forecast = answer * self.std[0] + self.mean[0]
        return forecast + self.seasonal(now, past, horizon) if self.differenced else forecast

    def to_dict(self) -> dict[str, Any]:
        """Return what a figure takes, JSON-able."""
        return {
            "format": FORMAT,
            "values": packing.pack(self.values),
            "mean": self.mean.tolist(),
            "std": self.std.tolist(),
            **{name: getattr(self, name) for name in _PLAIN},
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Series:
        """Return the series that `to_dict` wrote."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            given = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(f"the format of the series is {given!r}; expected {FORMAT!r}")
        given = {name: data[name] for name in (*_PLAIN, "mean", "std") if name in data}
        return cls(packing.unpack(data.get("values"), "series"), **given)


_PLAIN = ("reads", "season", "differenced", "start", "minutes", "unit", "title")


def check_forecaster(model: ExportedModel, series: Series) -> int:
    """Return how many steps ahead a model forecasts a series.

    Raises
    ------
    ValueError
        It is a model of another kind, or made for a series of another kind.
    """
    name, last = repr(model.name), model.stack.head[-1]
    if model.text is not None:
        raise ValueError(
            f"the model {name} reads texts; expected one that reads numbers: LSTM, then Dense, on "
            "inputs (time, features)"
        )
    if last.activation != "linear":
        raise ValueError(
            f"the last layer of {name} has activation {last.activation}; a forecaster answers with "
            "numbers of any size: expected Dense without activation"
        )
    if len(model.features) != series.features:
        raise ValueError(
            f"the model {name} reads {len(model.features)} features a step, the series has "
            f"{series.features}; expected as many: series of shape (time, {len(model.features)})"
        )
    horizon = len(last.bias)
    if horizon > LONGEST_HORIZON:
        raise ValueError(f"{name} forecasts {horizon} steps; a figure shows {LONGEST_HORIZON}")
    if series.differenced and horizon > series.season:
        raise ValueError(
            f"{name} forecasts {horizon} differences from {series.season} steps before, which are "
            "not all known; expected a season as long as the horizon, or differenced=False"
        )
    return horizon
