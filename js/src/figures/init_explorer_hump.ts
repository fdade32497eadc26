/** A distribution: bars over an axis that names its ends and its middle, with a mark that may be dragged. */
import { html, set, svg, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { mathHtml } from "../shared/maths";
import { steer, type Value } from "../shared/steer";

export interface HumpOptions {
  readonly symbol: string;
  readonly tone: string;
  readonly caption: string;
  readonly bins: number;
  readonly signal: AbortSignal;
  /** What a drag of the mark moves; where there is none, the mark is still. */
  readonly handle?: {
    readonly value: Value;
    /** The pointer is at this share of the axis. */
    drag(share: number): void;
    /** The reader takes hold of the mark, or lets go of it. */
    held?(holds: boolean): void;
  };
}

export interface Hump {
  readonly element: HTMLElement;
  /** Draws the bars, each of the plot's height, and the mark at a share of the axis; called for every frame of a glide. */
  draw(heights: readonly number[], mark: number): void;
  /** Draws the density that the values come from, at equal distances. */
  line(heights: readonly number[]): void;
  /** Names the ends and the middle of the axis. */
  axis(low: string, middle: string, high: string): void;
  /** Writes what stands beside the name; a screen reader hears `spoken`. */
  print(text: string, spoken?: string): void;
}

/** Bars and lines are drawn on a board of this height, as wide as there are bars, and stretched. */
const HEIGHT = 100;

export function hump({ symbol, tone, caption, bins, signal, handle }: HumpOptions): Hump {
  const [bars, density] = [svg("path", { class: "bars" }), svg("path", { class: "density" })];
  const board = { viewBox: `0 0 ${bins} ${HEIGHT}`, preserveAspectRatio: "none" };
  const plot = html("div", { class: "plot" }, svg("svg", board, bars, density), html("span", { class: "mark" }));
  const printed = html("span", { class: "number" });
  const ticks = ["low", "middle", "high"].map((place) => html("span", { class: place }));
  const element = html(
    "div",
    { class: "lstm-hump", "data-tone": tone },
    html(
      "div",
      { class: "head" },
      html("span", { class: "lstm-math" }, ...mathHtml(symbol)),
      html("span", { class: "lstm-caption" }, caption),
      printed,
    ),
    plot,
    html("div", { class: "ticks", "aria-hidden": "true" }, ...ticks),
  );
  let tell: ((text: string) => void) | null = null;
  if (handle) {
    const { value, drag, held } = handle;
    set(plot, { "data-handle": true });
    tell = steer(plot, { role: "slider", value, signal });
    for (const [event, holds] of [
      ["pointerdown", true],
      ["pointerup", false],
      ["pointercancel", false],
    ] as const) {
      plot.addEventListener(event, () => held?.(holds), { signal });
    }
    draggable(plot, {
      signal,
      drag(clientX) {
        const { left, width } = plot.getBoundingClientRect();
        drag(Math.max(0, Math.min(1, (clientX - left) / Math.max(1, width))));
      },
    });
  }

  return {
    element,
    draw(heights, mark) {
      const bar = (height: number, at: number): string =>
        height > 0 ? `M${at + 0.04} ${HEIGHT}V${(HEIGHT * (1 - height)).toFixed(2)}h.92V${HEIGHT}z` : "";
      set(bars, { d: heights.map(bar).join("") });
      plot.style.setProperty("--at", mark.toFixed(4));
    },
    line(heights) {
      const place = (height: number, at: number): string =>
        `${((bins * at) / (heights.length - 1)).toFixed(3)} ${(HEIGHT * (1 - height)).toFixed(2)}`;
      set(density, { d: `M${heights.map(place).join("L")}` });
    },
    axis: (...ends) => ticks.forEach((tick, at) => write(tick, ends[at] ?? "")),
    print(text, spoken = text) {
      write(printed, text);
      tell?.(spoken);
    },
  };
}
