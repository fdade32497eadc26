r"""Which unit follows which signal of a text, and how closely.

A signal is told by a rule, so that Python and a page can both work it out for any text: ``{"in":
"aeiou"}`` is 1 at each of these characters and 0 elsewhere, ``{"since": "\n"}`` counts the
characters since the last of these, as if one stood before the text. Karpathy, Johnson & Fei-Fei
(2015, arXiv 1506.02078) found units that follow such signals by eye; here they are sought, and how
many were tried is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_letters, ascii_uppercase

import numpy as np

from lstm_edu import _checks
from lstm_edu.exported import ExportedModel
from lstm_edu.trace import Trace

RULES = ("in", "since")
MOST_SIGNALS = 24

#: What a network that reads verse, character by character, may come to follow.
SIGNALS: dict[str, dict[str, str]] = {
    "space": {"in": " "},
    "line break": {"in": "\n"},
    "capital letter": {"in": ascii_uppercase},
    "vowel": {"in": "aeiouAEIOU"},
    "letter": {"in": ascii_letters},
    "place in the line": {"since": "\n"},
    "place in the word": {"since": '\n !"&,-.0123456789:;?[]'},
    "place in the clause": {"since": ",.;:!?"},
}


def check_signals(signals: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return signals by name, each with its rule, or raise ValueError."""
    if not isinstance(signals, Mapping) or len(signals) > MOST_SIGNALS:
        given = len(signals) if isinstance(signals, Mapping) else type(signals).__name__
        raise ValueError(
            f"signals is {given}; expected a dict of {MOST_SIGNALS} at most: "
            '{"space": {"in": " "}, "place in the line": {"since": "\\n"}}.'
        )
    for name, rule in signals.items():
        told = isinstance(rule, Mapping) and len(rule) == 1 and next(iter(rule)) in RULES
        characters = next(iter(rule.values())) if told else None
        if not isinstance(characters, str) or not characters:
            raise ValueError(
                f"signal {name!r} is {rule!r}; expected one rule with at least one character: "
                '{"in": "aeiou"} or {"since": "\\n"}.'
            )
        if not isinstance(name, str) or not 0 < len(name) <= 60:
            raise ValueError(f"a signal is called {name!r}; expected a name of 60 letters at most.")
    return {name: dict(rule) for name, rule in signals.items()}


def signal(text: str, rule: Mapping[str, str]) -> np.ndarray:
    """Return a signal of a text, one value a character: (len(text),), float64.

    >>> signal("To be", {"in": "eo"})
    array([0., 1., 0., 0., 1.])
    >>> signal("To be", {"since": " "})
    array([1., 2., 0., 1., 2.])
    """
    ((kind, characters),) = rule.items()
    found = np.isin(list(text), list(characters))
    if kind == "in":
        return found.astype(np.float64)
    places = np.arange(len(text))
    last = np.maximum.accumulate(np.where(found, places, -1))
    return (places - last).astype(np.float64)


def agreement(
    model: ExportedModel, texts: Sequence[str], signals: Mapping[str, Mapping[str, str]]
) -> np.ndarray:
    """Return Pearson's correlation of each unit's gates and states with each signal.

    Parameters
    ----------
    model : ExportedModel
        The network; its lowest LSTM is looked at.
    texts : sequence of str
        Of one length, each read from the zero state.
    signals : dict
        The rule of each signal, by name.

    Returns
    -------
    ndarray, shape (6, signals, units)
        In the order i, f, g, o, c, h. A unit that never moves, and a signal that never does, follow
        nothing: 0.

    Raises
    ------
    ValueError
        The texts differ in length.
    """
    if len({len(text) for text in texts}) != 1:
        raise ValueError("the texts are of several lengths, or there is none; expected one length.")
    traces, _ = model.run(np.stack([model.encode(text) for text in texts]))
    trace = next(iter(traces.values()))
    targets = np.stack(
        [np.concatenate([signal(text, rule) for text in texts]) for rule in signals.values()]
    )
    values = np.stack(
        [getattr(trace, name).reshape(-1, trace.shape[2]).T for name in Trace.quantities]
    )
    return np.einsum("st,qut->qsu", _standard(targets), _standard(values))


def _standard(rows: np.ndarray) -> np.ndarray:
    """Return rows less their mean, each of length 1; a row that never moves becomes zeros."""
    still = np.ptp(rows, axis=-1, keepdims=True) == 0
    moved = rows - rows.mean(axis=-1, keepdims=True)
    length = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.where(still, 0.0, moved / np.where(still, 1.0, length))


def nats(model: ExportedModel, texts: Sequence[str]) -> float:
    """Return the mean of −ln p of each character of the texts but their first.

    Raises
    ------
    ValueError
        There is no text, or one has fewer than two characters.
    """
    if isinstance(texts, str) or not len(texts) or min(map(len, texts)) < 2:
        raise ValueError(f"texts are {texts!r:.60}; expected a list of texts, each of 2 or more.")
    total = count = 0.0
    for length in sorted({len(text) for text in texts}):
        ids = np.stack([model.encode(text) for text in texts if len(text) == length])
        _, p = model.run(ids[:, :-1])
        chosen = np.take_along_axis(p, ids[:, 1:, None], -1)
        total -= np.log(np.maximum(chosen, np.finfo(np.float64).tiny)).sum()
        count += chosen.size
    return float(total / count)


def lasting(values: np.ndarray, threshold: float) -> int | None:
    """Return from which place on all values are above a threshold; None where the last is not."""
    values = _checks.shaped("values", np.asarray(values, np.float64), "snapshots")
    below = np.flatnonzero(values <= threshold)
    first = 0 if len(below) == 0 else int(below[-1]) + 1
    return first if first < len(values) else None
