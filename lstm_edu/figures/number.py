"""Numbers as traits of a figure."""

from __future__ import annotations

import math
from numbers import Real

import numpy as np
import traitlets


class Number(traitlets.TraitType):
    """A finite real number between two bounds; kept as a float."""

    def __init__(self, default: float, least: float, most: float) -> None:
        super().__init__(float(default))
        self.least, self.most = least, most
        self.tag(sync=True, state=True)

    def validate(self, obj, value):
        """Return the number as a float."""
        fits = isinstance(value, Real) and not isinstance(value, (bool, np.bool_))
        if fits and math.isfinite(value) and self.least <= value <= self.most:
            return float(value)
        raise traitlets.TraitError(
            f"{self.name} is {value!r}; expected a number from {self.least:g} to {self.most:g}."
        )


class Whole(traitlets.Int):
    """A whole number between two bounds."""

    def __init__(self, default: int, least: int, most: int) -> None:
        super().__init__(default)
        self.least, self.most = least, most
        self.tag(sync=True, state=True)

    def validate(self, obj, value):
        """Return the number as an int."""
        whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
        if whole and self.least <= value <= self.most:
            return int(value)
        raise traitlets.TraitError(
            f"{self.name} is {value!r}; expected a whole number from {self.least} to {self.most}."
        )
