/** The text as a strip of tokens: tinted by a value, the current one marked, future ones pale; click or drag to move. */
import { html, set, watchWidth } from "./dom";
import { draggable } from "./drag";
import { MOST_UNDER_TEXT, tintGround } from "./tint";
import { visibleToken, wordStarts } from "./tokens";

export interface TokenStripOptions {
  readonly label: string;
  readonly signal: AbortSignal;
  /** The reader chose a time step by pointer, which was pressed down at `from`. */
  choose(time: number, from: number): void;
  /** What a screen reader hears of a time step, as "character 22 of 41, t". */
  describe(time: number): string;
}

export interface TokenStrip {
  /** A slider to a screen reader; its arrow keys are the figure's own. */
  readonly element: HTMLElement;
  /** Lays new tokens; where there are none, the numbers of the steps. */
  setTokens(tokens: readonly string[] | null, count: number): void;
  /** Tints token by token, each −1 to 1. */
  setTints(tintAt: (time: number) => number): void;
  setTime(time: number): void;
  /** Frames the tokens from `start` to before `stop`, and puts a bar under those of other stretches, in their order. */
  setMarks(start: number, stop: number, barred: readonly (readonly [start: number, stop: number])[]): void;
}

export function tokenStrip(options: TokenStripOptions): TokenStrip {
  const element = html("div", {
    class: "lstm-tokens",
    role: "slider",
    tabindex: 0,
    "aria-label": options.label,
    "aria-orientation": "horizontal",
  });
  let cells: HTMLElement[] = [];
  let current = -1;

  const nearest = (clientX: number, clientY: number): number => {
    let best = 0;
    let least = Infinity;
    cells.forEach((cell, index) => {
      const box = cell.getBoundingClientRect();
      const across = Math.max(box.left - clientX, 0, clientX - box.right);
      const down = Math.max(box.top - clientY, 0, clientY - box.bottom);
      const distance = across + 8 * down;
      if (distance < least) [least, best] = [distance, index];
    });
    return best;
  };

  let pressed: readonly [number, number] | null = null;
  let from = -1;
  element.addEventListener("pointerdown", ({ clientX, clientY }) => (pressed = [clientX, clientY]), { signal: options.signal });
  draggable(element, {
    signal: options.signal,
    drag: (clientX, clientY) => {
      if (cells.length === 0) return;
      const time = nearest(clientX, clientY);
      if (pressed) from = nearest(...pressed);
      if (pressed || time !== current) options.choose(time, from);
      pressed = null;
    },
  });

  /** Where the text is longer than the strip is high: the row before, the current one, and what comes after it. */
  const keepInView = (): void => {
    const cell = cells[current];
    if (!cell || element.scrollHeight <= element.clientHeight) return;
    // `offsetTop` counts from the strip, which is positioned.
    const top = Math.max(0, cell.offsetTop - cell.offsetHeight - 6);
    if (Math.abs(element.scrollTop - top) > 1) element.scrollTop = top;
  };
  watchWidth(element, options.signal, keepInView);

  const mark = (time: number): void => {
    const cell = cells[time];
    if (cell) set(cell, { "data-when": time < current ? "past" : time === current ? "now" : "future" });
  };

  return {
    element,
    setTokens(tokens, count) {
      const labels = tokens ?? Array.from({ length: count }, (_, index) => String(index + 1));
      cells = labels.map((label) => html("span", { class: "lstm-token lstm-tint", "data-when": "future" }, visibleToken(label)));
      const starts = tokens ? wordStarts(labels) : labels.map((_, index) => index);
      const words = starts.map((start, index) =>
        html("span", { class: "lstm-word", "aria-hidden": "true" }, ...cells.slice(start, starts[index + 1])),
      );
      element.replaceChildren(...words);
      // Numbers stand in columns.
      element.style.setProperty("--digits", tokens ? "0" : String(String(count).length));
      set(element, { "aria-valuemin": 1, "aria-valuemax": count });
      current = -1;
    },
    setTints(tintAt) {
      for (const [time, cell] of cells.entries()) tintGround(cell, tintAt(time), MOST_UNDER_TEXT);
    },
    setTime(time) {
      if (time === current) return;
      const [low, high] = current < time ? [Math.max(0, current), time] : [time, current];
      current = time;
      for (let at = low; at <= high; at += 1) mark(at);
      set(element, { "aria-valuenow": time + 1, "aria-valuetext": options.describe(time) });
      keepInView();
    },
    setMarks(start, stop, barred) {
      let next = 0;
      for (const [at, cell] of cells.entries()) {
        if (at === barred[next]?.[1]) next += 1;
        set(cell, { "data-marked": at >= start && at < stop, "data-on": at >= (barred[next]?.[0] ?? Number.POSITIVE_INFINITY) });
      }
    },
  };
}
