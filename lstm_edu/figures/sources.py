"""What a figure shows: an exported model that reads a text, or a recorded run."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import traitlets

from lstm_edu import _checks, exported, packing
from lstm_edu.exported import ExportedModel
from lstm_edu.trace import Trace

#: More numbers than a page should hold: time steps × units of a trace.
MOST_CELLS = 500_000


class ModelTrait(traitlets.TraitType):
    """An `ExportedModel`, its dict, or the name of a packaged one; kept as the dict."""

    info_text = "an ExportedModel, its dict, the name of a packaged model, or None"

    def validate(self, obj, value):
        """Return the model's dict."""
        if value is None:
            return None
        if isinstance(value, str):
            return packaged(value)
        if isinstance(value, ExportedModel):
            return value.to_dict()
        if isinstance(value, dict):
            return ExportedModel(value).to_dict()
        raise TypeError(
            f"model is a {type(value).__name__}; expected {self.info_text}. A trained Keras model "
            "becomes one with lstm_edu.export.export(model, vocabulary, name=…, title=…)."
        )


class TraceTrait(traitlets.TraitType):
    """A `Trace` of one example, or the dict that `Trace.to_dict` gives; kept as the dict."""

    info_text = "a Trace of one example, its dict, or None"

    def validate(self, obj, value):
        """Return the trace's dict."""
        if value is None:
            return None
        if isinstance(value, Trace):
            batch = len(value.h)
            if batch != 1:
                raise ValueError(
                    f"trace holds {batch} examples; a figure shows one. "
                    "Choose it: trace.select(example=0)."
                )
            value = value.to_dict()
        if not isinstance(value, dict):
            raise TypeError(f"trace is a {type(value).__name__}; expected {self.info_text}.")
        read_trace(value)
        return value


def is_keras(model: Any) -> bool:
    """Return whether this is a Keras model; who has one has imported Keras."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(model, keras.Model)


def short_name(model: Any) -> str:
    """Return the name of a Keras model as that of an exported one: letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", model.name.lower()).strip("-") or "model"


@cache
def _packaged(name: str) -> str:
    return json.dumps(exported.load(name).to_dict())


def packaged(name: str) -> dict[str, Any]:
    """Return the dict of a model that comes with the package."""
    return json.loads(_packaged(name))


def packaged_name(model: dict[str, Any]) -> str | None:
    """Return under which name the package holds this very model; None where it does not."""
    folder = resources.files("lstm_edu.models")
    names = {Path(file.name).stem for file in folder.iterdir() if file.name.endswith(".json")}
    name = model.get("name")
    return name if name in names and packaged(name) == model else None


def read_trace(data: dict[str, Any]) -> Trace:
    """Return the Trace that `Trace.to_dict` wrote, in float64, as a batch of one.

    Raises
    ------
    ValueError
        The data are not of that format, hold other numbers than their shape says, are not finite,
        or are more than a figure can show.
    """
    if data.get("format") != "lstm_edu.trace/1":
        raise ValueError(
            f"the format of the trace is {data.get('format')!r}; expected 'lstm_edu.trace/1'"
        )
    steps = _checks.integer("time of the trace", data.get("time"), 1)
    units = _checks.integer("units of the trace", data.get("units"), 1)
    if steps * units > MOST_CELLS:
        raise ValueError(
            f"the trace has {steps} steps × {units} units = {steps * units:,} cells; a figure "
            f"shows {MOST_CELLS:,} at most. Choose a part: trace.select(time=slice(0, 100))."
        )

    def values(name: str, *shape: int) -> np.ndarray:
        tensor = {"shape": [1, *shape], "dtype": data.get("dtype"), "data": data.get(name, "")}
        what = f"{name} of the trace"
        return _checks.finite(what, packing.unpack(tensor, what))

    tokens = data.get("tokens")
    return Trace(
        **{name: values(name, steps, units) for name in Trace.quantities},
        h0=values("h0", units),
        c0=values("c0", units),
        layer=str(data.get("layer", "lstm")),
        activation=str(data.get("activation", "tanh")),
        recurrent_activation=str(data.get("recurrent_activation", "sigmoid")),
        tokens=None if tokens is None else tuple(tokens),
    )
