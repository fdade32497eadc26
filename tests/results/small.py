"""A small record to test with."""

from lstm_edu.results import Data, Environment, Measure, Results, Row

MEASURE = Measure("error", "GW", "lower", 3, "two weeks")
ROWS = (
    Row("as a week before", "baseline", (0.62,)),
    Row("a straight line", "baseline", (0.45,), seconds=0.01, parameters=10),
    Row("GRU", "network", (0.5, 0.6, 0.5), seconds=12.3, parameters=3000),
    Row("LSTM", "network", (0.49, 0.59, 0.51), seconds=41.7, parameters=5000, note="as <trained>"),
)


def results(**other):
    """Return it, with other parts where they are given."""
    parts = {
        "name": "small",
        "page": "7_small",
        "title": "A small one",
        "question": "How much?",
        "measure": MEASURE,
        "rows": ROWS,
        "data": Data("a package", "MIT", "Somebody (2003)", "0" * 64),
        "command": "python -m small",
        "seeds": (0, 1, 2),
        "environment": Environment("3.11.7", {"numpy": "2.4.6"}),
    }
    return Results(**parts | other)
