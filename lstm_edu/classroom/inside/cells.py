"""A notebook's cells, run from top to bottom without a kernel."""

import ast
import asyncio
import builtins
import inspect
import re
import signal
import sys
import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

#: Cell magics whose body is Python all the same.
_RUN = ("%%time", "%%timeit", "%%capture", "%%prun")
_MAGIC = re.compile(r"^(?P<start>\s*(?:[\w., \[\]]+=\s*)?)(?P<magic>[%!?].*|[\w.]+\?{1,2}\s*)$")


class OutOfTime(BaseException):
    """A cell, or an answer, took longer than it may."""


def run_cells(
    cells: Sequence[str], seconds: float, *, lenient: bool = False
) -> tuple[dict, list[tuple[int, str]]]:
    """Run the sources of code cells.

    A cell that raises, or takes too long, does not stop the later ones. Lines for IPython or a
    shell (``%matplotlib inline``, ``!pip install``) do nothing, and what is displayed goes nowhere.

    Parameters
    ----------
    cells : sequence of str
    seconds : float
        That each may take.
    lenient : bool
        A statement that raises does not stop the others of its cell either: for runs in which
        something is missing that a notebook may well have used.

    Returns
    -------
    names : dict
        What the cells defined.
    errors : list of (int, str)
        The number of a cell that raised, from 0, and the name of the exception's type.
    """
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module  # classes that cells define say that they come from there
    names = vars(module)
    names.update(__builtins__=builtins, display=_nothing, get_ipython=_Shell)
    errors = []
    for number, source in enumerate(cells):
        try:
            with at_most(seconds):
                _run(source, names, f"<cell {number}>", lenient)
        except BaseException as error:
            errors.append((number, type(error).__name__))
    return names, errors


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in here after so many seconds, where the system has such an alarm."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def python(source: str) -> str:
    """Return the source of a cell without what only IPython understands."""
    first, _, body = source.lstrip().partition("\n")
    if first.startswith("%%"):
        return python(body) if first.split()[0] in _RUN else ""
    try:
        ast.parse(source)
    except SyntaxError:
        return "\n".join(_plain(line) for line in source.split("\n"))
    return source


def _plain(line: str) -> str:
    found = _MAGIC.match(line)
    if not found:
        return line
    start = found["start"]
    return f"{start}None" if "=" in start else f"{start}pass"


def _run(source: str, names: dict, name: str, lenient: bool) -> None:
    tree = ast.parse(python(source), name)
    if not lenient:
        return _execute(tree, names, name)
    failure = None
    for statement in tree.body:
        try:
            _execute(ast.Module([statement], []), names, name)
        except OutOfTime:
            raise
        except BaseException as error:
            failure = failure or error
    if failure is not None:
        raise failure


def _execute(tree: ast.Module, names: dict, name: str) -> None:
    code = compile(tree, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    result = eval(code, names)
    if inspect.iscoroutine(result):
        asyncio.run(result)


def _interrupt(*_) -> None:
    raise OutOfTime


def _nothing(*_, **__) -> None:
    """Take the place of what shows something."""


class _Shell:
    """Stands for IPython's shell; whatever it is asked to do, it does nothing."""

    def __getattr__(self, name: str):
        return _nothing
