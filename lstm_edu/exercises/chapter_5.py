"""The exercises of chapter 5, Code."""

from lstm_edu.exercises import (
    chapter_5_forecasting,
    chapter_5_layers,
    chapter_5_padding,
    chapter_5_trainings,
)

EXERCISES = (
    *chapter_5_layers.EXERCISES,
    *chapter_5_padding.EXERCISES,
    *chapter_5_forecasting.EXERCISES,
    *chapter_5_trainings.EXERCISES,
)
