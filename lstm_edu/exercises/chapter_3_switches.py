"""Chapter 3, weights set by hand: a unit that latches, and one that toggles."""

from collections.abc import Callable, Sequence

import numpy as np

from lstm_edu import LSTM, Trace
from lstm_edu.exercises.collect import Arrays
from lstm_edu.exercises.compare import in_order, misfit
from lstm_edu.exercises.exercise import Verdict

LIT, DARK = 0.5, 0.1
IDLE = 100
PARTS = ("kernel", "recurrent_kernel", "bias")

#: Latch: s sets, r resets. Toggle: t turns over. A dot is a step without a pulse.
LATCH_PLAYS = ("." * IDLE, "s" + "." * IDLE, "s....r" + "." * IDLE, "s..s.s.....rr...s......r...")
TOGGLE_PLAYS = (
    "." * IDLE,
    "t" + "." * IDLE,
    "t....t" + "." * IDLE,
    "t..t....t.t...tttt..t......t...",
)


def judge_latch(inputs: None, outputs: list[Arrays]) -> Verdict:
    """Play pulses to the unit, and say where it first fails."""
    return _judged(outputs[0], "sr", LATCH_PLAYS, _latched)


def judge_toggle(inputs: None, outputs: list[Arrays]) -> Verdict:
    """Play pulses to the unit, and say where it first fails."""
    return _judged(outputs[0], "t", TOGGLE_PLAYS, _toggled)


def _latched(play: str) -> list[bool]:
    lit, states = False, []
    for pulse in play:
        lit = {"s": True, "r": False}.get(pulse, lit)
        states.append(lit)
    return states


def _toggled(play: str) -> list[bool]:
    return [play[: step + 1].count("t") % 2 == 1 for step in range(len(play))]


def _judged(
    given: Arrays, pulses: str, plays: Sequence[str], wanted: Callable[[str], list[bool]]
) -> Verdict:
    shapes = ((len(pulses), 4), (1, 4), (4,))
    problem = misfit(given, **dict(zip(PARTS, shapes, strict=True)))
    if problem is not None:
        return Verdict(False, problem)
    weights = [array.astype(float) for array in in_order(given, PARTS)]
    failure = _failure(weights, pulses, plays, wanted)
    if failure is None:
        return Verdict(True, "Right: it held in every play of pulses.")
    for order in ("igfo", "ifog", "figo", "oifg"):
        blocks = [order.index(gate) for gate in "ifgo"]
        if _failure([array[..., blocks] for array in weights], pulses, plays, wanted) is None:
            said = f"It would do with the blocks as {', '.join(order)}; they are i, f, g, o."
            return Verdict(False, said)
    return Verdict(False, failure)


def _failure(weights, pulses, plays, wanted) -> str | None:
    for play in plays:
        x = np.array([[[float(pulse == one) for one in pulses] for pulse in play]])
        trace = LSTM(*weights)(x)
        h = trace.h[0, :, 0]
        for step, lit in enumerate(wanted(play)):
            if (h[step] <= LIT) if lit else (abs(h[step]) >= DARK):
                return _said(trace, play, step, lit)
    return None


def _said(trace: Trace, play: str, step: int, lit: bool) -> str:
    """Say what went wrong at a step of a play: at a pulse, or so many steps after it."""
    i, f, c, h = (float(getattr(trace, name)[0, step, 0]) for name in "ifch")
    ago = step - max(play.rfind(pulse, 0, step + 1) for pulse in "srt")
    steps = "a step" if ago == 1 else f"{ago} steps"
    shown = f"h is {h:.2f}"
    if not lit and h < 0:
        return f"That is not dark but the other way round: dark is |h| below {DARK}, and {shown}."
    if ago > step:
        return f"It lights up by itself: at step {step + 1}, with no pulse at all, {shown}."
    if lit and ago:
        return f"It forgets: {steps} after the pulse that should light it {shown}."
    if lit:
        if c > LIT:
            return f"A pulse sets its state, c is {c:.2f}, but it hides it: {shown}. Look at o."
        return f"A pulse should light it, but {shown} and c {c:.2f}: nothing much is written."
    if ago:
        return f"It lights up again by itself, {steps} after it was put out: {shown}."
    if f > LIT:
        return f"A pulse should put it out, but {shown}: the forget gate keeps, f is {f:.2f}."
    if i > LIT:
        return f"A pulse should put it out; it forgets, and writes anew at once: i is {i:.2f}."
    return f"A pulse should put it out, but {shown}."
