"""What a worker says is read as if a stranger had sent it."""

import io
import json
import pickle
import zipfile

import numpy as np
import pytest

from lstm_edu.classroom import results
from lstm_edu.classroom.inside.packing import pack, unpack


def test_what_is_packed_comes_back():
    value = {"a": (np.arange(3.0), 2), "b": [np.float32(1), "text", None, True], "c": {}}
    back = unpack(pack(value))
    assert back["b"] == value["b"]
    assert type(back["b"][0]) is np.float32
    np.testing.assert_array_equal(back["a"][0], value["a"][0])
    with pytest.raises(TypeError, match="function cannot be packed"):
        pack({"a": pack})


@pytest.mark.parametrize("dtype", ["?", "i2", ">f8", "f4", "U3", "u8"])
@pytest.mark.parametrize("shape", [(), (0, 4), (2, 3)])
def test_plain_arrays_are_read(dtype, shape):
    array = np.array(np.ones(shape, dtype), order="F")
    said = results.read_answer(pack({"exercise": "3.2", "calls": [{"": array}]}), "3.2", 1)
    back = said["calls"][0][""]
    np.testing.assert_array_equal(back, array)
    assert back.shape == shape
    assert back.dtype.isnative


def frame(index=b'{"dict": []}', compression=zipfile.ZIP_STORED, **arrays):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in {"index": npy(np.frombuffer(index, np.uint8)), **arrays}.items():
            archive.writestr(f"{name}.npy", data)
    return buffer.getvalue()


def npy(array, pickled=False):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, allow_pickle=pickled)
    return buffer.getvalue()


def lying(shape, descr="<f8"):
    data = npy(np.zeros(2))
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
    return data[:10] + header.ljust(117).encode() + b"\n" + data[128:]


A0 = json.dumps({"array": 0}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"right",
        pickle.dumps({"right": True}),
        frame(compression=zipfile.ZIP_DEFLATED),
        frame(b"[" * 100_000),
        frame(b"{}"),
        frame(b"\xff"),
        frame(A0),
        frame(A0, a0=npy(np.array([print], dtype=object), pickled=True)),
        frame(A0, a0=npy(np.zeros(2, [("a", "f8")]))),
        frame(A0, a0=npy(np.zeros(2, "M8[s]"))),
        frame(A0, a0=npy(np.zeros(2, complex))),
        frame(A0, a0=lying("(99999999999,)")),
        frame(A0, a0=lying("(-2,)")),
        frame(A0, a0=lying("(3,)")),
        frame(A0, a0=lying("(0, 99999999999)")),
        frame(A0, a0=lying("(1,)", "<U999999999")),
        frame(**{f"a{n}": npy(np.zeros(1)) for n in range(600)}),
    ],
)
def test_anything_else_is_refused(data):
    with pytest.raises(results.Forged):
        results.read_answer(data, "3.2", 1)


@pytest.mark.parametrize(
    "said",
    [
        {"exercise": "3.1", "calls": [{"": np.zeros(1)}]},
        {"exercise": "3.2", "calls": [{"": np.zeros(1)}] * 2},
        {"exercise": "3.2", "calls": [np.zeros(1)]},
        {"exercise": "3.2", "calls": [{"": 1.0}]},
        {"exercise": "3.2", "calls": [{1: np.zeros(1)}]},
        {"exercise": "3.2", "missing": False},
        {"exercise": "3.2", "raised": 1},
        {"exercise": "3.2", "right": True},
        {"exercise": "3.2", "calls": [], "points": 3},
        [1],
    ],
)
def test_an_answer_says_what_a_worker_says(said):
    with pytest.raises(results.Forged):
        results.read_answer(pack(said), "3.2", 1)


@pytest.mark.parametrize("errors", [1, [[1]], [["1", "a"]], [[1, 2]], [[1, "a"]] * 501])
def test_errors_are_numbers_and_names(errors):
    with pytest.raises(results.Forged):
        results.read_errors(pack({"errors": errors}))


def test_a_truth_value_is_one_of_two():
    strange = npy(np.array([True, False]))[:-2] + b"\x02\x00"
    back = results.read(frame(A0, a0=strange))
    assert back.tolist() == [True, False]
    assert (back == True).tolist() == [True, False]  # noqa: E712
