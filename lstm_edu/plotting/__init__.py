"""Pictures of a run: what the gates did, step by step, in the book's colours.

Each function takes a record (a `Trace` or that of an RNN or GRU) or plain numbers, draws into `ax`
or into a figure of its own, and returns the axes. Nothing passes through pyplot: no figure stays
open, no setting changes. Axes that a function made itself show themselves at the end of a notebook
cell, as an SVG that is the same on every run; ``axes.svg()`` returns it.
"""

from lstm_edu.plotting.anatomy import anatomy
from lstm_edu.plotting.curves import curves
from lstm_edu.plotting.heatmaps import heatmap, heatmaps
from lstm_edu.plotting.histograms import histogram, histograms
from lstm_edu.plotting.lines import unit_lines
from lstm_edu.plotting.maps import maps
from lstm_edu.plotting.matrices import matrices
from lstm_edu.plotting.saturation import saturation, saturations
from lstm_edu.plotting.style import Panels, Picture

__all__ = [
    "Panels",
    "Picture",
    "anatomy",
    "curves",
    "heatmap",
    "heatmaps",
    "histogram",
    "histograms",
    "maps",
    "matrices",
    "saturation",
    "saturations",
    "unit_lines",
]
