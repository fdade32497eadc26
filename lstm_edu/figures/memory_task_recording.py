"""Races that were run beforehand, for the picture of a MemoryTask where nothing can run.

    python -m lstm_edu.figures.memory_task_recording

runs the two that the book shows, with the weights and rows that the page draws from seed 0, and
writes how the loss fell: a minute or two.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from lstm_edu import long_lag
from lstm_edu.figures.memory_task import MemoryTask

RUNS = Path(__file__).with_name("memory_task_runs.json")
#: What is recorded: task, lag and seed.
RECORDED = [("adding", 30, 0), ("latch", 30, 0)]
POINTS = 60


def curve(loss: list[float], batch: int) -> list[list[float]]:
    """Return about `POINTS` pairs of sequences seen and mean loss of the last batches."""
    window = long_lag.WINDOW
    means = [np.mean(loss[max(0, k + 1 - window) : k + 1]) for k in range(len(loss))]
    chosen = np.unique(np.linspace(0, len(loss) - 1, POINTS).astype(int))
    return [[int(k + 1) * batch, float(f"{means[k]:.3g}")] for k in chosen]


def record(task: str, lag: int, seed: int) -> dict:
    """Run one race, and return what the picture needs of it."""
    figure = MemoryTask(task=task, lag=lag, seed=seed)
    lanes = {lane: figure.learn(lane) for lane in figure.lanes}
    batch = long_lag.TASKS[task].batch
    return {
        "task": task,
        "lag": lag,
        "seed": seed,
        "lanes": {
            lane: {"solved": learned.solved, "curve": curve(learned.loss, batch)}
            for lane, learned in lanes.items()
        },
    }


def main() -> None:
    """Run the command."""
    runs = [record(*race) for race in RECORDED]
    RUNS.write_text(json.dumps(runs, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
