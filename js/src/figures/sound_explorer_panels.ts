/** What is read, what would be answered and what the units do, one under the other over the same frames. */
import { paintCells } from "../shared/canvas_heatmap";
import { html, set, watchWidth, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { listenToKeys } from "../shared/keys";

export interface Panel {
  /** Above it. */
  readonly title: string;
  readonly rows: number;
  readonly colourAt: (frame: number, row: number) => number;
}

export interface Panels {
  readonly element: HTMLElement;
  /** As many as were made. */
  draw(frames: number, panels: readonly Panel[]): void;
  mark(cursor: number, decided: number, spoken: string): void;
}

export interface PanelsOptions {
  readonly label: string;
  readonly signal: AbortSignal;
  /** Of each panel how high it is, and the names of its rows, where they have some. */
  readonly made: readonly { readonly height: number; readonly names?: readonly string[] }[];
  choose(frame: number): void;
}

export function panels({ label, signal, made, choose }: PanelsOptions): Panels {
  const parts = made.map(({ height, names = [] }) => {
    const [title, canvas] = [html("span", { class: "lstm-caption" }), html("canvas", { style: `height: ${height}px` })];
    const room = html("div", { class: "rows", style: `height: ${height}px` }, ...names.map((name) => html("span", {}, name)));
    return { title, canvas, height, element: html("div", { class: "panel" }, title, room, canvas) };
  });
  const cursor = html("div", { class: "cursor" });
  const decided = html("div", { class: "decided" });
  const inside = html("div", { class: "inside", "aria-hidden": "true" }, ...parts.map((part) => part.element));
  const marks = html("div", { class: "marks", "aria-hidden": "true" }, decided, cursor);
  const element = html("div", { class: "lstm-sound-time", role: "slider", tabindex: 0, "aria-label": label }, inside, marks);

  let [room, frames, at, since] = [0, 1, 0, 0];
  let content: readonly Panel[] = [];
  const place = (): void => {
    const wide = room / frames;
    cursor.style.setProperty("transform", `translateX(${at * wide}px)`);
    cursor.style.setProperty("width", `${wide}px`);
    decided.style.setProperty("transform", `translateX(${since * wide}px)`);
  };
  const paint = (): void => {
    if (room <= 0) return;
    content.forEach(({ rows, colourAt, title }, k) => {
      const part = parts[k];
      if (!part) return;
      write(part.title, title);
      paintCells(part.canvas, { columns: frames, rows, colourAt }, room, part.height);
    });
    place();
  };
  watchWidth(marks, signal, (width) => {
    room = width;
    paint();
  });
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(frames - 1, to));
    if (next !== at) choose(next);
  };
  draggable(element, {
    signal,
    drag: (clientX) => go(Math.floor(((clientX - marks.getBoundingClientRect().left) / (room || 1)) * frames)),
  });
  const keys = { ArrowLeft: () => go(at - 1), ArrowRight: () => go(at + 1), Home: () => go(0), End: () => go(frames - 1) };
  listenToKeys(element, keys, signal);
  return {
    element,
    draw(many, next) {
      [frames, content] = [many, next];
      paint();
    },
    mark(time, from, spoken) {
      [at, since] = [time, from];
      set(element, { "aria-valuemin": 1, "aria-valuemax": frames, "aria-valuenow": at + 1, "aria-valuetext": spoken });
      place();
    },
  };
}
