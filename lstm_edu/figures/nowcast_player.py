"""NowcastPlayer: rain as it came, as a network, persistence and advection expected it, in step."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import traitlets

from lstm_edu import nowcasts, rain
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.nowcast_player_picture import draw
from lstm_edu.figures.number import Whole
from lstm_edu.figures.page_random import PageRandom
from lstm_edu.nowcast import advected, csi, mean_squares, persistent
from lstm_edu.nowcasts import NONE, OWN, Nowcasts, Played

SOURCES = ("simulated", "storm")
MEASURES = ("error", "csi")


class NowcastsTrait(traitlets.TraitType):
    """Trained nowcasters as their JSON has them; ``"radar"`` names those of the package."""

    info_text = "'radar' or the dict that python -m lstm_edu.models.radar writes"

    def validate(self, obj, value):
        """Return the dict."""
        if value == "radar":
            return nowcasts.packaged()
        if isinstance(value, dict):
            nowcasts.read(value)
            return value
        raise TypeError(f"model is {value!r}; expected {self.info_text}")


class NowcastPlayer(LiveFigure):
    """Play rain as it came beside what a network, persistence and advection expected.

    Four maps in step; beneath, how well each forecast does at each step ahead. SIMULATED rain can
    be changed: another wind, cells of rain placed by hand. The network answers at once.

    Parameters
    ----------
    model : dict or str
        Trained nowcasters: ``"radar"``, which come with the package, or such a dict.
    rain : {"simulated", "storm"}
        What is played: SIMULATED rain, or a real storm.
    network : {"simulated", "storm"}
        What the network was trained on.
    seed : int
        Which SIMULATED scene, 0 to 999.
    wind : str
        ``"own"``, or pixels right and pixels down a step: ``"1.2,-0.4"``.
    cells : str
        ``"none"``, or where cells are placed at the last frame that is read: ``"12.0,8.5;20.0,3"``.
    hour : int
        Which window of the storm, from 0.
    frame : int
        Which frame is shown, from 0, the first that is read.
    unit : int
        Whose gates are shown, from 0.
    measure : {"error", "csi"}
        Mean squared error of levels, or critical success index at 1 mm/h.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Raises
    ------
    ValueError
        The nowcasters do not hold together.
    TypeError
        `model` is something else, or a trait is not one of the figure's.
    traitlets.TraitError
        A trait does not fit: the message says what would.

    Attributes
    ----------
    forecasts : dict of ndarray, each of shape (ahead, height, width)
        Levels by method: ``"network"``, ``"persistence"``, ``"advection"``.
    scores : dict of dict of ndarray, each of shape (ahead,)
        By method: ``"error"`` and ``"csi"``.

    Examples
    --------
    >>> from lstm_edu.figures import NowcastPlayer
    >>> NowcastPlayer(seed=3).forecasts["network"].shape
    (6, 32, 32)

    In prose, a link sets it: ``[the real storm](#nowcast-player?rain=storm&frame=4)``.
    """

    model = NowcastsTrait().tag(sync=True, state=True)
    rain = traitlets.Enum(SOURCES, "simulated").tag(sync=True, state=True)
    network = traitlets.Enum(SOURCES, "simulated").tag(sync=True, state=True)
    seed = Whole(0, 0, 999)
    wind = traitlets.Unicode(OWN).tag(sync=True, state=True)
    cells = traitlets.Unicode(NONE).tag(sync=True, state=True)
    hour = Whole(0, 0, 99)
    frame = Whole(0, 0, 99)
    unit = Whole(0, 0, 99)
    measure = traitlets.Enum(MEASURES, "error").tag(sync=True, state=True)

    _opened: Nowcasts

    def __init__(self, model: str | dict = "radar", **traits: Any) -> None:
        model = NowcastsTrait().validate(self, model)
        self._opened = nowcasts.read(model)
        super().__init__(model=model, **traits)

    @traitlets.validate("wind", "cells")
    def _validate_change(self, proposal) -> str:
        value, trait = proposal["value"], proposal["trait"].name
        try:
            if trait == "cells":
                nowcasts.cells_of(value)
            else:
                nowcasts.blown(value, np.zeros(2))
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return value

    @traitlets.validate("model")
    def _validate_model(self, proposal) -> dict:
        self._opened = nowcasts.read(proposal["value"])
        return proposal["value"]

    @traitlets.validate("hour", "unit", "frame")
    def _validate_place(self, proposal) -> int:
        value, trait = proposal["value"], proposal["trait"].name
        found = self._opened
        # Traits that are given together are validated in any order: either rain may be played.
        counts = {
            "hour": found.windows,
            "unit": min(each.layer.filters for each in found.networks.values()),
            "frame": max(self._frames(each) for each in SOURCES),
        }
        if value >= counts[trait]:
            raise traitlets.TraitError(f"{trait} is {value}; expected 0 to {counts[trait] - 1}.")
        return value

    @traitlets.observe("rain", "frame")
    def _keep_frame_inside(self, change) -> None:
        self.set_trait("frame", min(self.frame, self._frames(self.rain) - 1))

    def _frames(self, source: str) -> int:
        """Return how many frames are played."""
        storm = self._opened.storm
        return storm.past + storm.ahead if source == "storm" else rain.PAST + rain.AHEAD

    @property
    def played(self) -> Played:
        """The frames, those that are read and those that come."""
        if self.rain == "storm":
            return nowcasts.hours(self._opened.storm, self.hour)
        return nowcasts.simulated(PageRandom(self.seed), self.wind, self.cells)

    @property
    def forecasts(self) -> dict[str, np.ndarray]:
        """Levels by method."""
        frames, past = self.played
        ahead = len(frames) - past
        network = self._opened.networks[self.network]
        return {
            "network": network.forecast(frames[:past], ahead).frames,
            "persistence": persistent(frames[:past], ahead),
            "advection": advected(frames[:past], ahead),
        }

    @property
    def scores(self) -> dict[str, dict[str, np.ndarray]]:
        """How well each method does at each step ahead."""
        frames, past = self.played
        return {
            name: {
                "error": mean_squares(said[None], frames[None, past:]),
                "csi": csi(said[None], frames[None, past:]),
            }
            for name, said in self.forecasts.items()
        }

    def picture(self) -> str:
        """Return the four maps at the frame that is shown, and the scores, an SVG."""
        frames, past = self.played
        shown = max(self.frame, past)
        maps = {"truth": frames[shown]}
        maps |= {name: said[shown - past] for name, said in self.forecasts.items()}
        return draw(maps, {name: each[self.measure] for name, each in self.scores.items()})

    def description(self) -> str:
        """Return in words what the picture shows."""
        past = self.played.past
        ahead = max(self.frame, past) - past
        said = ", ".join(f"{name} {each['error'][ahead]:.4f}" for name, each in self.scores.items())
        what = "A real storm's rain" if self.rain == "storm" else "SIMULATED rain"
        return (
            f"{what} {ahead + 1} ahead of what was seen: as it came, and as the network, "
            f"persistence and advection expected it. Mean squared error: {said}."
        )

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from; the packaged networks are named, not held."""
        state = super().state()
        return state | {"model": {"ref": "radar"}} if _is_packaged(self.model) else state

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        usual = {name: trait.default_value for name, trait in self.traits(state=True).items()}
        told = [
            f"{name}={getattr(self, name)!r}"
            for name in ("rain", "network", "seed", "wind", "cells", "hour", "frame", "measure")
            if name == "rain" or getattr(self, name) != usual[name]
        ]
        return f"NowcastPlayer({', '.join(told)})"


def _is_packaged(model: dict) -> bool:
    return json.dumps(model, sort_keys=True) == json.dumps(nowcasts.packaged(), sort_keys=True)
