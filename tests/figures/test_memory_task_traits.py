"""The Python half of the MemoryTask, and the race that browser and NumPy run alike."""

import doctest
import json
import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu import Adam, long_lag
from lstm_edu.activations import softmax
from lstm_edu.figures import MemoryTask, memory_task
from lstm_edu.figures.live import STATIC
from lstm_edu.figures.memory_task_picture import recorded
from lstm_edu.optimizers import clip_by_norm, global_norm

TRAITS = {"task": "latch", "lag": 12, "seed": 3}


class TestTraits:
    def test_they_are_its_whole_state(self):
        assert set(MemoryTask().traits(sync=True, state=True)) == set(TRAITS)
        figure = MemoryTask(**TRAITS)
        assert figure.state() == TRAITS
        assert (figure.name, repr(figure)) == (
            "memory-task",
            "MemoryTask(task='latch', lag=12, seed=3)",
        )

    @pytest.mark.parametrize(
        ("trait", "wrong", "message"),
        [
            ("task", "order", "task"),
            ("lag", 4, "lag is 4; expected a whole number from 5 to 200"),
            ("lag", 201, "lag is 201"),
            ("lag", 20.5, "lag is 20.5"),
            ("seed", -1, "seed is -1; expected a whole number from 0 to 9999"),
            ("seed", True, "seed is True"),
            ("seed", "1", "seed is '1'"),
        ],
    )
    def test_they_refuse_what_does_not_fit(self, trait, wrong, message):
        with pytest.raises(TraitError, match=message):
            MemoryTask(**{trait: wrong})

    def test_it_refuses_what_it_does_not_have(self):
        with pytest.raises(TypeError, match="has no 'units'; expected lag, seed, task or name"):
            MemoryTask(units=3)

    def test_the_browser_moves_it(self):
        figure = MemoryTask()
        figure.set_state({"lag": 60, "task": "latch"})
        assert (figure.lag, figure.task) == (60, "latch")


class TestPage:
    @pytest.mark.parametrize("task", MemoryTask.tasks)
    def test_it_holds_state_and_picture(self, task):
        figure = MemoryTask(task=task, lag=9, name="one")
        html = figure.html()
        assert html == MemoryTask(task=task, lag=9, name="one").html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert state == {"task": task, "lag": 9, "seed": 0}
        assert 'id="one" data-figure="MemoryTask"' in html

    def test_the_picture_tells_the_answer(self):
        figure = MemoryTask(lag=9)
        answer = f"{figure.example[1].item():.2f}"
        assert answer in figure.picture()
        assert figure.description().endswith(f"= {answer}.")
        latch = MemoryTask(task="latch", lag=9)
        assert f"the letter {'AB'[latch.example[1]]}," in latch.description()

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "MemoryTask.mjs").read_text("utf-8")
        assert (STATIC / "figures" / "MemoryTask.js").exists()


def test_what_the_picture_shows_is_what_comes_out():
    figure = MemoryTask(task="latch", lag=30)
    learned = figure.learn("lstm1")
    lanes = recorded("latch", 30, 0)
    assert lanes["lstm1"]["solved"]
    assert not lanes["lstm0"]["solved"]
    sequences, means = zip(*lanes["lstm1"]["curve"], strict=True)
    assert sequences[-1] == learned.sequences
    window = long_lag.WINDOW
    for seen, mean in zip(sequences, means, strict=True):
        last = learned.loss[: seen // long_lag.TASKS["latch"].batch][-window:]
        assert mean == pytest.approx(np.mean(last), rel=0.02)
    assert f"solved after {sequences[-1]:,} sequences" in figure.picture()
    assert "LSTM, forget bias 0: not in 24,000 sequences." in figure.description()
    assert recorded("latch", 31, 0) is None
    assert "sequences" not in MemoryTask(task="latch", lag=31).description()


def test_adam_and_clipping_are_numpys(engine):
    random = np.random.default_rng(0)
    shapes = [(3, 8), (2, 8), (8,)]
    weights = [random.normal(size=shape) for shape in shapes]
    # The first step's gradients are longer than the limit, the last ones' shorter.
    gradients = [[0.6**k * random.normal(size=shape) for shape in shapes] for k in range(12)]
    (answer,) = engine(
        {
            "kind": "adam",
            "weights": [w.ravel().tolist() for w in weights],
            "gradients": [[g.ravel().tolist() for g in step] for step in gradients],
            "limit": 1.0,
            "learningRate": 5e-3,
        }
    )
    optimizer = Adam(5e-3)
    for step in gradients:
        weights = optimizer.step(weights, clip_by_norm(step, 1.0))
    for own, expected in zip(answer["weights"], weights, strict=True):
        np.testing.assert_allclose(own, expected.ravel(), rtol=0, atol=1e-12)
    norms = [global_norm(step) for step in gradients]
    assert norms[0] > 1 > norms[-1]
    np.testing.assert_allclose(answer["norms"], norms, rtol=1e-12)


@pytest.mark.parametrize("task", MemoryTask.tasks)
def test_browser_and_numpy_run_the_same_race(engine, task):
    batches = 25
    figure = MemoryTask(task=task, lag=11, seed=4)
    x, _ = figure.example
    cases = [
        {"kind": "learner", "task": task, "lag": 11, "lane": lane, "seed": 4}
        | {"batches": batches, "x": x.ravel().tolist()}
        for lane in figure.lanes
    ]
    for lane, answer in zip(figure.lanes, engine(*cases), strict=True):
        learned = figure.learn(lane, most=batches)
        count = len(learned.loss)
        window = long_lag.WINDOW
        means = [np.mean(learned.loss[max(0, k + 1 - window) : k + 1]) for k in range(count)]
        np.testing.assert_allclose(answer["means"][:count], means, rtol=0, atol=1e-9, err_msg=lane)
        if count == batches:
            said = learned.network(x[None])[0]
            said = softmax(said)[1] if task == "latch" else said[0]
            assert answer["answer"] == pytest.approx(said, abs=1e-9)


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(memory_task)
    assert failures == 0
    assert tests > 0
