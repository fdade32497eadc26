"""The records of the page on electricity demand: what they say is what the code computes."""

import numpy as np
import pytest

from lstm_edu import exported, results
from lstm_edu.datasets import electricity_demand
from lstm_edu.datasets.demand import DAY, WEEK
from lstm_edu.models import demand as forecaster
from lstm_edu.models import seeds, time_series


@pytest.fixture(scope="module")
def demand():
    return electricity_demand()


@pytest.fixture(scope="module")
def scaled(demand):
    return forecaster.Scaled(demand)


@pytest.mark.parametrize(("name", "ahead"), [("time_series", DAY), ("time_series_step", 1)])
def test_the_recorded_baselines_are_computed_again(demand, scaled, name, ahead):
    record = results.load(name)
    test = forecaster.origins(demand, "test")
    for method, forecast in time_series.simple(scaled).items():
        assert record[method].scores == (time_series.score(forecast, scaled, test, ahead),)
    last = demand.part("train").stop
    ridge = float(record["linear autoregression"].note.rsplit(" ", 1)[1])
    line = forecaster.linear(scaled, last, ridge)
    again = time_series.score(line, scaled, test, ahead)
    assert record["linear autoregression"].mean == pytest.approx(again, abs=2e-4)
    assert record.data == seeds.data_of(demand, record.data.source)
    assert record.command == "python -m lstm_edu.models.time_series"


def test_the_networks_are_those_of_the_packaged_one():
    model = exported.load("demand")
    assert results.load("time_series").network.parameters == model.parameters
    kept = [seed["test"] for seed in model.scores["seeds"]]
    assert results.load("time_series").network.scores == pytest.approx(kept, abs=0.05)


def test_boosted_trees_read_what_lies_before_now_alone(demand):
    last = demand.part("train").stop
    mine = forecaster.Scaled(demand)
    early = WEEK + forecaster.READS + DAY + 50  # few to learn from: it is soon done
    forecast = time_series.boosting(mine, early, trees=1, leaves=2)
    nows = np.array([last, last + 5])
    before = forecast(nows)
    assert before.shape == (2, DAY)
    mine.gigawatts[last + 5 :] = mine.z[last + 5 :] = 0.0
    np.testing.assert_array_equal(forecast(nows), before)


def test_walking_forward_learns_from_yesterday_and_not_from_today(demand, scaled):
    last = demand.part("train").stop
    walk = time_series.refitted(scaled, last, ridge=1.0)
    nows = np.array([last, last + DAY + 7])
    both = walk(nows)
    np.testing.assert_allclose(both[:1], forecaster.linear(scaled, last, 1.0)(nows[:1]))
    np.testing.assert_allclose(both[1:], forecaster.linear(scaled, last + DAY, 1.0)(nows[1:]))
    with pytest.raises(ValueError, match=f"asked for step {last - 1}"):
        walk(np.array([last - 1]))
