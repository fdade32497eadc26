"""A drawing board in pixels, y downwards, for pictures that are drawn rather than plotted."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lstm_edu.colours import Colours

WIDEST = 15.0  # pixels: the pipe of a full value


class Canvas:
    """Lines, boxes and text on axes, in the pixels of a drawing `width` wide.

    Parameters
    ----------
    ax : matplotlib axes
        Where to draw; its own frame is taken away.
    width, height : float
        Size of the drawing in pixels; it keeps its shape and fills the width of the axes.
    shades : Colours
        The colours of the ground.
    """

    def __init__(self, ax: Axes, width: float, height: float, shades: Colours) -> None:
        self.ax, self.shades = ax, shades
        self.width, self.height = width, height
        self.alpha = 1.0
        self._order = 1
        ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal")
        ax.axis("off")
        figure = ax.get_figure()
        box, size = ax.get_position(), figure.get_size_inches()
        inches = min(box.width * size[0], box.height * size[1] * width / height)
        self.point = 72 * inches / width  # points a pixel

    def _next(self) -> int:
        self._order += 1
        return self._order

    def text(
        self,
        x: float,
        y: float,
        text: str,
        colour: str,
        *,
        size: float = 13,
        anchor: str = "left",
        family: str = "sans-serif",
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        """Write `text` with its base line at `y`."""
        self.ax.text(
            x,
            y,
            text,
            color=colour,
            fontsize=size * self.point,
            ha=anchor,
            va="baseline",
            family=family,
            fontweight="bold" if bold else "normal",
            fontstyle="italic" if italic else "normal",
            alpha=self.alpha,
            zorder=self._next(),
            parse_math=False,
        )

    def symbol(self, x: float, y: float, text: str, colour: str, *, size=20, anchor="left") -> None:
        """Write a symbol of the equations."""
        self.text(
            x, y, text, colour, size=size, anchor=anchor, family="serif", bold=True, italic=True
        )

    def number(self, x: float, y: float, text: str, colour: str, *, size=13, anchor="left") -> None:
        """Write a number, in figures of equal width."""
        self.text(x, y, text, colour, size=size, anchor=anchor, family="monospace", bold=True)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 1.2) -> None:
        """Draw a line through points."""
        x, y = zip(*points, strict=True)
        self.ax.plot(
            x,
            y,
            color=colour,
            linewidth=width * self.point,
            solid_joinstyle="round",
            solid_capstyle="butt",
            alpha=self.alpha,
            zorder=self._next(),
        )

    def pipe(self, points: Sequence[tuple[float, float]], share: float, colour: str) -> None:
        """Draw a pipe as wide as its share, −1 to 1, of the widest; a negative one is hollow."""
        width = 1.2 + min(1.0, abs(share)) * (WIDEST - 1.2)
        self.line(points, colour, width)
        if share < 0 and width > 4:
            self.line(
                points, mix(colour, self.shades.background, 0.16), min(width - 4, width * 0.55)
            )

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        radius: float = 0.0,
        fill: str = "none",
        edge: str = "none",
        line: float = 1.5,
        alpha: float | None = None,
    ) -> None:
        """Draw a rectangle with round corners; `alpha` overrides that of the drawing."""
        self.ax.add_patch(
            PathPatch(
                _rounded(left, top, width, height, min(radius, width / 2, height / 2)),
                facecolor=fill,
                edgecolor=edge,
                linewidth=line * self.point if edge != "none" else 0,
                alpha=self.alpha if alpha is None else alpha,
                zorder=self._next(),
            )
        )

    def node(self, x: float, y: float, sign: str, radius: float) -> None:
        """Draw × or + in a circle, on a pipe."""
        self._badge(x, y, radius, radius, self.shades.ink, 1.5)
        arm = radius * 0.4
        if sign == "×":
            strokes = ((-arm, -arm, arm, arm), (-arm, arm, arm, -arm))
        else:
            strokes = ((-1.3 * arm, 0, 1.3 * arm, 0), (0, -1.3 * arm, 0, 1.3 * arm))
        for x0, y0, x1, y1 in strokes:
            self.line([(x + x0, y + y0), (x + x1, y + y1)], self.shades.ink, 1.8)

    def pill(self, x: float, y: float, text: str, colour: str) -> None:
        """Draw the name of a function on the way of a number."""
        self._badge(x, y, 7 + 3.8 * max(2, len(text)), 10.5, colour, 1.3)
        self.text(x, y + 4.5, text, colour, anchor="center", italic=True, family="serif")

    def _badge(
        self, x: float, y: float, half: float, upright: float, colour: str, line: float
    ) -> None:
        """Draw an opaque ground with an edge, so that no pipe shines through."""
        self.box(
            x - half,
            y - upright,
            2 * half,
            2 * upright,
            radius=upright,
            fill=self.shades.background,
            edge=mix(colour, self.shades.background, self.alpha),
            line=line,
            alpha=1.0,
        )


def _rounded(left: float, top: float, width: float, height: float, radius: float) -> Path:
    """Return the outline of a rectangle whose corners are quarters of a circle, near enough."""
    right, bottom = left + width, top + height
    corner = radius * 0.4477  # A cubic curve with this handle stays within 0.03 % of the circle.
    vertices = [(left + radius, top)]
    for x, y, (dx, dy) in (
        (right, top, (0, 1)),
        (right, bottom, (-1, 0)),
        (left, bottom, (0, -1)),
        (left, top, (1, 0)),
    ):
        into, out = (dy, -dx), (dx, dy)  # the directions along the outline before and after
        vertices += [
            (x - into[0] * radius, y - into[1] * radius),
            (x - into[0] * corner, y - into[1] * corner),
            (x + out[0] * corner, y + out[1] * corner),
            (x + out[0] * radius, y + out[1] * radius),
        ]
    codes = [Path.MOVETO, *[Path.LINETO, *[Path.CURVE4] * 3] * 4, Path.CLOSEPOLY]
    return Path([*vertices, vertices[0]], codes)


def mix(colour: str, ground: str, share: float) -> str:
    """Return `share` of a colour over a ground, as a colour of its own."""
    blend = (
        round(255 * (share * a + (1 - share) * b))
        for a, b in zip(to_rgb(colour), to_rgb(ground), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in blend)


def fixed(value: float, digits: int = 3) -> str:
    """Write a number with a real minus sign; what rounds to zero has no sign."""
    text = f"{abs(value):.{digits}f}"
    return "−" + text if value < 0 and float(text) else text


def signed(value: float, digits: int = 3) -> str:
    """Write a number with its sign, plus as well as minus."""
    text = fixed(value, digits)
    return "+" + text if value > 0 and float(text) else text
