"""Measure what chapter 8 tells of, and write lstm_edu/measured/outlook.json.

    python -m bench outlook

All on one core, by the processor's own clock, so that what else runs on the machine counts little:
some minutes. ``--quick`` measures short sequences only, ``--only PART`` one part.
"""

import argparse
import json
import platform
from datetime import date
from pathlib import Path

from bench.machine import installed, one_core, processor

WHERE = Path(__file__).parents[1] / "lstm_edu" / "measured" / "outlook.json"
PACKAGES = ("numpy", "tensorflow", "keras")
PARTS = ("tokens", "fused", "precision", "lengths")


def main(arguments=()):
    """Measure, and write the record."""
    parser = argparse.ArgumentParser(prog="python -m bench outlook", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="this part; the rest of the record stays")
    parser.add_argument("--quick", action="store_true", help="short sequences only")
    parser.add_argument("--to", type=Path, default=WHERE, help="where the record goes")
    options = parser.parse_args(arguments)
    one_core()

    from bench import lengths, remedies

    def all_lengths():
        rows = []
        for length in lengths.LENGTHS[:3] if options.quick else lengths.LENGTHS:
            rows.append(lengths.at(length))
            print(rows[-1], flush=True)
        return {"batch": lengths.BATCH, "units": lengths.UNITS, "rows": rows}

    parts = {
        "tokens": remedies.tokens,
        "fused": remedies.fused,
        "precision": remedies.precision,
        "lengths": all_lengths,
    }
    record = json.loads(options.to.read_text("utf-8")) if options.only else {}
    record |= {
        "command": "python -m bench outlook",
        "date": date.today().isoformat(),
        "machine": {"processor": processor(), "cores used": 1, "clock": "process time"},
        "versions": {"python": platform.python_version()} | {n: installed(n) for n in PACKAGES},
    }
    for name in [options.only] if options.only else PARTS:
        record[name] = parts[name]()
    options.to.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    print(f"written: {options.to}")
