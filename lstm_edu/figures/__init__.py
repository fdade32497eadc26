"""The live figures: each moves in a notebook together with Python, and in a page alone."""

from lstm_edu.figures.base import Figure
from lstm_edu.figures.cell_stepper import CellStepper
from lstm_edu.figures.gate_explorer import GateExplorer
from lstm_edu.figures.gate_heatmap import GateHeatmap
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.question import Question

__all__ = [
    "CellStepper",
    "Figure",
    "GateExplorer",
    "GateHeatmap",
    "LiveFigure",
    "Question",
]
