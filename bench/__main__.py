"""Run the benches: ``python -m bench`` (``make bench``)."""

from bench.core import main

main()
