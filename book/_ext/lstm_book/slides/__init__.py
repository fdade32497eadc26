"""Slides from the chapters: a section's question as the heading, what it shows, its text on demand.

They are made of the built pages, so that equations are set and figures move as they do there, and
lie beside them: ``_build/html/slides``. reveal.js turns the slides, from its npm package; nothing
is fetched.
"""

import re
import shutil
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template

from bs4 import BeautifulSoup, Tag

HERE = Path(__file__).parent
#: Code of more lines is read in the book, not from a wall.
MOST_LINES = 14
SHOWN = ".lstm-figure, .cell_output img, table, .katex-display, div.goals"
STYLES = ("fonts", "katex.min", "colours", "text", "notebook", "figures")


@dataclass
class Slide:
    """What stands on a slide, and the text of the book that belongs to it."""

    heading: str
    shown: list[Tag] = field(default_factory=list)
    text: list[Tag] = field(default_factory=list)

    def html(self) -> str:
        """Return the slide as reveal.js wants it."""
        shown = "".join(str(element) for element in self.shown)
        text = "".join(str(element) for element in self.text)
        if not shown:
            shown, text = text, ""
        said = f"<details class=notes><summary>Text</summary>{text}</details>" if text else ""
        return f"<section><div class=slide>{self.heading}{shown}{said}</div></section>"


def slides(main: Tag) -> list[Slide]:
    """Return the slides of a chapter.

    Parameters
    ----------
    main : Tag
        The page's text.
    """
    for extra in main.select(".book-run, .headerlink, .copybtn, .tag_hide-cell > details"):
        extra.decompose()
    found = []
    walk(main.section or main, None, found)
    return [slide for slide in found if slide.shown or slide.text]


def walk(section: Tag, heading: Tag | None, found: list[Slide]) -> None:
    """Add the slides of a section, in the order of its text."""
    for element in section.find_all(recursive=False):
        if element.name in ("h1", "h2", "h3"):
            heading = element
            found.append(Slide(str(heading)))
        elif element.name == "section":
            walk(element, heading, found)
        elif shows(element):
            if found[-1].shown or heading.name == "h1":
                found.append(Slide(again(heading)))
            found[-1].shown.append(element)
        else:
            found[-1].text.append(element)


def shows(element: Tag) -> bool:
    """Tell whether an element is to be seen by all, and not only to be read."""
    if element.name in ("ul", "ol") or element.select_one(SHOWN):
        return True
    if "goals" in element.get("class", ()) or element.name == "table":
        return True
    code = element.select_one(".cell_input pre")
    return code is not None and code.get_text().strip().count("\n") < MOST_LINES


def again(heading: Tag) -> str:
    """Return a heading for a slide that goes on."""
    return f"<p class=again>{heading.decode_contents()}</p>"


def page(chapter: Path) -> str:
    """Return the slides of a built page as a page of their own."""
    soup = BeautifulSoup(chapter.read_text("utf-8"), "html.parser")
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    links = [str(link) for link in soup.select("link[rel=stylesheet]") if styled(link["href"])]
    scripts = [str(tag) for tag in soup.select("script[src]") if "page.js" in tag["src"]]
    title = soup.title.get_text()
    mode = next(tag.string for tag in soup.find_all("script", src=False))
    main = soup.find("main")
    for link in main.find_all("a", href=re.compile(r"^[^#/:]+\.html")):
        link["href"] = f"../{chapter.parent.name}/{link['href']}"
    return Template((HERE / "page.html").read_text("utf-8")).substitute(
        **{"lang": soup.html["lang"], "policy": escape(policy)},
        **{"title": escape(title), "mode": mode},
        styles="\n".join(links),
        scripts="\n".join(scripts),
        slides="\n".join(slide.html() for slide in slides(main)),
        chapter=escape(f"../{chapter.parent.name}/{chapter.name}"),
    )


def styled(address: str) -> bool:
    """Tell whether slides need a style sheet of the pages."""
    return Path(address.partition("?")[0]).stem in STYLES


def write(html: Path, reveal: Path) -> list[Path]:
    """Write the slides of all chapters beside the built book; return their files.

    Parameters
    ----------
    html : Path
        The built book.
    reveal : Path
        The npm package of reveal.js.

    Raises
    ------
    FileNotFoundError
        If either is not there.
    """
    for needed, made in ((html / "book", "make book"), (reveal / "dist", "make test")):
        if not needed.is_dir():
            raise FileNotFoundError(f"{needed} is not there; `{made}` makes it")
    target = html / "slides"
    target.mkdir(exist_ok=True)
    for name in ("reveal.js", "reveal.css"):
        shutil.copy(reveal / "dist" / name, target / name)
    shutil.copy(reveal / "LICENSE", target / "reveal-LICENSE.txt")
    for name in ("slides.css", "slides.js"):
        shutil.copy(HERE / name, target / name)
    written = []
    for chapter in sorted((html / "book").glob("[0-9]_*.html")):
        written.append(target / chapter.name)
        written[-1].write_text(page(chapter), "utf-8")
    return written
