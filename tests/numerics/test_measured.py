"""Records of times: they load, they are whole, and the way they are made is tried on little."""

import pytest

from bench.timing import ratios, turn_about
from lstm_edu import measured

LAYERS = {"LSTM", "GRU", "minLSTM", "attention"}


def test_the_record_of_the_outlook_is_whole():
    record = measured.load("outlook")
    assert set(record["versions"]) == {"python", "numpy", "tensorflow", "keras"}
    assert record["machine"]["cores used"] == 1
    lengths = [row["length"] for row in record["lengths"]["rows"]]
    assert lengths == sorted(lengths)
    assert len(lengths) >= 3
    tables = [row["times the LSTM"] for row in record["lengths"]["rows"]]
    assert all(set(table) == LAYERS for table in tables)
    tables += [record["fused"]["times the graph"], record["precision"]["times float32"]]
    tables += [{"attention": row["times the LSTM"]} for row in record["tokens"]["rows"]]
    for middle, low, high in (ratio for table in tables for ratio in table.values()):
        assert 0 < low <= middle <= high


def test_an_unknown_record_is_refused_by_name():
    with pytest.raises(ValueError, match="outlook"):
        measured.load("outlok")


def test_ratios_are_those_of_neighbouring_rounds():
    ticks = iter(range(1000))
    seconds = turn_about(dict.fromkeys("ab", lambda: None), rounds=4, clock=lambda: next(ticks))
    assert seconds == {"a": [1] * 4, "b": [1] * 4}
    found = ratios({"a": [1, 2, 3, 4, 10], "b": [2, 4, 6, 8, 10]}, "a")
    assert found == {"a": [1, 1, 1], "b": [2, 2, 2]}
