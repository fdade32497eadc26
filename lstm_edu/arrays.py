"""Where the arrays of a run lie in memory, and in which pieces a run goes over them.

None of this changes a number; it lets :class:`~lstm_edu.LSTM` work as fast as memory allows.
"""

from __future__ import annotations

import math

import numpy as np

_LINE = 64
"""The bytes of a cache line. An array that begins with one is read and written a tenth faster."""

_BLOCK = 2**16, 2**25
"""The bytes of a block that is worth while: glibc's malloc keeps none that is larger."""

_COLUMNS = 256
"""How many columns a matrix product needs to be worth its while: time steps times examples."""


def cut(dtype: np.dtype, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    """Return empty arrays, cut from one block of memory where that is worth while.

    The C library keeps a block that is freed for the next that is as large; smaller ones that are
    freed one by one it returns to the system, which then hands them out again page by page, filled
    with zeros. That took a fifth of the time.
    """
    line = _LINE // dtype.itemsize
    sizes = [math.prod(shape) for shape in shapes]
    rooms = [-(-size // line) * line for size in sizes]  # so that each begins a cache line
    least, most = _BLOCK
    if not least <= sum(rooms) * dtype.itemsize <= most:
        return [np.empty(shape, dtype) for shape in shapes]
    block = np.empty(line + sum(rooms), dtype)
    start = -block.ctypes.data % _LINE // dtype.itemsize
    cuts = []
    for shape, size, room in zip(shapes, sizes, rooms, strict=True):
        cuts.append(block[start : start + size].reshape(shape))
        start += room
    return cuts


def pieces(time: int, batch: int) -> list[slice]:
    """Cut a sequence into pieces of time steps, from the first to the last.

    A piece is short enough that what is prepared for its steps is still in the processor's cache
    when they use it, and long enough for products that are worth their while.
    """
    size = -(-_COLUMNS // batch)
    return [slice(start, min(start + size, time)) for start in range(0, time, size)]
