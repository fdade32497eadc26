"""What an output of a network depends on: its gradient with respect to each token that was read.

Text coloured so is from Madsen, *Visualizing memorization in RNNs* (Distill 2019, doi
10.23915/distill.00016), who takes the gradient's norm, as Simonyan, Vedaldi & Zisserman (2013,
arXiv 1312.6034) do for images; gradient times input is from Shrikumar et al. (2016, arXiv
1605.01713).
"""

from __future__ import annotations

import numpy as np

from lstm_edu import _checks
from lstm_edu.activations import softmax
from lstm_edu.exported import ExportedModel
from lstm_edu.lstm import LSTM

#: How the gradient with respect to a token's embedding becomes one number.
MEASURES = ("product", "norm")


def check_model(model: ExportedModel) -> ExportedModel:
    """Return a model whose outputs can be led back to its input, or raise a ValueError."""
    stack = model.stack
    plain = stack.causal and not stack.pooled and len(stack.head) == 1
    softmaxed = plain and stack.head[0].activation == "softmax"
    if not softmaxed or stack.embeddings is None or set(map(type, stack.cells.values())) != {LSTM}:
        raise ValueError(
            f"model is {model!r}; expected one that reads a text through Embedding, one or more "
            "LSTMs (not Bidirectional) and a Dense with softmax"
        )
    return model


def saliency(
    model: ExportedModel,
    text: str,
    time: int = -1,
    output: str | None = None,
    *,
    measure: str = "product",
) -> np.ndarray:
    """Return how much the log-probability of an output depends on each token read so far.

    Parameters
    ----------
    model : ExportedModel
        Embedding, one or more LSTMs, and Dense with softmax.
    text : str
        What it reads.
    time : int
        After which token it is asked, from 0.
    output : str, optional
        Which output: of a language model, a token that may come next. The likeliest if not given.
    measure : {"product", "norm"}
        With e the embedding of a token and g = ∂ log p / ∂e: ``"product"`` is g · e, signed, by how
        much log p would change, to first order, if e were added once more; ``"norm"`` is ‖g‖, the
        most that it can change with a small step of e.

    Returns
    -------
    ndarray, shape (tokens,)
        One number a token, 0 for those after `time`.

    Raises
    ------
    ValueError, TypeError
        The model is of another kind, the text holds what it does not know, or there is no such
        step, output or measure.

    Examples
    --------
    >>> from lstm_edu import exported
    >>> model = exported.load("shakespeare")
    >>> saliency(model, "To be, or not to b", output="e")[-4:].round(2)  # of "to b"
    array([ 0.15, -0.18,  0.44, -0.23])
    """
    stack = check_model(model).stack
    ids = model.encode(text)
    _checks.choice("measure", measure, MEASURES)
    time = _checks.integer("time", time, -len(ids), len(ids) - 1) % len(ids)
    embedded = stack.embeddings[ids[None, : time + 1]]
    traces, given = {}, embedded
    for name, lstm in stack.cells.items():
        traces[name] = lstm(given)
        given = traces[name].h

    kernel, bias, _ = stack.head[0]
    p = softmax(given[0, -1] @ kernel + bias)
    chosen = int(p.argmax())
    if output is not None:
        chosen = model.labels.index(_checks.choice("output", output, model.labels))
    above = np.zeros_like(given)
    above[0, -1] = kernel @ (np.eye(len(p))[chosen] - p)  # ∂ log p / ∂z = 1 − p where z is its own
    for name, lstm in reversed(stack.cells.items()):
        above = lstm.backward(traces[name], dh=above).x
    values = np.zeros(len(ids))
    reached = above[0] * embedded[0]
    values[: time + 1] = (
        reached.sum(1) if measure == "product" else np.linalg.norm(above[0], axis=1)
    )
    return values
