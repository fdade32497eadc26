"""How long a page takes from an input until the answer is painted."""

from statistics import median, quantiles
from typing import NamedTuple

#: What a reader does not notice, in milliseconds: a frame for most moves, two for nearly all. The
#: tables tell how each figure does on a quiet machine.
FRAME, TWO_FRAMES = 16, 32
#: The gallery is the largest page of all, and machines are busy: there a figure may take so many
#: times as long before a test fails. On its own page it may not.
MARGIN = 2


#: Waits for a frame, acts, and waits until that frame is painted; so many times.
MEASURE = """async ([selector, kind, moves]) => {
    const control = document.querySelector(selector);
    if (!control) throw new Error(`There is no ${selector}.`);
    control.focus({ preventScroll: true });
    const told = () => control.getAttribute("aria-valuetext") ?? control.value ?? "";
    const press = (key) => control.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const acts = {
        key: (there) => press(there ? "ArrowRight" : "ArrowLeft"),
        bend: (there) => press(there ? "ArrowUp" : "ArrowDown"),
        range: (there) => {
            const step = Math.max(Number(control.step) || 1, (control.max - control.min) / 40);
            control.value = String(Number(control.value) + (there ? step : -step));
            control.dispatchEvent(new Event("input", { bubbles: true }));
        },
        type: (there) => {
            control.value = there ? `${control.value}e` : control.value.slice(0, -1);
            control.dispatchEvent(new InputEvent("input", { bubbles: true }));
        },
    };
    const times = [];
    const seen = new Set();
    for (let move = 0; move < moves; move += 1) {
        times.push(await new Promise((done) => {
            requestAnimationFrame(() => {
                const begin = performance.now();
                acts[kind](move % 6 < 3);
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => done(performance.now() - begin);
                port2.postMessage(null);
            });
        }));
        seen.add(told());
    }
    return { times, seen: seen.size };
}"""


class Repaint(NamedTuple):
    """The median and the 95th percentile of the best round, in milliseconds."""

    median: float
    most: float

    @property
    def soon(self):
        """Whether a reader notices nothing."""
        return self.median <= FRAME and self.most <= TWO_FRAMES


def repaint(page, selector, kind="key", moves=40, rounds=4):
    """Move a control to and fro and time each move.

    Parameters
    ----------
    page
        With the figure on it, in view.
    selector : str
        Of the control, in CSS.
    kind : {"key", "bend", "range", "type"}
        Arrow keys sideways or up and down, a native slider, or typing at the end of a field.
    moves, rounds : int
        How many moves a round has, and how many rounds there are at most: of them the quietest
        counts, and after one in which a reader would notice nothing there is no other.
    """
    found = []
    for _ in range(rounds):
        result = page.evaluate(MEASURE, [selector, kind, moves])
        assert result["seen"] > 1, f"{selector} does not move"
        times = result["times"]
        found.append(Repaint(median(times), quantiles(times, n=20)[-1]))
        if found[-1].soon:
            break
    return min(found)
