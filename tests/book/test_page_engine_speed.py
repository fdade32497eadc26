"""The page's engine is not far above what no engine can do without."""

from statistics import median

import pytest
from engine import read_line
from looking import figure

from lstm_edu.figures import LiveModel

#: On a quiet machine it takes half as long as its matrix products alone, written as a plain loop.
MOST = 2


@pytest.mark.timing
def test_a_character_takes_little_more_than_its_matrix_products(show, record_property):
    page = show(LiveModel("shakespeare", text="To be", name="live"))
    figure(page, "live").wait_for()
    ours, floor, _ = read_line(page, times=5)
    ratio = median(a / b for a, b in zip(ours, floor, strict=True))
    record_property(
        "table engine",
        f"the page's engine reads {1 / median(ours):,.0f} characters a second: {ratio:.1f} × "
        "the time of its matrix products alone, as a plain loop in the same page",
    )
    assert ratio < MOST
