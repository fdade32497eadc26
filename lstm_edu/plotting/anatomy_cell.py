"""The cell itself, in the picture `anatomy`: conveyor, gates, numbers, and what feeds the gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lstm_edu.plotting.canvas import Canvas, fixed, mix, signed

if TYPE_CHECKING:
    from lstm_edu.plotting.anatomy import Moment

NAMES = {"i": "input", "f": "forget", "g": "candidate", "o": "output"}
COLUMN = {"f": 176.0, "i": 333.0, "g": 441.0, "o": 580.0}
WRITE = (COLUMN["i"] + COLUMN["g"]) / 2

# Heights in pixels, from the cell's own top.
STATE, SQUASH, SHOW, WRITING = 48.0, 92.0, 146.0, 134.0
VESSEL_TOP, VESSEL_WIDTH, VESSEL_HEIGHT = 182.0, 54.0, 88.0
ACTIVATION, FIRST_ROW, ROW = 296.0, 336.0, 33.0

#: What feeds a gate, from the bottom up: the sum is drawn last.
ROWS = (
    ("z", "their sum"),
    ("b", "bias"),
    ("U h₋₁", "from all units"),
    ("W x", "from the input"),
)
REACH = 50.0  # half the length of the longest bar

#: At which steps of the algorithm each part is made, and then used; at step 0 all are lit.
LIT = {"i": "13", "g": "13", "f": "23", "o": "45", "state": "3", "new": "35", "shown": "5"}
FAINT = 0.22


def cell_height(now: Moment) -> float:
    """Return how high the cell is, with the sums under it where they are known."""
    return FIRST_ROW + ROW * (len(ROWS) - 1) + 14 if now.sums else ACTIVATION - 10


def draw_cell(canvas: Canvas, now: Moment, limit: float, step: int, top: float) -> None:
    """Draw the cell state's conveyor, the gates that open onto it, and the output."""
    shades = canvas.shades
    state = {sign: shades.fill["c"] if sign else shades.diverging[0] for sign in (True, False)}
    conveyor, write, show = top + STATE, top + WRITING, top + SHOW
    start, end = 72.0, canvas.width - 72

    def lit(part: str) -> None:
        canvas.alpha = 1.0 if step == 0 or str(step) in LIT[part] else FAINT

    def flow(part: str, points: list[tuple[float, float]], value: float) -> None:
        lit(part)
        canvas.pipe(points, value, state[value >= 0])

    for gate in ("f", "i", "g", "o"):
        x = COLUMN[gate]
        turn = {"f": [(x, conveyor)], "o": [(x, show)]}.get(gate, [(x, write), (WRITE, write)])
        lit(gate)
        canvas.pipe([(x, top + VESSEL_TOP), *turn], getattr(now, gate), shades.fill[gate])
    flow("state", [(start, conveyor), (COLUMN["f"], conveyor)], now.before / limit)
    flow("state", [(COLUMN["f"], conveyor), (WRITE, conveyor)], now.kept / limit)
    flow("state", [(WRITE, write), (WRITE, conveyor)], now.written / limit)
    flow("new", [(WRITE, conveyor), (end - 7, conveyor)], now.c / limit)
    arrow(canvas, end, conveyor, state[now.c >= 0])
    flow("shown", [(COLUMN["o"], conveyor), (COLUMN["o"], show)], now.squashed)
    canvas.pipe([(COLUMN["o"], show), (end - 7, show)], now.h, shades.fill["h"])
    arrow(canvas, end, show, shades.fill["h"])
    lit("state")
    canvas.node(COLUMN["f"], conveyor, "×", 16)
    canvas.node(WRITE, conveyor, "+", 16)
    canvas.node(WRITE, write, "×", 13)
    lit("shown")
    canvas.pill(COLUMN["o"], top + SQUASH, now.activation, shades.ink)
    canvas.node(COLUMN["o"], show, "×", 13)
    for gate in ("f", "i", "g", "o"):
        lit(gate)
        vessel(canvas, gate, getattr(now, gate), top)
    _label_cell(canvas, now, top, lit)
    canvas.alpha = 1.0


def _label_cell(canvas: Canvas, now: Moment, top: float, lit) -> None:
    """Write the number at every arrow of the cell."""
    shades = canvas.shades
    purple, ink, right = shades.text["c"], shades.text["h"], canvas.width
    conveyor, show = top + STATE, top + SHOW
    lit("state")
    canvas.symbol(0, conveyor - 15, "c₋₁", purple)
    canvas.number(0, conveyor + 5, signed(now.before), purple, size=14)
    middle = (COLUMN["f"] + WRITE) / 2
    canvas.number(middle, conveyor - 15, signed(now.kept), purple, anchor="center")
    canvas.text(middle, conveyor + 25, "what is kept", shades.muted, size=12, anchor="center")
    half = (conveyor + top + WRITING) / 2
    canvas.number(WRITE + 15, half, signed(now.written), purple)
    canvas.text(WRITE + 15, half + 17, "what is written", shades.muted, size=12)
    lit("new")
    canvas.symbol(right, conveyor - 15, "c", purple, anchor="right")
    canvas.number(right, conveyor + 5, signed(now.c), purple, size=14, anchor="right")
    lit("shown")
    canvas.number(COLUMN["o"] + 14, top + SQUASH + 33, signed(now.squashed), purple)
    canvas.symbol(right, show - 15, "h", ink, anchor="right")
    canvas.number(right, show + 5, signed(now.h), ink, size=14, anchor="right")
    canvas.text(right, show + 25, "what is shown", shades.muted, size=12, anchor="right")


def vessel(canvas: Canvas, gate: str, value: float, top: float) -> None:
    """Draw a gate filled to its value; the candidate from the middle, up or down."""
    shades = canvas.shades
    text, fill = shades.text[gate], shades.fill[gate]
    left, above = COLUMN[gate] - VESSEL_WIDTH / 2, top + VESSEL_TOP
    canvas.box(left, above, VESSEL_WIDTH, VESSEL_HEIGHT, radius=6, fill=shades.surface, alpha=1)
    room = VESSEL_HEIGHT - 5
    share = float(np.clip(value, -1, 1))
    if gate == "g":
        middle, size = above + VESSEL_HEIGHT / 2, abs(share) * room / 2
        upper = middle - size if share > 0 else middle
        canvas.line([(left - 4, middle), (left + VESSEL_WIDTH + 4, middle)], text, 1)
    else:
        size = share * room
        upper = above + VESSEL_HEIGHT - 2.5 - size
    canvas.box(left + 2.5, upper, VESSEL_WIDTH - 5, size, radius=3.5, fill=fill)
    canvas.box(left, above, VESSEL_WIDTH, VESSEL_HEIGHT, radius=6, edge=text)
    beside = {"x": left - 12, "anchor": "right"}
    if gate in "go":
        beside = {"x": left + VESSEL_WIDTH + 12, "anchor": "left"}
    canvas.symbol(y=above + 24, text=gate, colour=text, size=25, **beside)
    printed = signed(value) if gate == "g" else fixed(value)
    canvas.number(y=above + 50, text=printed, colour=text, size=14, **beside)
    canvas.text(y=above + 69, text=NAMES[gate], colour=shades.muted, size=12, **beside)


def draw_sums(canvas: Canvas, now: Moment, step: int, top: float) -> None:
    """Draw what fed each gate: W·x, U·h₋₁ and b, each bar from where the last one ended, and z."""
    shades = canvas.shades
    ends = [np.abs(np.cumsum(parts)).max() for parts in now.sums.values()]
    limit = max(1.0, *map(float, ends))
    canvas.alpha = FAINT if step in (3, 5) else 1.0
    for k, (name, meaning) in enumerate(ROWS):
        y = top + FIRST_ROW + ROW * k
        canvas.line([(96, y), (COLUMN["o"] + REACH, y)], shades.rule)
        canvas.symbol(0, y - 5, name, shades.text["x"], size=14)
        canvas.text(0, y + 8, meaning, shades.muted, size=10.5)
    for gate, (from_x, from_h, bias) in now.sums.items():
        canvas.alpha = 1.0 if step == 0 or str(step) in LIT[gate][0] else FAINT
        centre = COLUMN[gate]
        lowest = top + FIRST_ROW + ROW * (len(ROWS) - 1)
        canvas.line([(centre, top + VESSEL_TOP + VESSEL_HEIGHT), (centre, lowest + 4)], shades.rule)
        stops = np.cumsum([0.0, from_x, from_h, bias])
        parts = [(0.0, stops[3]), (stops[2], stops[3]), (stops[1], stops[2]), (0.0, stops[1])]
        for k, (begin, finish) in enumerate(parts):
            y = top + FIRST_ROW + ROW * k
            low, high = sorted((begin, finish))
            colour = shades.diverging[0 if finish < begin else 2]
            canvas.box(
                centre + low / limit * REACH,
                y - 2,
                max(0.5, (high - low) / limit * REACH),
                4,
                fill=colour if k == 0 else mix(colour, shades.background, 0.55),
            )
            number = signed(finish - begin)
            width = 8 * len(number)
            canvas.box(centre - width / 2, y - 18, width, 13, fill=shades.background)
            canvas.text(
                centre,
                y - 7,
                number,
                shades.ink,
                size=12,
                anchor="center",
                family="monospace",
                bold=k == 0,
            )
        squash = now.activation if gate == "g" else now.recurrent_activation
        canvas.pill(centre, top + ACTIVATION, squash, shades.text[gate])
    canvas.alpha = 1.0


def arrow(canvas: Canvas, x: float, y: float, colour: str) -> None:
    """Draw the tip of a flow that leaves the cell."""
    canvas.line([(x - 8, y - 8), (x, y), (x - 8, y + 8)], colour, 2)
