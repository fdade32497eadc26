/** Lines over the whole text with a cursor that can be dragged: a unit's state from the first token to the last. */
import { html, set, svg, watchWidth, write } from "./dom";
import { draggable } from "./drag";
import { fixed, niceLimit } from "./format";

export interface LineSeries {
  /** Name of its colour (`--lstm-NAME`), and its label at the line's end. */
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** The main line is thick and carries the dot; others are thin. */
  readonly main?: boolean;
}

export interface LineCursorOptions {
  readonly label: string;
  readonly signal: AbortSignal;
  readonly height?: number;
  choose(time: number): void;
  describe(time: number): string;
}

export interface LineCursor {
  /** A slider to a screen reader; its arrow keys are the figure's own. */
  readonly element: HTMLElement;
  /** Draws lines on one scale, which ends at round numbers; `ticks` name the steps where there is room. */
  setSeries(series: readonly LineSeries[], ticks: readonly string[] | null): void;
  setTime(time: number): void;
}

const LEFT = 34;
const RIGHT = 22;
const PAD = 7;
const TICKS = 16;

/** Round ends of a scale on which nought and all values lie. */
function rangeOf(series: readonly LineSeries[]): [number, number] {
  const values = series.flatMap((each) => Array.from(each.values));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (least === most) return [-1, 1];
  return [least < 0 ? -niceLimit(-least) : 0, most > 0 ? niceLimit(most) : 0];
}

export function lineCursor(options: LineCursorOptions): LineCursor {
  const plot = options.height ?? 64;
  const axis = svg("g", { class: "lstm-axis" });
  const lines = svg("g");
  const names = svg("g");
  const labels = svg("g", { class: "lstm-ticks" });
  const rule = svg("line", { class: "lstm-cursor", y1: 1, y2: plot });
  const dots = svg("g");
  const cursor = svg("g", {}, rule, dots);
  const drawing = svg("svg", { "aria-hidden": "true" }, axis, labels, lines, names, cursor);
  const element = html(
    "div",
    { class: "lstm-line", role: "slider", tabindex: 0, "aria-label": options.label, "aria-valuemin": 1 },
    drawing,
  );

  let series: readonly LineSeries[] = [];
  let [low, high] = [-1, 1];
  let ticks: readonly string[] | null = null;
  let width = 0;
  let time = 0;

  const count = (): number => series[0]?.values.length ?? 0;
  const stride = (): number => (width - LEFT - RIGHT) / Math.max(1, count());
  const across = (at: number): number => LEFT + (at + 0.5) * stride();
  const down = (value: number): number => PAD + ((high - value) / (high - low)) * (plot - 2 * PAD);

  const place = (): void => {
    set(cursor, { transform: `translate(${across(time).toFixed(1)} 0)` });
    Array.from(dots.children).forEach((dot, index) => {
      set(dot, { cy: down(series[index]?.values[time] ?? 0).toFixed(1) });
    });
    for (const [at, label] of Array.from(labels.children).entries()) set(label, { "data-now": at === time });
  };

  const draw = (): void => {
    if (width === 0 || count() === 0) return;
    const roomy = ticks !== null && stride() >= 8.5;
    const height = plot + (roomy ? TICKS : 2);
    set(drawing, { viewBox: `0 0 ${width} ${height}`, width, height });
    axis.replaceChildren(
      ...[...new Set([high, 0, low])].map((value) => {
        const y = down(value);
        const grade = svg("text", { x: LEFT - 8, y: y + 4, "text-anchor": "end" });
        write(grade, fixed(value, Number.isInteger(value) ? 0 : 1));
        // An end too near to nought to have a number of its own.
        set(grade, { visibility: value !== 0 && Math.abs(y - down(0)) < 13 ? "hidden" : null });
        return svg("g", {}, svg("line", { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, "data-nought": value === 0 }), grade);
      }),
    );
    lines.replaceChildren(
      ...series.map(({ name, values, main }) => {
        const points = Array.from(
          { length: values.length },
          (_, at) => `${across(at).toFixed(1)} ${down(values[at] ?? 0).toFixed(1)}`,
        );
        // One point is no line: draw it as a short dash.
        const path = points.length > 1 ? `M${points.join("L")}` : `M${points[0]}h0.01`;
        return svg("path", { d: path, "data-tone": name, "data-main": main });
      }),
    );
    const ends = series.map(({ values }) => down(values[values.length - 1] ?? 0));
    const [first, second] = ends;
    if (first !== undefined && second !== undefined && Math.abs(first - second) < 13) {
      const middle = (first + second) / 2;
      const upper = first <= second ? 0 : 1;
      ends[upper] = middle - 6.5;
      ends[1 - upper] = middle + 6.5;
    }
    names.replaceChildren(
      ...series.map(({ name }, index) =>
        svg("text", { class: "lstm-symbol", x: width - RIGHT + 7, y: (ends[index] ?? 0) + 4, "data-tone": name }, name),
      ),
    );
    labels.replaceChildren(
      ...(roomy ? (ticks ?? []) : []).map((tick, at) =>
        svg("text", { x: across(at).toFixed(1), y: plot + 12, "text-anchor": "middle" }, tick),
      ),
    );
    dots.replaceChildren(...series.map(({ name, main }) => svg("circle", { r: main ? 4.5 : 2.5, cx: 0, "data-tone": name })));
    place();
  };

  watchWidth(element, options.signal, (wide) => {
    width = wide;
    draw();
  });

  draggable(element, {
    signal: options.signal,
    drag: (clientX) => {
      const at = Math.floor((clientX - element.getBoundingClientRect().left - LEFT) / stride());
      const next = Math.max(0, Math.min(count() - 1, at));
      if (next !== time) options.choose(next);
    },
  });

  return {
    element,
    setSeries(next, labelled) {
      [series, ticks] = [next, labelled];
      [low, high] = rangeOf(next);
      set(element, { "aria-valuemax": count() });
      draw();
    },
    setTime(next) {
      time = next;
      set(element, { "aria-valuenow": next + 1, "aria-valuetext": options.describe(next) });
      place();
    },
  };
}
