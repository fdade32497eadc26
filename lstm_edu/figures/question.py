"""Question: a quick question that answers back, in a page as in a notebook."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from numbers import Real
from typing import Any

import traitlets

from lstm_edu import _checks
from lstm_edu.figures.live import LiveFigure
from lstm_edu.figures.page import placed_html

MARKED = re.compile(r"`([^`]+)`|\$([A-Za-z]+)(?:_([A-Za-z0-9−]+))?\$")


class Question(LiveFigure):
    """A quick question with an instant answer: a number to type, or one of several to choose.

    Every answer, right or wrong, is answered with a reason. Nothing is counted and nothing is sent
    anywhere.

    Parameters
    ----------
    text : str
        The question. In it, as in all texts of a question, `` `code` `` is set as code and
        ``$c_t$``, letters with a subscript, as a symbol.
    answer : float or str
        The right number, computed in the cell; or the right one of `options`.
    options : mapping of str to str, optional
        What there is to choose from, each with what is said of it when it is chosen. Without it
        the reader types a number.
    digits : int
        To how many decimals a typed number must be right; by default 0.
    hints : mapping of float to str, optional
        What is said of a wrong number that comes from a usual mistake.
    explain : str, optional
        Why a typed number is right; said once it is found, or given up.
    name : str
        As in :class:`~lstm_edu.figures.LiveFigure`.

    Attributes
    ----------
    given : str
        The answer that the reader has given last: the option, or the number as it was typed.
    right : bool
        Whether it is the right one.

    Raises
    ------
    ValueError, TypeError
        The answer is none of the options, a number is not finite, a hint is the right answer.

    Examples
    --------
    >>> from lstm_edu import LSTM
    >>> from lstm_edu.figures import Question
    >>> lstm = LSTM.create(input_dim=32, units=64)
    >>> question = Question(
    ...     "How many weights has an LSTM of 64 units that reads 32 numbers a step?",
    ...     answer=sum(weights.size for weights in lstm.params),
    ...     hints={24_576: "Add the biases: one a unit and gate."},
    ...     explain="Four blocks of (32 + 64 + 1) · 64.",
    ... )
    >>> question.given = "24,832"
    >>> question.right
    True
    """

    text = traitlets.Unicode().tag(sync=True, state=True)
    options = traitlets.List(traitlets.Tuple(traitlets.Unicode(), traitlets.Unicode())).tag(
        sync=True, state=True
    )
    answer = traitlets.Union([traitlets.Float(), traitlets.Unicode()]).tag(sync=True, state=True)
    digits = traitlets.Int(0).tag(sync=True, state=True)
    hints = traitlets.List(traitlets.Tuple(traitlets.Float(), traitlets.Unicode())).tag(
        sync=True, state=True
    )
    explain = traitlets.Unicode("").tag(sync=True, state=True)
    given = traitlets.Unicode("").tag(sync=True, state=True)

    def __init__(
        self,
        text: str,
        *,
        answer: float | str,
        options: Mapping[str, str] | None = None,
        digits: int = 0,
        hints: Mapping[float, str] | None = None,
        explain: str = "",
        **traits: Any,
    ) -> None:
        digits = _checks.integer("digits", digits, 0, 9)
        if options is not None:
            if len(options) < 2:
                raise ValueError(f"options has {len(options)} entries; give two at least")
            _checks.choice("answer", answer, tuple(options))
            if hints or explain:
                raise ValueError("hints and explain are for numbers; each option has its own text")
        else:
            answer = _finite("answer", answer)
            for value in hints or {}:
                if _same(_finite("a hint", value), answer, digits):
                    raise ValueError(f"the hint for {value:g} is for the right answer")
        super().__init__(
            text=text,
            answer=answer,
            options=list((options or {}).items()),
            digits=digits,
            hints=[(float(value), said) for value, said in (hints or {}).items()],
            explain=explain,
            **traits,
        )

    @property
    def right(self) -> bool:
        """Whether the answer given last is the right one."""
        if self.options:
            return self.given == self.answer
        return any(_same(value, self.answer, self.digits) for value in readings(self.given))

    def description(self) -> str:
        """Return the question in plain words."""
        return re.sub(r"[`$]", "", self.text)

    def html(self) -> str:
        """Return what stands for it in a page; without JavaScript its answer is folded."""
        if self.options:
            said = [f"<li>{_marked(option)}</li>" for option, _ in self.options]
            middle = f"<ul>{''.join(said)}</ul>"
            reason = f"{_marked(self.answer)}. {_marked(dict(self.options)[self.answer])}"
        else:
            middle = ""
            reason = f"{self.answer:.{self.digits}f}. {_marked(self.explain)}"
        fallback = (
            f'<div class="lstm-question-plain"><p>{_marked(self.text)}</p>{middle}'
            f"<details><summary>Answer</summary><p>{reason}</p></details></div>"
        )
        return placed_html(self.name, type(self).__name__, self.state(), fallback)

    def __repr__(self) -> str:
        """Return the question, the same at every run."""
        return f"Question({self.description()!r})"


def readings(typed: str) -> list[float]:
    """Return what a typed number may mean: a comma groups thousands, or marks the decimals."""
    plain = re.sub(r"[\s_'’]", "", typed).replace("−", "-")
    meant = [plain.replace(",", ".")]
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        meant.append(plain.replace(",", ""))
    number = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
    return [float(each) for each in meant if number.fullmatch(each)]


def _same(value: float, answer: float, digits: int) -> bool:
    return abs(value - answer) <= 0.5 * 10.0**-digits * (1 + 1e-9) if digits else value == answer


def _finite(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise TypeError(f"{name} is {value!r}; expected a finite number")
    return float(value)


def _marked(text: str) -> str:
    """Return a text as HTML: escaped, with its code and symbols set as such."""

    def set_(match: re.Match) -> str:
        code, base, below = match.groups()
        if code is not None:
            return f"<code>{code}</code>"
        return f"<i>{base}</i>" + (f"<sub>{below}</sub>" if below else "")

    return MARKED.sub(set_, html.escape(text, quote=False))
