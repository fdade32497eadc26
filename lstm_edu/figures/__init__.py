"""The live figures: each moves in a notebook together with Python, and in a page alone."""

from lstm_edu.figures.activation_plot import ActivationPlot
from lstm_edu.figures.base import Figure
from lstm_edu.figures.cell_stepper import CellStepper
from lstm_edu.figures.cross_entropy import CrossEntropy
from lstm_edu.figures.forecast_playground import ForecastPlayground
from lstm_edu.figures.gate_explorer import GateExplorer
from lstm_edu.figures.gate_heatmap import GateHeatmap
from lstm_edu.figures.gradient_flow import GradientFlow
from lstm_edu.figures.init_explorer import InitExplorer
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.live_model import LiveModel
from lstm_edu.figures.memory_task import MemoryTask
from lstm_edu.figures.nowcast_player import NowcastPlayer
from lstm_edu.figures.question import Question
from lstm_edu.figures.saliency_text import SaliencyText
from lstm_edu.figures.sound_explorer import SoundExplorer
from lstm_edu.figures.training_replay import TrainingReplay
from lstm_edu.figures.translator import Translator
from lstm_edu.figures.word_tagger import WordTagger

__all__ = [
    "ActivationPlot",
    "CellStepper",
    "CrossEntropy",
    "Figure",
    "ForecastPlayground",
    "GateExplorer",
    "GateHeatmap",
    "GradientFlow",
    "InitExplorer",
    "LiveFigure",
    "LiveModel",
    "MemoryTask",
    "NowcastPlayer",
    "Question",
    "SaliencyText",
    "SoundExplorer",
    "TrainingReplay",
    "Translator",
    "WordTagger",
]
