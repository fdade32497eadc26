/** The recording as a strip of frames: its ends to drag, its frames to cover. */
import { paintCells } from "../shared/canvas_heatmap";
import { html, set, svg, watchWidth } from "../shared/dom";
import { draggable } from "../shared/drag";
import { listenToKeys } from "../shared/keys";
import { steer } from "../shared/steer";
import { LEAST_FRAMES } from "./sound_explorer_sounds";
import type { SoundExplorerStrings } from "./sound_explorer_strings";

const HEIGHT = 104;

export interface Recorded {
  readonly frames: number;
  readonly features: number;
  readonly head: number;
  readonly tail: number;
  readonly covered: readonly boolean[];
  /** The colour of a cell, as `shadesOf` gives it. */
  colourAt(frame: number, feature: number): number;
}

export interface Strip {
  readonly element: HTMLElement;
  draw(recorded: Recorded): void;
}

export interface StripOptions {
  readonly strings: SoundExplorerStrings;
  readonly signal: AbortSignal;
  cut(head: number, tail: number): void;
  cover(covered: readonly boolean[]): void;
}

export function strip({ strings, signal, cut, cover }: StripOptions): Strip {
  let now: Recorded = { frames: 1, features: 1, head: 0, tail: 0, covered: [], colourAt: () => 0 };
  let [room, at] = [0, 0];

  const canvas = html("canvas");
  const [before, after] = [
    svg("rect", { class: "cut", y: 0, height: HEIGHT }),
    svg("rect", { class: "cut", y: 0, height: HEIGHT }),
  ];
  const covers = svg("path", { class: "covers" });
  const cursor = svg("rect", { class: "cursor", y: 1, height: HEIGHT - 2 });
  const marks = svg("svg", { height: HEIGHT, "aria-hidden": "true" }, covers, before, after, cursor);
  const field = html("div", { class: "field", role: "slider", tabindex: 0, "aria-label": strings.stripLabel }, canvas, marks);
  const [head, tail] = [html("div", { class: "handle" }), html("div", { class: "handle" })];
  const names = [strings.loud, strings.fine].map((name) => html("span", { class: "name", "aria-hidden": "true" }, name));
  const element = html("div", { class: "lstm-sound-strip" }, ...names, html("div", { class: "stack" }, field, head, tail));

  const trim = (from: number, to: number): void => {
    const { frames } = now;
    const begin = Math.max(0, Math.min(from, to - LEAST_FRAMES));
    cut(begin, frames - Math.min(frames, Math.max(to, begin + LEAST_FRAMES)));
  };
  const begins = (wish: number): void =>
    trim(Math.min(Math.round(wish), now.frames - now.tail - LEAST_FRAMES), now.frames - now.tail);
  const ends = (wish: number): void => trim(now.head, Math.max(Math.round(wish), now.head + LEAST_FRAMES));
  const end = (): number => now.frames - now.tail;
  const tellHead = steer(head, {
    role: "slider",
    signal,
    value: {
      ...{ label: strings.head, least: 0, step: 1, fine: 1, get: () => now.head, change: begins, take: begins },
      get most() {
        return end() - LEAST_FRAMES;
      },
    },
  });
  const tellTail = steer(tail, {
    role: "slider",
    signal,
    value: {
      ...{ label: strings.tail, step: 1, fine: 1, get: end, change: ends, take: ends },
      get least() {
        return now.head + LEAST_FRAMES;
      },
      get most() {
        return now.frames;
      },
    },
  });

  const shareAt = (clientX: number): number => ((clientX - field.getBoundingClientRect().left) / (room || 1)) * now.frames;
  const frameAt = (clientX: number): number => Math.max(0, Math.min(now.frames - 1, Math.floor(shareAt(clientX))));
  draggable(head, { signal, drag: (x) => begins(shareAt(x)) });
  draggable(tail, { signal, drag: (x) => ends(shareAt(x)) });
  /** Whether this drag covers or uncovers, and which frame it was at last; null before it has begun. */
  let brush: { readonly is: boolean; last: number } | null = null;
  const paint = (from: number, to: number, is: boolean): void => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    cover(now.covered.map((was, k) => (k >= low && k <= high ? is : was)));
  };
  for (const name of ["pointerdown", "pointerup", "pointercancel"])
    field.addEventListener(name, () => (brush = null), { signal });
  draggable(field, {
    signal,
    drag(x) {
      at = frameAt(x);
      brush ??= { is: now.covered[at] !== true, last: at };
      paint(brush.last, at, brush.is);
      brush.last = at;
    },
  });
  const walk = (to: number) => (): void => {
    at = Math.max(0, Math.min(now.frames - 1, to));
    draw();
  };
  const toggle = (): void => paint(at, at, now.covered[at] !== true);
  const keys = { " ": toggle, Enter: toggle, Home: () => walk(0)(), End: () => walk(now.frames - 1)() };
  listenToKeys(field, { ...keys, ArrowLeft: () => walk(at - 1)(), ArrowRight: () => walk(at + 1)() }, signal);

  const draw = (): void => {
    const { frames, features, covered } = now;
    at = Math.min(at, frames - 1);
    const wide = room / frames;
    set(field, {
      ...{ "aria-valuemin": 1, "aria-valuemax": frames, "aria-valuenow": at + 1 },
      "aria-valuetext": strings.stripAt(at, frames, covered[at] === true),
    });
    tellHead(strings.cut(now.head));
    tellTail(strings.cut(now.tail));
    if (room <= 0) return;
    paintCells(canvas, { columns: frames, rows: features, colourAt: now.colourAt }, room, HEIGHT);
    set(marks, { width: room });
    set(before, { x: 0, width: now.head * wide });
    set(after, { x: end() * wide, width: now.tail * wide });
    set(cursor, { x: at * wide + 1, width: Math.max(1, wide - 2) });
    const bars = covered.map((is, k) =>
      is ? `M${(k * wide).toFixed(1)} 0h${wide.toFixed(1)}v${HEIGHT}h-${wide.toFixed(1)}z` : "",
    );
    set(covers, { d: bars.join("") });
    head.style.setProperty("transform", `translateX(${now.head * wide}px)`);
    tail.style.setProperty("transform", `translateX(${end() * wide}px)`);
  };
  watchWidth(field, signal, (width) => {
    room = width;
    draw();
  });
  return {
    element,
    draw(recorded) {
      now = recorded;
      draw();
    },
  };
}
