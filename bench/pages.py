"""How heavy the pages are and how soon they work, beside the same chapters as a stock book."""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.browsing import built_book, chromium, tell
from bench.loading import opened
from bench.report import Row, Section

#: As Lighthouse does for a phone of the middle class.
SLOWER = 4
LONG = 100  # milliseconds
#: Chapters whose loading is timed beside the stock ones; one of them holds no figure.
RACED = ("book/3_algorithm", "book/glossary")
FLOOR = "<!doctype html><html lang=en><title>Floor</title><p>A page with nothing on it.</p></html>"

HOW = """Every page is opened in a window of 1280 × 900 with an empty cache, from a server on this
machine, so that no network counts: as it is, then scrolled through until all its figures stand;
and once more at its first figure with the processor held back {slower} times, as Lighthouse does.
Bytes are decoded, as the browser has to read them. A page with a task of more than {long} ms is
opened twice more, and the median counts. The stock book is made of the same notebooks by Jupyter
Book's defaults; the figures in it are the same ones as ipywidgets, their whole state embedded in
the page. What its pages fetch from other hosts (MathJax, require.js, the widget manager,
anywidget's script) is served from the packages of the same names beside it."""


def main(arguments=()):
    """Measure all pages, and return the section."""
    parser = argparse.ArgumentParser(prog="python -m bench pages", description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--rounds", type=int, default=3, help="of the race with the stock book")
    options = parser.parse_args(arguments)
    book = built_book()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stock, missing = stock_book(folder)
        (folder / "floor").mkdir()
        (folder / "floor" / "index.html").write_text(FLOOR, "utf-8")
        from hosting import hosted

        sites = {"ours": stack.enter_context(hosted(book))}
        sites["floor"] = stack.enter_context(hosted(folder / "floor"))
        if stock is not None:
            sites["stock"] = stack.enter_context(hosted(stock))
        browser = stack.enter_context(chromium())
        found = {
            name: measure(browser, sites, name, figure)
            for name, figure in wanted(book).items()
            if options.only in name
        }
        slow = [name for name in RACED if name in found and stock is not None]
        figures = {name: found[name]["figure"] for name in slow}
        races = {name: race(browser, sites, name, figures[name], options.rounds) for name in slow}
    rows = [*weights(found), *against_stock(found, races), *tasks(found)]
    how = HOW.format(slower=SLOWER, long=LONG)
    packages = ("jupyter-book", "sphinx-book-theme", "ipywidgets", "anywidget", "playwright")
    notes = [missing] if missing else []
    return Section("pages", "Pages", how, rows, [*notes, table(found)], packages)


def stock_book(folder):
    """Return the pages of the stock book and "", or None and why there are none."""
    from bench import stock

    (folder / "stock").mkdir()
    try:
        return stock.build(folder / "stock"), ""
    except RuntimeError as failure:
        reason = str(failure).splitlines()[0]
        return None, f"The stock book is missing here, and all that is measured by it: {reason}"


def wanted(book):
    """Return the name of the first figure of each page, None where it has none."""
    from building import toc
    from gallery import FIGURE

    found = {name: FIGURE.search((book / f"{name}.html").read_text("utf-8")) for name in toc()}
    return {name: None if first is None else first[1] for name, first in found.items()}


def measure(browser, sites, name, figure):
    """Return how one page loads: opened, whole, held back; and opened as a stock page."""
    tell(name)
    address = f"{sites['ours']}/{name}.html"
    from opening import mount_figures

    with opened(browser, address) as visit:
        top = visit.so_far()
        if figure is not None:
            mount_figures(visit.page)
            visit.rest()
        whole = visit.so_far()
    longest = [top.longest]
    while max(longest) > LONG and len(longest) < 3:
        with opened(browser, address) as visit:
            longest.append(visit.so_far().longest)
    with opened(browser, address, figure=figure, slower=SLOWER) as visit:
        slow = visit.so_far()
    found = {"top": top, "whole": whole, "slow": slow, "longest": median(longest)}
    if "stock" in sites:
        with opened(browser, f"{sites['stock']}/{name}.html", figure=figure) as visit:
            found["stock"] = visit.so_far()
    return found | {"figure": figure}


def race(browser, sites, name, figure, rounds):
    """Return rounds of loads of a page, ours, stock and nothing, held back, in turn."""
    found = {site: [] for site in sites}
    for turn in range(rounds):
        tell(f"{name}, beside the stock page, {turn + 1} of {rounds}")
        for site, address in sites.items():
            there = (f"{address}/index.html", None)
            if site != "floor":
                there = (f"{address}/{name}.html", figure)
            with opened(browser, there[0], figure=there[1], slower=SLOWER) as visit:
                found[site].append(visit.so_far())
    return found


def own(load):
    """Return the bytes of a page without the networks that it loads."""
    return load.bytes - load.models


def weights(found):
    """Return the rows on how heavy the pages are."""
    opened_at = {name: own(each["top"]) / 1e6 for name, each in found.items()}
    whole = {name: each["whole"].bytes / 1e6 for name, each in found.items()}
    heaviest, fullest = max(opened_at, key=opened_at.get), max(whole, key=whole.get)
    megabytes = {"against": "decoded", "unit": " MB"}
    yield Row("a page as it opens, without its networks", list(opened_at.values()), **megabytes)
    yield Row(f"the heaviest: {heaviest}", opened_at[heaviest], reach="≤ 1.2", **megabytes)
    yield Row("a page with all its figures and networks", list(whole.values()), **megabytes)
    yield Row(f"the fullest: {fullest}", whole[fullest], **megabytes)
    requests = [each["top"].requests for each in found.values()]
    yield Row("requests of a page as it opens", requests, "files", unit="")


def against_stock(found, races):
    """Return the rows on the same chapters as a stock book."""
    pages = {name: each for name, each in found.items() if "stock" in each}
    if pages:
        lighter = {name: each["stock"].bytes / each["whole"].bytes for name, each in pages.items()}
        least = min(lighter, key=lighter.get)
        yield Row("bytes of the stock page", list(lighter.values()), "ours, whole", "≥ 3")
        yield Row(f"the least: {least}", lighter[least], "ours, whole", "≥ 3")
        fewer = [each["stock"].requests / each["top"].requests for each in pages.values()]
        yield Row("requests of the stock page", fewer, "ours")
    for name, loads in races.items():
        whats = {"first contentful paint": "paint", "time to a working figure": "working"}
        for what, key in whats.items():
            times = {site: [getattr(load, key) for load in each] for site, each in loads.items()}
            if not all(times["ours"]):
                continue
            label = f"{what}, stock, {SLOWER} × slower: {name}"
            yield Row(label, ratios(times["stock"], times["ours"]), "ours, the same")
            if key == "paint":
                label = f"{what}, ours, {SLOWER} × slower: {name}"
                yield Row(label, ratios(times["ours"], times["floor"]), "a page with nothing on it")


def ratios(ours, peers):
    """Return the ratios of neighbouring rounds."""
    return [a / b for a, b in zip(ours, peers, strict=True)]


def tasks(found):
    """Return the rows on what keeps a page from answering."""
    ms = {"against": "wall clock", "unit": " ms"}
    worst = max(found, key=lambda name: found[name]["longest"])
    each = [load["longest"] for load in found.values()]
    yield Row("longest task while a page loads", each, **ms)
    yield Row(f"the longest: {worst}", found[worst]["longest"], reach=f"≤ {LONG}", **ms)
    rest = {
        "longest task until all figures stand": [load["whole"].longest for load in found.values()],
        f"longest task while it loads, {SLOWER} × slower": [
            load["slow"].longest for load in found.values()
        ],
        f"first contentful paint, {SLOWER} × slower": [
            load["slow"].paint for load in found.values()
        ],
        f"time to a working figure, {SLOWER} × slower": [
            load["slow"].working for load in found.values() if load["figure"]
        ],
    }
    for what, values in rest.items():
        if values:
            yield Row(what, values, **ms)


HEAD = (
    "page | kB, opened | networks | kB, whole | stock kB | × lighter | files | stock files "
    "| paint, slow | works, slow | longest task | whole | slow"
)


def table(found):
    """Return all pages, one a row, as Markdown."""
    lines = [f"| {HEAD} |", f"|{'---|' * (HEAD.count('|') + 1)}"]
    for name, each in found.items():
        top, whole, slow, stock = (each.get(key) for key in ("top", "whole", "slow", "stock"))
        cells = [
            name.removeprefix("book/"),
            *(f"{size / 1e3:,.0f}" for size in (own(top), top.models, whole.bytes)),
            f"{stock.bytes / 1e3:,.0f}" if stock else "",
            f"{stock.bytes / whole.bytes:.1f}" if stock else "",
            f"{top.requests}",
            f"{stock.requests}" if stock else "",
            *(f"{slow.paint:.0f}", f"{slow.working:.0f}" if each["figure"] else ""),
            *(f"{ms:.0f}" if ms else "< 50" for ms in (each["longest"], whole.longest)),
            f"{slow.longest:.0f}" if slow.longest else "< 50",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    slow = f'Times in milliseconds; "slow" is {SLOWER} × slower, opened at the first figure.'
    return "\n".join([f"{slow} A task counts as long from 50 ms on.", "", *lines])
