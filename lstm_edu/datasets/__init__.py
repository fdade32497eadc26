"""Real data that arrives with a pip package: one loader a data set, nothing downloaded."""

from .cldr import Names, names
from .demand import Demand, electricity_demand
from .plays import Play, Plays, shakespeare

__all__ = ["Demand", "Names", "Play", "Plays", "electricity_demand", "names", "shakespeare"]
