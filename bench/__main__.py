"""Run the benches: ``python -m bench`` (``make bench``), or one of them by its name."""

import subprocess
import sys
from importlib import import_module

BENCHES = ("core", "browser", "pages", "making", "classroom", "memory", "outlook")

USUAL = BENCHES[:5]  # outlook writes down what a chapter tells


def one(name, arguments):
    """Measure one part, show it, and put it into the results."""
    bench = import_module(f"bench.{name}")
    section = bench.main(arguments)
    if section is not None:
        from bench import report  # after the bench, which may have to stay on one core

        print(section.markdown())
        report.write(section, BENCHES)


def all_usual():
    """Measure each part in a process of its own; one that fails leaves the others their turn."""
    failed = [name for name in USUAL if subprocess.call([sys.executable, "-m", "bench", name])]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")


if __name__ == "__main__":
    name, *arguments = sys.argv[1:] or [""]
    if name and name not in BENCHES:
        sys.exit(f"There is no bench {name!r}; there are {', '.join(BENCHES)}.")
    if name:
        one(name, arguments)
    else:
        all_usual()
