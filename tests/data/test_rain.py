"""SIMULATED rain and the storm: deterministic, checked, and clear about what is missing."""

import subprocess

import numpy as np
import pytest

from lstm_edu import rain
from lstm_edu.datasets import rain as simulated
from lstm_edu.datasets import stage_iv
from lstm_edu.nowcast import advected, csi, mean_squares, motion, persistent, shifted
from lstm_edu.results import load


def test_simulated_rain_is_always_the_same_and_says_what_it_is():
    data = simulated.simulated_rain()
    assert data.checksum == load("radar_simulated").data.checksum
    assert "SIMULATED" in repr(data)
    assert "SIMULATED" in data.citation
    assert {len(getattr(data, part)) for part in simulated.COUNTS} == {400, 60, 120}
    assert not data.test.flags.writeable
    heads = [getattr(data, part)[:60].reshape(60, -1) for part in simulated.COUNTS]
    assert len(np.unique(np.concatenate(heads)[:, ::97], axis=0)) == 180  # no scene twice


def test_a_cell_goes_with_the_wind_and_rain_is_a_level():
    still = rain.Scene(np.array([1.0, -0.5]), rain.placed(10, 20)[None])
    frames = rain.rainfall(still)
    for step, frame in enumerate(frames):
        y, x = np.unravel_index(frame.argmax(), frame.shape)
        since = step - (rain.PAST - 1)
        assert abs(x - (10 + since)) <= 0.5
        assert abs(y - (20 - 0.5 * since)) <= 0.5
    assert frames.max() == pytest.approx(rain.PLACED_RAIN, rel=1e-4)
    assert rain.level(100.0) == pytest.approx(1)
    np.testing.assert_allclose(rain.millimetres(rain.level(frames)), frames, atol=1e-12)


def test_advection_finds_the_wind_and_persistence_does_not_move():
    still = rain.Scene(np.array([0.7, -1.2]), np.array([rain.placed(12, 18), rain.placed(20, 24)]))
    frames = rain.level(rain.rainfall(still))
    past, future = frames[: rain.PAST], frames[rain.PAST :]
    np.testing.assert_allclose(motion(past), [0.7, -1.2], atol=0.08)
    errors = [
        mean_squares(found[None], future[None]).mean()
        for found in (advected(past, 6), persistent(past, 6))
    ]
    assert errors[0] < 0.05 * errors[1]
    assert csi(future[None], future[None]).tolist() == [1.0] * 6
    assert csi(np.zeros_like(future)[None], future[None]).tolist() == [0.0] * 6
    whole = shifted(frames[0], 2, -1)
    np.testing.assert_array_equal(whole[:-1, 2:], frames[0][1:, :-2])


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    monkeypatch.delenv(stage_iv.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(stage_iv, "INSTALLED", tmp_path / "none")
    return tmp_path


def test_a_missing_storm_says_how_to_get_it(nowhere, monkeypatch):
    with pytest.raises(FileNotFoundError, match=r"python -m lstm_edu\.datasets\.stage_iv"):
        stage_iv.storm()
    monkeypatch.setenv(stage_iv.VARIABLE, str(nowhere / "not.nc"))
    with pytest.raises(FileNotFoundError, match=r"LSTM_EDU_STAGE_IV is .*not.nc"):
        stage_iv.storm()
    monkeypatch.setattr(stage_iv.shutil, "which", lambda tool: None)
    with pytest.raises(FileNotFoundError, match=r"no apt-get here; .*package stars for R"):
        stage_iv.fetch()


def test_another_file_is_not_read(nowhere, monkeypatch):
    target = stage_iv.cached()
    target.parent.mkdir()
    target.write_bytes(b"CDF")
    with pytest.raises(ValueError, match=r"is not the Stage IV sample .* remove it"):
        stage_iv.storm()
    failed = subprocess.CompletedProcess([], 100, b"", b"E: no such package")
    monkeypatch.setattr(stage_iv.shutil, "which", lambda tool: tool)
    monkeypatch.setattr(stage_iv.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(RuntimeError, match=r"no such package; after `apt-get update`"):
        stage_iv.fetch()
