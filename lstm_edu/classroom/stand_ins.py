"""Modules that can be imported and hold nothing: what an answer must not call is not there."""

import ast
from collections.abc import Iterable

_STAND_IN = '''

class _StandIn(type):
    """The type of what can be imported, and not used."""

    def __call__(cls, *_, **__):
        raise NotImplementedError("not there while answers are graded")

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotImplementedError("not there while answers are graded")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return globals().setdefault(name, _StandIn(name, (), {}))
'''

#: A module whose every name can be called, indexed and looped over, and does nothing.
SILENT = '''"""Not shown while answers are graded."""


class _Silent:
    def __init__(self, *_, **__):
        pass

    def __call__(self, *_, **__):
        return self

    def __getitem__(self, _):
        return self

    def __iter__(self):
        return iter(())

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Silent()
'''


def stand_in(source: str = "", kept: Iterable[str] = ()) -> str:
    """Return the source of a module that holds only some of another's classes and functions.

    Parameters
    ----------
    source : str
        The other's.
    kept : iterable of str
        Names that stay, with all that they use of the module. Every other name is a stand-in: it
        can be imported, and raises NotImplementedError when it is used.

    Raises
    ------
    ValueError
        If there is no class or function of a name that is to stay.
    """
    wanted = set(kept)
    if not wanted:
        return _STAND_IN.lstrip()
    module = ast.parse(source)
    defined = {node.name: node for node in module.body if isinstance(node, _DEFINITIONS)}
    if not wanted <= set(defined):
        raise ValueError(f"there is no {sorted(wanted - set(defined))[0]!r} to keep")
    waiting, needed = list(wanted), set()
    while waiting:
        name = waiting.pop()
        if name in needed:
            continue
        needed.add(name)
        used = {node.id for node in ast.walk(defined[name]) if isinstance(node, ast.Name)}
        waiting += used & set(defined)
    for node in [*module.body]:
        name = getattr(node, "name", None)
        if isinstance(node, _DEFINITIONS) and name not in needed:
            module.body.remove(node)
    return ast.unparse(module) + _STAND_IN


_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
