"""The series of electricity demand: where it comes from, how it is split, what it refuses."""

import doctest
import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from lstm_edu.datasets import demand as module
from lstm_edu.datasets import electricity_demand


@pytest.fixture(scope="module")
def demand():
    return electricity_demand()


def test_it_is_twelve_weeks_from_a_monday(demand):
    assert len(demand) == 12 * module.WEEK == 4032
    assert demand.times[0] == np.datetime64("2000-06-05T00:00")
    assert demand.times[0].astype(object).weekday() == 0
    assert set(np.diff(demand.times)) == {np.timedelta64(30, "m")}
    assert demand.values.dtype == np.float64
    assert (demand.values.min(), demand.values.max()) == (18_640, 38_777)
    assert not demand.values.flags.writeable


def test_it_looks_like_demand(demand):
    days = demand.values.reshape(-1, module.DAY)
    assert (days.argmin(axis=1) < 16).all()  # least in the small hours
    working = days.mean(axis=1).reshape(-1, 7)
    assert (working[:, :5].min(axis=1) > working[:, 5:].max(axis=1)).all()


def test_splits_follow_upon_each_other_in_whole_weeks(demand):
    parts = [demand.part(name) for name in ("train", "validation", "test")]
    assert [part.start for part in parts] == [0, parts[0].stop, parts[1].stop]
    assert parts[-1].stop == len(demand)
    assert [(p.stop - p.start) // module.WEEK for p in parts] == [8, 2, 2]
    with pytest.raises(ValueError, match="no split is called 'dev'; there are: train, validation"):
        demand.part("dev")


def test_pmdarima_is_read_but_never_imported():
    code = (
        "import sys; from lstm_edu.datasets import electricity_demand; electricity_demand();"
        "print([m for m in ('pmdarima', 'pandas', 'sklearn', 'statsmodels') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_without_pmdarima_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'lstm-edu\[notebooks\]'"):
        electricity_demand()


@pytest.mark.parametrize("source", ["", "x = [1, 2, 3]", "x = [22262, 21756] + list(range(9))"])
def test_other_numbers_are_refused(monkeypatch, tmp_path, source):
    file = tmp_path / "taylor.py"
    file.write_text(source)
    monkeypatch.setattr(module, "_file", lambda: file)
    with pytest.raises(ValueError, match=r"are not those of pmdarima 2\.1\.1: SHA-256"):
        electricity_demand()


def test_its_docstrings_tell_the_truth():
    failures, tests = doctest.testmod(module)
    assert failures == 0
    assert tests > 0
