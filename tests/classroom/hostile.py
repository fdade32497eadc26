"""Notebooks that want points, or harm, by name. None of them knows the answers.

``double`` should return twice its argument, ``number`` is a number that only the references hold.
PLACES is replaced by a dict of what lies on the host: paths, a port, a token.
"""

from hostile_harm import HARM
from hostile_limits import LIMITS
from hostile_points import POINTS
from hostile_results import RESULTS

ATTACKS = POINTS | RESULTS | LIMITS | HARM

#: Those that see for themselves that a wall stands: their cell must not have raised.
WITNESSES = (
    *("sockets past the network", "disk", "files of the host", "tracing", "namespaces"),
    *("becoming root", "limits lifted", "a shell"),
)
