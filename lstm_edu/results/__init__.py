"""How each application came out: a record of its comparison, kept as JSON, and ways to look at it.

A command that trains the networks of an application writes one record with `save`; its page and the
page of all results read it with `load`. A record holds the network's scores over several seeds
beside those of simpler methods, and where the data and the numbers come from. Several records may
belong to one page, one a question.

The JSON (``lstm_edu.results/1``)::

    {"format": "lstm_edu.results/1",
     "name": "speech", "page": "6_speech",      # file NAME.json; book/6_applications/PAGE.ipynb
     "title": "Spoken digits", "question": "Which digit was said?",
     "measure": {"name": "right answers", "unit": "%", "better": "higher", "digits": 1,
                 "on": "the 600 recordings of the test part"},
     "rows": [{"name": "LSTM, 64 units", "kind": "network", "scores": [98.1, 98.5, 97.9],
               "seconds": 48.2,                 # of the processor, of one training; or null
               "parameters": 40586,             # or null
               "note": ""}, …],
     "data": {"source": "…", "licence": "…", "citation": "…", "checksum": "…64 hex digits…"},
     "command": "python -m lstm_edu.models.speech",
     "seeds": [0, 1, 2],
     "environment": {"python": "3.11.7", "packages": {"numpy": "2.4.6", …}}}

A row has one score a seed, or a single one: what has no chance in it, or was trained only once. The
first row whose kind is ``"network"`` is the one that the page is about, and `Results.verdict` holds
it against the best baseline.
"""

from lstm_edu.results.collection import Collection, outcomes, overview
from lstm_edu.results.record import Data, Environment, Measure, Results, Row
from lstm_edu.results.store import load, names, save
from lstm_edu.results.verdict import Verdict

__all__ = [
    "Collection",
    "Data",
    "Environment",
    "Measure",
    "Results",
    "Row",
    "Verdict",
    "load",
    "names",
    "outcomes",
    "overview",
    "save",
]
