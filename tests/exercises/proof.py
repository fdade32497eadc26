"""The proof of an exercise: what earns its points, and what must not.

A master is run once, solved, and its namespace kept. An answer is then put in the place of another
by running it in a copy of that namespace. This is as good as running the whole notebook again,
since `entangled` finds whatever else in the notebook reads what an answer defines.
"""

import functools
import importlib
import symtable
from pathlib import Path

import nbformat
import numpy as np

from lstm_edu.exercises import exercises
from lstm_edu.exercises.blanks import blank, unmarked
from lstm_edu.exercises.checking import judged
from lstm_edu.exercises.collect import collect
from lstm_edu.exercises.master import part_of, tasks

ROOT = Path(__file__).parents[2]
MASTERS = {int(p.name[0]): p for p in sorted((ROOT / "book" / "exercises").glob("[1-9]_*.ipynb"))}
SEEDS = (1, 2, 3)
LEAST = 4  # wrong answers of each exercise


class Chapter:
    """A chapter's master, run once.

    Attributes
    ----------
    notebook
    tasks : dict of str to Task
    exercises : dict of str to Exercise
    wrong : dict of str to list of (str, str)
        By exercise, the fragment of the message and the source that earns it.
    namespace : dict
        All that the solved master defines.
    """

    def __init__(self, number):
        self.notebook = nbformat.read(MASTERS[number], 4)
        self.tasks = tasks(self.notebook)
        self.exercises = {one.name: one for one in exercises(number)}
        self.wrong = importlib.import_module(f"wrong_answers_{number}").WRONG
        self._answers = {}

    @functools.cached_property
    def namespace(self):
        namespace = {"__name__": "__main__"}
        for cell in self.notebook.cells:
            if cell.cell_type == "code" and "%pip" not in cell.source:
                run(unmarked_if_answer(cell), namespace, cell.id)
        return namespace

    def source(self, name, how=unmarked):
        """Return the source of an answer, solved or (`how=blank`) as a student is given it."""
        (place,) = self.tasks[name].cells["answer"]
        return how(self.notebook.cells[place].source)

    def answer(self, name, source):
        """Return what an answer's source gives in the place of the solution."""
        if (name, source) not in self._answers:
            namespace = dict(self.namespace)
            namespace.pop(self.tasks[name].answer, None)
            run(source, namespace, f"<answer to {name}>")
            self._answers[name, source] = namespace[self.tasks[name].answer]
        return self._answers[name, source]


chapter = functools.cache(Chapter)


def unmarked_if_answer(cell):
    belongs = part_of(cell)
    return unmarked(cell.source) if belongs and belongs[1] == "answer" else cell.source


def run(source, namespace, name):
    """Run a cell; a line of its code can be quoted, as in a notebook."""
    exec(compile(source, name, "exec"), namespace)


def problems(one, place, seeds=SEEDS, solution=None):
    """Yield what is wrong with an exercise's check: nothing, where it is proven.

    Parameters
    ----------
    one : Exercise
        Perhaps changed, to see that this would be noticed.
    place : Chapter
    seeds : sequence of int
    solution : str, optional
        Another source in the place of the solution.
    """
    for seed in seeds:
        solved = place.answer(one.name, solution or place.source(one.name))
        for kind, right in {"solution": solved, "reference": one.reference}.items():
            verdict = judged(one, right, seed)
            if not verdict:
                yield f"the {kind} loses: {verdict}"
        for fragment, source in place.wrong[one.name]:
            verdict = judged(one, place.answer(one.name, source), seed)
            if verdict:
                yield f"earns points: {source}"
            elif fragment not in verdict.message:
                yield f"{fragment!r} is not said, but {verdict}, of: {source}"
        for kind, poor in poor_answers(one, place, seed).items():
            if judged(one, poor, seed):
                yield f"{kind} earns points"


def poor_answers(one, place, seed):
    """Return by its kind what nobody should earn points with."""
    common = {
        "the blank": place.answer(one.name, place.source(one.name, blank)),
        "None": None,
        "an empty tuple": (),
        "NaN": np.nan,
        "a text": "no answer",
        "an object": object(),
    }
    if one.draw is None:
        return common | {"a function": lambda: one.reference}
    inputs = one.inputs(np.random.default_rng(seed))

    def again(change):
        """Give what the reference gives, changed."""
        outputs = iter(collect(one.reference, inputs))

        def function(*arguments):
            arrays = {name: change(array) for name, array in next(outputs).items()}
            return arrays[""] if set(arrays) == {""} else tuple(arrays.values())

        return function

    return common | {
        "a function that raises": lambda *arguments: 1 / 0,
        "a function that gives nothing": lambda *arguments: None,
        "a function that gives its argument": lambda *arguments: arguments[0],
        "a function that takes nothing": lambda: 1,
        "all of it NaN": again(lambda a: np.full(a.shape, np.nan)),
        "an axis too many": again(lambda a: a[None]),
        "only the first of each": again(lambda a: a[0] if a.ndim > 1 else a[..., None]),
    }


def entangled(place):
    """Return where something else in the notebook reads what an exercise's answer defines."""
    found = []
    for name in place.tasks:
        sources = [place.source(name), *(source for _, source in place.wrong[name])]
        defined = set().union(*(names(source)[0] for source in sources))
        for cell in place.notebook.cells:
            if cell.cell_type != "code" or "%pip" in cell.source:
                continue
            belongs = part_of(cell)
            if belongs is not None and belongs[0] == name:
                continue
            bound, read = names(unmarked_if_answer(cell))
            for clash in sorted(defined & (read - bound)):
                found.append(f"cell {cell.id!r} reads {clash}, which the answer to {name} defines")
    return found


def names(source):
    """Return the names that a cell binds for all the notebook, and those of it that it reads."""
    top = symtable.symtable(source, "cell", "exec")
    bound = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned()}
    bound |= {symbol.get_name() for symbol in top.get_symbols() if symbol.is_imported()}
    read, tables = set(), [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        read |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (table is top or symbol.is_global())
        }
    return bound, read
