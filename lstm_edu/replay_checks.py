"""What must hold for a recorded training to be shown, and the errors that say what does not."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from numbers import Real
from typing import Any

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.agreement import check_signals
from lstm_edu.exported import ExportedModel
from lstm_edu.trace import Trace

MOST_SNAPSHOTS = 200
#: More weights, over all snapshots, than a page should hold.
MOST_WEIGHTS = 4_000_000


def snapshots(snapshots: Any) -> list[dict[str, Any]]:
    """Return the snapshots, in the order of their steps."""
    fits = isinstance(snapshots, list) and all(isinstance(each, Mapping) for each in snapshots)
    if not fits or not snapshots:
        raise ValueError("the run has no snapshots; expected a list of one at least")
    if len(snapshots) > MOST_SNAPSHOTS:
        raise ValueError(f"the run has {len(snapshots)} snapshots; expected {MOST_SNAPSHOTS} most")
    for k, snapshot in enumerate(snapshots):
        for part in ("step", "weights", "losses"):
            if part not in snapshot:
                raise ValueError(f"snapshot {k} lacks its {part}")
        _checks.integer(f"step of snapshot {k}", snapshot["step"], 0)
    for before, after in pairwise(snapshots):
        if before["step"] >= after["step"]:
            raise ValueError(
                f"step {after['step']} follows {before['step']}; expected them to rise"
            )
    return snapshots


def check_models(models: list[ExportedModel]) -> None:
    """Raise where a snapshot is not the same network with other finite weights of equal shapes."""
    shapes = None
    for k, model in enumerate(models):
        layers = expected_layers(model)
        arrays = {
            f"{name} of {layer['name']!r} in snapshot {k}": packing.unpack(tensor, name)
            for layer in layers
            for name, tensor in layer["weights"].items()
        }
        for name, array in arrays.items():
            _checks.finite(name, array)
        own = [array.shape for array in arrays.values()]
        shapes = own if shapes is None else shapes
        if own != shapes:
            raise ValueError(f"the weights of snapshot {k} have shapes {own}; the first's {shapes}")
    weights = len(models) * sum(int(np.prod(shape)) for shape in shapes or [])
    if weights > MOST_WEIGHTS:
        raise ValueError(
            f"the run holds {weights:,} weights; expected {MOST_WEIGHTS:,} at most. "
            "Take fewer snapshots, or a smaller network."
        )


def expected_layers(model: ExportedModel) -> list[dict[str, Any]]:
    """Return the layers of a model that can be replayed, or raise."""
    layers = model.to_dict()["layers"]
    kinds = [layer["type"] for layer in layers]
    plain = len(kinds) > 2 and kinds == ["Embedding", *["LSTM"] * (len(kinds) - 2), "Dense"]
    if not plain or model.task != "next" or model.unit != "character":
        raise ValueError(
            f"the layers are {', '.join(kinds)}; expected Embedding, LSTM and Dense with softmax "
            "over the characters: a network that says which character comes next."
        )
    return layers


def losses(snapshots: list[dict[str, Any]]) -> dict[str, tuple[float, ...]]:
    """Return the losses by what they were measured on."""
    names = list(snapshots[0]["losses"])
    if "validation" not in names or set(names) - {"validation", "training"}:
        raise ValueError(f"losses are on {names}; expected 'validation', and 'training' or not")
    for k, snapshot in enumerate(snapshots):
        if set(snapshot["losses"]) != set(names):
            raise ValueError(f"snapshot {k} has losses on {list(snapshot['losses'])}, not {names}")
        for name, value in snapshot["losses"].items():
            if not isinstance(value, Real):
                raise ValueError(f"the {name} loss of snapshot {k} is {value!r}; expected a number")
            _checks.number(f"the {name} loss of snapshot {k}", value, 0.0)
    return {name: tuple(float(each["losses"][name]) for each in snapshots) for name in names}


def correlation(tensor: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Return correlations, (quantities, snapshots, signals, units)."""
    values = packing.unpack(tensor, "the correlation")
    _checks.finite("correlation", _checks.shaped("correlation", values, *shape))
    # Rounding may carry a perfect correlation a little too far.
    if np.abs(values).max() > 1.001:
        raise ValueError(f"correlation holds {np.abs(values).max():g}; expected −1 to 1")
    return values


def signals(told: Any, units: int) -> tuple[dict[str, dict[str, str]], dict[str, tuple[str, int]]]:
    """Return the rule of each signal, and the quantity and the unit that were chosen for it."""
    if not isinstance(told, list) or not all(isinstance(each, Mapping) for each in told):
        raise ValueError(f"the signals are {told!r}; expected a list of name, rule and chosen")
    rules = check_signals({each.get("name"): each.get("rule") for each in told})
    if len(rules) < len(told):
        raise ValueError(f"two signals are called alike: {[each['name'] for each in told]}")
    chosen = {}
    for each in told:
        pair = each.get("chosen")
        fits = isinstance(pair, list) and len(pair) == 2 and pair[0] in Trace.quantities
        if not fits or pair[1] not in range(units):
            raise ValueError(
                f"chosen for {each['name']!r} is {pair!r}; expected one of "
                f"{', '.join(Trace.quantities)} and a unit from 0 to {units - 1}"
            )
        chosen[each["name"]] = (pair[0], int(pair[1]))
    return rules, chosen
