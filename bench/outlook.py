"""Measure what chapter 8 tells of, and write lstm_edu/measured/outlook.json.

    python -m bench outlook

All on one core, by the processor's own clock, so that what else runs on the machine counts little:
some minutes. ``--quick`` measures short sequences only, ``--only PART`` one part.
"""

import argparse
import json
import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

WHERE = Path(__file__).parents[1] / "lstm_edu" / "measured" / "outlook.json"
PACKAGES = ("numpy", "tensorflow", "keras")
PARTS = ("tokens", "fused", "precision", "lengths")


def one_core():
    """Stay on one core, and let TensorFlow use the library of its processor's maker."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def processor():
    """Return what the processor calls itself."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def installed(package):
    """Return the version of a package; TensorFlow has a name of its own where it is CPU only."""
    try:
        return version(package)
    except PackageNotFoundError:
        return version(f"{package}-cpu")


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
