import numpy as np
import pytest

from lstm_edu import exported
from lstm_edu.datasets import shakespeare
from lstm_edu.models import jobs


@pytest.fixture(scope="module")
def plays():
    return shakespeare()


@pytest.fixture(scope="module")
def model():
    return exported.load("shakespeare")


def test_stretches_begin_with_a_speakers_name_and_come_from_the_whole_play(plays):
    found = jobs.stretches(plays["hamlet"], length=100, count=20)
    assert len(found) == 20
    assert {len(text) for text in found} == {100}
    assert found[0].startswith("BERNARDO\nWho's there?\n")
    assert [text.split("\n")[0] for text in found].count("HAMLET") > 2
    places = [plays["hamlet"].text.index(text) for text in found]
    assert places == sorted(places)
    assert places[-1] > 0.98 * len(plays["hamlet"].text)


def test_a_play_with_too_few_speeches_is_refused(plays):
    with pytest.raises(ValueError, match=r"Play.'Hamlet'.* speeches to begin at; expected 9999"):
        jobs.stretches(plays["hamlet"], count=9999)


def test_the_best_unit_is_chosen_on_one_play_and_measured_on_another(model, plays):
    size = {"length": 200, "count": 12}
    macbeth, hamlet = plays["macbeth"], plays["hamlet"]
    found, tried = jobs.search(model, [macbeth], hamlet, **size)
    trace, signals = jobs.observe(model, jobs.stretches(macbeth, **size))
    again, expected = jobs.observe(model, jobs.stretches(hamlet, **size))
    assert {(job.signal, job.quantity) for job in found} == {(s, q) for s in signals for q in "ch"}
    assert tried == len(signals) * 128 * 2
    for job in found:
        for record, signal, r in (
            (trace, signals[job.signal], job.found),
            (again, expected[job.signal], job.confirmed),
        ):
            states = getattr(record, job.quantity)[..., job.unit]
            assert np.corrcoef(states.ravel(), signal.ravel())[0, 1] == pytest.approx(r)
    for quantity in "ch":
        states = getattr(trace, quantity)
        best = max(
            abs(np.corrcoef(states[..., unit].ravel(), signals["vowel"].ravel())[0, 1])
            for unit in range(128)
        )
        job = next(job for job in found if (job.signal, job.quantity) == ("vowel", quantity))
        assert abs(job.found) == pytest.approx(best)
    confirmed = [abs(job.confirmed) for job in found]
    assert confirmed == sorted(confirmed, reverse=True)


def test_some_units_have_a_job_also_in_a_play_that_the_network_never_read(model, plays):
    found, _ = jobs.search(model, [plays["macbeth"]], plays["hamlet"], length=200, count=12)
    confirmed = {(job.signal, job.quantity): abs(job.confirmed) for job in found}
    assert confirmed["position in the line", "c"] > 0.8
    assert confirmed["position in the line", "h"] > 0.8
    assert confirmed["speaker's name", "h"] > 0.6
    assert confirmed["position in the word", "c"] > 0.5


def test_each_unit_is_given_its_best_signal():
    chosen = {("a", "c"): np.array([0.9, 0.1]), ("b", "h"): np.array([0.2, -0.5])}
    confirmed = {("a", "c"): np.array([0.3, 0.8]), ("b", "h"): np.array([0.7, -0.4])}
    assert jobs.of_each_unit(chosen, confirmed) == [
        jobs.Job("b", 1, "h", -0.5, -0.4),
        jobs.Job("a", 0, "c", 0.9, 0.3),
    ]


def test_with_the_signals_of_another_text_little_is_found(model, plays):
    observed = jobs.observe(model, jobs.stretches(plays["hamlet"], length=200, count=12))
    real = max(np.abs(r).max() for r in jobs.correlations(*observed).values())
    assert jobs.by_chance(*observed) < 0.5 * real
    with pytest.raises(ValueError, match="trace has 1 text; expected two"):
        jobs.by_chance(*jobs.observe(model, ["To be, or not to be"]))
