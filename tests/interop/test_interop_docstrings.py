import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["keras_weights", "torch_weights", "tracing"])
def test_the_examples_in_the_docstrings_are_true(name):
    failed, tried = doctest.testmod(
        importlib.import_module(f"lstm_edu.interop.{name}"),
        optionflags=doctest.NORMALIZE_WHITESPACE,
    )
    assert tried
    assert not failed
