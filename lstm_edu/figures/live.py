"""What every live figure is: a name, traits that are its whole state, a browser half, a picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from lstm_edu.figures.page import figure_html

STATIC = Path(__file__).parent / "static"

NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")


class LiveFigure(anywidget.AnyWidget):
    """A live figure: its traits are its whole state.

    In a notebook it moves together with Python, in a page it moves alone: its arithmetic is in the
    browser.

    Parameters
    ----------
    name : str
        What links call the figure, and the id of its element in a page: lower-case letters, digits
        and hyphens. By default the name of the class.

    Raises
    ------
    TypeError
        A trait is not one of the figure's.
    traitlets.TraitError
        A trait does not fit: the message says what would.
    """

    name = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, **options: Any) -> None:
        """Give each figure its browser half."""
        script = STATIC / f"{cls.__name__}.mjs"
        # Importing the package must not depend on the build; showing a figure does.
        if not hasattr(cls, "_esm") and script.exists():
            cls._esm = script
            cls._css = STATIC / "figures.css"
        super().__init_subclass__(**options)

    def __init__(self, **traits: Any) -> None:
        if not hasattr(self, "_esm"):
            raise FileNotFoundError(
                f"the browser half of {type(self).__name__} has not been built; "
                "run `make figures`, or install the package again"
            )
        unknown = sorted(set(traits) - set(self.traits()))
        if unknown:
            own = ", ".join(sorted(self.traits(sync=True, state=True)))
            raise TypeError(f"{type(self).__name__} has no {unknown[0]!r}; expected {own} or name.")
        super().__init__(**traits)

    @traitlets.default("name")
    def _default_name(self) -> str:
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(self).__name__).lower()

    @traitlets.validate("name", "group")
    def _validate_name(self, proposal) -> str:
        value, trait = proposal["value"], proposal["trait"].name
        if NAME.fullmatch(value) or (trait == "group" and value == ""):
            return value
        raise traitlets.TraitError(
            f"{trait} is {value!r}; expected lower-case letters, digits and hyphens, "
            "a letter first, 64 at most."
        )

    def picture(self) -> str:
        """Return a picture of the figure as it stands, an SVG; what is shown without JavaScript."""
        raise NotImplementedError

    def description(self) -> str:
        """Return in words what the picture shows."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """Return what the browser half starts from in a page, JSON-able."""
        return {trait: getattr(self, trait) for trait in self.traits(sync=True, state=True)}

    def html(self) -> str:
        """Return what stands for the figure in a page: its state, and its picture."""
        kind = type(self).__name__
        return figure_html(self.name, kind, self.state(), self.picture(), self.description())

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**options)
        return data | {"text/plain": repr(self), "text/html": self.html()}, metadata
