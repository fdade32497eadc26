"""A check that is weakened, or a solution that is broken, does not stay unnoticed."""

import ast
from dataclasses import replace

import numpy as np
import pytest
from proof import blank, chapter, problems

from lstm_edu.exercises import Verdict
from lstm_edu.exercises.checking import judged

FEW = 3
OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}


def weakened(one, place):
    """Yield changes to an exercise that make its check worthless, each with what was done."""
    yield "every answer is right", {"judgement": lambda inputs, outputs: Verdict(True, "Right.")}
    yield "no answer is right", {"judgement": lambda inputs, outputs: Verdict(False, "Wrong.")}
    _, source = place.wrong[one.name][0]
    yield "the reference is a wrong answer", {"reference": place.answer(one.name, source)}
    if one.judgement is not None:
        return
    if has_floats(one):
        yield "the tolerance is 1000", {"tolerance": 1000.0}
    if len(one.mistakes) > 1:
        messages = [mistake.message for mistake in one.mistakes]
        turned = zip(one.mistakes, messages[1:] + messages[:1], strict=True)
        others = tuple(replace(mistake, message=message) for mistake, message in turned)
        yield "each mistake has another's name", {"mistakes": others}
    for message in claimed(one, place):
        left = tuple(mistake for mistake in one.mistakes if mistake.message != message)
        yield f"nobody knows: {message}", {"mistakes": left}


def claimed(one, place):
    """Return the messages of mistakes that some wrong answer is to be told."""
    fragments = [fragment for fragment, _ in place.wrong[one.name]]
    messages = {mistake.message for mistake in one.mistakes}
    return sorted(m for m in messages if any(fragment in m for fragment in fragments))


def has_floats(one):
    inputs = one.inputs(np.random.default_rng(0))
    results = one.results(one.reference, inputs)
    return any(array.dtype.kind == "f" for result in results for array in result.values())


def test_a_weakened_check_is_noticed(pair):
    one, place = pair
    for what, change in weakened(one, place):
        assert any(problems(replace(one, **change), place, seeds=(1,))), what


def test_a_broken_solution_is_noticed(pair):
    one, place = pair
    wrong = [source for _, source in place.wrong[one.name]]
    for source in (place.source(one.name, blank), *wrong[:FEW]):
        assert any(problems(one, place, seeds=(1,), solution=source)), source


def test_most_mistakes_are_made_by_somebody(pair):
    one, place = pair
    assert len(claimed(one, place)) >= min(FEW, len({mistake.message for mistake in one.mistakes}))


@pytest.mark.parametrize("name", ["3.2", "3.4", "3.5"])
def test_any_slip_in_the_solution_is_noticed(name):
    place = chapter(3)
    one = place.exercises[name]
    slips = list(slipped(place.source(name)))
    assert slips
    for source in slips:
        assert not judged(one, place.answer(name, source), 1), source


def slipped(source):
    """Yield the source with one operator, number or function in it changed."""
    count = sum(1 for _ in ast.walk(ast.parse(source)))
    for place in range(count):
        tree = ast.parse(source)
        node = list(ast.walk(tree))[place]
        if isinstance(node, ast.BinOp) and type(node.op) in OTHER:
            node.op = OTHER[type(node.op)]()
        elif isinstance(node, ast.Attribute) and node.attr in ("tanh", "arctanh"):
            node.attr = "sin"
        elif isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value != 4:
            node.value += 1 if node.value >= 0 else -1
        else:
            continue
        yield ast.unparse(tree)
