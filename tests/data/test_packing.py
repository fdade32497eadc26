import base64
import json

import numpy as np
import pytest

from lstm_edu import packing


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1,), (7,), (3, 4), (2, 3, 5)])
def test_floats_come_back_exactly(dtype, shape):
    array = np.random.default_rng(0).normal(size=shape).astype(dtype)
    tensor = json.loads(json.dumps(packing.pack(array)))
    back = packing.unpack(tensor)
    assert back.dtype == np.float64
    assert back.shape == shape
    np.testing.assert_array_equal(back, array.astype(np.float64))


def test_data_are_little_endian_and_row_major():
    array = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    for given in (array, np.asfortranarray(array), array.astype(">f4")):
        data = base64.b64decode(packing.pack(given)["data"])
        assert data == b"".join(np.float32(k).astype("<f4").tobytes() for k in range(1, 7))


@pytest.mark.parametrize("shape", [(300,), (200, 6), (5, 40, 3)])
def test_a_quantised_entry_moves_by_half_a_scale_at_most(shape):
    random = np.random.default_rng(1)
    array = random.normal(size=shape) * 10.0 ** random.integers(-6, 3, shape[-1])
    tensor = packing.quantize(array)
    scale = np.frombuffer(base64.b64decode(tensor["scale"]), "<f4").astype(np.float64)
    assert scale.shape == shape[-1:]
    error = np.abs(packing.unpack(tensor) - array)
    # A scale is a float32: at the largest entry its own rounding comes on top.
    assert (error <= scale * (0.5 + 127 * 2.0**-24)).all()
    if len(shape) > 1:
        assert (error.reshape(-1, shape[-1]).max(axis=0) > 0.4 * scale).all()


def test_quantising_twice_changes_nothing_more():
    once = packing.quantize(np.random.default_rng(2).normal(size=(50, 8)))
    assert packing.quantize(packing.unpack(once)) == once


def test_a_column_of_zeros_stays_zero():
    array = np.array([[0.0, 1.0], [0.0, -2.0]])
    np.testing.assert_array_equal(packing.unpack(packing.quantize(array))[:, 0], 0)


def test_what_cannot_be_packed_is_refused():
    with pytest.raises(TypeError, match="dtype int64"):
        packing.pack(np.arange(3))
    with pytest.raises(ValueError, match="NaN or infinity"):
        packing.quantize(np.array([1.0, np.nan]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dtype": "int4"}, "W cannot be unpacked: dtype is 'int4'; expected one of float16"),
        ({"shape": [3, 3]}, r"W cannot be unpacked: .*reshape"),
        ({"data": "%%%"}, "W cannot be unpacked"),
        ({"scale": None}, "W cannot be unpacked"),
    ],
)
def test_what_cannot_be_unpacked_is_named(change, message):
    tensor = packing.quantize(np.ones((2, 3))) | change
    with pytest.raises(ValueError, match=message):
        packing.unpack(tensor, "W")
    with pytest.raises(ValueError, match="W cannot be unpacked: 'data' is missing"):
        packing.unpack({"shape": [1], "dtype": "float32"}, "W")


def test_the_layout_has_a_tensor_on_a_line_and_sorted_keys():
    data = {"b": [{"w": packing.pack(np.ones(2))}], "a": {"z": 1, "y": ["é", "\n"]}, "empty": {}}
    text = packing.dumps(data)
    assert json.loads(text) == data
    assert text == packing.dumps(dict(reversed(data.items())))
    lines = text.splitlines()
    assert [line.strip() for line in lines[:3]] == ["{", '"a": {', '"y": ["é", "\\n"],']
    assert sum('"data"' in line and '"shape"' in line for line in lines) == 1
