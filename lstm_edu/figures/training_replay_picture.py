"""The picture of a TrainingReplay: the loss, how closely units follow a signal, one unit's rows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from lstm_edu.colours import Colours, colours
from lstm_edu.plotting.style import (
    NORMAL,
    SMALL,
    fill_colour,
    hairlines,
    new_figure,
    styled,
    svg,
    text_colour,
    token_axis,
)
from lstm_edu.replay import FOUND, TrainingRun
from lstm_edu.trace import Trace

NOUGHT = 0.5  # where the step before the first stands on an axis of powers


@styled
def replay_picture(
    run: TrainingRun,
    trace: Trace,
    *,
    snapshot: int,
    unit: int,
    gate: str,
    signal: str | None,
    theme: str = "light",
) -> str:
    """Return the picture as an SVG.

    Parameters
    ----------
    run : TrainingRun
        The training.
    trace : Trace
        What the text does at the snapshot, of one example, with tokens.
    snapshot, unit : int
        Which snapshot the cursor stands at, and whose rows are drawn.
    gate, signal : str
        Which quantity of the units is compared with which signal; None for none.
    theme : {"light", "dark"}
        The ground.
    """
    heights = [2, 2, 1.9] if signal else [2, 1.9]
    figure = new_figure(sum(heights) + 0.3, theme)
    grid = figure.add_gridspec(len(heights), 1, height_ratios=heights)
    _loss(figure.add_subplot(grid[0]), run, snapshot, theme)
    if signal:
        _agreement(figure.add_subplot(grid[1]), run, snapshot, unit, gate, signal, theme)
    _rows(figure.add_subplot(grid[-1]), trace, unit, theme)
    return svg(figure)


def _steps(ax: Axes, run: TrainingRun, snapshot: int, theme: str) -> tuple[np.ndarray, Colours]:
    """Lay the axis of steps, with the cursor on it; return the places of the snapshots on it."""
    shades = colours(theme)
    hairlines(ax, theme)
    steps = np.maximum(run.steps, NOUGHT)
    ax.set_xscale("log")
    ax.set_xlim(steps[0], steps[-1] if steps[-1] > steps[0] else 2 * steps[0])
    powers = 10 ** np.arange(np.floor(np.log10(max(steps[-1], 1))) + 1)
    ticks = [NOUGHT, *powers] if run.steps[0] == 0 else list(powers)
    ax.set_xticks(ticks, ["0" if tick == NOUGHT else f"{tick:,.0f}" for tick in ticks])
    ax.minorticks_off()
    ax.axvline(steps[snapshot], color=shades.ink, linewidth=1)
    return steps, shades


def _title(ax: Axes, text: str, colour: str) -> None:
    ax.set_title(text, loc="left", color=colour, fontsize=NORMAL)


def _loss(ax: Axes, run: TrainingRun, snapshot: int, theme: str) -> None:
    steps, shades = _steps(ax, run, snapshot, theme)
    names = {"training": (shades.fill["x"], 1.2), "validation": (shades.ink, 1.8)}
    for name, (colour, width) in names.items():
        if name in run.losses:
            ax.plot(steps, run.losses[name], color=colour, linewidth=width, label=name)
    for name, nats in run.baselines.items():
        ax.axhline(nats, color=shades.muted, linewidth=0.8, linestyle=(0, (2, 4)))
        place = (steps[0] * 1.05, nats)
        ax.annotate(name, place, (0, 2), textcoords="offset points", **_small(shades))
    ax.plot(steps[snapshot], run.losses["validation"][snapshot], "o", color=shades.ink, ms=5)
    ax.set_ylim(0)
    ax.legend(frameon=False, fontsize=SMALL, labelcolor=shades.muted, loc="upper right")
    _title(ax, "loss, nats per character", shades.muted)


def _small(shades: Colours) -> dict:
    return {"color": shades.muted, "fontsize": SMALL}


def _agreement(
    ax: Axes, run: TrainingRun, snapshot: int, unit: int, gate: str, signal: str, theme: str
) -> None:
    steps, shades = _steps(ax, run, snapshot, theme)
    row, place = Trace.quantities.index(gate), list(run.signals).index(signal)
    explained = run.correlation[row, :, place] ** 2
    ax.plot(steps, explained, color=fill_colour(gate, shades), linewidth=0.7, alpha=0.45)
    ax.plot(steps, explained[:, unit], color=text_colour(gate, shades), linewidth=1.8)
    ax.axhline(FOUND, color=shades.muted, linewidth=0.8, linestyle=(0, (2, 4)))
    ax.plot(steps[snapshot], explained[snapshot, unit], "o", color=text_colour(gate, shades), ms=5)
    ax.set_ylim(0, 1)
    _title(
        ax,
        f"how much of “{signal}” each unit's {gate} explains, r²; bold: unit {unit}",
        shades.muted,
    )
    ax.set_xlabel("batches", color=shades.muted, fontsize=SMALL)


def _rows(ax: Axes, trace: Trace, unit: int, theme: str) -> None:
    """Draw the six quantities of a unit, a row each, every one in its own colours."""
    shades = colours(theme)
    hairlines(ax, theme)
    steps = trace.shape[1]
    for place, name in enumerate(Trace.quantities):
        values = getattr(trace, name)[0, :, unit]
        if name in trace.gates:
            stops = [shades.background, shades.fill[name], shades.text[name]]
            low, high = 0.0, 1.0
        else:
            high = max(1.0, float(np.abs(values).max()))
            stops, low = list(shades.diverging), -high
        ax.imshow(
            values[None],
            cmap=LinearSegmentedColormap.from_list(name, stops),
            vmin=low,
            vmax=high,
            extent=(-0.5, steps - 0.5, place + 0.45, place - 0.45),
            aspect="auto",
            interpolation="nearest",
        )
    ax.set_ylim(len(Trace.quantities) - 0.5, -0.5)
    ax.set_yticks(range(len(Trace.quantities)), Trace.quantities)
    ax.tick_params(axis="y", length=0)
    for label in ax.get_yticklabels():
        label.set(family="serif", fontstyle="italic", fontweight="bold", fontsize=NORMAL + 2)
        label.set_color(text_colour(label.get_text(), shades))
    for spine in ax.spines.values():
        spine.set_visible(False)
    token_axis(ax, trace.tokens, steps, theme)
    _title(ax, f"unit {unit} over the text", shades.muted)
