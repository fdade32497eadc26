"""Every exercise of every chapter, for the tests that hold for each of them."""

import pytest
from proof import MASTERS, chapter

from lstm_edu.exercises import exercises

EVERY = [(number, one) for number in MASTERS for one in exercises(number)]


@pytest.fixture(params=EVERY, ids=lambda pair: pair[1].name)
def pair(request):
    """An exercise, and its chapter."""
    number, one = request.param
    return one, chapter(number)
