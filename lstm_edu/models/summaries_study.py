"""What the two summarisers are compared in: words kept, whole lines, and what a split claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from lstm_edu.datasets.docstrings import Docstrings
from lstm_edu.models import summaries_baselines as baselines
from lstm_edu.models import summaries_extract as extract
from lstm_edu.models import summaries_lines as lines
from lstm_edu.models import summaries_write as writing
from lstm_edu.models.seeds import Run
from lstm_edu.models.summaries_data import Read, average_precision, is_content

PARTS = ("train", "validation", "test")
#: Every so many texts of the test one is shown with what was written.
SHOWN = 240
WRITER, SENTENCE, WORDS = (
    "LSTM that writes (encoder-decoder)",
    "sentence chosen by the LSTM in both directions",
    "words kept by the LSTM in both directions",
)


def read_parts(data: Docstrings) -> dict[str, Read]:
    """Return the three parts in words."""
    return {name: Read.of(getattr(data, name)) for name in PARTS}


def percent(share: float) -> float:
    """Return a share in per cent."""
    return round(100 * float(share), 2)


def scored(made: Sequence[lines.Line], read: Read) -> dict[str, float]:
    """Return the F1 of lines in per cent: of their content words, and of all their words."""
    return {
        "content": percent(lines.score(made, read)),
        "all": percent(lines.score(made, read, content=False)),
    }


def threshold(said: Sequence[np.ndarray], read: Read) -> float:
    """Return from which probability on keeping a word gives the best F1, in steps of 0.05."""
    kept, p = read.pooled(said)
    steps = np.arange(1, 20) / 20
    scores = [2 * (kept & (p >= step)).sum() / (kept.sum() + (p >= step).sum()) for step in steps]
    return float(steps[int(np.argmax(scores))])


def simple_lines(parts: Mapping[str, Read]) -> dict[str, dict[str, float]]:
    """Return how well lines do that no network made, by name; how many words on validation."""
    train, held, test = (parts[name] for name in PARTS)
    rarity = baselines.Rarity(train.bodies)
    makers = {
        "the same words each time": partial(lines.same_words, train),
        "first words of the text": lines.first_words,
        "rare and repeated words (TF-IDF)": lambda read, taken: lines.best_words(
            read, rarity.weighted(read.bodies), taken
        ),
    }
    found = {}
    for name, make in makers.items():
        taken = lines.chosen(make, held)
        found[name] = scored(make(test, taken), test) | {"taken": taken}
    line = baselines.Line(train, held, neighbours=True)
    found["words kept by logistic regression"] = picked_lines(parts, line(held), line(test))[WORDS]
    found["first sentence of the text"] = scored(lines.first_sentences(test), test)
    found["line of the most similar text (TF-IDF)"] = scored(lines.Nearest(train)(test), test)
    return found


def picked_lines(
    parts: Mapping[str, Read], on_held: Sequence[np.ndarray], on_test: Sequence[np.ndarray]
) -> dict[str, dict[str, float]]:
    """Return how well lines do that are picked by what a network, or a line, says of each word.

    Parameters
    ----------
    parts : mapping of Read
        The parts.
    on_held, on_test : sequence of ndarray, each (words,)
        What it says of validation and test.
    """
    held, test = parts["validation"], parts["test"]
    said = {id(held): on_held, id(test): on_test}

    def make(read: Read, taken: int) -> list[lines.Line]:
        return lines.best_words(read, said[id(read)], taken)

    taken = lines.chosen(make, held)
    return {
        SENTENCE: scored(lines.one_sentence(test, on_test), test),
        WORDS: scored(make(test, taken), test) | {"taken": taken},
    }


def writer(runs: Sequence[Run], parts: Mapping[str, Read], names: Sequence[str]) -> dict:
    """Return how well the writers write, and what, with its causes.

    Parameters
    ----------
    runs : sequence of Run
        The trainings.
    parts : mapping of Read
        The parts.
    names : sequence of str
        What the texts of the test describe.
    """
    test = parts["test"]
    some = parts["train"]
    every = max(1, len(some) // 500)
    some = Read(*(column[::every] for column in (some.bodies, some.lines, some.content, some.kept)))
    found: dict = {"runs": []}
    for run in runs:
        made = writing.write(run.made, test)
        again = writing.write(run.made, some)
        row = {"seed": run.seed, **scored(made, test), "history": run.made.history}
        row["on_training"] = scored(again, some)["content"]
        row["distinct"] = percent(len(set(made)) / len(made))
        found["runs"].append(row)
        if run is runs[0]:
            common = Counter(made).most_common(5)
            found["common"] = [[" ".join(line), times] for line, times in common]
            found["samples"] = [[names[k], " ".join(made[k])] for k in range(0, len(made), SHOWN)]
    asked = [word for line in test.lines for word in line if is_content(word)]
    known = set(runs[0].made.vocabulary)
    found["cannot_write"] = percent(np.mean([word not in known for word in asked]))
    inside = [
        word in body
        for body, line in zip(map(set, test.bodies), test.lines, strict=True)
        for word in line
        if is_content(word)
    ]
    found["in_the_text"] = percent(np.mean(inside))
    return found


def claims(parts: Mapping[str, Read], keeper: Run, author: Run) -> dict[str, float]:
    """Return what a split lets one claim, in per cent, by name.

    Parameters
    ----------
    parts : mapping of Read
        The parts of that split.
    keeper, author : Run
        An extractive network and a writer, both trained on its training part.
    """
    train, held, test = (parts[name] for name in PARTS)
    nearest = lines.Nearest(train)(test)
    written = writing.write(author.made, test)
    line = baselines.Line(train, held, neighbours=True)(test)
    kept = extract.answers(extract.exported(keeper.made), test)
    known = set(train.lines)
    return {
        "words kept by the network": percent(average_precision(*test.pooled(kept))),
        "words kept by logistic regression": percent(average_precision(*test.pooled(line))),
        "lines that the network writes": scored(written, test)["content"],
        "line of the most similar text": scored(nearest, test)["content"],
        "of these, right word for word": percent(
            np.mean([a == b for a, b in zip(nearest, test.lines, strict=True)])
        ),
        "summary lines that are in the training": percent(
            np.mean([line in known for line in test.lines])
        ),
    }
