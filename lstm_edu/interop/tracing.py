"""`trace`: every gate of every LSTM layer of a Keras model, while it reads x.

Keras computes the gates and throws them away. Here the model is run once, as always, except that
each LSTM layer's `call` is answered by `lstm_edu.LSTM` with that layer's weights: it computes the
same outputs, hands them back to the model, and keeps the gates. Nothing is computed twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from lstm_edu.interop.discovery import find_lstms
from lstm_edu.interop.framework import keras
from lstm_edu.interop.stand_in import StandIn
from lstm_edu.interop.traces import Traces


def trace(model, x, *, layers=None, tokens=None, **call) -> Traces:
    """Run a Keras model on x and return what went on inside its LSTM layers.

    Parameters
    ----------
    model : keras.Model or keras.Layer
        Any model with LSTM layers, also inside `Bidirectional`, `TimeDistributed` and nested
        models, or an LSTM layer by itself. It runs in inference mode: dropout is off.
    x : ndarray or tensor, or a list or dict of them
        What the model would be called with, the batch first. It is run as one batch.
    layers : str or iterable of str, optional
        The names of the layers to trace, see `Traces`. None means all.
    tokens : sequence of str, optional
        A label for each time step of x, for plots. They are reversed for a layer that reads
        backwards.
    **call
        Further arguments of the model's call, such as ``mask`` or, for a layer by itself,
        ``initial_state``.

    Returns
    -------
    Traces
        A `Trace` by layer name. Its arrays are in the order in which the layer read: where
        `go_backwards` is set, and in the backward half of a `Bidirectional`, step 0 is the last
        step of x (`Traces.backwards` says which those are). Gates and states agree with Keras' on
        the CPU to rounding.

    Raises
    ------
    TypeError
        If `model` is no Keras model.
    ValueError
        If it holds no LSTM layer, if one cannot be traced, or if the model cannot run on `x`. The
        message names the layer and the reason.

    Notes
    -----
    The model is left as it was found: weights, the states of stateful layers, random seeds, losses,
    what `compile` made. A stateful layer starts from the state it has, and still has it afterwards.

    At a masked step h and c are those of the step before. What Keras *outputs* there differs: zeros
    until the first step that counts, even from a non-zero initial state, and zeros at every masked
    step in a `Bidirectional`. The next layer is given exactly that.

    Examples
    --------
    >>> import numpy as np
    >>> layers = keras().layers
    >>> model = keras().Sequential([
    ...     layers.Input((None,), dtype="int32"),
    ...     layers.Embedding(50, 8),
    ...     layers.Bidirectional(layers.LSTM(4, return_sequences=True), name="both"),
    ...     layers.LSTM(16, name="lstm"),
    ... ])
    >>> traces = trace(model, np.array([[7, 8, 9]]), tokens=("to", "be", "or"))
    >>> traces
    Traces of 3 LSTM layers:
      both/forward   batch 1, time 3, units 4
      both/backward  batch 1, time 3, units 4, reads backwards
      lstm           batch 1, time 3, units 16
    >>> traces["lstm"].f.shape
    (1, 3, 16)
    >>> traces["both"]["backward"].tokens
    ('or', 'be', 'to')
    """
    k = keras()
    if not isinstance(model, k.Layer):
        raise TypeError(
            f"model is {model!r}, of type {type(model).__name__}; expected a Keras model or layer."
        )
    if not model.built:
        raise ValueError(
            f"{type(model).__name__} {model.name!r} has no weights yet. "
            "Give it a keras.Input, or call it once on some data."
        )
    if "training" in call:
        raise TypeError(f"training={call['training']!r} was given; a model is traced in inference.")
    stand_ins = [StandIn(name, layer) for name, layer in find_lstms(model, layers).items()]
    with ExitStack() as stack:
        # Whatever a layer assigns to a variable during the call stays in this scope.
        stack.enter_context(k.StatelessScope())
        stack.enter_context(_losses_kept(model))
        for stand_in in stand_ins:
            stack.enter_context(stand_in.in_place())
        try:
            model(x, training=False, **call)
        except Exception as error:
            # Keras wraps what a layer raises in the story of the call; ours is told already.
            own = next((s.error for s in stand_ins if s.error is not None), None)
            if own is not None:
                raise own from own.__cause__
            raise ValueError(_cannot_run(model, x, error)) from error
    return _collect(stand_ins, tokens)


@contextmanager
def _losses_kept(model) -> Iterator[None]:
    """Give `model.losses` back what it held: Keras clears it whenever the model is called."""
    kept = [(layer, list(layer._losses)) for layer in model._flatten_layers()]
    try:
        yield
    finally:
        for layer, losses in kept:
            layer._losses[:] = losses


def _collect(stand_ins: list[StandIn], tokens) -> Traces:
    """Name the traces and label their steps."""
    traces, backwards = {}, set()
    for stand_in in stand_ins:
        if not stand_in.traces:
            raise ValueError(
                f"layer {stand_in.name!r} was not run: the model does not use it for this x, or "
                "runs it inside a compiled function (tf.function). To trace only the others, name "
                "them: trace(…, layers=[…])."
            )
        for number, trace in enumerate(stand_in.traces, start=1):
            several = len(stand_in.traces) > 1
            name = f"{stand_in.name}/call_{number}" if several else stand_in.name
            labels = tokens
            if tokens is not None:
                if len(tokens) != trace.h.shape[1]:
                    raise ValueError(
                        f"tokens has {len(tokens)} labels, but layer {name!r} reads "
                        f"{trace.h.shape[1]} steps. Leave tokens out, or name the layers that read "
                        "as many: trace(…, layers=[…])."
                    )
                labels = tuple(tokens)[:: -1 if stand_in.layer.go_backwards else 1]
            traces[name] = replace(trace, layer=name, tokens=labels)
            if stand_in.layer.go_backwards:
                backwards.add(name)
    return Traces(traces, backwards)


def _cannot_run(model, x, error: Exception) -> str:
    """Say that the model does not take x, in Keras' words but without its story."""
    try:
        expected = f" (expected {model.input_shape})"
    except AttributeError:  # only models made of layers know it
        expected = ""
    reason = _COLOUR.sub("", str(error).split("Arguments received by")[0]).strip()
    return (
        f"{type(model).__name__} {model.name!r} cannot run on x, {_described(x)}{expected}: "
        f"{reason}"
    )


_COLOUR = re.compile("\x1b\\[[0-9;]*m")
"""What Keras prints bold with."""


def _described(x) -> str:
    if hasattr(x, "shape"):
        return f"of shape {tuple(x.shape)}"
    if isinstance(x, dict):
        return "a dict of " + ", ".join(f"{key!r} {_described(a)}" for key, a in x.items())
    if isinstance(x, list | tuple) and any(hasattr(a, "shape") for a in x):
        return "a list of arrays " + ", ".join(map(_described, x))
    return f"of type {type(x).__name__}"
