import platform

import pytest

from lstm_edu.models import seeds


def test_each_seed_is_trained_once_and_timed():
    runs = seeds.over_seeds(lambda seed: seed * 10, (1, 2, 5))
    assert [(run.seed, run.made) for run in runs] == [(1, 10), (2, 20), (5, 50)]
    assert all(run.seconds >= 0 for run in runs)
    assert seeds.mean_seconds([run._replace(seconds=1.234) for run in runs]) == 1.23


def test_the_environment_names_python_and_the_packages():
    found = seeds.environment(("numpy",))
    assert found.python == platform.python_version()
    assert list(found.packages) == ["numpy"]
    with pytest.raises(ModuleNotFoundError, match="no-such-package is not installed"):
        seeds.environment(("no-such-package",))
