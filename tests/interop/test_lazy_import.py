"""Keras is imported when it is needed, and its absence is explained."""

import subprocess
import sys

import pytest

from lstm_edu.interop import keras


@pytest.mark.parametrize("module", ["lstm_edu", "lstm_edu.interop"])
def test_importing_the_package_imports_no_framework(module):
    code = (
        f"import sys, {module}; "
        "print([m for m in ('keras', 'tensorflow', 'torch', 'jax') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_from_torch_imports_no_framework():
    code = (
        "import sys, numpy as np; from lstm_edu.interop import from_torch; "
        "from_torch({'weight_ih_l0': np.ones((4, 2)), 'weight_hh_l0': np.ones((4, 1))}); "
        "print([m for m in ('keras', 'tensorflow', 'torch', 'jax') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_keras_is_keras():
    assert keras().__name__ == "keras"
    assert keras() is keras()


def test_without_keras(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    with pytest.raises(
        ImportError, match=r"'keras'.*pip install 'lstm-edu\[notebooks\]'"
    ) as caught:
        keras()
    assert caught.value.name == "keras"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import no_such_framework", r"'no_such_framework'.*lstm-edu\[notebooks\]"),
        ("__version__ = '2.15.0'", r"Keras 2\.15\.0 is installed.*lstm-edu\[notebooks\]"),
    ],
)
def test_with_a_keras_that_will_not_do(monkeypatch, tmp_path, text, message):
    (tmp_path / "keras.py").write_text(text)
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError, match=message):
        keras()
