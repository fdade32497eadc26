"""What a page may do: run and load its own files, and nothing else (a Content-Security-Policy).

What a reader types, pastes or follows as an address is data to the figures; should one of them ever
take it for code, the browser would refuse to run it.
"""

import base64
import hashlib
from pathlib import Path

#: The one script that stands in the page itself, so that no page flashes white at night.
MODE = (Path(__file__).parent / "theme" / "mode.js").read_text("utf-8")

#: `file:` is for the book on a stick: there a page has no origin that 'self' could mean.
OWN = "'self' file:"


def policy(*scripts):
    """Return the policy of a page in which these inline scripts stand."""
    hashes = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{value}'" for value in hashes)
    rules = {
        "default-src": "'none'",
        "script-src": f"{OWN} {allowed}",
        # Set formulas carry their measures in style attributes.
        "style-src": f"{OWN} 'unsafe-inline'",
        "img-src": f"{OWN} data:",
        "font-src": OWN,
        # Networks that train in the page are their figure's own text, run beside the page.
        "worker-src": "blob:",
        "form-action": OWN,
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def setup(app):
    """Hand the policy, and the script that it allows, to the theme."""
    app.connect("html-page-context", describe)


def describe(app, pagename, templatename, context, doctree):
    """Put both into the page's context."""
    context["mode_script"] = MODE
    context["content_policy"] = policy(MODE)
