"""The record of a comparison: frozen, and checked when it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_edu import _checks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from lstm_edu.results.table import Table
    from lstm_edu.results.verdict import Verdict

FORMAT = "lstm_edu.results/1"
KINDS = ("network", "baseline")
BETTER = ("higher", "lower")


@dataclass(frozen=True)
class Measure:
    """What is measured.

    Parameters
    ----------
    name : str
        In a few words, as an axis is labelled: ``"right answers"``.
    unit : str
        ``"%"``, ``"GW"``; empty where it has none.
    better : {"higher", "lower"}
        Which way is better.
    digits : int
        How many decimals are shown, 0 to 6.
    on : str
        What it is measured on: ``"the two test weeks"``.
    """

    name: str
    unit: str
    better: str
    digits: int
    on: str

    def __post_init__(self) -> None:
        """Check all of it."""
        _said("name of the measure", self.name)
        _said("unit of the measure", self.unit, empty=True)
        _checks.choice("better", self.better, BETTER)
        _checks.integer("digits", self.digits, 0, 6)
        _said("what the measure is taken on", self.on)

    def written(self, value: float) -> str:
        """Return a value with as many decimals as are shown."""
        return f"{value:.{self.digits}f}".replace("-", "−")


@dataclass(frozen=True)
class Row:
    """One method and how well it does.

    Parameters
    ----------
    name : str
        ``"LSTM, 64 units"``.
    kind : {"network", "baseline"}
        Whether it is a recurrent network of the page, or stands beside it to be compared with.
    scores : sequence of float
        One a seed; a single one where nothing in it is left to chance, or it was trained once.
    seconds : float, optional
        How long one training took, on average: of the processor, as the command measured it.
    parameters : int, optional
        How many numbers training set.
    note : str
        What else one must know.
    """

    name: str
    kind: str
    scores: tuple[float, ...]
    seconds: float | None = None
    parameters: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Check all of it."""
        _said("name of a row", self.name)
        _checks.choice(f"kind of {self.name!r}", self.kind, KINDS)
        if isinstance(self.scores, str | bytes) or not np.iterable(self.scores):
            raise TypeError(
                f"scores of {self.name!r} is {self.scores!r}; expected a sequence of numbers, "
                "one a seed, or of a single one"
            )
        if not len(self.scores):
            raise ValueError(f"scores of {self.name!r} is empty; expected one number at least")
        scores = tuple(_checks.number(f"a score of {self.name!r}", s) for s in self.scores)
        object.__setattr__(self, "scores", scores)
        if self.seconds is not None:
            _checks.number(f"seconds of {self.name!r}", self.seconds, 0)
        if self.parameters is not None:
            _checks.integer(f"parameters of {self.name!r}", self.parameters, 0)
        _said(f"note of {self.name!r}", self.note, empty=True)

    @property
    def mean(self) -> float:
        """The mean of the scores."""
        return float(np.mean(self.scores))

    @property
    def spread(self) -> float | None:
        """The sample standard deviation of the scores; None where there is only one."""
        return float(np.std(self.scores, ddof=1)) if len(self.scores) > 1 else None

    @property
    def is_lstm(self) -> bool:
        """Whether it is a network with an LSTM in its name: it is shown in the book's colour."""
        return self.kind == "network" and "lstm" in self.name.lower()


@dataclass(frozen=True)
class Data:
    """Where the data come from.

    Parameters
    ----------
    source : str
        The package they arrive with, and what they are.
    licence, citation : str
        Under which terms, and whose work it is.
    checksum : str
        Their SHA-256, 64 hexadecimal digits.
    """

    source: str
    licence: str
    citation: str
    checksum: str

    def __post_init__(self) -> None:
        """Check all of it."""
        for field in fields(self):
            _said(f"{field.name} of the data", getattr(self, field.name))
        if not re.fullmatch("[0-9a-f]{64}", self.checksum):
            raise ValueError(
                f"checksum of the data is {self.checksum!r}; expected a SHA-256, 64 hexadecimal "
                "digits in lower case"
            )


@dataclass(frozen=True)
class Environment:
    """What the networks were trained with.

    Parameters
    ----------
    python : str
        Its version.
    packages : dict of str to str
        Version by package, see `lstm_edu.models.seeds.environment`.
    """

    python: str
    packages: Mapping[str, str]

    def __post_init__(self) -> None:
        """Check all of it."""
        _said("python of the environment", self.python)
        if not isinstance(self.packages, Mapping):
            raise TypeError(f"packages is {self.packages!r}; expected versions by package")
        object.__setattr__(self, "packages", dict(sorted(self.packages.items())))
        for package, version in self.packages.items():
            _said(f"version of {package!r}", version)


@dataclass(frozen=True, repr=False)
class Results:
    """A network and simpler methods at the same task, measured alike.

    Parameters
    ----------
    name : str
        Of the record and its file: lower-case letters, digits and underscores.
    page : str
        The page that it belongs to, ``"6_speech"``.
    title, question : str
        To print; the question ends with a question mark.
    measure : Measure
        What is measured.
    rows : sequence of Row
        From the simplest method up; one network and one baseline at least, no name twice.
    data : Data
        Where the data come from.
    command : str
        What writes the record: ``"python -m lstm_edu.models.speech"``.
    seeds : sequence of int
        The seeds of the trainings.
    environment : Environment
        What they were trained with.

    Raises
    ------
    ValueError, TypeError
        Something is missing, or does not fit the rest; the message says what, and what would.

    Examples
    --------
    >>> results = Results(
    ...     "toy", "9_toy", "A toy", "Heads or tails?",
    ...     Measure("right answers", "%", "higher", 0, "ten throws"),
    ...     (Row("always heads", "baseline", (60,)), Row("LSTM", "network", (50, 40, 60))),
    ...     Data("a coin", "MIT", "A. Thrower", "0" * 64),
    ...     "python -m toy", (0, 1, 2), Environment("3.11", {}),
    ... )
    >>> print(results.verdict())
    LSTM is level with always heads: 50 ± 10 against 60 %, within its own spread over 3 seeds.
    >>> print(results.table())
                  right answers, %
    always heads                60  best
    LSTM                   50 ± 10
    """

    name: str
    page: str
    title: str
    question: str
    measure: Measure
    rows: tuple[Row, ...]
    data: Data
    command: str
    seeds: tuple[int, ...]
    environment: Environment

    def __post_init__(self) -> None:
        """Check that the parts fit together."""
        check_name(self.name)
        if not (isinstance(self.page, str) and re.fullmatch(r"[1-9]_[a-z0-9_]+", self.page)):
            raise ValueError(
                f"page is {self.page!r}; expected the name of a page in book/6_applications, "
                "as '6_speech'"
            )
        for field in ("title", "question", "command"):
            _said(field, getattr(self, field))
        if not self.question.endswith("?"):
            raise ValueError(f"question is {self.question!r}; expected a question mark at its end")
        for field, kind in (("measure", Measure), ("data", Data), ("environment", Environment)):
            if not isinstance(getattr(self, field), kind):
                given = type(getattr(self, field)).__name__
                raise TypeError(f"{field} is a {given}; expected a {kind.__name__}")
        seeds = tuple(_checks.integer("a seed", seed, 0) for seed in self.seeds)
        if not seeds or len(set(seeds)) < len(seeds):
            raise ValueError(f"seeds is {seeds}; expected one seed at least, and none twice")
        object.__setattr__(self, "seeds", seeds)
        object.__setattr__(self, "rows", tuple(self.rows))
        self._check_rows()

    def _check_rows(self) -> None:
        for row in self.rows:
            if not isinstance(row, Row):
                raise TypeError(f"a row is a {type(row).__name__}; expected a Row")
            if len(row.scores) not in (1, len(self.seeds)):
                raise ValueError(
                    f"{row.name!r} has {len(row.scores)} scores; expected {len(self.seeds)}, one a "
                    "seed, or a single one"
                )
        for kind in KINDS:
            if not any(row.kind == kind for row in self.rows):
                raise ValueError(f"no row is a {kind}; expected one at least, to compare")
        called = [row.name for row in self.rows]
        twice = sorted({name for name in called if called.count(name) > 1})
        if twice:
            raise ValueError(f"two rows are called {twice[0]!r}; expected a name of its own each")

    def __repr__(self) -> str:
        """Return a short description, the same at every run."""
        return f"Results({self.name!r}: {len(self.rows)} rows, {len(self.seeds)} seeds)"

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def __getitem__(self, name: str) -> Row:
        """Return a row by its name; an unknown one raises ValueError."""
        rows = {row.name: row for row in self.rows}
        return rows[_checks.choice("row", name, rows)]

    @property
    def best(self) -> Row:
        """The row with the best mean; of equals the first, which is the simplest."""
        return self._best(self.rows)

    @property
    def network(self) -> Row:
        """The network that the page is about: the first."""
        return next(row for row in self.rows if row.kind == "network")

    @property
    def baseline(self) -> Row:
        """The best of the baselines, chosen by the very scores shown: the hardest to beat."""
        return self._best([row for row in self.rows if row.kind == "baseline"])

    def _best(self, rows) -> Row:
        sign = 1 if self.measure.better == "lower" else -1
        return min(rows, key=lambda row: sign * row.mean)

    def verdict(self) -> Verdict:
        """Return whether the network beats the best baseline, and by how much."""
        from lstm_edu.results.verdict import Verdict

        return Verdict.of(self)

    def table(self, *, seconds: bool = False) -> Table:
        """Return the rows as a table.

        Parameters
        ----------
        seconds : bool
            Whether it has a column for how long training took, which differs between machines.
        """
        from lstm_edu.results.table import Table

        return Table(self, seconds=seconds)

    def plot(self, *, xscale: str = "linear", ax: Axes | None = None, theme: str = "light") -> Axes:
        """Draw a dot for each score, a larger one for their mean, and a line over their range.

        Parameters
        ----------
        xscale : {"linear", "log"}
            The scale of the measure.
        ax : matplotlib axes, optional
            Where to draw; new axes if not given.
        theme : {"light", "dark"}
            The ground.
        """
        from lstm_edu.results.dots import dots

        return dots(self, xscale=xscale, ax=ax, theme=theme)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as its JSON has it; see `lstm_edu.results`."""
        plain = asdict(self)
        rows = [row | {"scores": list(row["scores"])} for row in plain["rows"]]
        return {"format": FORMAT, **plain, "rows": rows, "seeds": list(self.seeds)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Results:
        """Return the record that a dict holds.

        Raises
        ------
        ValueError, TypeError
            It is of another format, lacks something, or holds what does not belong there.
        """
        given = data.get("format") if isinstance(data, Mapping) else type(data).__name__
        if given != FORMAT:
            raise ValueError(f"the format of the results is {given!r}; expected {FORMAT!r}")
        rest = {key: value for key, value in data.items() if key != "format"}
        _only(cls, "the results", rest)
        parts = {"measure": Measure, "data": Data, "environment": Environment}
        made = {key: _part(kind, key, rest[key]) for key, kind in parts.items()}
        made["rows"] = tuple(_part(Row, "a row", row) for row in rest["rows"])
        return cls(**rest | made)


def check_name(name: object) -> str:
    """Return the name of a record, or say what would be one."""
    if not (isinstance(name, str) and re.fullmatch("[a-z][a-z0-9_]{0,39}", name)):
        raise ValueError(
            f"name is {name!r}; expected lower-case letters, digits and underscores, as 'speech'"
        )
    return name


def _said(name: str, value: object, *, empty: bool = False) -> None:
    """Raise unless a value is a text, in one line."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is {value!r}; expected a text")
    if (not value.strip() and not empty) or "\n" in value:
        raise ValueError(f"{name} is {value!r}; expected a text in one line")


def _part(kind: type, name: str, given: object) -> Any:
    """Return a part of a record from its dict."""
    if not isinstance(given, Mapping):
        raise TypeError(f"{name} is {given!r}; expected a dict")
    _only(kind, name, given)
    return kind(**given)


def _only(kind: type, name: str, given: Mapping[str, Any]) -> None:
    """Raise unless a dict has the fields of a class and no others."""
    wanted = {field.name for field in fields(kind)}
    for what, keys in (("lacks", wanted - set(given)), ("has an unknown", set(given) - wanted)):
        if keys:
            raise ValueError(
                f"{name} {what} {min(keys)!r}; expected {', '.join(sorted(wanted))}, and no more"
            )
