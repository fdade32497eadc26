"""ForecastPlayground: bend the past of a series, and a trained network answers at once."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import traitlets

from lstm_edu.export import export
from lstm_edu.exported import ExportedModel
from lstm_edu.figures.forecast_playground_picture import draw
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.number import Whole
from lstm_edu.figures.sources import ModelTrait, is_keras, packaged_name, short_name
from lstm_edu.series import Series, check_forecaster

#: As in js/src/figures/forecast_playground_bends.ts.
WIDEST, MOST_BENDS = 96, 40
BEND = re.compile(r"([0-9]{1,4}),([0-9]{1,2}),(-?[0-9]{1,9}(?:\.[0-9]{1,6})?)")
FORECASTS = ("LSTM", "season", "same")


class SeriesTrait(traitlets.TraitType):
    """A `Series` or its dict; kept as the dict. None stands for the one that the model brings."""

    info_text = "a lstm_edu.series.Series, its dict, or None"

    def validate(self, obj, value):
        """Return the series' dict."""
        if value is None:
            return None
        if isinstance(value, Series):
            return value.to_dict()
        if isinstance(value, dict):
            return Series.from_dict(value).to_dict()
        raise TypeError(
            f"series is a {type(value).__name__}; expected {self.info_text}. An array becomes one "
            "with lstm_edu.series.Series(values, reads=…, mean=…, std=…, season=…)."
        )


class BendsTrait(traitlets.Unicode):
    """Bends of the past, as a text."""

    def validate(self, obj, value):
        """Return the text."""
        parts = super().validate(obj, value).split(";")
        fits = value == "none" or (
            len(parts) <= MOST_BENDS
            and len(value) <= 1000
            and all(
                (found := BEND.fullmatch(part))
                and int(found[1]) >= 1
                and 1 <= int(found[2]) <= WIDEST
                for part in parts
            )
        )
        if fits:
            return value
        raise traitlets.TraitError(
            f"bends is {value[:80]!r}; expected 'none' or 'at,width,height', {MOST_BENDS} at most "
            f"with a semicolon between them: steps before now from 1, a width from 1 to {WIDEST}, "
            "and a height with six decimals at most."
        )


class ForecastPlayground(LiveFigure):
    """Bend the past of a time series, and the trained forecaster answers at once.

    The past that the network reads, to grab and bend with a soft brush, and its forecast; in grey
    two simple ones: all comes as it did a season ago (or what the series brings in its place, a
    `lstm_edu.series.Beside`), or nothing changes. What came can be
    shown, and then how far each is off on the average. While the past is bent, a dashed line keeps
    the past as it was, and the forecast for it.

    Parameters
    ----------
    model : keras.Model, ExportedModel, dict or str
        The forecaster: recurrent layers, then Dense without activation, whose outputs are the next
        steps. A trained Keras model or an exported one; a str names one that comes with the
        package, ``"demand"``: electricity demand of England and Wales, a day ahead.
    series : Series or dict, optional
        What it forecasts, and how it reads it, see `lstm_edu.series.Series`. A packaged model
        brings weeks that it was not trained on.
    now : int, optional
        The first step of the forecast; by default the first whose past is long enough.
    brush : int
        How many steps the brush reaches to either side, 1 to 96.
    bends : str
        ``"none"``, or ``"at,width,height"`` for each bend, with semicolons between them: how many
        steps before `now` its middle is (1 is the last), how many steps to either side it reaches
        nought, and its height.
    truth : str
        Whether what came is ``"hidden"`` or ``"shown"``.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Raises
    ------
    ValueError
        The model is no forecaster, or does not fit the series; the series has gaps or is too short.
    TypeError
        `model` or `series` is something else, or a trait is not one of the figure's.
    traitlets.TraitError
        A trait does not fit: the message says what would.

    Attributes
    ----------
    past : ndarray, shape (reads,)
        What the network reads, as the bends leave it.
    forecasts : dict of ndarray, shape (horizon,)
        By ``"LSTM"``, ``"season"`` and ``"same"``: the network's and the two simple ones;
        ``"season"`` is what the series brings in its place, if it does.
    errors : dict of float
        How far each of them is off on the average; NaN where it is not known what came.

    Examples
    --------
    >>> from lstm_edu.figures import ForecastPlayground
    >>> figure = ForecastPlayground("demand", now=864, bends="12,8,1.5")
    >>> figure
    ForecastPlayground(model='demand', now=864, brush=8, bends='12,8,1.5', truth='hidden')
    >>> print(f"{figure.past.max():.2f} GW")
    37.69 GW

    A forecaster of your own, trained in Keras on hours scaled by their mean and deviation:

    >>> from lstm_edu.interop import keras
    >>> from lstm_edu.series import Series
    >>> layers = keras().layers
    >>> model = keras().Sequential([layers.Input((48, 1)), layers.LSTM(8), layers.Dense(12)])
    >>> hours = 20 + 5 * np.sin(np.arange(200) / 24 * 2 * np.pi)
    >>> mine = ForecastPlayground(model, Series(hours, reads=48, mean=20, std=3.5, season=24))
    >>> mine.forecasts["LSTM"].shape
    (12,)

    In prose, a link sets it: ``[a hot day](#forecast-playground?bends=24,24,2)``.
    """

    model = ModelTrait().tag(sync=True, state=True)
    series = SeriesTrait(default_value=None, allow_none=True).tag(sync=True, state=True)
    now = traitlets.Int(0).tag(sync=True, state=True)
    brush = Whole(8, 1, WIDEST)
    bends = BendsTrait("none").tag(sync=True, state=True)
    truth = traitlets.Enum(("hidden", "shown"), "hidden").tag(sync=True, state=True)

    _opened: tuple[Any, Any, ExportedModel, Series] | None = None

    def __init__(self, model="demand", series=None, **traits: Any) -> None:
        if is_keras(model):
            model = _exported(model)
        model = ModelTrait().validate(self, model)
        if model is None:
            raise ValueError("model is None; give the network that is to forecast")
        self._opened = _open(model, SeriesTrait().validate(self, series))
        traits.setdefault("now", self._opened[3].first)
        super().__init__(model=model, series=self._opened[1], **traits)

    @traitlets.validate("model", "series")
    def _validate_sources(self, proposal) -> dict | None:
        trait, value = proposal["trait"].name, proposal["value"]
        sources = {"model": self.model, "series": self.series, trait: value}
        if sources["model"] is not None:
            try:
                self._opened = _open(**sources)
            except ValueError as error:
                raise traitlets.TraitError(str(error)) from None
        return value

    @traitlets.validate("now")
    def _validate_now(self, proposal) -> int:
        now, series = proposal["value"], self._sources()[1]
        if series.first <= now <= len(series):
            return now
        raise traitlets.TraitError(
            f"now is {now}; expected {series.first}, before which there is enough to read, to "
            f"{len(series)}, the end of the series."
        )

    @traitlets.observe("model", "series")
    def _keep_now_inside(self, change) -> None:
        series = self._sources()[1]
        self.set_trait("now", min(max(self.now, series.first), len(series)))

    def _sources(self) -> tuple[ExportedModel, Series]:
        """Return model and series, unpacked once."""
        if self._opened is None:
            self._opened = _open(self.model, self.series)
        return self._opened[2:]

    @property
    def past(self) -> np.ndarray:
        """What the network reads, as the bends leave it."""
        past = self._sources()[1].past(self.now)
        steps = np.arange(len(past), 0, -1)
        for at, width, height in [] if self.bends == "none" else BEND.findall(self.bends):
            share = np.minimum(np.abs(steps - int(at)) / int(width), 1)
            past += float(height) * (1 + np.cos(np.pi * share)) / 2
        return past

    @property
    def forecasts(self) -> dict[str, np.ndarray]:
        """The network's forecast and the two simple ones, by name."""
        model, series = self._sources()
        past, horizon = self.past, check_forecaster(model, series)
        return {
            "LSTM": series.forecast(model, self.now, past),
            "season": series.simple(self.now, past, horizon),
            "same": series.persistence(self.now, past, horizon),
        }

    @property
    def errors(self) -> dict[str, float]:
        """How far each forecast is off on the average; NaN where it is not known what came."""
        forecasts = self.forecasts
        came = self._sources()[1].truth(self.now, len(forecasts["LSTM"]))
        if len(came) == 0:
            return dict.fromkeys(forecasts, float("nan"))
        return {name: float(np.abs(f[: len(came)] - came).mean()) for name, f in forecasts.items()}

    def picture(self) -> str:
        """Return past and forecasts as a plot, an SVG."""
        series = self._sources()[1]
        forecasts = self.forecasts
        came = series.truth(self.now, len(forecasts["LSTM"]))
        return draw(series, self.now, self.past, forecasts, came if self.truth == "shown" else None)

    def description(self) -> str:
        """Return in words what the picture shows."""
        series, forecasts = self._sources()[1], self.forecasts
        unit = f" {series.unit}" * bool(series.unit)
        text = (
            f"{series.title}: {series.reads} steps of the past and a forecast of the next "
            f"{len(forecasts['LSTM'])}, {forecasts['LSTM'].mean():.2f}{unit} on the average"
        )
        if self.bends != "none":
            text += ", for a past that has been bent"
        errors = self.errors
        if self.truth == "shown" and np.isfinite(errors["LSTM"]):
            text += (
                f". It is off by {errors['LSTM']:.2f}{unit} on the average, by "
                f"{errors['season']:.2f} {self._simple_name(series)}"
            )
        return f"{text}."

    @staticmethod
    def _simple_name(series: Series) -> str:
        return series.beside.name if series.beside else "what came a season before"

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from; a packaged model is named, not held."""
        state = super().state()
        reference = packaged_name(self.model)
        return state if reference is None else state | {"model": {"ref": reference}}

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        told = [f"{trait}={getattr(self, trait)!r}" for trait in ("now", "brush", "bends", "truth")]
        return f"ForecastPlayground(model={self.model['name']!r}, {', '.join(told)})"


def _open(model: dict, series: dict | None) -> tuple[dict, dict | None, ExportedModel, Series]:
    """Unpack a model and its series, and check that they fit on one another."""
    network, given = ExportedModel(model), series
    if given is None:
        given = model.get("series")
    if given is None:
        raise ValueError(
            f"series is None, and the model {network.name!r} brings none; give one: "
            "lstm_edu.series.Series(values, reads=…, mean=…, std=…, season=…)"
        )
    opened = Series.from_dict(given)
    check_forecaster(network, opened)
    return model, series, network, opened


def _exported(model) -> ExportedModel:
    """Export a Keras forecaster; its inputs and outputs are numbered."""
    shape = model.input_shape
    if not isinstance(shape, tuple) or len(shape) != 3 or shape[2] is None:
        raise ValueError(
            f"the model takes inputs of shape {shape}; expected (examples, time, features)"
        )
    features = [f"feature {k + 1}" for k in range(shape[2])]
    return export(
        model, features=features, name=short_name(model), title="A forecaster of your own"
    )
