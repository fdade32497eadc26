"""The picture of a ForecastPlayground: the past, the forecasts, and what came."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import numpy as np

from lstm_edu.plotting.ends import name_ends
from lstm_edu.plotting.style import SMALL, axes_or_new, styled
from lstm_edu.series import Series


@styled
def draw(
    series: Series,
    now: int,
    past: np.ndarray,
    forecasts: Mapping[str, np.ndarray],
    came: np.ndarray | None,
    theme: str = "light",
) -> str:
    """Return the plot as an SVG.

    Parameters
    ----------
    series : Series
        Where the past is from.
    now : int
        The first step of the forecasts.
    past : ndarray, shape (reads,)
        What the network read.
    forecasts : mapping of str to ndarray, shape (horizon,)
        By ``"LSTM"``, ``"season"`` and ``"same"``.
    came : ndarray or None
        What came then, if it is to be seen.
    theme : {"light", "dark"}
        The ground.
    """
    ax, shades = axes_or_new(None, 3.2, theme, "forecast")
    accent, grey = shades.diverging[2], shades.fill["x"]
    before = np.arange(now - series.reads, now)
    after = np.arange(now, now + len(forecasts["LSTM"]))
    ax.axvspan(now - 0.5, after[-1] + 0.5, color=shades.surface, zorder=0, linewidth=0)
    ax.axvline(now - 0.5, color=shades.muted, linewidth=0.8)
    was = series.past(now)
    if not np.array_equal(was, past):
        ax.plot(before, was, color=shades.muted, linewidth=0.9, linestyle=(0, (3, 3)))
    ax.plot(before, past, color=shades.ink, linewidth=1.6)
    ends = []
    looks = {
        "same": ("no change", grey, 1.2, (0, (5, 3))),
        "season": (season(series), grey, 1.2, "-"),
        "LSTM": ("LSTM", accent, 2.0, "-"),
    }
    for name, (label, colour, width, dashes) in looks.items():
        values = forecasts[name]
        ax.plot(after, values, color=colour, linewidth=width, linestyle=dashes)
        ends.append((float(values[-1]), label, accent if name == "LSTM" else shades.muted))
    if came is not None and len(came):
        ax.plot(after[: len(came)], came, color=shades.ink, linewidth=1.2)
        ends.append((float(came[-1]), "what came", shades.ink))
    ax.set_xlim(before[0] - 0.5, after[-1] + 0.5)
    places, labels = ticks(series, now, int(before[0]), int(after[-1]))
    ax.set_xticks(places, labels)
    ax.set_ylabel(series.unit, color=shades.muted, fontsize=SMALL)
    name_ends(ax, ends)
    return ax.svg()


def season(series: Series) -> str:
    """Return what the forecast by the season before is called, or the one in its place."""
    if series.beside is not None:
        return series.beside.name
    length = 0 if series.start is None else series.season * series.minutes
    return {10_080: "last week", 1440: "yesterday"}.get(length, "last season")


def ticks(series: Series, now: int, first: int, last: int) -> tuple[list[int], list[str]]:
    """Return where the days begin, and their names; without dates, seasons from now.

    Where each step has a date of its own, these are the first days of the months.
    """
    if series.dates is not None:
        days = series.dates[first : last + 1]
        months = days.astype("datetime64[M]")
        places = first + 1 + np.flatnonzero(months[1:] != months[:-1])
        names = [series.dates[place].astype(object) for place in places[places < len(series)]]
        return [int(place) for place in places], [f"{name:%b %Y}" for name in names]
    if series.start is None or series.minutes > 1440:
        stride = series.season if series.season > 1 else max(1, (last - first) // 4)
        places = [k for k in range(first, last + 1) if (k - now) % stride == 0]
        return places, [f"{k - now:+d}".replace("-", "−") if k != now else "0" for k in places]
    start = datetime.datetime.fromisoformat(series.start)
    places, labels = [], []
    for step in range(first, last + 1):
        when = start + datetime.timedelta(minutes=step * series.minutes)
        if (when.hour, when.minute) == (0, 0):
            places.append(step)
            labels.append(f"{when:%a} {when.day}")
    return places, labels
