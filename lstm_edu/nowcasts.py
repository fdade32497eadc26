"""What a NowcastPlayer plays: trained nowcasters, the hours of a storm, and SIMULATED rain."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from lstm_edu import _checks, packing, rain
from lstm_edu.nowcast import FORMAT, Nowcaster

#: Nothing a reader has changed: the scene's own wind, no cell placed.
OWN, NONE = "own", "none"
#: Bounds, as in js/src/figures/nowcast_player_rain.ts.
STRONGEST = 2.0
LEAST_PLACE, MOST_PLACE = -20.0, 51.0
MOST_PLACED = 24


class Storm(NamedTuple):
    """Hours of a storm.

    Attributes
    ----------
    frames : ndarray, shape (hours, height, width)
        Levels.
    past, ahead : int
        How many are read, and how many are forecast.
    begins : str
        The first hour, ``"2018-09-14 07:00"``.
    """

    frames: np.ndarray
    past: int
    ahead: int
    begins: str


class Nowcasts(NamedTuple):
    """Trained nowcasters by name, and the storm that travels with them."""

    networks: dict[str, Nowcaster]
    storm: Storm

    @property
    def windows(self) -> int:
        """How many windows of the storm can be played."""
        return len(self.storm.frames) - self.storm.past - self.storm.ahead + 1


class Played(NamedTuple):
    """Frames of levels, (time, height, width), and how many of them are read."""

    frames: np.ndarray
    past: int

    @property
    def ahead(self) -> int:
        """How many are forecast."""
        return len(self.frames) - self.past


def read(data: dict[str, Any]) -> Nowcasts:
    """Return what ``python -m lstm_edu.models.radar`` wrote.

    Raises
    ------
    ValueError
        The data are not of this format, or do not hold together.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        given = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise ValueError(f"the format of the nowcasters is {given!r}; expected {FORMAT!r}")
    if missing := [name for name in ("networks", "storm") if name not in data]:
        raise ValueError(f"the nowcasters have no {missing[0]!r}")
    networks = {name: Nowcaster.from_dict(each) for name, each in data["networks"].items()}
    given = data["storm"]
    storm = Storm(
        packing.unpack(given["frames"], "frames of the storm"),
        _checks.integer("past of the storm", given["past"], 2),
        _checks.integer("ahead of the storm", given["ahead"], 1),
        given["begins"],
    )
    found = Nowcasts(networks, storm)
    if found.windows < 1:
        raise ValueError(
            f"the storm has {len(storm.frames)} frames; expected {storm.past + storm.ahead} or more"
        )
    return found


def packaged() -> dict[str, Any]:
    """Return the nowcasters that come with the package, as their JSON has them."""
    return json.loads(
        resources.files("lstm_edu.models").joinpath("radar.json").read_text(encoding="utf-8")
    )


def load() -> Nowcasts:
    """Open the nowcasters that come with the package.

    Examples
    --------
    >>> sorted(load().networks)
    ['simulated', 'storm']
    """
    return read(packaged())


def pair(what: str, text: str, least: float, most: float) -> np.ndarray:
    """Return two numbers with at most one decimal, written ``"1.2,-0.4"``.

    Raises
    ------
    ValueError
        They are none, or beyond their bounds.
    """
    parts = text.split(",")
    try:
        found = np.array([float(part) for part in parts])
    except ValueError:
        found = np.array([])
    plain = all(part.lstrip("-").replace(".", "", 1).isdigit() for part in parts)
    fine = all(len(part.partition(".")[2]) <= 1 and not part.endswith(".") for part in parts)
    if len(found) != 2 or not plain or not fine or not ((least <= found) & (found <= most)).all():
        raise ValueError(
            f"{what} is {text!r}; expected two numbers from {least:g} to {most:g} with one decimal "
            "at most, such as '1.2,-0.4'"
        )
    return found


def cells_of(text: str) -> np.ndarray:
    """Return the cells of ``"12.0,8.5;20.0,3.0"``, shape (cells, 8); none for ``"none"``."""
    places = [] if text == NONE else text.split(";")
    if len(places) > MOST_PLACED:
        raise ValueError(f"cells names {len(places)} places; expected {MOST_PLACED} at most")
    found = [
        rain.placed(*pair("a place of cells", each, LEAST_PLACE, MOST_PLACE)) for each in places
    ]
    return np.array(found).reshape(-1, 8)


def blown(text: str, own: np.ndarray) -> np.ndarray:
    """Return the wind of ``"1.2,-0.4"``, or a scene's own for ``"own"``."""
    return own if text == OWN else pair("wind", text, -STRONGEST, STRONGEST)


def simulated(random: np.random.Generator, wind: str = OWN, cells: str = NONE) -> Played:
    """Return a SIMULATED scene as a reader has changed it.

    Parameters
    ----------
    random : numpy.random.Generator
        Draws the scene.
    wind, cells : str
        See `blown` and `cells_of`.
    """
    drawn = rain.scene(random)
    scene = rain.Scene(blown(wind, drawn.wind), np.concatenate([drawn.cells, cells_of(cells)]))
    return Played(rain.level(rain.rainfall(scene)), rain.PAST)


def hours(storm: Storm, hour: int) -> Played:
    """Return a window of a storm, the first one for 0."""
    return Played(storm.frames[hour : hour + storm.past + storm.ahead], storm.past)
