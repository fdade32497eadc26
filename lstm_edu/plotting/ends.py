"""Names at the right ends of lines, instead of a legend."""

from __future__ import annotations

from matplotlib.axes import Axes

from lstm_edu.plotting.style import NORMAL


def name_ends(ax: Axes, names: list[tuple[float, str, str]]) -> None:
    """Write each line's name at its right end; names that would touch are moved apart.

    Parameters
    ----------
    ax : matplotlib axes
        Their limits and scales as they will stay.
    names : list of (float, str, str)
        Of each line the last value, its name and its colour.
    """
    height = ax.get_figure().get_size_inches()[1] * 72 * 0.7
    gap = (NORMAL + 2) / height
    to_share = ax.transData + ax.transAxes.inverted()
    last = ax.get_xlim()[1]
    shares = [to_share.transform((last, value))[1] for value, _, _ in names]
    order = sorted(range(len(names)), key=lambda k: shares[k])
    places = [shares[k] for k in order]
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + gap)
    overlap = max(0.0, places[-1] - 1) if places else 0.0
    for k, place in zip(order, places, strict=True):
        _, label, colour = names[k]
        ax.annotate(
            label,
            (1, place - overlap),
            (4, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            va="center",
            color=colour,
            fontsize=NORMAL,
            fontweight="bold",
            annotation_clip=False,
        )
