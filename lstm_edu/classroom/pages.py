"""The frame of a page for students or teachers: one file, offline, by day and by night."""

from html import escape

from lstm_edu.colours import THEMES, colours

# Nothing is loaded, nothing runs: what a student wrote could stand in such a page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 52rem; background: var(--background);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; }
p { margin: .4rem 0; }
.muted { color: var(--muted); }
.notice { border-left: .3rem solid var(--f); background: var(--surface); padding: .6rem .9rem;
  margin: 1rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { overflow-wrap: anywhere; text-align: left; vertical-align: top;
  padding: .45rem .7rem .45rem 0;
  border-bottom: 1px solid var(--rule); }
th { font-weight: 600; }
th .muted { font-weight: 400; }
.unit { display: none; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.words { min-width: 12rem; }
.right { color: var(--i); } .wrong { color: var(--f); }
.mark { font-weight: 600; white-space: nowrap; }
svg { display: block; width: 100%; height: auto; }
svg.bar { height: .7rem; margin: .35rem 0 .1rem; }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .axis { stroke: var(--rule); } svg .quiet { fill: var(--muted); }
@media (max-width: 34rem) {
  table.stacked thead { position: absolute; clip-path: inset(50%); }
  table.stacked tr { display: block; padding: .7rem 0; border-bottom: 1px solid var(--rule); }
  table.stacked td, table.stacked th { display: block; border: 0; padding: .1rem 0;
    text-align: left; }
  .unit { display: inline; }
  svg text { font-size: 20px; }
}
@media print { body { max-width: none; } }
"""


def page(title: str, body: str) -> str:
    """Return a whole page.

    Parameters
    ----------
    title : str
        As text.
    body : str
        As HTML.
    """
    sheets = [_variables(theme) for theme in THEMES]
    style = f"{sheets[0]}\n@media (prefers-color-scheme: dark) {{ {sheets[1]} }}\n{_STYLE}"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(title)}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def text(value: object) -> str:
    """Return text as HTML shows it: no markup, no marks that turn the line's direction."""
    return escape("".join(letter if letter.isprintable() else " " for letter in str(value)))


def prose(value: str) -> str:
    """Return a sentence as HTML, what stands between backticks as code."""
    pieces = text(value).split("`")
    if len(pieces) % 2 == 0:
        return "`".join(pieces)
    return "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(pieces))


def table(head: str, rows: list[str]) -> str:
    """Return a table of HTML rows, which a narrow window shows one below the other."""
    body = "".join(rows)
    return f'<table class="stacked"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _variables(theme: str) -> str:
    shades = colours(theme)
    pairs = {
        name: getattr(shades, name) for name in ("background", "surface", "rule", "muted", "ink")
    }
    pairs |= shades.text | {f"fill-{name}": shade for name, shade in shades.fill.items()}
    return ":root { " + " ".join(f"--{name}: {shade};" for name, shade in pairs.items()) + " }"
