"""Where a run's arrays lie, and the pieces that it goes through."""

import numpy as np
import pytest

from lstm_edu import arrays


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("length", [1, 300, 30_000, 6_000_000])
def test_what_is_cut_has_its_shape_and_shares_no_number(dtype, length):
    shapes = (3, length), (5, 2, 7), (length,)
    cuts = arrays.cut(np.dtype(dtype), *shapes)
    assert [array.shape for array in cuts] == list(shapes)
    for number, array in enumerate(cuts):
        assert array.dtype == dtype
        assert array.flags.c_contiguous
        array[:] = number
    for number, array in enumerate(cuts):
        assert (array == number).all()


def test_what_is_cut_from_one_block_begins_a_cache_line():
    cuts = arrays.cut(np.dtype(np.float32), (50, 65, 32), (7, 11), (51, 64, 3))
    assert cuts[0].base is cuts[1].base is cuts[2].base
    assert [array.ctypes.data % 64 for array in cuts] == [0, 0, 0]


@pytest.mark.parametrize(
    ("time", "batch"), [(1, 1), (50, 32), (8, 32), (9, 32), (7, 1000), (300, 1)]
)
def test_the_pieces_are_the_sequence(time, batch):
    steps = [t for piece in arrays.pieces(time, batch) for t in range(piece.start, piece.stop)]
    assert steps == list(range(time))
