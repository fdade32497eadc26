"""The picture of a MemoryTask: the row, what is to be said at its end, and a race run before."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator

from lstm_edu import long_lag
from lstm_edu.colours import Colours, colours
from lstm_edu.plotting.style import (
    NORMAL,
    SMALL,
    Panels,
    Picture,
    hairlines,
    new_figure,
    styled,
)

#: Written by memory_task_recording.py.
RUNS = Path(__file__).with_name("memory_task_runs.json")
NAMES = {"rnn": "RNN", "lstm0": "LSTM, forget bias 0", "lstm1": "LSTM, forget bias 1"}
LETTERS = "AB"


def recorded(task: str, lag: int, seed: int) -> dict | None:
    """Return how the lanes of a race fared that was run before; None for any other."""
    if not RUNS.exists():
        return None
    for run in json.loads(RUNS.read_text(encoding="utf-8")):
        if (run["task"], run["lag"], run["seed"]) == (task, lag, seed):
            return run["lanes"]
    return None


def outcome(name: str, lane: dict) -> str:
    """Return in words how a network fared."""
    fared = "solved after" if lane["solved"] else "not in"
    return f"{NAMES[name]}: {fared} {lane['curve'][-1][0]:,} sequences"


@styled
def draw(
    task: str, x: np.ndarray, y: np.ndarray, lanes: dict | None, theme: str = "light"
) -> Panels:
    """Draw a row of one of the tasks of :mod:`lstm_edu.long_lag`, and how three networks fared.

    Parameters
    ----------
    task : {"adding", "latch"}
        Which one.
    x : ndarray, shape (lag, features)
        The row.
    y : ndarray
        What is to be said at its end.
    lanes : dict or None
        What :func:`recorded` returned.
    theme : {"light", "dark"}
        The ground it stands on.
    """
    shades, panels, lanes = colours(theme), Panels(), lanes or {}
    figure = new_figure(1.5 + 0.95 * len(lanes), theme)
    grid = figure.add_gridspec(1 + len(lanes), 1, height_ratios=[1.5] + [1] * len(lanes))
    panels["row"] = figure.add_subplot(grid[0], axes_class=Picture, label=f"the {task} task")
    draw_row(panels["row"], task, x, y, shades)
    right = max((lane["curve"][-1][0] for lane in lanes.values()), default=0)
    for row, (name, lane) in enumerate(lanes.items(), start=1):
        ax = figure.add_subplot(grid[row], axes_class=Picture, label=f"{name} learns {task}")
        panels[name] = hairlines(ax, theme)
        draw_lane(ax, task, name, lane, shades)
        ax.set_xlim(0, 1.01 * right)
        ax.tick_params(labelbottom=row == len(lanes))
    if lanes:
        ax.set_xlabel("sequences seen", color=shades.muted, fontsize=SMALL)
    return panels


def draw_row(ax: Axes, task: str, x: np.ndarray, y: np.ndarray, shades: Colours) -> None:
    """Draw the row as bars, and what is to be said behind an arrow."""
    steps, adding = np.arange(len(x)), task == "adding"
    marked = (x[:, 1] == 1) & adding
    heights = x[:, 0] if adding else np.clip(x[:, 2], -2.4, 2.4)
    bars = ax.bar(steps, heights, width=0.62, color=shades.muted, alpha=0.4)
    for step in steps[marked]:
        bars[step].set(color=shades.ink, alpha=1.0)
        ax.annotate(
            f"{x[step, 0]:.2f}",
            (step, x[step, 0]),
            (0, 3),
            textcoords="offset points",
            ha="center",
            color=shades.ink,
            fontsize=NORMAL,
            fontweight="bold",
        )
    if adding:
        below = np.full(marked.sum(), -0.1)
        ax.plot(steps[marked], below, "^", color=shades.ink, markersize=6, clip_on=False)
    else:
        ax.text(0, 0, LETTERS[y], color=shades.ink, fontsize=16, ha="center", va="center")
    ax.annotate(
        f"→  {LETTERS[y] if not adding else f'{y.item():.2f}'}",
        (1, 0.45),
        (8, 0),
        xycoords="axes fraction",
        textcoords="offset points",
        color=shades.ink,
        fontsize=14,
        va="center",
        annotation_clip=False,
    )
    told = "Add the two marked numbers" if adding else "Which letter stood first?"
    ax.set_title(told, loc="left", color=shades.muted, fontsize=SMALL + 1, pad=14)
    ax.axhline(0, color=shades.rule, linewidth=0.8)
    ax.set_xlim(-1, len(x))
    ax.axis("off")


def draw_lane(ax: Axes, task: str, name: str, lane: dict, shades: Colours) -> None:
    """Draw a network's loss on a log axis; a full dot stands where it has solved the task."""
    ignorance, symbol = long_lag.TASKS[task].ignorance, "h" if name == "rnn" else "c"
    for level, told in ((ignorance, "knows nothing"), (ignorance / 10, "solved")):
        ax.axhline(level, color=shades.muted, linewidth=0.8, linestyle=(0, (2, 3)))
        ax.annotate(
            told,
            (1, level),
            (0, 2),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            color=shades.muted,
            fontsize=SMALL - 1,
            ha="right",
        )
    sequences, loss = zip(*lane["curve"], strict=True)
    colour = shades.fill[symbol]
    ax.plot(sequences, loss, color=colour, linewidth=1.6)
    face = colour if lane["solved"] else shades.background
    ax.plot(sequences[-1], loss[-1], "o", color=colour, markerfacecolor=face, markersize=5)
    told = outcome(name, lane)
    ax.set_title(told, loc="left", color=shades.text[symbol], fontsize=SMALL, pad=3)
    ax.set(yscale="log", ylim=(ignorance / 20, ignorance * (8 if task == "adding" else 2)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    ax.yaxis.set_minor_locator(NullLocator())
