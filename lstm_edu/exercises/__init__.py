"""Exercises that check themselves: ``check("3.2", my_step)`` names what went wrong."""

from lstm_edu.exercises.checking import check
from lstm_edu.exercises.exercise import Exercise, Mistake, Verdict
from lstm_edu.exercises.register import exercise, exercises

__all__ = ["Exercise", "Mistake", "Verdict", "check", "exercise", "exercises"]
