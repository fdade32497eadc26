"""What all tests start from: one thread for each process, a quiet TensorFlow, the longest first."""

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


#: The first builds the book, while the other process is at what needs none; then what is long and
#: has few tests, so that no process ends long after the other. The rest follow as they are found.
FIRST = ("test_pages.", "test_jupyterlab", "test_hub.", ".ipynb", "test_hostile", "test_topics_")


def pytest_collection_modifyitems(items):
    """Put the files in an order in which two processes end together."""

    def place(item):
        found = [place for place, part in enumerate(FIRST) if part in item.path.name]
        return found[0] if found else len(FIRST)

    items.sort(key=place)
