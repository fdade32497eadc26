"""What `check` says of answers that are no answers, nearly right, or wrong in general."""

from collections import namedtuple

import numpy as np
import pytest

from lstm_edu.exercises import Exercise, Mistake, Verdict, check, exercise, exercises
from lstm_edu.exercises.checking import judged
from lstm_edu.exercises.collect import as_arrays
from lstm_edu.exercises.compare import difference, in_order, misfit
from lstm_edu.exercises.register import label

Pair = namedtuple("Pair", "h c")


def of(reference, draw=None, **more):
    return Exercise("7.1", "Title", "answer", 1, 1, reference, draw, **more)


def said(one, answer):
    return repr(judged(one, answer, 1))


def two(x, y):
    return Pair(x + y, x - y)


DOUBLE = of(lambda x: 2 * x, lambda random: [(random.normal(size=s),) for s in ((2, 3), (4, 1))])
TWO = of(two, lambda random: [tuple(random.normal(size=(2, *s))) for s in ((2, 3), (3, 2), (4, 5))])


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        (of(3), 3.0),
        (of(3.0), np.float32(3)),
        (of(3.0), np.array(3)),
        (of("a"), " A. "),
        (of("forget gate"), "Forget gate"),
        (of([1, 2]), np.array([1, 2])),
        (of([1, 2]), (1, 2)),
        (of((1, 2.5)), [1, 2.5]),
        (of({"a": 1, "b": 2}), {"b": 2, "a": 1}),
        (of(True), np.bool_(True)),
        (TWO, lambda x, y: (x + y, x - y)),
        (TWO, lambda x, y: [x + y, x - y]),
        (TWO, lambda x, y: {"c": x - y, "h": x + y}),
        (TWO, lambda x, y: np.stack([x + y, x - y])),
        (DOUBLE, lambda x: x + x),
        (of(lambda x: np.array([x]), lambda r: [(3,)]), lambda x: [x]),
    ],
)  # fmt: skip
def test_what_is_right_is_right_in_any_form(one, answer):
    assert said(one, answer) == "✓ 7.1: Right."


@pytest.mark.parametrize(
    ("one", "answer", "message"),
    [
        (of(3), ..., "It is still blank."),
        (of(3), None, "There is no value yet."),
        (of(3), [1, ...], "A part of it is still missing: `...` or None stands there."),
        (of((1, 2)), (1, None), "A part of it is still missing: `...` or None stands there."),
        (of(3), 4, "Your answer is not the right number."),
        (of(3), True, "Your answer is True or False; expected a number."),
        (of(True), 1, "Your answer is a number; expected True or False."),
        (of(10**9), 10**9 + 1, "Your answer is not the right number."),
        (of(0.25), 0.2501, "Your answer is nearly right; did you round on the way,"),
        (of(0.25), -0.25, "Your answer is right but for its sign."),
        (of(1e-9), 0.0, "Your answer is not the right number."),
        (of(0.25), np.nan, "Your answer holds NaN"),
        (of(0.25), np.inf, "Your answer holds infinity"),
        (of(3), np.array([3]), "Your answer has the shape (1,); expected a single number."),
        (of(3), (3,), "A tuple of one came back; is there a comma behind the value?"),
        (of("a"), 1, "Your answer is a number; expected text."),
        (of("a"), "b", "Your answer is not right."),
        (of(3), 3j, "A value of type `complex` was given; expected numbers, truth values"),
        (of(3), (n for n in [3]), "A value of type `generator` was given; put its items into"),
        (of(3), {1, 2}, "A value of type `set` was given; expected numbers"),
        (of([1, 2]), [[1], [1, 2]], "2 values came back; expected one value."),
        (of(3), lambda: 3, "A function was given, not a value; is it still to be called"),
        (of((1, 2)), 1, "One value came back; expected 2 values."),
        (of({"a": 1, "b": 2}), {"a": 1, "c": 2}, "There is no part `b`; expected `a`, `b`."),
        (of({"a": 1, "b": 2}), {"a": 1, "b": 3}, "Your `b` is not the right number."),
        (of((1, 2)), (1, 3), "Part 2 of your answer is not the right number."),
        (DOUBLE, 3, "A value of type `int` was given, not a function; give its name, uncalled."),
        (DOUBLE, lambda x: None, "Your function gives nothing back; is it still blank"),
        (DOUBLE, lambda: 3, "Your function takes (), but is called with 1 argument."),
        (DOUBLE, lambda x: 2 * x[0], "Your answer has the shape (3,); expected (2, 3). An axis is"),
        (DOUBLE, lambda x: 2 * x.T, "expected (2, 3). Are two axes swapped?"),
        (DOUBLE, lambda x: 2 * x[None], "They differ by an axis of length 1."),
        (DOUBLE, lambda x: 2, "Your answer has the shape (); expected (2, 3). Axes are missing."),
        (DOUBLE, lambda x: -2 * x, "Your answer is right but for its sign."),
        (DOUBLE, lambda x: (2 * x).astype(int), "Your answer holds whole numbers only"),
        (DOUBLE, lambda x: 3 * x, "Your answer has the right shape but not the right values."),
        (DOUBLE, lambda x: x + x * (len(x) == 2), "Right for some of the inputs that were tried"),
        (DOUBLE, lambda x: (2 * y for y in x), "of type `generator` was given; put its items"),
        (DOUBLE, lambda x: np.log(-abs(x)), "holds NaN: look for 0/0"),
        (TWO, lambda x, y: x + y, "One value came back; expected 2 values."),
        (TWO, lambda x, y: (x + y, x - y, x), "3 values came back; expected 2 values."),
        (TWO, lambda x, y: (x - y, x + y), "has the right shape but not the right values."),
    ],
)
def test_what_is_wrong_is_told(one, answer, message):
    with np.errstate(all="ignore"):
        told = said(one, answer)
    assert told.startswith("✗ 7.1: ")
    assert message in told


def in_place(x):
    x *= 2
    return x


def test_an_answer_that_writes_into_its_argument_is_told_so():
    assert "changes its argument x in place" in said(DOUBLE, in_place)


def a_long_way_down(x):
    wrong = x @ x
    return wrong


def test_the_line_where_it_stopped_is_quoted():
    told = said(DOUBLE, a_long_way_down)
    line = a_long_way_down.__code__.co_firstlineno + 1
    assert told.startswith(
        f"✗ 7.1: Your function stopped in line {line}, `wrong = x @ x`, with ValueError: matmul"
    )
    assert "numpy" not in told


def test_an_error_in_a_nested_function_is_its_innermost_line():
    def outer(x):
        def inner():
            raise KeyError("lost")

        return inner()

    assert "of its cell, in inner, `raise KeyError(\"lost\")`, with KeyError: 'lost'" in said(
        DOUBLE, outer
    )


def test_a_known_mistake_is_named_before_anything_in_general():
    one = of(3, mistakes=(Mistake("You forgot one.", 2), Mistake("Its sign.", -3)))
    assert said(one, 2) == "✗ 7.1: You forgot one."
    assert said(one, -3) == "✗ 7.1: Its sign."


def test_a_mistake_that_gives_nothing_for_these_inputs_is_not_it():
    mistakes = (Mistake("Not it.", lambda x: x @ x), Mistake("It.", lambda x: 3 * x))
    one = of(DOUBLE.reference, DOUBLE.draw, mistakes=mistakes)
    assert said(one, lambda x: 3 * x) == "✗ 7.1: It."


def test_a_mistake_may_be_that_there_is_nothing_but_nan():
    mistakes = (Mistake("It overflows.", lambda x: np.full_like(x, np.nan)),)
    one = of(DOUBLE.reference, DOUBLE.draw, mistakes=mistakes)
    assert said(one, lambda x: x * np.nan) == "✗ 7.1: It overflows."


def test_a_judgement_that_cannot_compute_is_no_error():
    def judgement(inputs, outputs):
        return Verdict(bool(np.linalg.inv(outputs[0][""]).any()), "Right.")

    assert "Nothing can be computed with it" in said(of(1, judgement=judgement), "text")


def test_small_numbers_are_compared_by_their_own_size():
    right = as_arrays(np.array([1e-9, 2e-9]))
    assert difference([as_arrays(np.zeros(2))], [right], 1e-6)
    assert difference([as_arrays(np.array([1e-9, 2.01e-9]))], [right], 1e-3)
    assert difference([as_arrays(np.array([1e-9, 2e-9]))], [right], 1e-6) is None
    assert difference([], [right], 1e-6) == "0 results came back for 1 calls."


def test_a_misfit_is_told_before_anything_is_computed():
    good = as_arrays({"kernel": np.ones((2, 4)), "bias": np.ones(4)})
    shapes = {"kernel": (2, 4), "bias": (4,)}
    assert misfit(good, **shapes) is None
    assert misfit(as_arrays((np.ones((2, 4)), np.ones(4))), **shapes) is None
    assert "expected (4,)" in misfit(good | as_arrays({"bias": 3}), **shapes)
    assert "`bias` holds NaN" in misfit(good | as_arrays({"bias": np.full(4, np.nan)}), **shapes)
    assert "`bias` is an array of True" in misfit(good | as_arrays({"bias": [True] * 4}), **shapes)
    assert "One value came back" in misfit(as_arrays(1), **shapes)
    assert [a.ndim for a in in_order(as_arrays((np.ones((2, 4)), np.ones(4))), shapes)] == [2, 1]


def test_feedback_is_a_truth_and_stands_in_a_notebook():
    right, wrong = judged(of(3), 3), judged(of(3), 4)
    assert right
    assert not wrong
    assert repr(right) == "✓ 7.1: Right."
    html = judged(of(3), lambda: "<b>")._repr_html_()
    assert 'role="status"' in html
    assert '<span aria-hidden="true">✗</span>' in html
    assert "<code>name(...)</code>" in html
    assert (
        "&lt;b&gt;" in judged(of(3, judgement=lambda i, o: Verdict(False, "<b>")), 4)._repr_html_()
    )


def test_fresh_numbers_are_drawn_each_time():
    seen = []

    def answer(x):
        seen.append(x)
        return 2 * x

    for _ in range(2):
        judged(DOUBLE, answer)
    assert not np.array_equal(seen[0], seen[2])


@pytest.mark.parametrize("name", ["3.99", "3", 3.2, "three", "99.1", None])
def test_an_exercise_that_is_not_there_is_told(name):
    with pytest.raises(ValueError, match="there is no exercise"):
        check(name, 1)


def test_exercises_are_found_by_name():
    assert exercise("3.2") in exercises(3)
    assert label("3.2") == "Level 2: implement · 3 points"
    with pytest.raises(ValueError, match="chapters with exercises"):
        exercises(6)
