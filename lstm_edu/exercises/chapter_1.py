"""The exercises of chapter 1, Background."""

from lstm_edu.exercises import (
    chapter_1_adding,
    chapter_1_networks,
    chapter_1_reading,
    chapter_1_ridge,
)

EXERCISES = (
    *chapter_1_networks.EXERCISES,
    *chapter_1_ridge.EXERCISES,
    *chapter_1_adding.EXERCISES,
    *chapter_1_reading.EXERCISES,
)
