"""A training that can be looked at again: the weights at some of its steps, and how good they were.

A `lstm_edu.recorder.Recorder` makes one, `TrainingRun.save` keeps it as JSON, `load` opens one that
comes with the package, and `lstm_edu.figures.TrainingReplay` shows it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from lstm_edu import _checks, packing, replay_checks
from lstm_edu.agreement import agreement, check_signals, lasting, nats
from lstm_edu.exported import ExportedModel
from lstm_edu.trace import Trace

FORMAT = "lstm_edu.run/1"
#: A unit has found its job where it explains more than half of a signal's variance.
FOUND = 0.5


class Job(NamedTuple):
    """A signal, and the unit and quantity that follow it best after the training."""

    signal: str
    unit: int
    quantity: str
    explained: float
    """r² after the last step: the share of the signal's variance."""
    found_at: int | None
    """From which step on r² is above ½ in all snapshots; None where it is not in the last."""


class TrainingRun:
    """The snapshots of a training of a character model: Embedding, LSTMs, Dense with softmax.

    Parameters
    ----------
    data : dict
        The run as its JSON has it, see `to_dict`.

    Attributes
    ----------
    name, title : str
        A short name, and a title to print.
    steps : tuple of int
        After how many batches each snapshot was taken; 0 is before the first.
    losses : dict of tuple of float
        Nats per character at each snapshot, on ``"validation"`` texts and, where measured,
        ``"training"`` texts.
    baselines : dict of float
        What simpler means reach on the validation texts, in nats per character.
    signals : dict
        The rules of the signals that units were compared with, by name.
    correlation : ndarray, shape (6, snapshots, signals, units), or None
        Of each quantity, i f g o c h, of each unit of the lowest LSTM with each signal.
    quantization, provenance : dict
        What rounding the weights cost, and where the run comes from.

    Raises
    ------
    ValueError
        The data are not of this format, or its parts do not fit together.

    Examples
    --------
    >>> run = load("learning")
    >>> run.model(0).top("To b", 1)[0][1] < run.model(-1).top("To b", 1)[0][1]
    True
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        given = data.get("format") if isinstance(data, Mapping) else type(data).__name__
        if given != FORMAT:
            raise ValueError(f"the format of the run is {given!r}; expected {FORMAT!r}")
        self._data = copy.deepcopy(dict(data))
        self._snapshots = replay_checks.snapshots(self._data.get("snapshots"))
        self._models = [ExportedModel(self._model_data(k)) for k in range(len(self))]
        replay_checks.check_models(self._models)
        first = self._models[0]
        self.name, self.title = first.name, first.title
        self.steps = tuple(snapshot["step"] for snapshot in self._snapshots)
        self.losses = replay_checks.losses(self._snapshots)
        self.baselines: dict[str, float] = {
            name: _checks.number(f"baseline {name!r}", value, 0.0)
            for name, value in self._data.get("baselines", {}).items()
        }
        self.quantization: dict[str, Any] = self._data.get("quantization", {})
        self.provenance: dict[str, Any] = self._data.get("provenance", {})
        followed = self._data.get("agreement") or {"signals": []}
        units = next(iter(first.lstms.values())).units
        self.signals, self._chosen = replay_checks.signals(followed.get("signals"), units)
        self.correlation = None
        if self.signals:
            shape = len(Trace.quantities), len(self), len(self.signals), units
            self.correlation = replay_checks.correlation(followed.get("correlation"), shape)

    def __len__(self) -> int:
        """Return how many snapshots there are."""
        return len(self._snapshots)

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        model = self._models[0]
        units = " + ".join(str(lstm.units) for lstm in model.lstms.values())
        return (
            f"TrainingRun({self.name!r}, LSTM({units}), {len(self)} snapshots, "
            f"steps {self.steps[0]:,} to {self.steps[-1]:,})"
        )

    def model(self, snapshot: int) -> ExportedModel:
        """Return the network as it was at a snapshot, counted from 0; −1 is the last."""
        return self._models[_checks.integer("snapshot", snapshot, -len(self), len(self) - 1)]

    def _model_data(self, k: int) -> dict[str, Any]:
        """Return the data of a snapshot's network: the common architecture with its weights."""
        model, weights = self._data.get("model"), self._snapshots[k]["weights"]
        layers = model.get("layers") if isinstance(model, Mapping) else None
        if not isinstance(layers, list) or not isinstance(weights, list):
            raise ValueError("the run lacks its model's layers, or a snapshot its weights")
        if len(weights) != len(layers):
            raise ValueError(
                f"snapshot {k} has weights for {len(weights)} layers; the model has {len(layers)}"
            )
        both = zip(layers, weights, strict=True)
        return {**model, "layers": [{**layer, "weights": own} for layer, own in both]}

    def r(self, quantity: str, snapshot: int, signal: str, unit: int) -> float:
        """Return the correlation of a unit's quantity with a signal at a snapshot."""
        row, place = Trace.quantities.index(quantity), list(self.signals).index(signal)
        return float(self.correlation[row, snapshot, place, unit])

    @property
    def tried(self) -> int:
        """How many pairs of a signal and a unit's quantity the best was chosen from."""
        if self.correlation is None:
            return 0
        quantities, _, signals, units = self.correlation.shape
        return quantities * signals * units

    def jobs(self) -> list[Job]:
        """Return for each signal the unit that was chosen for it, as in the data.

        The choice was made on the training texts, the correlation measured on the validation texts.
        """
        found = []
        for k, name in enumerate(self.signals):
            quantity, unit = self._chosen[name]
            row = Trace.quantities.index(quantity)
            explained = self.correlation[row, :, k, unit] ** 2
            place = lasting(explained, FOUND)
            step = None if place is None else self.steps[place]
            found.append(Job(name, unit, quantity, float(explained[-1]), step))
        return found

    def with_losses(
        self, validation: Sequence[str], training: Sequence[str] | None = None
    ) -> TrainingRun:
        """Return the run with the loss of each snapshot measured on texts, each read from zero."""
        texts = {"validation": validation} | ({} if training is None else {"training": training})
        snapshots = [
            snapshot | {"losses": {name: nats(model, texts[name]) for name in texts}}
            for snapshot, model in zip(self._snapshots, self._models, strict=True)
        ]
        return self.annotated(snapshots=snapshots)

    def with_signals(
        self,
        signals: Mapping[str, Mapping[str, str]],
        chosen_on: Sequence[str],
        measured_on: Sequence[str],
    ) -> TrainingRun:
        """Return the run with each unit's correlation with each signal at each snapshot.

        Among many pairs some agree by chance; so the best unit for a signal is chosen on other
        texts, of the last snapshot, than those on which its correlation is then measured.

        Parameters
        ----------
        signals : dict
            Rules by name, see :mod:`lstm_edu.agreement`.
        chosen_on, measured_on : sequence of str
            Texts of one length each.
        """
        signals = check_signals(signals)
        last = agreement(self.model(-1), chosen_on, signals)
        told = []
        for k, (name, rule) in enumerate(signals.items()):
            row, unit = divmod(int(np.abs(last[:, k]).argmax()), last.shape[2])
            told.append({"name": name, "rule": rule, "chosen": [Trace.quantities[row], unit]})
        correlation = np.stack([agreement(m, measured_on, signals) for m in self._models], axis=1)
        packed = packing.quantize(correlation)
        return self.annotated(agreement={"signals": told, "correlation": packed})

    def rounded(self, texts: Sequence[str]) -> TrainingRun:
        """Return the run with its weight matrices in 8 bits, and what that changed on some texts.

        The greatest change over all snapshots is kept in `quantization`: of a hidden state, of a
        probability, and of the nats per character.
        """
        snapshots, error = [], np.zeros(3)
        for snapshot, exact in zip(self._snapshots, self._models, strict=True):
            small = exact.quantized()
            weights = [layer["weights"] for layer in small.to_dict()["layers"]]
            snapshots.append(snapshot | {"weights": weights})
            error = np.maximum(error, _changes(exact, small, texts))
        names = ("hidden_state_max", "probability_max", "nats_max")
        measured = {name: float(f"{value:.3g}") for name, value in zip(names, error, strict=True)}
        return self.annotated(snapshots=snapshots, quantization={"bits": 8, **measured})

    def annotated(self, **records: Any) -> TrainingRun:
        """Return the run with parts of its data replaced, such as `provenance` or `baselines`."""
        return TrainingRun(self._data | records)

    def to_dict(self) -> dict[str, Any]:
        """Return the run as its JSON has it; what the live figure takes."""
        return copy.deepcopy(self._data)

    def save(self, path: str | Path) -> None:
        """Write the JSON, in a layout that depends on nothing but the run."""
        Path(path).write_text(packing.dumps(self._data), encoding="utf-8", newline="\n")


def _changes(exact: ExportedModel, small: ExportedModel, texts: Sequence[str]) -> np.ndarray:
    """Return the greatest |Δh|, |Δp| and |Δ nats per character| of two models on texts."""
    h = p = 0.0
    for text in texts:
        ids = exact.encode(text)[None]
        (one, p_one), (other, p_other) = exact.run(ids), small.run(ids)
        (*_, top), (*_, other_top) = one.values(), other.values()
        h = max(h, np.abs(top.h - other_top.h).max())
        p = max(p, np.abs(p_one - p_other).max())
    return np.array([h, p, abs(nats(exact, texts) - nats(small, texts))])


def read(path: str | Path) -> TrainingRun:
    """Open a run that `TrainingRun.save` wrote."""
    return TrainingRun(json.loads(Path(path).read_text(encoding="utf-8")))


def load(name: str) -> TrainingRun:
    """Open a run that comes with the package.

    Parameters
    ----------
    name : str
        ``"learning"``: a small network learns to predict Shakespeare, character by character.

    Raises
    ------
    ValueError
        No such run comes with the package; the message lists those that do.
    """
    _checks.choice("name", name, packaged_names())
    return TrainingRun(json.loads((_folder() / f"{name}.json").read_text(encoding="utf-8")))


def packaged_names() -> list[str]:
    """Return the names of the runs that come with the package."""
    return sorted(Path(f.name).stem for f in _folder().iterdir() if f.name.endswith(".json"))


def _folder():
    return resources.files("lstm_edu.runs")
