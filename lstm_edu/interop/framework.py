"""The one place where the package imports Keras, and only when asked to."""

from __future__ import annotations

import os
from types import ModuleType

_HOW = "pip install 'lstm-edu[notebooks]'"

#: TensorFlow tells of the processor it found in every notebook, and oneDNN may add up in another
#: order from run to run. Whoever wants either sets the variable.
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}


def keras() -> ModuleType:
    """Import Keras now, and not before.

    TensorFlow takes seconds to load and a gigabyte to install, and a reader of the book needs
    neither. So nothing in the package imports Keras at its top; what needs it calls this.

    Returns
    -------
    module
        The `keras` package, version 3.

    Raises
    ------
    ImportError
        If Keras or the framework that it computes with is missing, or if it is older than 3. The
        message says what to install.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import keras
    except ImportError as error:
        missing = error.name or "keras"
        raise ImportError(
            f"this needs Keras and a framework for it to compute with; {missing!r} cannot be "
            f"imported ({error}). Install them with: {_HOW}",
            name=missing,
        ) from error
    if int(keras.__version__.split(".")[0]) < 3:
        raise ImportError(
            f"this needs Keras 3, and Keras {keras.__version__} is installed. "
            f"Upgrade it with: {_HOW}",
            name="keras",
        )
    return keras
