"""The forecaster of volatility, the simple ones beside it, and the trap: what they say is true."""

from pathlib import Path

import numpy as np
import pytest

from lstm_edu import exported, packing, results
from lstm_edu.datasets import prices
from lstm_edu.models import stock_price
from lstm_edu.models import volatility as command
from lstm_edu.models import volatility_baselines as baselines
from lstm_edu.series import Series

FILE = Path(command.__file__).with_suffix(".json")


@pytest.fixture(scope="module")
def days():
    return baselines.Days(prices("sp500"))


@pytest.fixture(scope="module")
def model():
    return exported.load("volatility")


def changed_from(days, last):
    """Return the same days, with another future from day `last` on."""
    other = baselines.Days(days.prices)
    other.log, other.returns = days.log.copy(), days.returns.copy()
    other.log[last:] = 9.0
    other.returns[last:] = -50.0
    return other


def test_the_file_is_small_and_in_the_one_layout(model):
    assert FILE.stat().st_size <= 80_000
    assert FILE.read_text(encoding="utf-8") == packing.dumps(model.to_dict())


def test_nothing_that_is_learnt_comes_from_the_future(days):
    last = days.folds[1].train.stop
    other = changed_from(days, last)
    assert np.array_equal(command.Scaled(days, last).mean, command.Scaled(other, last).mean)
    for falls in (False, True):
        fitted = (baselines.fit_har(each, last, falls) for each in (days, other))
        np.testing.assert_array_equal(*fitted)
    assert baselines.best_decay(days, last) == baselines.best_decay(other, last)
    scaled = command.Scaled(days, last)
    scaled.x[last:] = np.nan
    random = np.random.default_rng(0)
    batches = command.batches(scaled, last, command.Adam(), random, 100)
    assert all(np.isfinite(x).all() and np.isfinite(y).all() for x, y in batches)


def test_no_forecast_looks_at_the_day_it_is_for(days, model):
    now = np.array([days.folds[2].test.start + 30])
    other = changed_from(days, int(now[0]))
    last = days.folds[2].train.stop
    np.testing.assert_array_equal(
        *(baselines.har_reads(each, now, falls=True) for each in (days, other))
    )
    np.testing.assert_array_equal(*(baselines.ewma(each, now, 0.9) for each in (days, other)))
    np.testing.assert_array_equal(*(command.Scaled(e, last).read(now) for e in (days, other)))


def test_har_is_one_product_with_the_past(days):
    last = days.folds[0].train.stop
    kernel, bias = baselines.har_as_matrix(days, last, command.READS)
    nows = days.nows[:50]
    expected = baselines.har_reads(days, nows) @ baselines.fit_har(days, last)
    np.testing.assert_allclose(days.before(nows, command.READS) @ kernel + bias, expected)


def test_the_recorded_baselines_are_what_they_score(days):
    for name, method in baselines.all_of(days).items():
        assert results.load("stocks")[name].scores == (baselines.rmse(method.forecasts, days.came),)


def test_the_stored_network_scores_what_it_says_and_its_figure_says_the_same(model, days):
    fold = days.folds[command.SHOWN]
    nows, scaled = days.origins(fold), command.Scaled(days, fold.train.stop)
    forecasts = model.run(scaled.read(nows))[1] * scaled.std[0] + scaled.mean[0]
    error = baselines.rmse(forecasts, days.came_from(nows))
    assert error == pytest.approx(model.scores["shown_years"], abs=2e-4)
    series = Series.from_dict(model.to_dict()["series"])
    assert series.dates[command.READS] == days.dates[fold.test.start]
    found = series.forecast(model, command.READS + 20)
    np.testing.assert_allclose(found, forecasts[20], atol=1e-5)
    har = series.simple(command.READS + 20, series.past(command.READS + 20), 5)
    expected = baselines.har_reads(days, nows[20:21]) @ baselines.fit_har(days, fold.train.stop)
    np.testing.assert_allclose(har, expected[0])


def test_the_stored_losses_are_those_of_the_record(model, days):
    losses = packing.unpack(model.scores["losses"])
    assert losses.shape == (3, len(days.nows))
    scores = results.load("stocks").network.scores
    np.testing.assert_allclose(np.sqrt(losses.mean(axis=1)), scores, atol=5e-4)


def test_a_difference_is_told_from_chance():
    random = np.random.default_rng(0)
    noise = random.normal(size=1000)
    alike = np.convolve(noise, np.ones(20) / 20, "same")  # neighbours resemble each other
    alike -= alike.mean()
    nothing = baselines.compare(1 + alike, np.ones(1000))
    assert nothing.low < 0 < nothing.high
    assert nothing.p > 0.05
    better = baselines.compare(0.5 + alike, np.ones(1000))
    assert better.high < 0
    assert better.p < 1e-4
    # Taken for independent, the same days would seem to say more.
    assert abs(baselines.compare(1.05 + alike, np.ones(1000), lags=0).statistic) > abs(
        baselines.compare(1.05 + alike, np.ones(1000), lags=22).statistic
    )


def test_the_scaler_of_the_trap_sees_the_future_only_where_it_is_told_to():
    index = prices("sp500")
    honest, leaky = (stock_price.Windows(index, leak) for leak in (False, True))
    assert honest.y[: honest.first].max() == pytest.approx(1)
    assert honest.y.max() > 1.3
    assert leaky.y.max() == pytest.approx(1)
    begin = index.day(stock_price.FIRST_TEST)
    came = honest.price(honest.y[honest.first :, 0].astype(float))
    np.testing.assert_allclose(came, index.close[begin:], rtol=1e-5)
    best = results.load("stocks_price").baseline
    assert stock_price.rmse(index.close[begin - 1 : -1], came) == pytest.approx(best.mean, abs=0.02)


def test_the_commands_train_score_and_export(monkeypatch, tmp_path, capsys):
    """For a few batches, and twice: the seeds decide everything."""
    monkeypatch.setattr(command, "INDICES", ("sp500",))
    monkeypatch.setattr(command, "Days", few_folds)

    def run(name):
        written = []
        command.main(["--steps", "2", "--output", str(tmp_path / name)], written.append)
        assert [record.name for record in written] == ["stocks"]
        return (tmp_path / name).read_bytes()

    assert run("one.json") == run("two.json")
    written = []
    monkeypatch.setattr(stock_price, "train", lambda *_: untrained())
    stock_price.main(["--epochs", "1"], written.append)
    assert written[0].network.name == "LSTM, 32 units"
    assert "as it was yesterday" in capsys.readouterr().out
    for main in (command.main, stock_price.main):
        with pytest.raises(SystemExit):
            main(["--steps", "0", "--epochs", "0"])


def untrained():
    layers = (
        stock_price.LSTM.create(1, 32, seed=0),
        stock_price.LastStep(),
        stock_price.Dense.create(32, 1, seed=0),
    )
    return stock_price.Network(layers)


def few_folds(index):
    days = baselines.Days(index)
    days.folds = days.folds[:1]
    days.nows = days.origins(days.folds[0])
    days.came = days.came_from(days.nows)
    return days
