"""A series of numbers, and how a network that forecasts it has learnt to read it.

A forecaster reads the last steps before now, scaled, and answers with all steps of its horizon at
once. Beside it stand two simple forecasts: all stays as it is; and all comes as it did a season
ago, or, where the series brings one, a linear forecast of the same past.
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
class Beside:
    """A linear forecast to stand beside the network's: ``past @ kernel + bias``.

    Persistence, moving averages, autoregressions are of this kind.

    Parameters
    ----------
    name : str
        What to call it, in 24 characters: ``"HAR"``.
    kernel : array_like, shape (reads, horizon)
        What each step of the past adds to each step of the forecast, on the scale of the series.
    bias : array_like, shape (horizon,)
        What is added besides.
    """

    name: str
    kernel: np.ndarray
    bias: np.ndarray

    def __post_init__(self) -> None:
        """Check that the parts fit together."""
        if not isinstance(self.name, str) or not 0 < len(self.name) <= 24:
            raise ValueError(f"name of beside is {self.name!r}; expected 1 to 24 characters")
        kernel = np.asarray(self.kernel, np.float64)
        _checks.shaped("kernel of beside", kernel, "reads", "horizon")
        bias = np.asarray(self.bias, np.float64)
        _checks.shaped("bias of beside", bias, kernel.shape[1])
        for name, array in {"kernel": kernel, "bias": bias}.items():
            object.__setattr__(self, name, _checks.finite(f"{name} of beside", array))

    def __call__(self, past) -> np.ndarray:
        """Return the forecast, (horizon,), after a past, (reads,)."""
        return past @ self.kernel + self.bias

    def to_dict(self) -> dict[str, Any]:
        """Return what a figure takes, JSON-able."""
        tensors = {"kernel": packing.pack(self.kernel), "bias": packing.pack(self.bias)}
        return {"name": self.name, **tensors}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Beside:
        """Return what `to_dict` wrote."""
        tensors = {k: packing.unpack(data[k], f"{k} of beside") for k in ("kernel", "bias")}
        return cls(data["name"], **tensors)


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
    dates : array_like of datetime64[D], shape (time,), optional
        The day of each step, where steps are days but not every day is one: trading days. In the
        place of `start`.
    beside : Beside, optional
        A linear forecast to be drawn in the place of the one by the season before.

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
    dates: np.ndarray | None = None
    beside: Beside | None = None

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
        if self.dates is not None:
            object.__setattr__(self, "dates", self._checked_dates(len(values)))
        if self.beside is not None and len(self.beside.kernel) != self.reads:
            raise ValueError(
                f"beside reads {len(self.beside.kernel)} steps; expected {self.reads}, as the "
                "network does"
            )
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

    def _checked_dates(self, steps: int) -> np.ndarray:
        """Return the dates, or say what is wrong with them."""
        if self.start is not None:
            raise ValueError("start and dates are both given; expected one of them")
        try:
            dates = np.asarray(self.dates, "datetime64[D]")
        except ValueError:
            raise ValueError("dates cannot be read; expected days such as '2008-10-17'") from None
        _checks.shaped("dates", dates, steps)
        if (np.diff(dates) <= np.timedelta64(0, "D")).any():
            raise ValueError("dates do not follow one another; expected each later than the last")
        return dates

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

    def simple(self, now: int, past, horizon: int) -> np.ndarray:
        """Return the simple forecast that stands beside the network's: `beside`, or `seasonal`."""
        return self.seasonal(now, past, horizon) if self.beside is None else self.beside(past)

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
        data = {
            "format": FORMAT,
            "values": packing.pack(self.values),
            "mean": self.mean.tolist(),
            "std": self.std.tolist(),
            **{name: getattr(self, name) for name in _PLAIN},
        }
        if self.dates is not None:
            days = self.dates.astype(np.int64)
            data["days"] = packing.pack(days.astype(np.float64))
        if self.beside is not None:
            data["beside"] = self.beside.to_dict()
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Series:
        """Return the series that `to_dict` wrote."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            given = data.get("format") if isinstance(data, dict) else type(data).__name__
            raise ValueError(f"the format of the series is {given!r}; expected {FORMAT!r}")
        given = {name: data[name] for name in (*_PLAIN, "mean", "std") if name in data}
        if data.get("days") is not None:
            days = packing.unpack(data["days"], "days").astype(np.int64)
            given["dates"] = days.astype("datetime64[D]")
        if data.get("beside") is not None:
            given["beside"] = Beside.from_dict(data["beside"])
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
    if series.beside is not None and len(series.beside.bias) != horizon:
        raise ValueError(
            f"{series.beside.name!r} beside it forecasts {len(series.beside.bias)} steps, {name} "
            f"{horizon}; expected as many"
        )
    if series.differenced and horizon > series.season:
        raise ValueError(
            f"{name} forecasts {horizon} differences from {series.season} steps before, which are "
            "not all known; expected a season as long as the horizon, or differenced=False"
        )
    return horizon
