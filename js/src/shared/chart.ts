/** A plot with hairline axes that keeps the width of its figure: scales, ticks and titles are its own, the marks are whoever's it is. */
import { html, set, svg, watchWidth, write } from "./dom";
import { fixed } from "./format";
import { linear, type Range, type Scale } from "./scale";

export interface AxisOptions {
  readonly domain: Range;
  /** Along x it stands at the right end under the axis, along y above it. */
  readonly title?: string;
  /** `linear` if not given. */
  readonly scale?: (domain: Range, range: Range) => Scale;
  print?(value: number): string;
  /** Pixels that a tick may claim; by default 70 along x and 36 along y. */
  readonly room?: number;
  /** Whether hairlines cross the plot at the ticks; by default along y only. */
  readonly grid?: boolean;
}

export interface ChartOptions {
  readonly signal: AbortSignal;
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  /** In pixels, all in all; a function of the width where it depends on it. */
  readonly height: number | ((width: number) => number);
  /** Room around the plot for numbers, titles and labels at the ends of lines. */
  readonly margin?: Partial<Margin>;
  /** Draws the marks anew: called whenever width or domains have changed, not before the chart is handed out. */
  draw(chart: Chart): void;
}

export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface Chart {
  readonly element: HTMLElement;
  readonly drawing: SVGSVGElement;
  /** Where marks go: behind them the axes; what lies outside of the plot is not cut off. */
  readonly marks: SVGGElement;
  readonly x: Scale;
  readonly y: Scale;
  /** Sets other ends of the axes, and draws anew. */
  rescale(domains: { readonly x?: Range; readonly y?: Range }): void;
  /** Where on the plot a pointer is, in values. */
  valueAt(clientX: number, clientY: number): { readonly x: number; readonly y: number };
}

const MARGIN: Margin = { top: 22, right: 12, bottom: 34, left: 40 };

/** A number on an axis: as many decimals as the distance of the ticks needs. */
function printed(value: number, step: number): string {
  return fixed(value, Math.min(6, Math.max(0, -Math.floor(Math.log10(step || 1) + 1e-9))));
}

/** The path of a line through points in pixels; a value that is no number interrupts it. */
export function linePath(points: Iterable<readonly [number, number]>): string {
  let path = "";
  let pen = "M";
  for (const [x, y] of points) {
    if (Number.isFinite(x) && Number.isFinite(y)) {
      path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = "L";
    } else pen = "M";
  }
  return path;
}

export function chart(options: ChartOptions): Chart {
  const { signal } = options;
  const margin = { ...MARGIN, ...options.margin };
  const axes = { x: options.x, y: options.y };
  const grid = svg("g", { class: "lstm-axis" });
  const titles = svg(
    "g",
    { class: "lstm-axis lstm-titles" },
    svg("text", { "text-anchor": "end" }, options.x.title ?? ""),
    svg("text", { y: 11 }, options.y.title ?? ""),
  );
  const marks = svg("g");
  const drawing = svg("svg", { "aria-hidden": "true" }, grid, titles, marks);
  const element = html("div", { class: "lstm-chart" }, drawing);

  let [width, height] = [0, 0];
  const domains = { x: options.x.domain, y: options.y.domain };
  let scales = { x: linear([0, 1], [0, 1]), y: linear([0, 1], [0, 1]) };

  const marksOf = (name: "x" | "y"): SVGGElement[] => {
    const { room = name === "x" ? 70 : 36, grid: crosses = name === "y", print } = axes[name];
    const scale = scales[name];
    const [begin, end] = scale.range;
    const values = scale.ticks(Math.max(2, Math.floor(Math.abs(end - begin) / room)));
    const step = Math.abs((values[1] ?? 0) - (values[0] ?? 0));
    const [left, right, top, floor] = [margin.left, width - margin.right, margin.top, height - margin.bottom];
    return values.map((value) => {
      const at = scale(value).toFixed(1);
      const text = print ? print(value) : printed(value, step);
      const across = name === "y";
      const line = across
        ? { x1: left, x2: crosses ? right : left + 4, y1: at, y2: at }
        : { x1: at, x2: at, y1: crosses ? top : floor, y2: floor + 4 };
      const label = across
        ? { x: left - 7, y: Number(at) + 4, "text-anchor": "end" }
        : { x: at, y: floor + 16, "text-anchor": "middle" };
      return svg("g", {}, svg("line", { ...line, "data-nought": value === 0 && crosses }), svg("text", label, text));
    });
  };
  const redraw = (): void => {
    const make = (name: "x" | "y", range: Range): Scale => (axes[name].scale ?? linear)(domains[name], range);
    scales = {
      x: make("x", [margin.left, Math.max(margin.left + 1, width - margin.right)]),
      y: make("y", [height - margin.bottom, margin.top]),
    };
    const ground = svg("line", {
      x1: margin.left,
      x2: width - margin.right,
      y1: height - margin.bottom,
      y2: height - margin.bottom,
    });
    grid.replaceChildren(ground, ...marksOf("x"), ...marksOf("y"));
    const [under, above] = titles.children;
    if (under) set(under, { x: width - margin.right, y: height - 3 });
    if (above) set(above, { x: 0 });
    options.draw(own);
  };

  const own: Chart = {
    element,
    drawing,
    marks,
    get x() {
      return scales.x;
    },
    get y() {
      return scales.y;
    },
    rescale(next) {
      Object.assign(domains, next);
      if (width > 0) redraw();
    },
    valueAt(clientX, clientY) {
      const { left, top } = drawing.getBoundingClientRect();
      return { x: scales.x.invert(clientX - left), y: scales.y.invert(clientY - top) };
    },
  };
  // After the caller has the chart in hand, so that `draw` may use what it makes of it.
  queueMicrotask(() => {
    watchWidth(element, signal, (wide) => {
      width = wide;
      height = typeof options.height === "number" ? options.height : options.height(wide);
      set(drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
      redraw();
    });
  });
  return own;
}

/** Changes what an axis is called. */
export function retitle(drawn: Chart, name: "x" | "y", title: string): void {
  const text = drawn.drawing.querySelectorAll(".lstm-titles text")[name === "x" ? 0 : 1];
  if (text) write(text, title);
}
