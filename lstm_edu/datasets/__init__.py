"""Real data that arrives with a pip package: one loader a data set, nothing downloaded."""

from .cldr import Names, names
from .demand import Demand, electricity_demand
from .digits import Digits, spoken_digits
from .long_text import LongTexts, long_texts
from .plays import Play, Plays, shakespeare
from .stocks import Prices, prices

__all__ = [
    "Demand",
    "Digits",
    "LongTexts",
    "Names",
    "Play",
    "Plays",
    "Prices",
    "electricity_demand",
    "long_texts",
    "names",
    "prices",
    "shakespeare",
    "spoken_digits",
]
