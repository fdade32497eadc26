"""Runs one notebook and says what its answers give. It stands inside the sandbox.

It reads frames from standard input (eight bytes of length, then a packed value): first the cells
and the limits; then, once the notebook has run, the inputs of each answer. It writes a frame once
the notebook has run, and one for each answer. What is right it does not know. The notebook's code
shares this process and can say in these frames whatever it likes: no more than its answers could.
"""

import json
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_MISSING = object()


def main() -> None:
    """Serve standard input once, then leave at once: no thread and no atexit function goes on."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    setup = json.loads(_frame(incoming))
    restrict(setup["bounds"], setup["identity"])
    sys.path[:0] = [_HERE, *setup["paths"]]
    from cells import run_cells
    from packing import pack, unpack

    names, errors = run_cells(setup["cells"], setup["cell_seconds"], lenient=setup["lenient"])
    _send(outgoing, pack({"errors": [list(pair) for pair in errors]}))
    for question in unpack(_frame(incoming)):
        _send(outgoing, pack(ask(names, question, setup["cell_seconds"])))
    os._exit(0)


def ask(names: dict, question: dict, seconds: float) -> dict:
    """Return what an answer gives.

    Parameters
    ----------
    names : dict
        What the notebook defined.
    question : dict
        ``exercise``, ``answer`` (the name of the object), ``inputs``.
    seconds : float
        That all its calls together may take.

    Returns
    -------
    dict
        ``exercise``, and one of ``calls`` (arrays), ``missing``, ``unfit`` (a text), ``raised``
        (the name of the exception's type).
    """
    from cells import at_most
    from collect import NotAnAnswer, collect

    said = {"exercise": question["exercise"]}
    answer = names.get(question["answer"], _MISSING)
    if answer is _MISSING:
        return said | {"missing": True}
    try:
        with at_most(seconds):
            return said | {"calls": collect(answer, question["inputs"])}
    except NotAnAnswer as error:
        return said | {"unfit": str(error)}
    except BaseException as error:
        return said | {"raised": type(error).__name__}


def restrict(bounds: dict[str, int], identity: int | None) -> None:
    """Give up what is left of the rights, for good.

    Parameters
    ----------
    bounds : dict
        By the names that the module resource gives them: ``RLIMIT_AS`` …
    identity : int or None
        The user that this process becomes.
    """
    if bounds:
        import resource

        for name, value in bounds.items():
            resource.setrlimit(getattr(resource, name), (value, value))
    if identity is not None:
        os.setgroups([])
        os.setresgid(identity, identity, identity)
        os.setresuid(identity, identity, identity)


def _frame(stream) -> bytes:
    return stream.read(int.from_bytes(stream.read(8), "big"))


def _send(outgoing: int, data: bytes) -> None:
    data = len(data).to_bytes(8, "big") + data
    while data:
        data = data[os.write(outgoing, data) :]


if __name__ == "__main__":
    main()
