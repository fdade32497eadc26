"""Real data that arrives with a pip package: one loader a data set, nothing downloaded."""

from .cldr import Names, names
from .demand import Demand, electricity_demand
from .digits import Digits, spoken_digits
from .language_packs import Pairs, Translations, translations
from .long_text import LongTexts, long_texts
from .plays import Play, Plays, shakespeare
from .roles import Roles, semantic_roles
from .stocks import Prices, prices

__all__ = [
    "Demand",
    "Digits",
    "LongTexts",
    "Names",
    "Pairs",
    "Play",
    "Plays",
    "Prices",
    "Roles",
    "Translations",
    "electricity_demand",
    "long_texts",
    "names",
    "prices",
    "semantic_roles",
    "shakespeare",
    "spoken_digits",
    "translations",
]
