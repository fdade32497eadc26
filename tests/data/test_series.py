"""A series and how a network reads it: what is read, what is answered, what is refused."""

import numpy as np
import pytest

from lstm_edu import LSTM, Dense, packing
from lstm_edu.exported import FORMAT, ExportedModel
from lstm_edu.series import Beside, Series, check_forecaster


def forecaster(features=1, horizon=6, activation="linear", sequences=False):
    """Return a small model with random weights."""
    lstm = LSTM.create(features, 5, seed=0, dtype=np.float64)
    dense = Dense.create(5, horizon, seed=1, dtype=np.float64)

    def packed(layer):
        return {name: packing.pack(array) for name, array in layer.params._asdict().items()}

    recurrent = {"type": "LSTM", "name": "lstm", "weights": packed(lstm)}
    recurrent |= {"activation": "tanh", "recurrent_activation": "sigmoid"}
    recurrent |= {"return_sequences": sequences, "go_backwards": False}
    head = {"type": "Dense", "name": "next", "activation": activation, "weights": packed(dense)}
    return ExportedModel(
        {
            "format": FORMAT,
            "name": "small",
            "title": "Small",
            "input": "numbers",
            "features": [f"feature {k}" for k in range(features)],
            "labels": [f"+{k}" for k in range(horizon)],
            "layers": [recurrent, head],
        }
    )


VALUES = 10 + np.random.default_rng(0).normal(size=60).cumsum()


def test_what_is_read_is_scaled():
    series = Series(VALUES, reads=8, mean=10, std=2, season=12)
    assert (len(series), series.features, series.first) == (60, 1, 12)
    window = series.window(20, series.past(20))
    np.testing.assert_array_equal(window[:, 0], (VALUES[12:20] - 10) / 2)
    bent = series.window(20, VALUES[12:20] + 1)
    np.testing.assert_allclose(bent[:, 0], (VALUES[12:20] - 9) / 2, atol=1e-15)


@pytest.mark.parametrize("season", [12, 6])
def test_differences_are_from_a_season_before_also_where_that_is_bent(season):
    series = Series(VALUES, reads=8, mean=0.5, std=3, season=season, differenced=True)
    assert series.first == season + 8
    now = 25
    window = series.window(now, series.past(now))[:, 0]
    expected = VALUES[now - 8 : now] - VALUES[now - 8 - season : now - season]
    np.testing.assert_allclose(window, (expected - 0.5) / 3, atol=1e-15)
    other = VALUES.copy()
    other[now - 8 : now] += np.arange(8)
    bent = series.window(now, other[now - 8 : now])[:, 0]
    expected = other[now - 8 : now] - other[now - 8 - season : now - season]
    np.testing.assert_allclose(bent, (expected - 0.5) / 3, atol=1e-15)


def test_simple_forecasts_repeat_what_was():
    series = Series(VALUES, reads=8, season=4)
    past = np.arange(8.0)
    np.testing.assert_array_equal(series.persistence(20, past, 3), [7, 7, 7])
    np.testing.assert_array_equal(series.seasonal(20, past, 6), [4, 5, 6, 7, 4, 5])
    longer = Series(VALUES, reads=3, season=5)
    expected = [*VALUES[15:17], 7, 8, 9, VALUES[15]]
    np.testing.assert_array_equal(longer.seasonal(20, [7, 8, 9], 6), expected)
    np.testing.assert_array_equal(series.truth(57, 6), VALUES[57:])


@pytest.mark.parametrize("sequences", [False, True])
def test_a_forecast_is_what_the_network_answers_last(sequences):
    model = forecaster(sequences=sequences)
    plain = Series(VALUES, reads=8, mean=10, std=2, season=12)
    answer = model.answers(plain.window(30, plain.past(30)))[-1]
    np.testing.assert_allclose(plain.forecast(model, 30), answer * 2 + 10, atol=1e-12)
    differenced = Series(VALUES, reads=8, mean=1, std=2, season=12, differenced=True)
    answer = model.answers(differenced.window(30, differenced.past(30)))[-1]
    expected = answer * 2 + 1 + VALUES[18:24]
    np.testing.assert_allclose(differenced.forecast(model, 30), expected, atol=1e-12)


def test_several_features_are_scaled_each_by_its_own():
    values = np.stack([VALUES, np.sin(VALUES)], axis=1)
    series = Series(values, reads=8, mean=[10, 0], std=[2, 1])
    window = series.window(20, series.past(20) + 1)
    np.testing.assert_allclose(window[:, 0], (VALUES[12:20] - 9) / 2, atol=1e-15)
    np.testing.assert_array_equal(window[:, 1], values[12:20, 1])
    assert series.forecast(forecaster(features=2), 20).shape == (6,)


def test_its_dict_gives_it_back():
    series = Series(
        VALUES, reads=8, mean=1, std=2, season=12, differenced=True, start="2000-01-01", unit="GW"
    )
    again = Series.from_dict(series.to_dict())
    np.testing.assert_array_equal(again.values, series.values)
    assert again.to_dict() == series.to_dict()
    with pytest.raises(ValueError, match="the format of the series is None; expected 'lstm_edu"):
        Series.from_dict({})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"values": np.where(np.arange(60) == 7, np.nan, VALUES)}, "series.*nan.*Fill the gaps"),
        ({"values": VALUES[:7]}, r"series has 7 steps; expected at least 8 to read"),
        ({"values": VALUES[:11], "season": 9, "differenced": True}, "a season of 9 before"),
        ({"values": np.zeros((2, 3, 4))}, r"series has shape \(2, 3, 4\)"),
        ({"values": np.zeros(50_000)}, "50,000 numbers; a figure takes 40,000"),
        ({"std": 0}, "std is 0; expected numbers above 0"),
        ({"std": [1, 2]}, r"std has shape \(2,\); expected one number"),
        ({"mean": np.nan}, "mean"),
        ({"reads": 0}, "reads is 0"),
        ({"season": 61}, "season is 61"),
        ({"start": "soon"}, "start is 'soon'; expected a date"),
        ({"minutes": 0}, "minutes is 0"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, message):
    with pytest.raises(ValueError, match=f"(?is){message}"):
        Series(**{"values": VALUES, "reads": 8} | wrong)


def test_a_series_of_words_is_refused():
    with pytest.raises(TypeError, match="series has dtype <U1; expected numbers"):
        Series(np.array(["a", "b"]), reads=1)


@pytest.mark.parametrize(
    ("model", "series", "message"),
    [
        ({"activation": "softmax"}, {}, "activation softmax; a forecaster answers with numbers"),
        ({"features": 2}, {}, "reads 2 features a step, the series has 1"),
        ({}, {"season": 5, "differenced": True}, "forecasts 6 differences from 5 steps before"),
        ({"horizon": 337}, {}, "forecasts 337 steps; a figure shows 336"),
    ],
)
def test_a_model_of_another_kind_is_refused(model, series, message):
    series = Series(VALUES, reads=8, **series)
    with pytest.raises(ValueError, match=message):
        check_forecaster(forecaster(**model), series)


def test_a_linear_forecast_may_stand_beside_it():
    random = np.random.default_rng(1)
    beside = Beside("line", random.normal(size=(8, 6)), random.normal(size=6))
    series = Series(VALUES, reads=8, beside=beside)
    past = series.past(20)
    expected = past @ beside.kernel + beside.bias
    np.testing.assert_array_equal(series.simple(20, past, 6), expected)
    again = Series.from_dict(series.to_dict())
    assert again.beside.name == "line"
    np.testing.assert_array_equal(again.simple(20, past, 6), expected)
    plain = Series(VALUES, reads=8, season=6)
    np.testing.assert_array_equal(plain.simple(20, past, 6), plain.seasonal(20, past, 6))
    with pytest.raises(ValueError, match="beside reads 8 steps; expected 9"):
        Series(VALUES, reads=9, beside=beside)
    with pytest.raises(ValueError, match="'line' beside it forecasts 6 steps, 'small' 4"):
        check_forecaster(forecaster(horizon=4), series)
    with pytest.raises(ValueError, match="name of beside is ''"):
        Beside("", np.zeros((8, 6)), np.zeros(6))
    with pytest.raises(ValueError, match="bias of beside has shape"):
        Beside("line", np.zeros((8, 6)), np.zeros(5))


def test_each_step_may_have_a_date_of_its_own():
    days = np.datetime64("2008-09-01") + np.arange(84).reshape(12, 7)[:, :5].ravel()
    series = Series(VALUES, reads=8, dates=days)
    again = Series.from_dict(series.to_dict())
    np.testing.assert_array_equal(again.dates, days)
    assert again.dates.dtype == "datetime64[D]"
    wrong = {
        "dates has shape": days[:-1],
        "do not follow one another": days[::-1],
        "cannot be read": ["soon"] * 60,
    }
    for message, given in wrong.items():
        with pytest.raises(ValueError, match=message):
            Series(VALUES, reads=8, dates=given)
    with pytest.raises(ValueError, match="start and dates are both given"):
        Series(VALUES, reads=8, dates=days, start="2008-09-01")
