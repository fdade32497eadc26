"""What all tests start from: one thread for each process, and a quiet TensorFlow."""

import os

# The processes of a test run share the cores; threads of NumPy's would only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Before TensorFlow is imported: no start-up messages, and sums in one order only.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def pytest_configure(config):
    # Keras 3.15 reads its variables with a call that NumPy 2 finds old.
    config.addinivalue_line(
        "filterwarnings", "ignore:__array__ implementation doesn't accept:DeprecationWarning"
    )
