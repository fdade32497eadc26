"""The exercises of chapter 4, Mathematics."""

from lstm_edu.exercises import chapter_4_backwards, chapter_4_coupled, chapter_4_forwards

_FORGET, *_OTHERS = chapter_4_backwards.EXERCISES

EXERCISES = (
    *chapter_4_forwards.EXERCISES,
    _FORGET,
    *chapter_4_coupled.EXERCISES,
    *_OTHERS,
)
