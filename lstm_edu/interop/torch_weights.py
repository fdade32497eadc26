"""PyTorch's weights as layers of `lstm_edu`, without PyTorch.

``torch.nn.LSTM`` keeps, for each layer k of its stack and each direction,

==================  ==================  =====================================================
entry               shape               here
==================  ==================  =====================================================
``weight_ih_lk``    (4·units, inputs)   ``kernel``, transposed
``weight_hh_lk``    (4·units, units)    ``recurrent_kernel``, transposed
``bias_ih_lk``      (4·units,)          ``bias`` is the sum of the two: they are only ever added
``bias_hh_lk``      (4·units,)          (torch has two because cuDNN does)
==================  ==================  =====================================================

and the same again with the ending ``_reverse`` if it is bidirectional. The four blocks stand in
the order i, f, g, o, which is Keras' order too: nothing is permuted. ``torch.nn.GRU`` has three
blocks in the order reset, update, candidate, where Keras begins with update, and its two biases do
not add up, since the reset gate multiplies one of them. ``torch.nn.RNN`` has one block.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from lstm_edu import _checks
from lstm_edu.lstm import LSTM
from lstm_edu.recurrent import GRU, RNN

_ENTRY = re.compile(r"(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)_(l(\d+)(_reverse)?)")
_KINDS = {4: (LSTM, (0, 1, 2, 3)), 3: (GRU, (1, 0, 2)), 1: (RNN, (0,))}
"""By the number of blocks: our layer, and where its blocks stand in torch's weights."""


def from_torch(
    state_dict: Mapping, *, prefix: str = "", activation: str | None = None
) -> dict[str, LSTM | GRU | RNN]:
    """Make layers of the weights of a ``torch.nn.LSTM``, ``GRU`` or ``RNN``.

    Parameters
    ----------
    state_dict : mapping of str to array
        ``module.state_dict()``, or the same arrays from a file (npz, safetensors). Tensors on the
        CPU are read through NumPy; torch itself is never imported. Entries of other modules may
        stand beside those under `prefix`, and are left alone.
    prefix : str
        What stands before ``weight_ih_l0`` in the names, with its dot: ``"encoder.lstm."``.
    activation : str, optional
        The nonlinearity of a ``torch.nn.RNN``, which its weights do not tell. None means tanh.

    Returns
    -------
    dict of str to LSTM, GRU or RNN
        One layer for each ending: ``"l0"``, ``"l0_reverse"``, ``"l1"``, … A reverse layer reads
        the sequence from its end; its output is turned round again and joined to the right of the
        forward layer's before the next layer reads both.

    Raises
    ------
    TypeError
        If `state_dict` is no mapping, or an entry is no float32 or float64 array.
    ValueError
        If there are no weights under `prefix`, an entry is missing, has the wrong shape or is not
        finite, or if it is an LSTM with projections (``proj_size``). The message names the entry.

    Examples
    --------
    Two layers, both ways, run as ``torch.nn.LSTM(2, 1, 2, bidirectional=True, batch_first=True)``
    runs them:

    >>> state_dict = {"weight_ih_l0": np.ones((4, 2)), "weight_hh_l0": np.ones((4, 1))}
    >>> state_dict |= {"weight_ih_l1": np.ones((4, 2)), "weight_hh_l1": np.ones((4, 1))}
    >>> state_dict |= {f"{name}_reverse": array for name, array in state_dict.items()}
    >>> layers = from_torch(state_dict)
    >>> layers
    {'l0': LSTM(input_dim=2, units=1, float64), 'l0_reverse': LSTM(input_dim=2, units=1, float64),
     'l1': LSTM(input_dim=2, units=1, float64), 'l1_reverse': LSTM(input_dim=2, units=1, float64)}
    >>> x = np.ones((1, 3, 2))
    >>> for k in range(2):
    ...     forward = layers[f"l{k}"](x).h
    ...     backward = layers[f"l{k}_reverse"](x[:, ::-1]).h[:, ::-1]
    ...     x = np.concatenate([forward, backward], axis=-1)
    """
    if not isinstance(state_dict, Mapping):
        raise TypeError(
            f"state_dict is of type {type(state_dict).__name__}; expected a mapping from names to "
            "arrays. Of a torch module, pass module.state_dict()."
        )
    names = [name for name in state_dict if isinstance(name, str)]
    matches = [
        match
        for name in names
        if name.startswith(prefix) and (match := _ENTRY.fullmatch(name.removeprefix(prefix)))
    ]
    if not matches:
        raise ValueError(_nothing_found(names, prefix))
    parts, _, numbers, reverse = map(set, zip(*(match.groups() for match in matches), strict=True))
    if "weight_hr" in parts:
        raise ValueError(
            f"state_dict has {prefix}weight_hr_…, which projects the hidden state (proj_size > 0); "
            "lstm_edu.LSTM has no projection. Train it with proj_size=0."
        )
    biases = ["bias_ih", "bias_hh"] if parts & {"bias_ih", "bias_hh"} else []

    layers: dict[str, LSTM | GRU | RNN] = {}
    inputs: int | str = "inputs"  # the first layer says itself how much it reads
    for k in range(1 + max(map(int, numbers))):
        endings = [f"l{k}", f"l{k}_reverse"] if "_reverse" in reverse else [f"l{k}"]
        for ending in endings:
            arrays = {
                f"{prefix}{part}_{ending}": _entry(state_dict, f"{prefix}{part}_{ending}")
                for part in ["weight_ih", "weight_hh", *biases]
            }
            layers[ending] = _layer(arrays, inputs, activation)
        # What the next layer reads: the outputs of both directions side by side.
        inputs = sum(layers[ending].units for ending in endings)
    return layers


def _entry(state_dict: Mapping, name: str) -> np.ndarray:
    """Read one entry as an array."""
    if name not in state_dict:
        raise ValueError(
            f"state_dict has no {name!r}, which the other entries call for; "
            f"it has {', '.join(map(str, state_dict))}."
        )
    try:
        return np.asarray(state_dict[name])
    except (TypeError, RuntimeError) as error:  # torch: on a GPU, in bfloat16, with a gradient
        raise TypeError(
            f"state_dict[{name!r}] cannot be read as an array: {error}. "
            "Pass float32 or float64 tensors on the CPU, detached."
        ) from error


def _layer(
    arrays: dict[str, np.ndarray], inputs: int | str, activation: str | None
) -> LSTM | GRU | RNN:
    """Make a layer of its entries, in the order weight_ih, weight_hh, bias_ih, bias_hh."""
    weight_ih, weight_hh, *bias_names = arrays
    rows, units = np.shape(_checks.shaped(weight_hh, arrays[weight_hh], "4*units", "units"))
    if rows % units or rows // units not in _KINDS:
        raise ValueError(
            f"{weight_hh} has shape {(rows, units)}; expected (4*units, units) for an LSTM, "
            "(3*units, units) for a GRU, (units, units) for an RNN."
        )
    shapes = {weight_ih: (rows, inputs), weight_hh: (rows, units)}
    shapes |= dict.fromkeys(bias_names, (rows,))
    arrays = _checks.weights(shapes, **arrays)

    cell, order = _KINDS[rows // units]
    kernel, recurrent_kernel, *biases = (_reordered(a.T, order) for a in arrays.values())
    if not biases:
        bias = None
    elif cell is GRU:
        bias = np.stack(biases)  # the reset gate multiplies the second, and not the first
    else:
        bias = biases[0] + biases[1]
    if activation is None:
        return cell(kernel, recurrent_kernel, bias)
    if cell is not RNN:
        raise ValueError(
            f"activation={activation!r} was given, but {weight_hh} is of a torch.nn."
            f"{cell.__name__}, which has no choice of it. Leave it out."
        )
    return RNN(kernel, recurrent_kernel, bias, activation=activation)


def _reordered(array: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
    """Put the blocks of the last axis in another order."""
    blocks = np.split(array, len(order), axis=-1)
    return np.concatenate([blocks[k] for k in order], axis=-1)


def _nothing_found(names: list[str], prefix: str) -> str:
    """Say that there is no layer under `prefix`, and where there is one."""
    first = "weight_ih_l0"
    where = [repr(name.removesuffix(first)) for name in names if name.endswith(first)]
    if where:
        hint = f"There are such weights under: {', '.join(where)}; pass one as prefix."
    elif any(name.endswith("weight_ih") for name in names):
        hint = (
            "There is a cell (torch.nn.LSTMCell); add the ending '_l0' to the names of its weights "
            "to read it as a layer."
        )
    else:
        hint = f"Its names: {', '.join(names) or 'none, it is empty'}."
    return f"state_dict has no entry {prefix + first!r}. {hint}"
