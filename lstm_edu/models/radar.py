"""Train the book's nowcasters, on SIMULATED rain and on a storm, score them, and export them.

    python -m lstm_edu.models.radar

writes ``radar.json`` beside this file and the records of both comparisons,
``lstm_edu/results/radar_simulated.json`` and ``radar_storm.json``: some ten minutes on one core.
The storm's file must be there: ``python -m lstm_edu.datasets.stage_iv`` fetches it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lstm_edu import packing, rain, results
from lstm_edu.datasets.rain import Rain, simulated_rain
from lstm_edu.datasets.stage_iv import Storm, storm
from lstm_edu.models import radar_baselines as baselines
from lstm_edu.models.command import options_of, report
from lstm_edu.models.radar_training import (
    BATCH,
    FILTERS,
    LEARNING_RATE,
    SIZE,
    Draw,
    patches,
    rows,
    train,
)
from lstm_edu.models.seeds import (
    SEEDS,
    Run,
    data_of,
    environment,
    mean_seconds,
    on_one_thread,
    over_seeds,
    provenance,
)
from lstm_edu.nowcast import FORMAT, Nowcaster, csi, mean_squares

NAME = "radar"
COMMAND = f"lstm_edu.models.{NAME}"
PACKAGES = ("keras", "numpy", "scipy", "tensorflow")
#: Hours of the storm that are read, and that are forecast.
STORM_PAST = STORM_AHEAD = 4
#: The part of the storm that travels with the model: from this row and column, GRID pixels a side.
CARRIED_ROW, CARRIED_COLUMN = 42, 14

SIMULATED, STORM = "simulated", "storm"
#: Batches. Ten hours of one storm are soon known by heart.
STEPS = {SIMULATED: 1200, STORM: 600}


class Task(NamedTuple):
    """What a network is trained, chosen and tested on, in levels.

    Attributes
    ----------
    draw : callable
        Draws batches to train on.
    validation, test : ndarray, shape (windows, past + ahead, height, width)
        To choose by, and to be scored on.
    past : int
        How many frames are read.
    """

    draw: Draw
    validation: np.ndarray
    test: np.ndarray
    past: int


def simulated_task(data: Rain) -> Task:
    """Return the task of the SIMULATED rain."""
    train, validation, test = (
        rain.level(part.astype(np.float64)) for part in (data.train, data.validation, data.test)
    )
    return Task(rows(train), validation, test, rain.PAST)


def storm_task(data: Storm) -> Task:
    """Return the task of the storm: no hour that is forecast is in two parts."""
    levels = rain.level(data.rain.astype(np.float64))
    length = STORM_PAST + STORM_AHEAD

    def windows(first: int, end: int) -> np.ndarray:
        """Return all windows whose forecast hours are from `first` on and before `end`."""
        starts = range(first - STORM_PAST, end - length + 1)
        return np.stack([levels[at : at + length] for at in starts])

    return Task(
        patches(levels[: data.trained], length),
        windows(data.trained, data.chosen),
        windows(data.chosen, len(levels)),
        STORM_PAST,
    )


class Score(NamedTuple):
    """Mean squared error of levels, and critical success index in per cent."""

    error: float
    csi: float


def score(method: baselines.Method, task: Task, part: str = "test") -> Score:
    """Return how well a method does on a part of a task, over all steps ahead."""
    windows = getattr(task, part)
    found, truth = baselines.forecasts(method, windows, task.past), windows[:, task.past :]
    return Score(
        round(float(mean_squares(found, truth).mean()), 6),
        round(100 * float(csi(found, truth).mean()), 2),
    )


def method_of(network: Nowcaster) -> baselines.Method:
    """Return a network as a method."""
    return lambda past, ahead: network.forecast(past, ahead).frames


def record(task: Task, networks: dict[str, list[Run]], data, **said) -> results.Results:
    """Return the record of everything compared on a task.

    Parameters
    ----------
    task : Task
        On which.
    networks : dict of list of Run
        Trained networks by name, that of the page first.
    data : Rain or Storm
        Where it comes from.
    **said
        ``name``, ``title``, ``question``, ``on``, ``source`` of the record.
    """
    blur = baselines.best_blur(task.validation, task.past)
    table = []
    for name, method in baselines.methods(blur).items():
        found = score(method, task)
        print(name, found, flush=True)
        note = f"a bell of {blur:g} pixels, chosen on validation" if "blurred" in name else ""
        table.append(results.Row(name, "baseline", (found.error,), note=note))
    for name, runs in networks.items():
        found = [score(method_of(run.made.network), task) for run in runs]
        print(name, found, flush=True)
        table.append(
            results.Row(
                name,
                "network",
                tuple(each.error for each in found),
                seconds=mean_seconds(runs),
                parameters=runs[0].made.network.parameters,
            )
        )
    on, source = said.pop("on"), said.pop("source")
    return results.Results(
        page="5_radar",
        measure=results.Measure("mean squared error of rain levels", "", "lower", 4, on),
        rows=tuple(table),
        data=data_of(data, source),
        command=f"python -m {COMMAND}",
        seeds=SEEDS,
        environment=environment(PACKAGES),
        **said,
    )


def chosen(runs: list[Run], task: Task) -> Run:
    """Return the training whose network errs least on the validation part."""
    return min(runs, key=lambda run: score(method_of(run.made.network), task, "validation").error)


def carried(data: Storm) -> dict[str, object]:
    """Return the part of the storm's test hours that travels with the model, JSON-able."""
    first = data.chosen - STORM_PAST
    down = slice(CARRIED_ROW, CARRIED_ROW + rain.GRID)
    across = slice(CARRIED_COLUMN, CARRIED_COLUMN + rain.GRID)
    levels = rain.level(data.rain[first:, down, across].astype(np.float64))
    return {
        "frames": packing.quantize(levels),
        "begins": f"{data.times[first]:%Y-%m-%d %H:%M}",
        "past": STORM_PAST,
        "ahead": STORM_AHEAD,
        "licence": data.licence,
        "citation": data.citation,
        "changes": (
            f"{rain.GRID} × {rain.GRID} pixels of the test hours; ln(1 + mm) / ln(101), "
            "rounded to 8 bits"
        ),
    }


def export(
    best: dict[str, Run], tasks: dict[str, Task], data: dict[str, Rain | Storm]
) -> dict[str, object]:
    """Return both networks, rounded to 8 bits, with what their page needs, JSON-able."""
    networks, lost, scores = {}, {}, {}
    for name, run in best.items():
        whole, task = run.made.network, tasks[name]
        small = whole.quantized()
        networks[name] = whole.to_dict()
        before, after = (
            baselines.forecasts(method_of(network), task.test, task.past)
            for network in (whole, small)
        )
        lost[name] = {
            "largest": round(float(np.abs(after - before).max()), 5),
            "mean": round(float(np.abs(after - before).mean()), 6),
        }
        found = score(method_of(small), task)
        scores[name] = {"seed": run.seed, "test": found.error, "csi": found.csi}
        print(name, scores[name], lost[name], flush=True)
    return {
        "format": FORMAT,
        "name": NAME,
        "title": "Radar nowcasting",
        "networks": networks,
        "storm": carried(data[STORM]),
        "scores": {"unit": "mean squared error of levels; CSI in per cent", **scores},
        "quantization": {"bits": 8, "unit": "levels", **lost},
        "provenance": {
            name: provenance(COMMAND, each, PACKAGES)
            | {"filters": FILTERS, "size": SIZE, "batch": BATCH, "steps": STEPS[name]}
            | {"learning_rate": LEARNING_RATE, "seeds": list(SEEDS)}
            for name, each in data.items()
        },
    }


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    description = "Train the book's nowcasters, score them, and export them."
    parser = options_of(COMMAND, description, Path(__file__).with_suffix(".json"))
    options = parser.parse_args(arguments)
    data = {SIMULATED: simulated_rain(), STORM: storm()}
    tasks = {SIMULATED: simulated_task(data[SIMULATED]), STORM: storm_task(data[STORM])}
    progress = sys.stderr.isatty()

    def trained(name: str) -> list[Run]:
        """Train on a task from each seed."""
        task = tasks[name]
        return over_seeds(lambda seed: train(task.draw, task.past, seed, STEPS[name], progress))

    runs = {name: trained(name) for name in tasks}
    title = f"ConvLSTM, {FILTERS} filters"
    records = (
        record(
            tasks[SIMULATED],
            {title: runs[SIMULATED]},
            data[SIMULATED],
            name="radar_simulated",
            title="Simulated rain",
            question="Where will SIMULATED rain be in the next six steps?",
            on="the 120 sequences of the test part, six steps ahead",
            source="lstm_edu.rain: SIMULATED cells of rain that a wind carries",
        ),
        record(
            tasks[STORM],
            {f"{title}, trained on its early hours": runs[STORM]}
            | {f"{title}, trained on simulated rain": runs[SIMULATED]},
            data[STORM],
            name="radar_storm",
            title="A real storm",
            question="Where will a hurricane's rain be in the next four hours?",
            on="the storm's last seven hours, four hours ahead",
            source="stars 0.6-0 (Debian: r-cran-stars): NCEP Stage IV over the Carolinas",
        ),
    )
    best = {name: chosen(runs[name], tasks[name]) for name in tasks}
    exported = export(best, tasks, data)
    options.output.write_text(packing.dumps(exported), encoding="utf-8", newline="\n")
    report(options.output, options.unrecorded, *records)


if __name__ == "__main__":
    on_one_thread(__spec__.name)
    main()
