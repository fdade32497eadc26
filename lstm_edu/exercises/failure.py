"""Where a student's function stopped, in their own words: the line, and what it said."""

import linecache
import traceback

#: The longest text of an error that is repeated.
LONGEST = 300


def failure(answer: object, error: BaseException) -> str:
    """Say in which line of the student's code an error arose, and which error it was.

    Parameters
    ----------
    answer : callable
        The student's function.
    error : Exception
        What it raised.
    """
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if len(said) > LONGEST:
        said = said[:LONGEST] + " …"
    frame = _own_frame(answer, error)
    if frame is None:
        return f"your function stopped with {said}"
    line = linecache.getline(frame.filename, frame.lineno).strip()
    quoted = f", `{line}`," if line else ""
    place = f"line {frame.lineno}"
    if frame.name != getattr(answer, "__name__", None):
        place += f" of its cell, in {frame.name}"
    return f"your function stopped in {place}{quoted} with {said}"


def _own_frame(answer: object, error: BaseException) -> traceback.FrameSummary | None:
    """Return the innermost frame in the student's own code: not in NumPy, not in this package."""
    frames = traceback.extract_tb(error.__traceback__)
    code = getattr(answer, "__code__", None)
    if code is not None:
        own = [frame for frame in frames if frame.filename == code.co_filename]
    else:
        own = []
    return own[-1] if own else None
