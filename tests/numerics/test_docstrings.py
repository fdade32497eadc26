import doctest
import importlib

import pytest

MODULES = (
    "activations",
    "long_lag",
    "lstm",
    "measures",
    "record",
    "recurrent",
    "trace",
    "training",
    "variants",
    "vocabulary",
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    failed, _ = doctest.testmod(importlib.import_module(f"lstm_edu.{name}"))
    assert failed == 0
