"""Signals told by rules, and how closely units follow them."""

import doctest

import numpy as np
import pytest
from recordings import OTHERS, SIGNALS, TEXTS, recording

from lstm_edu import agreement
from lstm_edu.agreement import check_signals, lasting, nats, signal
from lstm_edu.datasets import signals as play_signals
from lstm_edu.trace import Trace

LINES = "To be, or not to be:\nthat is\nthe question."


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("space", "space"),
        ("line break", "line break"),
        ("capital letter", "capital letter"),
        ("vowel", "vowel"),
        ("letter", "letter"),
        ("place in the line", "position in the line"),
        ("place in the word", "position in the word"),
        ("place in the clause", "characters since a comma or stop"),
    ],
)
def test_a_rule_gives_the_signal_that_the_plays_know(name, own):
    found = signal(LINES, agreement.SIGNALS[name])
    np.testing.assert_array_equal(found, play_signals.signals(LINES)[own])


def test_it_is_pearsons_correlation():
    model = recording(rounded=False).model(-1)
    found = agreement.agreement(model, TEXTS, SIGNALS)
    traces, _ = model.run(np.stack([model.encode(text) for text in TEXTS]))
    (trace,) = traces.values()
    assert found.shape == (6, 2, 5)
    for row, quantity in enumerate(Trace.quantities):
        for column, rule in enumerate(SIGNALS.values()):
            target = np.stack([signal(text, rule) for text in TEXTS])
            for unit, correlation in trace.follows(target, of=quantity):
                assert found[row, column, unit] == pytest.approx(correlation, abs=1e-12)


def test_a_signal_that_never_moves_is_followed_by_none():
    model = recording(rounded=False).model(0)
    assert not agreement.agreement(model, TEXTS, {"never": {"in": "z"}}).any()


def test_nats_are_those_of_each_character_but_the_first():
    model = recording(rounded=False).model(2)
    texts = [*OTHERS, "ab "]
    by_hand = [
        -np.log(model.probabilities(text)[t, "ab ".index(text[t + 1])])
        for text in texts
        for t in range(len(text) - 1)
    ]
    assert nats(model, texts) == pytest.approx(np.mean(by_hand), abs=1e-12)


def test_what_lasts():
    assert lasting([0.1, 0.6, 0.4, 0.6, 0.7], 0.5) == 3
    assert lasting([0.6, 0.7], 0.5) == 0
    assert lasting([0.6, 0.5], 0.5) is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([("space", " ")], "signals is list"),
        ({"space": " "}, "signal 'space' is ' '; expected one rule"),
        ({"space": {"in": ""}}, "at least one character"),
        ({"space": {"matches": " "}}, "expected one rule"),
        ({"space": {"in": " ", "since": " "}}, "expected one rule"),
        ({"s" * 61: {"in": " "}}, "60 letters"),
        ({str(k): {"in": " "} for k in range(25)}, "signals is 25"),
    ],
)
def test_what_is_no_signal_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        check_signals(wrong)


def test_texts_of_several_lengths_are_refused():
    with pytest.raises(ValueError, match="several lengths"):
        agreement.agreement(recording().model(0), ["ab", "aba"], SIGNALS)


def test_its_docstrings_tell_the_truth():
    failures, tests = doctest.testmod(agreement)
    assert (failures, tests > 0) == (0, True)
