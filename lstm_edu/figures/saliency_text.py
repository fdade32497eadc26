"""SaliencyText: what a network expects at a character, and which characters it owes that to."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import traitlets

from lstm_edu.exported import ExportedModel
from lstm_edu.figures.base import Figure
from lstm_edu.figures.saliency_text_picture import draw
from lstm_edu.saliency import MEASURES, check_model, saliency


class SaliencyText(Figure):
    """Text tinted by the gradient of one expectation with respect to each character read.

    Point at a character, and the bars below show what the network expects next; point at a bar,
    and the text shows what this expectation rests on, purple what speaks for it, orange what speaks
    against it. A click holds either.

    Parameters
    ----------
    model : ExportedModel, dict or str
        The network that reads: Embedding, one or more LSTMs, and Dense with softmax.
    text : str
        What it reads; 400 characters at most.
    output : str
        Whose log-probability is led back: ``"likeliest"``, ``"real"`` (the token that really comes
        next, at the end of the text the likeliest), or one of the model's own, such as ``"e"``.
    measure : str
        ``"product"`` for gradient · input, which is signed, or ``"norm"`` for the length of the
        gradient; see `lstm_edu.saliency.saliency`.
    layer, name, group, time, unit
        As in :class:`~lstm_edu.figures.Figure`; nothing is shown of a single layer or unit.

    Raises
    ------
    ValueError
        A trace is given, which holds no weights to go back through; or a model of another kind.
    TypeError, traitlets.TraitError
        As in :class:`~lstm_edu.figures.Figure`.

    Examples
    --------
    >>> from lstm_edu.figures import SaliencyText
    >>> figure = SaliencyText("shakespeare", text="To be, or not to b", time=17, output="e")
    >>> figure.asked()
    'e'
    >>> figure.saliency()[-4:].round(2)  # of "to b"
    array([ 0.15, -0.18,  0.44, -0.23])
    """

    output = traitlets.Unicode("likeliest").tag(sync=True, state=True)
    measure = traitlets.Enum(MEASURES, "product").tag(sync=True, state=True)

    told: ClassVar[tuple[str, ...]] = ("time", "output", "measure")
    #: Outputs that are found anew at each step.
    followed: ClassVar[tuple[str, ...]] = ("likeliest", "real")

    def __init__(self, model: ExportedModel | dict | str | None = None, **traits: Any) -> None:
        if traits.get("trace") is not None:
            raise ValueError(
                "a trace is given, which holds what a network did but not the way back through its "
                "layers; give the model: SaliencyText(model, text=…)"
            )
        super().__init__(model, **traits)

    @traitlets.validate("model", "trace")
    def _validate_source(self, proposal) -> dict | None:
        value = proposal["value"]
        if proposal["trait"].name == "trace":
            if value is not None:
                raise traitlets.TraitError(
                    "trace must stay None: a trace holds no weights; set model."
                )
        elif value is None:
            raise traitlets.TraitError("model is None; expected one that reads a text.")
        else:
            check_model(ExportedModel(value))
        return value

    @traitlets.validate("output")
    def _validate_output(self, proposal) -> str:
        output, labels = proposal["value"], self._network().labels
        if output in (*self.followed, *labels):
            return output
        raise traitlets.TraitError(
            f"output is {output!r}; expected 'likeliest', 'real', or one of the model's outputs: "
            f"{', '.join(map(repr, labels[:20]))}{' …' if len(labels) > 20 else ''}."
        )

    @traitlets.observe("model")
    def _keep_output(self, change) -> None:
        """Go back to the likeliest output where the new model does not have the old one."""
        if self.output not in (*self.followed, *self._network().labels):
            self.output = "likeliest"

    def asked(self) -> str:
        """Return which output is led back, at the step where the cursor stands."""
        model = self._network()
        tokens = model.tokens(self.text)
        if self.output == "real" and model.task == "next" and self.time + 1 < len(tokens):
            return tokens[self.time + 1]
        if self.output not in self.followed:
            return self.output
        return model.labels[int(np.argmax(model.answers(self.text)[self.time]))]

    def saliency(self) -> np.ndarray:
        """Return what the text is tinted by, (tokens,)."""
        model = self._network()
        return saliency(model, self.text, self.time, self.asked(), measure=self.measure)

    def picture(self) -> str:
        """Return the tinted text, and what is expected, as an SVG."""
        model = self._network()
        expected = dict(zip(model.labels, model.answers(self.text)[self.time], strict=True))
        tokens = model.tokens(self.text)
        return draw(tokens, self.saliency(), self.time, self.asked(), expected).svg()

    def description(self) -> str:
        """Return in words what the picture shows."""
        model, values = self._network(), self.saliency()
        tokens, asked = model.tokens(self.text), self.asked()
        p = model.answers(self.text)[self.time][model.labels.index(asked)]
        order = [k for k in np.argsort(-np.abs(values), kind="stable")[:3] if values[k]]
        most = ", ".join(f"“{tokens[k]}” {values[k]:+.2f}" for k in order)
        return (
            f"The text “{self.text}”, tinted by what the expectation “{asked}” (probability "
            f"{p:.2f}) after character {self.time + 1} depends on; most on {most or 'nothing'}."
        )
