"""Every exercise of every chapter: the solution earns its points, nothing else does."""

import numpy as np
import pytest
from proof import LEAST, MASTERS, SEEDS, blank, chapter, entangled, problems

from lstm_edu.exercises.checking import judged


@pytest.fixture(params=MASTERS)
def place(request):
    return chapter(request.param)


def test_there_are_exercises():
    assert MASTERS


def test_the_master_has_the_exercises_of_the_register(place):
    in_master = [(task.name, task.title, task.answer) for task in place.tasks.values()]
    in_register = [(one.name, one.title, one.answer) for one in place.exercises.values()]
    assert in_master == in_register
    assert 4 <= len(in_master) <= 8
    assert {one.level for one in place.exercises.values()} == {1, 2, 3}


def test_an_answer_is_read_by_its_own_exercise_only(place):
    assert entangled(place) == []


def test_it_is_proven(pair):
    assert list(problems(*pair)) == []


def test_wrong_answers_are_many_and_each_is_named(pair):
    one, place = pair
    wrong = place.wrong[one.name]
    assert len({source for _, source in wrong}) >= LEAST
    assert all(fragment.strip() for fragment, _ in wrong)
    said = {str(judged(one, place.answer(one.name, source), 1)) for _, source in wrong}
    assert len(said) >= LEAST  # four mistakes, not one in four ways


def test_only_its_own_points_are_lost(place):
    for name in place.tasks:
        answers = {other: place.answer(other, place.source(other)) for other in place.tasks}
        answers[name] = place.answer(name, place.source(name, blank))
        right = {other for other in answers if judged(place.exercises[other], answers[other], 1)}
        assert right == set(place.tasks) - {name}


def test_inputs_are_fresh_and_plain(pair):
    one, _ = pair
    if one.draw is None:
        return
    first, again, other = (one.inputs(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert repr(first) == repr(again) != repr(other)
    for arguments in first:
        assert isinstance(arguments, tuple)
        for argument in arguments:
            # What can be handed to another process as plain arrays.
            assert np.asarray(argument).dtype.kind in "biufU", one.name


def test_a_mistake_is_not_right_and_has_a_name_of_its_own(pair):
    one, _ = pair
    for seed in SEEDS:
        for mistake in one.mistakes:
            verdict = judged(one, mistake.wrong, seed)
            assert not verdict, mistake.message
            assert mistake.message in verdict.message
