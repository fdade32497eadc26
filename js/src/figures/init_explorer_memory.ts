/** What is left of a memory after n steps: a bar that fades along a logarithmic axis, and its half is there to be dragged. */
import { html, set, svg, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { fixed } from "../shared/format";
import { mathHtml } from "../shared/maths";
import { log } from "../shared/scale";
import { steer, type Value } from "../shared/steer";

export interface MemoryOptions {
  readonly value: Value;
  readonly signal: AbortSignal;
  /** What the axis counts. */
  readonly steps: string;
  /** The reader has pulled the half of the memory to so many steps. */
  drag(steps: number): void;
}

export interface Memory {
  readonly element: HTMLElement;
  /** Draws where half is left, and where it would be with one more on the forget bias; called for every frame of a glide. */
  draw(half: number, next: number): void;
  /** Marks the half of each unit. */
  units(halves: Float64Array): void;
  print(half: string, short: string, more: string, spoken: string): void;
}

const [LEAST, MOST] = [0.1, 500];
const DECADES = Math.log10(MOST / LEAST);
/** The place of a number of steps on the axis, from 0 to 1. */
const place = log([LEAST, MOST], [0, 1]);
const within = (share: number): number => Math.max(0, Math.min(1, share));
const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
const BIASES = [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6];

/** How the bar fades to either side of its half, on a strip of twice the axis' length: it always does so in the same way. */
const FADING = [-2, -1.5, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].map(
  (power) => `rgb(0 0 0 / ${(0.5 ** (10 ** power)).toFixed(4)}) ${percent(0.5 + power / (2 * DECADES))}`,
);

export function memory({ value, signal, steps, drag }: MemoryOptions): Memory {
  const fade = html("span", { class: "fade" });
  fade.style.setProperty("mask-image", `linear-gradient(to right, ${FADING.join(", ")})`);
  const marks = svg("path");
  const [long, short] = ["lstm-long", "lstm-short"].map((each) => html("span", { class: each })) as [HTMLElement, HTMLElement];
  const half = html("span", { class: "half", "aria-hidden": "true" }, long, short);
  const more = html("span");
  const bar = html(
    "div",
    { class: "bar" },
    html("div", { class: "inside" }, fade, svg("svg", { viewBox: "0 0 1000 10", preserveAspectRatio: "none" }, marks)),
    html("span", { class: "mark" }),
    half,
  );
  const tell = steer(bar, { role: "slider", value, signal });
  draggable(bar, {
    signal,
    drag(clientX) {
      const { left, width } = bar.getBoundingClientRect();
      drag(place.invert(within((clientX - left) / Math.max(1, width))));
    },
  });
  const tick = (share: number, text: string): HTMLElement => {
    const node = html("span", {}, text);
    node.style.setProperty("left", percent(share));
    return node;
  };
  // Where the half would be if f stood still at σ(b).
  const biases = BIASES.map((bias) => tick(place(Math.LN2 / Math.log1p(Math.exp(-bias))), fixed(bias, 0)));
  const element = html(
    "div",
    { class: "lstm-memory" },
    html("div", { class: "more", "aria-hidden": "true", "data-tone": "f" }, more),
    html(
      "div",
      { class: "biases", "data-tone": "f", "aria-hidden": "true" },
      html("span", { class: "lstm-math" }, ...mathHtml("b_f")),
      ...biases,
    ),
    bar,
    html(
      "div",
      { class: "steps", "aria-hidden": "true" },
      ...[0.1, 1, 10, 100].map((count) => tick(place(count), String(count))),
      html("span", {}, steps),
    ),
  );

  return {
    element,
    draw(now, next) {
      const [at, then] = [within(place(now)), within(place(next))];
      for (const [name, share] of Object.entries({ at, then })) element.style.setProperty(`--${name}`, share.toFixed(4));
      set(half, { "data-left": at > 0.55 });
    },
    units: (halves) =>
      set(marks, { d: Array.from(halves, (each) => `M${(1000 * within(place(each))).toFixed(1)} 0v10`).join("") }),
    print(text, brief, gained, spoken) {
      write(long, text);
      write(short, brief);
      write(more, gained);
      tell(spoken);
    },
  };
}
