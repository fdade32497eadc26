import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_edu import GRU, LSTM, RNN, Trace

from .cells import CELLS, largest_difference, random_layer, run


def trace_with(**given):
    """Return a trace whose other gates and states are 0.5."""
    shape = next(iter(given.values())).shape
    arrays = {name: np.full(shape, 0.5) for name in "ifgoch"}
    return Trace(**(arrays | given))


@given(st.floats(0.01, 0.999), st.integers(1, 30))
def test_half_life_of_a_constant_gate_is_where_half_is_left(f, time):
    (steps,) = trace_with(f=np.full((2, time, 1), f)).half_life()
    assert f**steps == pytest.approx(0.5, rel=1e-12)


def test_half_life_takes_the_geometric_mean():
    f = np.array([[[0.25, 0.5, 1.0, 0.0], [1.0, 0.5, 1.0, 0.9]]])
    np.testing.assert_allclose(trace_with(f=f).half_life(), [1.0, 1.0, np.inf, 0.0])


def test_half_life_is_blind_to_masked_steps():
    f = np.array([[[0.5], [0.001], [0.5]]])
    trace = dataclasses.replace(trace_with(f=f), mask=np.array([[True, False, True]]))
    np.testing.assert_allclose(trace.half_life(), [1.0])


def test_half_life_of_a_gru_is_that_of_its_update_gate():
    record = run(random_layer(GRU))
    same = trace_with(f=record.update)
    np.testing.assert_array_equal(record.half_life(), same.half_life())


def test_saturation_counts_the_share_of_time():
    i = np.array([[[0.05, 0.5], [0.95, 0.5], [0.5, 0.95], [0.5, 0.91]]])
    shares = trace_with(i=i).saturation()
    assert list(shares) == ["i", "f", "o"]
    np.testing.assert_array_equal(shares["i"].low, [0.25, 0.0])
    np.testing.assert_array_equal(shares["i"].high, [0.25, 0.5])
    np.testing.assert_array_equal(trace_with(i=i).saturation(high=0.92)["i"].high, [0.25, 0.25])


def test_follows_finds_the_unit_with_the_job():
    signal = np.array([0, 0, 1, 1, 1, 0, 0, 1], float)
    rng = np.random.default_rng(0)
    c = np.stack([rng.normal(size=8), 3 * signal - 1, np.full(8, 0.3), -signal], axis=1)[None]
    found = trace_with(c=c).follows(signal)
    assert [follower.unit for follower in found[:2]] == [1, 3]
    assert [follower.correlation for follower in found[:2]] == pytest.approx([1.0, -1.0])
    assert found[-1] == (2, 0.0)
    expected = np.corrcoef(c[0, :, 0], signal)[0, 1]
    assert found[2] == (0, pytest.approx(expected))
    assert trace_with(c=c).follows(signal > 0) == found


def test_follows_leaves_out_masked_steps():
    c = np.array([[[0.0], [9.0], [1.0], [0.0]]])
    trace = dataclasses.replace(trace_with(c=c), mask=np.array([[True, False, True, True]]))
    assert trace.follows([0, -5, 1, 0])[0] == (0, pytest.approx(1.0))


@pytest.mark.parametrize("kind", CELLS)
def test_gradient_norms_are_the_largest_singular_values(kind):
    layer = random_layer(kind)
    record = run(layer, masked=True)
    norms = record.gradient_norms()
    matrix = layer.cell_jacobians(record)[1, 2]
    assert norms.total.shape == record.shape[:2]
    assert norms.total[1, 2] == pytest.approx(np.sqrt(np.linalg.eigvalsh(matrix.T @ matrix)[-1]))
    assert (norms.total[:, -1] == 1).all()
    assert (norms.direct is None) == (kind is RNN)


def test_direct_path_is_the_product_of_later_gates():
    trace = run(random_layer(LSTM), masked=True)
    direct = trace.gradient_norms().direct
    kept = np.where(trace.mask[..., None], trace.f, 1.0)
    for t in range(6):
        assert largest_difference(direct[:, t], kept[:, t + 1 :].prod(axis=1).max(axis=1)) <= 1e-15


def test_summary_prints_a_table():
    f = np.array([[[0.5, 0.25], [0.5, 0.25]]])
    text = str(trace_with(f=f).summary())
    assert text == (
        "Trace(layer='lstm', batch=1, time=2, units=2, float64)\n"
        "quantity    mean     min     max    <0.1    >0.9\n"
        "i          0.500   0.500   0.500      0%      0%\n"
        "f          0.375   0.250   0.500      0%      0%\n"
        "g          0.500   0.500   0.500\n"
        "o          0.500   0.500   0.500      0%      0%\n"
        "c          0.500   0.500   0.500\n"
        "h          0.500   0.500   0.500\n"
        "half-life of a unit in steps: 0.5 to 1.0, median 0.8"
    )


@pytest.mark.parametrize("kind", CELLS)
def test_every_record_has_a_summary(kind):
    record = run(random_layer(kind), masked=True)
    summary = record.summary()
    assert list(summary.rows) == list(record.quantities)
    assert ("half-life" in str(summary)) == (kind is not RNN)
    counted = record.h[record.mask]
    assert summary.rows["h"][:3] == pytest.approx((counted.mean(), counted.min(), counted.max()))
