import pytest
from runs import run

from lstm_edu import GRU, RNN


@pytest.fixture(scope="session")
def trace():
    """Two examples of nine characters, seven units."""
    return run()


@pytest.fixture(scope="session")
def records():
    """A run of each kind of layer."""
    return {"lstm": run(), "rnn": run(RNN), "gru": run(GRU)}
