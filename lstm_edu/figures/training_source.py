"""The training that a figure shows: a recorded run, as an object, as its dict or by its name."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import traitlets

from lstm_edu import replay
from lstm_edu.replay import TrainingRun


class TrainingTrait(traitlets.TraitType):
    """A `TrainingRun`, its dict, or the name of a packaged one; kept as the dict."""

    info_text = "a TrainingRun, its dict, or the name of a packaged one"

    def validate(self, obj, value):
        """Return the run's dict."""
        if isinstance(value, str):
            return packaged(value)
        if isinstance(value, TrainingRun):
            return value.to_dict()
        if isinstance(value, dict):
            return TrainingRun(value).to_dict()
        raise TypeError(
            f"training is a {type(value).__name__}; expected {self.info_text}. A training is "
            "recorded with lstm_edu.recorder.Recorder or, in Keras, lstm_edu.interop.recorder."
        )


@cache
def _packaged(name: str) -> str:
    return json.dumps(replay.load(name).to_dict())


def packaged(name: str) -> dict[str, Any]:
    """Return the dict of a run that comes with the package."""
    return json.loads(_packaged(name))


def reference(training: dict[str, Any]) -> dict[str, Any]:
    """Return what stands for a run in a page: a packaged one is named, any other stands there."""
    name = training["model"]["name"]
    held = name in replay.packaged_names() and packaged(name) == training
    return {"ref": name} if held else training
