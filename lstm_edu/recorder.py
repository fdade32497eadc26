"""Take snapshots of a network while it learns, for `lstm_edu.figures.TrainingReplay`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from lstm_edu import _checks, packing
from lstm_edu.agreement import nats
from lstm_edu.exported import FORMAT as MODEL_FORMAT
from lstm_edu.exported import ExportedModel
from lstm_edu.layers import Dense, Embedding
from lstm_edu.lstm import LSTM
from lstm_edu.network import Network
from lstm_edu.replay import FORMAT, TrainingRun
from lstm_edu.replay_checks import MOST_SNAPSHOTS, expected_layers
from lstm_edu.training import History


def log_spaced(last: int, count: int = 24) -> list[int]:
    """Return `count` steps at the most, from 0 to `last`, each about a fixed factor after another.

    A network changes most in its first steps. 0 is the network before it has learnt anything.

    >>> log_spaced(1000, 8)
    [0, 1, 3, 10, 32, 100, 316, 1000]
    """
    last = _checks.integer("last", last, 1)
    count = _checks.integer("count", count, 2, MOST_SNAPSHOTS)
    return [0, *sorted({int(step) for step in np.rint(np.geomspace(1, last, count - 1))})]


class Snapshots:
    """A network's weights at chosen steps of its training.

    Parameters
    ----------
    vocabulary : sequence of str
        The characters in the order of their numbers.
    steps : iterable of int
        After how many batches to look; 0 is before the first. Steps that the training does not
        reach are left out, and its last is always looked at.
    name, title : str
        What to call the run, for code and for readers.
    """

    def __init__(
        self, vocabulary: Sequence[str], steps: Iterable[int], *, name: str, title: str
    ) -> None:
        self.steps = sorted({_checks.integer("step", step, 0) for step in steps})
        if not 0 < len(self.steps) <= MOST_SNAPSHOTS:
            raise ValueError(
                f"{len(self.steps)} steps were given; expected 1 to {MOST_SNAPSHOTS}, "
                "for example log_spaced(1000)."
            )
        self.vocabulary, self.name, self.title = list(vocabulary), name, title
        self._taken: dict[int, dict[str, Any]] = {}

    def take(self, step: int, layers: list[dict[str, Any]]) -> None:
        """Keep the layers of a network, as a model's JSON has them, under a step."""
        data = {"format": MODEL_FORMAT, "name": self.name, "title": self.title}
        data |= {"unit": "character", "vocabulary": self.vocabulary, "layers": layers}
        model = ExportedModel(data)
        expected_layers(model)
        self._taken[step] = model.to_dict()

    def run(
        self,
        validation: Sequence[str],
        training: Sequence[str] | None = None,
        *,
        signals: Mapping[str, Mapping[str, str]] | None = None,
        rounded: bool = True,
    ) -> TrainingRun:
        """Measure the snapshots and return them as a run.

        Parameters
        ----------
        validation : sequence of str
            Texts that the network has not learnt from; its loss on them is measured, and with
            `signals` what its units follow there, for which they must be of one length.
        training : sequence of str, optional
            Texts that it has learnt from, to measure its loss on as well.
        signals : dict, optional
            Rules by name, such as :data:`lstm_edu.agreement.SIGNALS`. The unit that follows each
            best is chosen on the training texts, which are needed then.
        rounded : bool
            Whether to keep the weights in 8 bits. What is measured is what is kept.

        Raises
        ------
        ValueError
            Nothing has been recorded, a character is unknown, or training texts are missing.
        """
        if not self._taken:
            raise ValueError(
                "nothing has been recorded yet; give the recorder to fit, fit_batches or "
                "model.fit, and call run() after the training."
            )
        if signals and training is None:
            raise ValueError("signals are given, but no training texts to choose units on.")
        ordered = [(step, self._taken[step]) for step in sorted(self._taken)]
        data = {"format": FORMAT, "model": _without_weights(ordered[0][1]), "snapshots": []}
        for step, model in ordered:
            weights = [layer["weights"] for layer in model["layers"]]
            losses = {"validation": nats(ExportedModel(model), validation)}
            data["snapshots"].append({"step": step, "weights": weights, "losses": losses})
        run = TrainingRun(data)
        if rounded:
            run = run.rounded(validation)
        run = run.with_losses(validation, training)
        return run.with_signals(signals, training, validation) if signals else run


class Recorder(Snapshots):
    """Records a training by :func:`lstm_edu.fit` or :func:`lstm_edu.fit_batches`.

    Parameters
    ----------
    network : Network
        Embedding, one or more LSTMs, and Dense: linear, for a loss on logits, or with softmax.
    vocabulary, steps, name, title
        As in :class:`Snapshots`.

    Raises
    ------
    TypeError, ValueError
        The network has another layer, or another number of characters.

    Examples
    --------
    >>> import numpy as np
    >>> from lstm_edu import LSTM, Dense, Embedding, Network, fit
    >>> text = "ab" * 8
    >>> x = np.array([["ab".index(character) for character in text]])
    >>> layers = [Embedding.create(2, 2, seed=0), LSTM.create(2, 3, seed=1), Dense.create(3, 2)]
    >>> network = Network(layers)
    >>> recorder = Recorder(network, "ab", log_spaced(20, 5))
    >>> history = fit(
    ...     network, x[:, :-1], x[:, 1:], loss="cross_entropy_on_logits", epochs=20,
    ...     callback=recorder, progress=False,
    ... )
    >>> recorder.run([text])
    TrainingRun('run', LSTM(3), 5 snapshots, steps 0 to 20)
    """

    def __init__(
        self,
        network: Network,
        vocabulary: Sequence[str],
        steps: Iterable[int],
        *,
        name: str = "run",
        title: str = "A training",
    ) -> None:
        super().__init__(vocabulary, steps, name=name, title=title)
        self._network = network
        self._step: int | None = None
        layers_of(network)

    def __call__(self, history: History) -> None:
        """Hear of a step, and keep the weights if it is one of `steps`.

        Raises
        ------
        ValueError
            Another training begins.
        """
        if self._step and not history.loss:
            raise ValueError(
                f"this recorder has heard of {self._step} batches of one training, and another "
                "begins; give it a recorder of its own."
            )
        self._step = len(history.loss)
        if self._step in self.steps:
            self.take(self._step, layers_of(self._network))

    def run(self, *texts: Any, **options: Any) -> TrainingRun:
        """Measure the snapshots and return them as a run: see :meth:`Snapshots.run`."""
        if self._step is not None and self._step not in self._taken:
            self.take(self._step, layers_of(self._network))
        return super().run(*texts, **options)


def layers_of(network: Network) -> list[dict[str, Any]]:
    """Return the layers of a network as a model's JSON has them, with their very weights.

    Raises
    ------
    TypeError
        A layer is of another kind than Embedding, LSTM or Dense.
    ValueError
        The last layer's activation is neither linear nor softmax.
    """
    found = []
    for k, layer in enumerate(network.layers):
        if type(layer) not in (Embedding, LSTM, Dense):
            raise TypeError(
                f"layer {k} is {layer!r}; a recorded network has an Embedding, LSTMs and a Dense."
            )
        kind = type(layer).__name__
        weights = {name: packing.pack(array) for name, array in layer.params._asdict().items()}
        data: dict[str, Any] = {"type": kind, "name": f"{kind.lower()}_{k}", "weights": weights}
        if isinstance(layer, LSTM):
            data |= {
                "activation": layer.activation,
                "recurrent_activation": layer.recurrent_activation,
                "return_sequences": True,
                "go_backwards": False,
            }
        if isinstance(layer, Dense):
            if layer.activation not in ("linear", "softmax"):
                raise ValueError(f"layer {k} is {layer!r}; expected activation linear or softmax.")
            # Trained on logits, it is the softmax of the loss that makes probabilities of them.
            data["activation"] = "softmax"
        found.append(data)
    return found


def _without_weights(model: dict[str, Any]) -> dict[str, Any]:
    layers = [{k: v for k, v in layer.items() if k != "weights"} for layer in model["layers"]]
    return {**model, "layers": layers}
