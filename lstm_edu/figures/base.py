"""What the figures over a run share: where their numbers come from, and their cursor."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from lstm_edu.exported import ExportedModel
from lstm_edu.figures.live import STATIC, LiveFigure
from lstm_edu.figures.sources import ModelTrait, TraceTrait, packaged_name, read_trace
from lstm_edu.lstm import LSTM
from lstm_edu.trace import Trace

__all__ = ["LONGEST_TEXT", "STATIC", "Figure"]

#: The longest text that a figure reads, as in js/src/limits.ts: each further character must be
#: answered within a frame.
LONGEST_TEXT = 400


class Figure(LiveFigure):
    """A live figure over a run: what a model does with a text, or what was recorded.

    Parameters
    ----------
    model : ExportedModel, dict or str, optional
        The network that reads; a str names one that comes with the package.
    trace : Trace or dict, optional
        The run to show; of one example.
    text : str, optional
        What the model reads, in characters that it knows; 400 at most.
    layer : int
        Which of the model's recurrent layers to show, from 0, the lowest; a Bidirectional counts as
        two. It must be an LSTM.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.
    group : str
        Figures of the same group share time, unit and text.
    time, unit : int
        Where the cursor stands, both from 0.

    Raises
    ------
    ValueError
        Neither or both of `model` and `trace` are given, or one of them does not hold together.
    TypeError
        `model` or `trace` is something else.
    traitlets.TraitError
        Another trait does not fit: the message says what would.
    """

    model = ModelTrait(default_value=None).tag(sync=True, state=True)
    trace = TraceTrait(default_value=None).tag(sync=True, state=True)
    text = traitlets.Unicode("").tag(sync=True, state=True)
    layer = traitlets.Int(0).tag(sync=True, state=True)
    group = traitlets.Unicode("").tag(sync=True, state=True)
    time = traitlets.Int(0).tag(sync=True, state=True)
    unit = traitlets.Int(0).tag(sync=True, state=True)

    #: The longest text that it reads, in characters.
    longest: ClassVar[int] = LONGEST_TEXT
    #: Traits that `repr` tells, besides the text.
    told: ClassVar[tuple[str, ...]] = ("time", "unit")

    _unpacked: tuple[dict, ExportedModel] | None = None

    def __init__(
        self,
        model: ExportedModel | dict | str | None = None,
        *,
        trace: Trace | dict | None = None,
        **traits: Any,
    ) -> None:
        if (model is None) == (trace is None):
            given = "neither" if model is None else "both"
            raise ValueError(
                f"{given} of model and trace is given; expected a model, which reads `text`, "
                "or a trace, which is shown as it is."
            )
        source = {"model": model} if trace is None else {"trace": trace}
        super().__init__(**source, **traits)

    @traitlets.validate("model", "trace")
    def _validate_source(self, proposal) -> dict | None:
        value, trait = proposal["value"], proposal["trait"].name
        other = self.trace if trait == "model" else self.model
        if (value is None) == (other is None):
            raise traitlets.TraitError(
                "a figure shows a model or a trace, one of them; to change from one to the other "
                "set both, and text, inside `with figure.hold_trait_notifications():`."
            )
        if trait == "model" and value is not None:
            network = ExportedModel(value)
            self._check_reads_texts(network)
            self._check_layer(network, min(self.layer, len(network.cells) - 1))
        return value

    @staticmethod
    def _check_reads_texts(network: ExportedModel) -> None:
        if network.text is None:
            raise traitlets.TraitError(
                f"model {network.name!r} reads numbers; a figure of this kind reads texts."
            )

    @traitlets.validate("text")
    def _validate_text(self, proposal) -> str:
        text = proposal["value"]
        if self.model is None:
            if text:
                raise traitlets.TraitError(
                    f"text is {text!r}, but a trace is of one text only; give a model to read it."
                )
            return text
        if len(text) > self.longest:
            raise traitlets.TraitError(
                f"text has {len(text)} characters; a figure reads {self.longest} at most."
            )
        # Traits that are given together are validated in any order.
        self._check_reads_texts(self._network())
        try:
            self._network().encode(text)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        return text

    @traitlets.validate("layer", "time", "unit")
    def _validate_index(self, proposal) -> int:
        value, trait = proposal["value"], proposal["trait"].name
        count = self._counts()[trait]
        if 0 <= value < count:
            if trait == "layer" and self.model is not None:
                self._check_layer(self._network(), value)
            return value
        raise traitlets.TraitError(f"{trait} is {value}; expected 0 to {count - 1}.")

    def _check_layer(self, network: ExportedModel, layer: int) -> None:
        """Raise unless the figure can show that layer of the model."""
        name, cell = list(network.cells.items())[layer]
        if not isinstance(cell, LSTM):
            raise traitlets.TraitError(
                f"layer {layer}, {name!r}, is a {type(cell).__name__}, which has neither a cell "
                "state nor an LSTM's gates; LiveModel shows what it has."
            )

    def _counts(self) -> dict[str, int]:
        """Return how many layers, time steps and units there are."""
        if self.model is None:
            return {"layer": 1, "time": self.trace["time"], "unit": self.trace["units"]}
        network = self._network()
        cells = list(network.cells.values())
        layer = self.layer if 0 <= self.layer < len(cells) else 0
        # Of a text that holds nothing, the text's own error tells.
        time = max(1, len(network.tokens(self.text)))
        return {"layer": len(cells), "time": time, "unit": cells[layer].units}

    @traitlets.observe("model", "trace", "text", "layer")
    def _keep_cursor_inside(self, change) -> None:
        """Move the cursor to the last step or unit where the new run has fewer."""
        counts = self._counts()
        for trait in ("time", "unit"):
            self.set_trait(trait, min(getattr(self, trait), counts[trait] - 1))

    def _network(self) -> ExportedModel:
        """Return the model, unpacked once."""
        if self._unpacked is None or self._unpacked[0] is not self.model:
            self._unpacked = (self.model, ExportedModel(self.model))
        return self._unpacked[1]

    def run(self) -> Trace:
        """Return the run that the figure shows."""
        if self.model is None:
            return read_trace(self.trace)
        model = self._network()
        return model.trace(self.text, list(model.cells)[self.layer])

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from; a packaged model is named, not held."""
        state = super().state()
        if self.model is not None:
            reference = packaged_name(self.model)
            state["model"] = self.model if reference is None else {"ref": reference}
        return state

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        if self.model is not None:
            source = f"model={self.model['name']!r}"
        else:
            source = f"trace={self.trace['time']} steps × {self.trace['units']} units"
        told = [f"{trait}={getattr(self, trait)!r}" for trait in self.told]
        text = [f"text={self.text!r}"] if self.text else []
        return f"{type(self).__name__}({', '.join([source, *text, *told])})"
