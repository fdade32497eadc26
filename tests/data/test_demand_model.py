"""The forecaster that comes with the package: what its file says about it is true."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing
from lstm_edu.datasets import electricity_demand
from lstm_edu.datasets.demand import WEEK
from lstm_edu.models import demand as command
from lstm_edu.series import Series

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def demand():
    return electricity_demand()


@pytest.fixture(scope="module")
def scaled(demand):
    return command.Scaled(demand)


@pytest.fixture(scope="module")
def model():
    return exported.load("demand")


@pytest.fixture(scope="module")
def test_weeks(demand, scaled):
    nows = command.origins(demand, "test")
    return nows, scaled.came(nows)


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 120_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())


def test_the_network_is_the_one_that_the_command_makes(model, demand):
    assert [lstm.units for lstm in model.lstms.values()] == [command.UNITS]
    made = model.provenance
    again = command.describe(demand, made["seed"], made["ridge"])
    assert {k: v for k, v in made.items() if k != "versions"} == {
        k: v for k, v in again.items() if k != "versions"
    }


def test_only_training_weeks_decide_how_it_is_scaled(demand, scaled):
    other = type(demand)(np.where(np.arange(4032) < 8 * WEEK, demand.values, 1.0), demand.times)
    again = command.Scaled(other)
    assert (again.mean, again.std) == (scaled.mean, scaled.std)


def test_no_batch_reaches_beyond_the_training_weeks(scaled, demand):
    last = demand.part("train").stop
    scaled = command.Scaled(demand)
    scaled.z[last:] = np.nan
    random = np.random.default_rng(0)
    batches = command.batches(scaled, last, command.Adam(), random, 200)
    assert all(np.isfinite(x).all() and np.isfinite(y).all() for x, y in batches)


def test_a_batch_answers_with_what_comes_next(scaled):
    x, y = next(command.batches(scaled, 8 * WEEK, command.Adam(), np.random.default_rng(0), 1))
    assert x.shape == (command.BATCH, command.READS, 1)
    assert y.shape == (command.BATCH, command.READS - command.ANSWERS_FROM, command.HORIZON)
    # The first value to come after a step is what is read at the next one, but for the noise.
    error = x[:, command.ANSWERS_FROM + 1 :, 0] - y[:, :-1, 0]
    assert error.std() == pytest.approx(command.NOISE, rel=0.1)


def test_the_recorded_scores_are_what_it_scores(model, scaled, test_weeks):
    nows, came = test_weeks
    assert len(nows) == 2 * WEEK - 47
    forecast = command.by_network(model, scaled, nows)
    assert command.rmse(forecast, came) == pytest.approx(model.scores["test"], abs=2e-4)


def test_the_recorded_baselines_are_what_they_score(model, scaled, test_weeks, demand):
    nows, came = test_weeks
    simple = {name: scores["test"] for name, scores in model.scores["simple"].items()}
    line = command.linear(scaled, demand.part("train").stop, model.provenance["ridge"])
    assert command.rmse(line(nows), came) == pytest.approx(
        simple["linear autoregression"], abs=2e-4
    )
    last_week = scaled.came(nows - WEEK)
    assert command.rmse(last_week, came) == simple["as a week before"]


def test_it_beats_last_week_and_a_line_beats_it(model):
    """As the gallery says."""
    simple, seeds = model.scores["simple"], model.scores["seeds"]
    mean = np.mean([seed["test"] for seed in seeds])
    assert model.scores["test"] < 0.85 * simple["as a week before"]["test"]
    assert all(seed["test"] < simple["as a week before"]["test"] for seed in seeds)
    assert simple["linear autoregression"]["test"] < model.scores["test"] < mean


def test_rounding_cost_little(model):
    cost = model.quantization
    assert cost["bits"] == 16
    assert abs(cost["rmse_after"] - cost["rmse_before"]) < 0.002
    assert cost["forecast_max"] < 0.05


def test_it_brings_the_held_out_weeks(model, demand):
    series = Series.from_dict(model.to_dict()["series"])
    held_out = demand.part("test")
    np.testing.assert_array_equal(series.values[series.first :, 0], demand.values[held_out] / 1000)
    assert series.start == str(demand.times[held_out.start - series.first])
    assert len(series) - series.first == held_out.stop - held_out.start
    scaled = command.Scaled(demand)
    now = held_out.start + 100
    expected = command.by_network(model, scaled, np.array([now]))[0]
    found = series.forecast(model, now - held_out.start + series.first)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_the_command_trains_scores_and_exports(monkeypatch, tmp_path, capsys):
    """For a few batches: twice, since the seeds decide everything."""
    monkeypatch.setattr(command, "SEEDS", (0, 1))

    def run(name):
        command.main(["--steps", "3", "--output", str(tmp_path / name)])
        return (tmp_path / name).read_bytes()

    assert run("one.json") == run("two.json")
    out = capsys.readouterr().out
    assert "linear autoregression" in out
    assert "LSTM over 2 seeds" in out
    with pytest.raises(SystemExit):
        command.main(["--steps", "0"])
