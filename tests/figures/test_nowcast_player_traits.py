"""NowcastPlayer: the browser plays and forecasts what NumPy does; what it refuses, and how."""

import numpy as np
import pytest
import traitlets

from lstm_edu import nowcasts
from lstm_edu.figures import NowcastPlayer

TOLERANCE = 1e-12
PLAYED = {
    "a scene": {"seed": 3},
    "a changed one": {"seed": 7, "wind": "-1.2,0.5", "cells": "12.0,8.5;20.0,-3.0"},
    "a storm": {"rain": "storm", "network": "storm", "hour": 1},
    "a calm": {"wind": "0.0,0.0", "network": "storm"},
}


def test_the_browser_plays_and_forecasts_what_numpy_does(engine):
    shown = [NowcastPlayer(**settings) for settings in PLAYED.values()]
    model = nowcasts.packaged()
    names = ("rain", "seed", "wind", "cells", "hour")
    answers = engine(
        *(
            {
                "kind": "nowcast",
                "model": model,
                "choice": {name: getattr(figure, name) for name in names},
                "network": figure.network,
            }
            for figure in shown
        )
    )
    for figure, answer in zip(shown, answers, strict=True):
        frames, past = figure.played
        close(answer["frames"], frames)
        network = nowcasts.load().networks[figure.network]
        trace = network.forecast(frames[:past], figure.played.ahead).trace
        for quantity, found in answer["gates"].items():
            close(found, getattr(trace, quantity)[-1])
        for name, said in figure.forecasts.items():
            close(answer[name]["maps"], said)
            for measure, scores in figure.scores[name].items():
                close(answer[name]["scores"][measure], scores)


def close(found, expected):
    """Hold numbers of the browser against NumPy's."""
    found = np.reshape(found, np.shape(expected))
    np.testing.assert_allclose(found, expected, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"wind": "3.0,0.0"}, "from -2 to 2"),
        ({"wind": "1.25,0"}, "one decimal"),
        ({"wind": "nan,0"}, "wind is 'nan,0'"),
        ({"wind": ""}, "wind is ''"),
        ({"cells": "1,2;"}, "a place of cells is ''"),
        ({"cells": "60,2"}, "from -20 to 51"),
        ({"cells": ";".join(["1,1"] * 25)}, "25 places; expected 24 at most"),
        ({"hour": 50}, "hour is 50; expected 0 to 3"),
        ({"unit": 8}, "unit is 8; expected 0 to 7"),
        ({"frame": 12}, "frame is 12; expected 0 to 11"),
        ({"seed": 1000}, "seed is 1000"),
        ({"rain": "hail"}, "hail"),
    ],
)
def test_settings_that_do_not_fit(settings, message):
    with pytest.raises(traitlets.TraitError, match=message):
        NowcastPlayer(**settings)


def test_models_that_do_not_fit():
    with pytest.raises(TypeError, match="model is 'speech'"):
        NowcastPlayer("speech")
    with pytest.raises(ValueError, match=r"expected 'lstm_edu\.nowcast/1'"):
        NowcastPlayer({"format": "lstm_edu.model/1"})
    with pytest.raises(ValueError, match="no 'storm'"):
        NowcastPlayer({"format": "lstm_edu.nowcast/1", "networks": {}})
    with pytest.raises(TypeError, match="has no 'rains'"):
        NowcastPlayer(rains="storm")


def test_a_page_names_the_packaged_networks_and_the_frame_stays_inside():
    figure = NowcastPlayer(rain="storm", frame=11, network="storm")
    assert figure.state()["model"] == {"ref": "radar"}
    assert figure.frame == 7
    assert repr(figure) == "NowcastPlayer(rain='storm', network='storm', frame=7)"
    figure.rain = "simulated"
    figure.frame = 11
    assert "SIMULATED rain 6 ahead" in figure.description()
    own = nowcasts.packaged() | {"title": "Mine"}
    assert NowcastPlayer(own).state()["model"]["title"] == "Mine"
