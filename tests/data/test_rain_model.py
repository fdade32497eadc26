"""The nowcasters that come with the package: what their file and the records say is true."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import nowcasts, packing, results
from lstm_edu.conv_lstm import ConvLSTM
from lstm_edu.datasets.rain import simulated_rain
from lstm_edu.datasets.stage_iv import storm
from lstm_edu.models import radar as command
from lstm_edu.models import radar_baselines as baselines
from lstm_edu.nowcast import Nowcaster

FILE = Path(command.__file__).with_suffix(".json")


def test_the_file_is_small_and_in_the_one_layout():
    data = nowcasts.packaged()
    assert FILE.stat().st_size <= 60_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(data)
    assert data["quantization"]["simulated"]["mean"] < 0.01
    for name, network in nowcasts.load().networks.items():
        again = packing.dumps(network.to_dict())
        assert len(again) == len(packing.dumps(data["networks"][name]))


def test_what_travels_is_the_storm(monkeypatch):
    data = storm()
    carried = command.carried(data)
    assert carried == nowcasts.packaged()["storm"]
    assert "public domain" in carried["licence"]


def test_recorded_scores_are_what_the_code_says_now():
    data = simulated_rain()
    task = command.simulated_task(data)
    record = results.load("radar_simulated")
    assert record.seeds == command.SEEDS
    assert record.command == f"python -m {command.COMMAND}"
    assert command.score(baselines.methods(1.0)["advection"], task).error == pytest.approx(
        record["advection"].mean, abs=2e-6
    )
    stored = nowcasts.packaged()["scores"]["simulated"]
    few = command.Task(task.draw, task.validation, task.test[:30], task.past)
    network = nowcasts.load().networks["simulated"]
    assert command.score(command.method_of(network), few).error < 2 * stored["test"]
    storms = command.storm_task(storm())
    stormy = results.load("radar_storm")
    assert command.score(baselines.methods(1.0)["persistence"], storms).error == pytest.approx(
        stormy["persistence"].mean, abs=2e-6
    )
    name = "storm"
    found = command.score(command.method_of(nowcasts.load().networks[name]), storms)
    assert found.error == pytest.approx(nowcasts.packaged()["scores"][name]["test"], abs=2e-6)


def test_no_hour_is_in_two_parts():
    data = storm()
    task = command.storm_task(data)
    assert task.validation.shape[:2] == (3, 8)
    assert task.test.shape[:2] == (4, 8)
    drawn = task.draw(np.random.default_rng(0))
    assert drawn.shape == (8, 8, 32, 32)


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((3, 3, 1, 8), (3, 3, 2, 8), (9,)), r"expected \(size, size, channels"),
        (((2, 2, 1, 8), (2, 2, 2, 8), (8,)), "odd size"),
        (((3, 3, 1, 8), (3, 3, 3, 8), (8,)), "have shapes"),
    ],
)
def test_weights_that_do_not_fit(shapes, message):
    with pytest.raises(ValueError, match=message):
        ConvLSTM(*(np.zeros(shape) for shape in shapes))


def test_a_nowcaster_needs_its_last_convolution():
    layer = ConvLSTM(np.zeros((3, 3, 1, 8)), np.zeros((3, 3, 2, 8)), np.zeros(8))
    with pytest.raises(ValueError, match="the last convolution has shapes"):
        Nowcaster(layer, np.zeros((3, 3, 1, 1)), np.zeros(1))
    with pytest.raises(ValueError, match="has no 'head_bias'"):
        Nowcaster.from_dict({"kernel": 0, "recurrent_kernel": 0, "bias": 0, "head_kernel": 0})
