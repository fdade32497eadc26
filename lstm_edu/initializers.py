"""How weights begin: the schemes of Keras and PyTorch, and the plain ones to compare with.

All are drawn in float64 and rounded once, so that float32 and float64 weights of one seed are the
same numbers.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from lstm_edu import _checks

SCHEMES = ("keras", "torch", "normal", "uniform", "orthogonal")


def normal(shape, rng: np.random.Generator, *, scale: float = 0.05) -> np.ndarray:
    """Draw from a normal distribution with mean 0 and standard deviation `scale`."""
    return scale * rng.standard_normal(shape)


def uniform(shape, rng: np.random.Generator, *, limit: float = 0.05) -> np.ndarray:
    """Draw evenly from [−limit, limit)."""
    return rng.uniform(-limit, limit, shape)


def glorot_uniform(shape, rng: np.random.Generator) -> np.ndarray:
    """Draw evenly from ±√(6 / (rows + columns)) (Glorot & Bengio 2010); Keras' default."""
    return uniform(shape, rng, limit=np.sqrt(6.0 / sum(shape)))


def orthogonal(shape, rng: np.random.Generator) -> np.ndarray:
    """Draw a matrix whose rows (or columns, if they are fewer) are orthonormal (Saxe et al. 2013).

    Keras draws an LSTM's whole recurrent kernel (units, 4*units) so: its rows are orthonormal, the
    four gate blocks by themselves are not.
    """
    rows, columns = shape
    q, r = np.linalg.qr(rng.standard_normal((max(shape), min(shape))))
    q = q * np.sign(np.diag(r))  # makes the draw uniform over all such matrices
    return q if rows >= columns else q.T


def generator(seed: int | np.random.Generator | None) -> np.random.Generator:
    """Return a random generator; one that is given is handed back."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(None if seed is None else _checks.integer("seed", seed, 0))


def recurrent_weights(
    input_dim: int,
    units: int,
    blocks: tuple[str, ...],
    *,
    scheme: str = "keras",
    forget_bias: float | None = None,
    dtype=np.float32,
    seed: int | np.random.Generator | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw kernel, recurrent kernel and bias of a recurrent layer.

    Parameters
    ----------
    input_dim, units : int
        The number of features in a step of x, and of units.
    blocks : tuple of str
        What stands side by side in the kernels: ``("i", "f", "g", "o")`` for an LSTM.
    scheme : {"keras", "torch", "normal", "uniform", "orthogonal"}
        ``keras``: glorot_uniform kernel, orthogonal recurrent kernel, bias 0.
        ``torch``: all weights and both of its biases, here added up, even in ±1/√units.
        ``normal``, ``uniform``: all weights with spread 0.05, bias 0.
        ``orthogonal``: both kernels orthogonal, bias 0.
    forget_bias : float, optional
        What the forget gate's bias is set to. None leaves the scheme its own: 1 for ``keras``, with
        which f begins near σ(1) = 0.73 as Jozefowicz et al. (2015) advise; random numbers around 0
        for ``torch``; 0 for the others.
    dtype : float32 or float64
        What the weights are rounded to.
    seed : int or Generator, optional
        The same seed gives the same weights.

    Returns
    -------
    tuple of ndarray
        kernel (input_dim, blocks·units), recurrent_kernel (units, blocks·units), bias
        (blocks·units,).
    """
    input_dim = _checks.integer("input_dim", input_dim, 1)
    units = _checks.integer("units", units, 1)
    _checks.choice("scheme", scheme, SCHEMES)
    dtype = _checks.dtype("dtype", dtype)
    if forget_bias is not None:
        forget_bias = _checks.number("forget_bias", forget_bias)
        if "f" not in blocks:
            raise ValueError(
                f"forget_bias is {forget_bias:g}, but this cell has no forget gate, "
                f"only {', '.join(blocks)}; leave it out."
            )
    elif scheme == "keras" and "f" in blocks:
        forget_bias = 1.0

    rng = generator(seed)
    width = len(blocks) * units
    limit = 1.0 / np.sqrt(units)
    draw, draw_recurrent = {
        "keras": (glorot_uniform, orthogonal),
        "torch": (partial(uniform, limit=limit), partial(uniform, limit=limit)),
        "normal": (normal, normal),
        "uniform": (uniform, uniform),
        "orthogonal": (orthogonal, orthogonal),
    }[scheme]
    kernel, recurrent_kernel = draw((input_dim, width), rng), draw_recurrent((units, width), rng)
    bias = np.zeros(width)
    if scheme == "torch":
        bias = uniform(width, rng, limit=limit) + uniform(width, rng, limit=limit)
    if forget_bias is not None:
        start = blocks.index("f") * units
        bias[start : start + units] = forget_bias
    return kernel.astype(dtype), recurrent_kernel.astype(dtype), bias.astype(dtype)
