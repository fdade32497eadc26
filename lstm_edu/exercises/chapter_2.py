"""The exercises of chapter 2, Core concepts."""

from lstm_edu.exercises import chapter_2_gates, chapter_2_shapes, chapter_2_units

*_GATES, _HIDDEN = chapter_2_gates.EXERCISES

EXERCISES = (*_GATES, *chapter_2_shapes.EXERCISES, _HIDDEN, *chapter_2_units.EXERCISES)
