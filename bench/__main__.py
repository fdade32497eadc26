"""Run the benches: ``python -m bench`` (``make bench``), or one of them by its name."""

import sys
from importlib import import_module

BENCHES = ("core", "classroom", "memory", "outlook")

USUAL = ("core", "classroom")  # outlook writes down what a chapter tells

name, *arguments = sys.argv[1:] or [""]
if name and name not in BENCHES:
    sys.exit(f"There is no bench {name!r}; there are {', '.join(BENCHES)}.")
for one in [name] if name else USUAL:
    bench = import_module(f"bench.{one}")
    bench.main(*([arguments] if arguments else []))
