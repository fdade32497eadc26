"""Daily prices: where they come from, how the years are walked through, what is refused."""

import doctest
import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from lstm_edu.datasets import stocks as module
from lstm_edu.datasets.stocks import ORIGINS, prices


@pytest.fixture(scope="module")
def index():
    return prices("sp500")


@pytest.mark.parametrize(("name", "days"), [("sp500", 5031), ("nasdaq", 5031), ("wti", 8321)])
def test_days_follow_one_another_and_are_read_only(name, days):
    loaded = prices(name)
    assert len(loaded) == len(loaded.dates) == days
    assert (np.diff(loaded.dates) > np.timedelta64(0, "D")).all()
    assert np.isfinite(loaded.close).all()
    assert not loaded.close.flags.writeable
    assert loaded.checksum == module.CHECKSUMS[name]


def test_a_day_lies_between_its_highest_and_its_lowest_price(index):
    assert ((index.low <= index.close) & (index.close <= index.high)).all()
    assert (index.low < index.high).all()
    assert index.close[index.day("2008-10-13")] == pytest.approx(1003.35)


def test_volatility_is_right_for_a_random_walk():
    random = np.random.default_rng(0)
    sigma, minutes = 0.01, 2000
    walks = random.normal(0, sigma / np.sqrt(minutes), (1500, minutes)).cumsum(axis=1)
    walks = np.concatenate([np.zeros((1500, 1)), walks], axis=1)
    dates = np.datetime64("2000-01-01") + np.arange(1500)
    high, low = np.exp(walks.max(axis=1)), np.exp(walks.min(axis=1))
    made = module.Prices("walk", "A walk", dates, np.exp(walks[:, -1]), high, low)
    yearly = 100 * sigma * np.sqrt(252)
    assert np.sqrt(np.mean(made.volatility**2)) == pytest.approx(yearly, rel=0.04)
    assert made.returns[1] == pytest.approx(walks[1, -1] - walks[0, -1])


def test_folds_learn_from_what_was_before_and_cover_all_years_after(index):
    folds = list(index.folds())
    assert [fold.year for fold in folds] == list(ORIGINS)
    for fold, after in zip(folds, [*folds[1:], None], strict=True):
        assert fold.train == slice(0, fold.test.start)
        assert index.dates[fold.test.start] >= np.datetime64(f"{fold.year}-01-01")
        assert index.dates[fold.test.start - 1] < np.datetime64(f"{fold.year}-01-01")
        assert fold.test.stop == (after.test.start if after else len(index))


def test_what_is_not_there_is_said(index):
    with pytest.raises(ValueError, match="name is 'dax'; expected"):
        prices("dax")
    with pytest.raises(ValueError, match="only the last price of a day is known"):
        _ = prices("wti").volatility
    with pytest.raises(ValueError, match="the last day of S&P 500 is 2018-12-31"):
        index.day("2019-01-01")


def test_arch_is_read_but_never_imported():
    code = (
        "import sys; from lstm_edu.datasets import prices; prices();"
        "print([m for m in ('arch', 'pandas', 'scipy', 'statsmodels') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_without_arch_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'lstm-edu\[notebooks\]'"):
        prices()


def test_another_file_is_refused(monkeypatch, tmp_path):
    file = tmp_path / "sp500.csv.gz"
    file.write_bytes(b"Date,Close")
    monkeypatch.setattr(module, "_file", lambda name: file)
    with pytest.raises(ValueError, match=r"is not the file of arch 8\.0\.0: SHA-256"):
        prices()


def test_its_docstrings_tell_the_truth():
    failures, tests = doctest.testmod(module)
    assert failures == 0
    assert tests > 0
