"""The Python half of the ForecastPlayground: its sources, its traits, what follows from them."""

import doctest
import json
import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm_edu import exported
from lstm_edu.figures import ForecastPlayground, forecast_playground
from lstm_edu.figures.base import STATIC
from lstm_edu.interop import keras
from lstm_edu.series import Series

HOURS = 20 + 5 * np.sin(np.arange(200) / 24 * 2 * np.pi)


def keras_model(*layers, steps=48, features=1):
    kinds = keras().layers
    return keras().Sequential([kinds.Input((steps, features)), *layers])


@pytest.fixture(scope="module")
def own():
    keras().utils.set_random_seed(0)
    kinds = keras().layers
    return keras_model(kinds.LSTM(6, return_sequences=True), kinds.LSTM(4), kinds.Dense(12))


def series(**options):
    return Series(HOURS, **{"reads": 48, "mean": 20, "std": 3.5, "season": 24} | options)


class TestSources:
    def test_the_packaged_one_brings_its_series(self):
        figure = ForecastPlayground()
        assert figure.model["name"] == "demand"
        assert figure.series is None
        assert figure.now == 480
        assert figure.forecasts["LSTM"].shape == (48,)

    def test_a_keras_forecaster_answers_as_keras_does(self, own):
        figure = ForecastPlayground(own, series(), now=100)
        x = (HOURS[52:100] - 20) / 3.5
        expected = np.asarray(own(x[None, :, None].astype("float32")))[0] * 3.5 + 20
        np.testing.assert_allclose(figure.forecasts["LSTM"], expected, rtol=0, atol=1e-5)
        np.testing.assert_array_equal(figure.forecasts["season"], HOURS[76:88])
        np.testing.assert_array_equal(figure.forecasts["same"], [HOURS[99]] * 12)

    def test_what_is_to_come_can_be_forecast(self, own):
        figure = ForecastPlayground(own, series(), now=200)
        assert np.isnan(list(figure.errors.values())).all()
        figure.now = 195
        assert np.isfinite(list(figure.errors.values())).all()
        assert "svg" in ForecastPlayground(own, series(), now=200, truth="shown").picture()

    @pytest.mark.parametrize(
        ("model", "given", "error", "message"),
        [
            (None, None, ValueError, "model is None"),
            (3, None, TypeError, "model is a int"),
            ("shakespeare", None, ValueError, "series is None, and the model 'shakespeare'"),
            ("shakespeare", series(), ValueError, "reads texts; expected one that reads numbers"),
            ("demand", HOURS, TypeError, r"series is a ndarray.*Series\(values, reads="),
            ("demand", {}, ValueError, "the format of the series is None"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, model, given, error, message):
        with pytest.raises(error, match=message):
            ForecastPlayground(model, given)

    def test_keras_models_of_another_kind_are_refused(self, own):
        kinds = keras().layers
        classes = keras_model(kinds.LSTM(4), kinds.Dense(3, activation="softmax"))
        with pytest.raises(ValueError, match="activation softmax; a forecaster answers"):
            ForecastPlayground(classes, series())
        convolution = keras_model(kinds.Conv1D(2, 3), kinds.LSTM(4), kinds.Dense(3))
        with pytest.raises(ValueError, match="a Conv1D, cannot be exported"):
            ForecastPlayground(convolution, series())
        with pytest.raises(ValueError, match="series is None, and the model"):
            ForecastPlayground(own)
        both = Series(np.stack([HOURS, HOURS], axis=1), reads=48)
        with pytest.raises(ValueError, match="reads 1 features a step, the series has 2"):
            ForecastPlayground(own, both)

    def test_a_series_with_dates_names_months_and_what_is_beside_it(self):
        figure = ForecastPlayground("volatility", now=472, truth="shown")
        picture = figure.picture()
        assert all(f">{text}<" in picture for text in ("Aug 2008", "Sep 2008", "HAR", "no change"))
        assert "by 0.95 HAR" in figure.description()
        assert figure.forecasts["season"].shape == (5,)


class TestTraits:
    @pytest.mark.parametrize(
        ("trait", "wrong"),
        [
            *(("now", value) for value in (479, 1153, "500")),
            *(("brush", value) for value in (0, 97, 1.5)),
            *(("truth", value) for value in ("", "yes", None)),
            *(
                ("bends", value)
                for value in ("", "1,2", "0,8,1", "1,0,1", "1,97,1", "1,8,NaN", "1,8,1e3", "a,b,c")
            ),
            ("bends", ";".join(["1,8,1"] * 41)),
            ("bends", "1,8,1;" * 40),
        ],
    )
    def test_what_does_not_fit_is_refused(self, trait, wrong):
        figure = ForecastPlayground()
        before = getattr(figure, trait)
        with pytest.raises(TraitError):
            setattr(figure, trait, wrong)
        assert getattr(figure, trait) == before

    def test_another_series_keeps_now_inside(self, own):
        figure = ForecastPlayground(own, series(), now=190)
        figure.series = Series(HOURS[:120], reads=48, season=24)
        assert figure.now == 120
        with pytest.raises(TraitError, match="reads 1 features"):
            figure.series = Series(np.zeros((90, 2)), reads=48)

    def test_it_refuses_what_it_does_not_have(self):
        with pytest.raises(TypeError, match="has no 'text'; expected bends, brush"):
            ForecastPlayground(text="a")


class TestBends:
    def test_a_bend_is_a_bell(self):
        figure = ForecastPlayground()
        was = figure.past
        figure.bends = "10,4,2"
        moved = figure.past - was
        expected = np.zeros(144)
        expected[131:138] = 1 + np.cos(np.pi * np.arange(-3, 4) / 4)
        np.testing.assert_allclose(moved, expected, atol=1e-12)

    def test_bends_add_up_and_reach_the_forecast(self):
        figure = ForecastPlayground(bends="1,8,1.5")
        one = figure.past
        figure.bends = "1,8,1.5;1,8,-1.5"
        np.testing.assert_allclose(figure.past, ForecastPlayground().past, atol=1e-12)
        figure.bends = "1,8,1.5"
        np.testing.assert_array_equal(figure.past, one)
        assert figure.forecasts["same"][0] == one[-1]
        plain = ForecastPlayground().forecasts["LSTM"]
        assert np.abs(figure.forecasts["LSTM"] - plain).max() > 0.2
        np.testing.assert_array_equal(
            figure.forecasts["season"], ForecastPlayground().forecasts["season"]
        )


class TestPage:
    def test_it_holds_state_and_picture(self):
        figure = ForecastPlayground(name="one", now=864, bends="12,8,1.5", truth="shown")
        html = figure.html()
        again = ForecastPlayground(name="one", now=864, bends="12,8,1.5", truth="shown")
        assert html == again.html()
        state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", html)[1])
        assert state == {
            "model": {"ref": "demand"},
            "series": None,
            "now": 864,
            "brush": 8,
            "bends": "12,8,1.5",
            "truth": "shown",
        }
        assert 'id="one" data-figure="ForecastPlayground"' in html

    def test_words_and_picture_say_what_is_seen(self):
        figure = ForecastPlayground(now=624, truth="shown")
        words = figure.description()
        assert words.startswith("Electricity demand, England and Wales: 144 steps of the past and")
        assert "off by 0.22 GW on the average, by 0.61 what came a season before" in words
        picture = figure.picture()
        for text in ("last week", "no change", "LSTM", "what came", "Thu 17", "GW"):
            assert text in picture
        assert "what came" not in ForecastPlayground().picture()

    def test_without_dates_steps_are_counted(self, own):
        picture = ForecastPlayground(own, series()).picture()
        assert "last season" in picture
        assert "−24" in picture

    def test_both_hosts_find_its_browser_half(self):
        assert "export" in (STATIC / "ForecastPlayground.mjs").read_text("utf-8")
        assert (STATIC / "figures" / "ForecastPlayground.js").exists()


def test_an_exported_model_does_too(own):
    model = exported.load("demand")
    figure = ForecastPlayground(model, now=500)
    assert repr(figure) == (
        "ForecastPlayground(model='demand', now=500, brush=8, bends='none', truth='hidden')"
    )


def test_its_docstring_tells_the_truth():
    failures, tests = doctest.testmod(forecast_playground)
    assert failures == 0
    assert tests > 0


class TestGallery:
    """What the text beside the figure says of its links."""

    def mean_moves(self, now, bends):
        figure = ForecastPlayground(now=now)
        before = figure.forecasts["LSTM"].mean()
        figure.bends = bends
        return figure.forecasts["LSTM"].mean() - before

    def test_the_last_evening_matters_and_the_day_before_yesterday_does_not(self):
        figure = ForecastPlayground(now=624)
        before = figure.forecasts["LSTM"]
        figure.bends = "1,16,-2"
        assert (figure.forecasts["LSTM"] < before - 0.3).all()
        assert abs(self.mean_moves(624, "120,16,-2")) < 0.05

    def test_ten_gigawatts_do_hardly_more_than_two(self):
        assert 1 < self.mean_moves(624, "1,16,-10") / self.mean_moves(624, "1,16,-2") < 2

    def test_one_day_it_wins_and_one_day_it_loses(self):
        thursday = ForecastPlayground(now=624).errors
        assert thursday["LSTM"] < 0.5 * thursday["season"]
        tuesday = ForecastPlayground(now=864)
        assert tuesday.errors["LSTM"] > 2 * tuesday.errors["season"]
        tuesday.bends = "14,12,4"
        apart = np.abs(tuesday.forecasts["LSTM"] - tuesday.forecasts["season"]).mean()
        assert apart < 0.3
