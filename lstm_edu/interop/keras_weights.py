"""One Keras layer as a layer of `lstm_edu`, and back.

Both keep their kernels in the same layout and the blocks in the same order, so that the weights are
handed over as they are: i, f, g, o for an LSTM (Keras writes c for the candidate g), and update,
reset, candidate for a GRU.
"""

from __future__ import annotations

from lstm_edu.activations import ACTIVATIONS
from lstm_edu.interop.framework import keras
from lstm_edu.lstm import LSTM
from lstm_edu.recurrent import GRU, RNN, ResetFirstGRU


def from_keras(layer) -> LSTM | GRU | ResetFirstGRU | RNN:
    """Make a layer with the weights and activations of a Keras layer.

    Parameters
    ----------
    layer : keras.layers.LSTM, GRU, SimpleRNN, or keras.layers.RNN around one of their cells
        A layer with weights: built, called once, or part of a built model. A cell by itself will
        do. Of a `Bidirectional`, take `layer.forward_layer` and `layer.backward_layer`.

    Returns
    -------
    LSTM, GRU, ResetFirstGRU or RNN
        With copies of the weights. How the layer walks through a sequence (`go_backwards`,
        `stateful`, masks) is not part of it; `trace` heeds that.

    Raises
    ------
    TypeError
        If `layer` is something else.
    ValueError
        If it has no weights yet, if a weight is NaN or infinite, or if it computes something that
        `lstm_edu` does not: another activation, another dtype, a call of its own. The message
        names the layer.

    Examples
    --------
    >>> layer = keras().layers.LSTM(2)
    >>> layer.build((None, None, 3))
    >>> from_keras(layer)
    LSTM(input_dim=3, units=2, float32)
    """
    if isinstance(layer, keras().layers.Bidirectional):
        raise TypeError(
            f"layer {layer.name!r} is a Bidirectional and holds two layers; "
            "pass layer.forward_layer or layer.backward_layer."
        )
    if kind(layer) is None:
        name = repr(getattr(layer, "name", layer))
        raise TypeError(
            f"layer is {name}, of type {type(layer).__name__}; expected a Keras LSTM, GRU or "
            "SimpleRNN, an RNN around one of their cells, or such a cell. Of a model, pass one of "
            "model.layers."
        )
    reason = obstacle(layer)
    if reason:
        raise ValueError(f"layer {layer.name!r} cannot be read: {reason}")
    return read_weights(layer, layer.name)


def to_keras(
    layer: LSTM | GRU | ResetFirstGRU | RNN,
    *,
    return_sequences: bool = True,
    batch_size: int | None = None,
    **options,
):
    """Make a Keras layer that computes what a layer of `lstm_edu` does.

    Parameters
    ----------
    layer : LSTM, GRU, ResetFirstGRU or RNN
        Where the weights, the activations and the dtype come from.
    return_sequences : bool
        Whether the layer returns h at every step, or at the last one only. (Keras' own default is
        False; a layer that is to be compared with a trace wants True.)
    batch_size : int, optional
        What a stateful layer needs to know beforehand.
    **options
        Further arguments of the Keras layer: name, return_state, go_backwards, stateful, …

    Returns
    -------
    keras.layers.LSTM, GRU or SimpleRNN
        Built, for sequences of any length.

    Raises
    ------
    TypeError
        If `layer` is something else, or an option is one that the layer decides.
    ValueError
        If it is to be stateful, and `batch_size` is not given.

    Examples
    --------
    >>> layer = to_keras(LSTM.create(input_dim=3, units=2), return_state=True, name="twin")
    >>> [weights.shape for weights in layer.get_weights()]
    [(3, 8), (2, 8), (8,)]
    """
    names = {LSTM: "LSTM", GRU: "GRU", ResetFirstGRU: "GRU", RNN: "SimpleRNN"}
    if type(layer) not in names:
        raise TypeError(
            f"layer is {layer!r}, of type {type(layer).__name__}; expected an lstm_edu.LSTM, GRU "
            "or RNN. Keras has no layer for others."
        )
    decided = {
        "units": layer.units,
        "activation": layer.activation,
        "use_bias": True,
        "dtype": layer.dtype.name,
    }
    if type(layer) is not RNN:
        decided["recurrent_activation"] = layer.recurrent_activation
    if names[type(layer)] == "GRU":
        decided["reset_after"] = type(layer) is GRU
    for name in sorted(decided.keys() & options.keys()):
        raise TypeError(
            f"{name}={options[name]!r} cannot be chosen: {layer!r} has {name}={decided[name]!r}."
        )
    if options.get("stateful") and batch_size is None:
        raise ValueError("stateful=True needs to know for how many examples: pass batch_size=….")
    made = getattr(keras().layers, names[type(layer)])(
        **decided, return_sequences=return_sequences, **options
    )
    made.build((batch_size, None, layer.input_dim))
    made.set_weights(list(layer.params))
    return made


def kind(layer) -> type | None:
    """Return which of LSTM, GRU, ResetFirstGRU and RNN a Keras layer or cell is, or None."""
    layers = keras().layers
    cell = layer.cell if isinstance(layer, layers.RNN) else layer
    if isinstance(cell, layers.GRUCell):
        return GRU if cell.reset_after else ResetFirstGRU
    kinds = {layers.LSTMCell: LSTM, layers.SimpleRNNCell: RNN}
    return next((ours for theirs, ours in kinds.items() if isinstance(cell, theirs)), None)


def obstacle(layer) -> str | None:
    """Say why a layer that has a `kind` computes something else than that, or return None."""
    layers = keras().layers
    cell = layer
    if isinstance(layer, layers.RNN):
        cell = layer.cell
        base = _base(layer, layers.LSTM, layers.GRU, layers.SimpleRNN, layers.RNN)
        changed = _replaced(layer, base, "call", "inner_loop", "get_initial_state")
        if changed:
            return f"its class {type(layer).__name__} replaces Keras' {changed}."
    base = _base(cell, layers.LSTMCell, layers.GRUCell, layers.SimpleRNNCell)
    equations = ("_compute_carry_and_output", "_compute_carry_and_output_fused")
    changed = _replaced(cell, base, "call", "get_initial_state", *equations)
    if changed:
        return f"its cell, a {type(cell).__name__}, replaces Keras' {changed}."
    for argument, function in _activations(cell).items():
        if activation_name(function) is None:
            shown = getattr(function, "__name__", repr(function))
            return f"its {argument} is {shown}; expected one of {', '.join(_elementwise())}."
    if cell.compute_dtype not in ("float32", "float64"):
        return (
            f"it computes in {cell.compute_dtype}; expected float32 or float64. "
            "Build the model anew with dtype='float32' and set_weights."
        )
    if cell.compute_dtype != cell.variable_dtype:
        return (
            f"it computes in {cell.compute_dtype} with weights in {cell.variable_dtype}; "
            "expected one dtype for both."
        )
    if not cell.built:
        return "it has no weights yet. Build it, or call it once on some data."
    return None


def read_weights(layer, name: str) -> LSTM | GRU | ResetFirstGRU | RNN:
    """Return our twin of a layer without `obstacle`; `name` is for the error."""
    cell = getattr(layer, "cell", layer)
    to_numpy = keras().ops.convert_to_numpy
    try:
        return kind(layer)(
            to_numpy(cell.kernel),
            to_numpy(cell.recurrent_kernel),
            None if cell.bias is None else to_numpy(cell.bias),
            **{
                argument: activation_name(function)
                for argument, function in _activations(cell).items()
            },
        )
    except ValueError as error:
        raise ValueError(f"layer {name!r} cannot be read: {error}") from error


def _base(obj, *classes: type) -> type:
    return next(c for c in classes if isinstance(obj, c))


def _replaced(obj, base: type, *methods: str) -> str | None:
    """Name the first of `methods` that the class of `obj` defines anew, or return None."""
    theirs = (m for m in methods if hasattr(base, m))
    return next((m for m in theirs if getattr(type(obj), m) is not getattr(base, m)), None)


def _activations(cell) -> dict:
    """Return the functions that a cell applies, by argument."""
    arguments = ("activation", "recurrent_activation")
    return {a: getattr(cell, a) for a in arguments if hasattr(cell, a)}


def activation_name(function) -> str | None:
    """Return our name for a Keras activation: the very function, not one that is called alike."""
    theirs = keras().activations
    return next((name for name in _elementwise() if getattr(theirs, name) is function), None)


def _elementwise() -> list[str]:
    return [name for name, activation in ACTIVATIONS.items() if activation.slope is not None]
