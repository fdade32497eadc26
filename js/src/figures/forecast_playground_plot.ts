/** The plot of the ForecastPlayground: the past to grab, the forecasts beside it, and what came. */
import { type Chart, chart, linePath } from "../shared/chart";
import { set, svg } from "../shared/dom";
import { draggable } from "../shared/drag";
import { linear, type Range, type Scale } from "../shared/scale";
import type { Series } from "./forecast_playground_series";
import type { ForecastPlaygroundStrings } from "./forecast_playground_strings";

export type LineName = "lstm" | "seasonal" | "same" | "truth";

/** All that is drawn; a line that is not to be seen is null. */
export interface Moment {
  readonly now: number;
  readonly past: Float64Array;
  readonly lines: Readonly<Record<LineName, Float64Array | null>>;
  /** The past as it was, and the forecast for it, where the reader has bent it. */
  readonly before: { readonly past: Float64Array; readonly forecast: Float64Array } | null;
  /** Where the brush is, in steps before now, and how far it reaches. */
  readonly brush: { readonly at: number; readonly width: number };
}

export interface PlotOptions {
  readonly strings: ForecastPlaygroundStrings;
  readonly series: Series;
  readonly horizon: number;
  readonly signal: AbortSignal;
  /** The pointer is over the line, at a step before now. */
  point(at: number): void;
  /** The hand takes hold of the line. */
  press(): void;
  /** The line is to go through a value, at a step before now. */
  pull(at: number, value: number): void;
}

export interface Plot {
  /** A slider to a screen reader: the brush along the past; its keys are the figure's own. */
  readonly element: HTMLElement;
  draw(moment: Moment): void;
}

const NAMES: readonly LineName[] = ["same", "seasonal", "truth", "lstm"];
/** Pixels between the names of two lines. */
const GAP = 15;

export function plot(options: PlotOptions): Plot {
  const { strings, series, horizon, signal, point, press, pull } = options;
  const { reads } = series;
  let moment: Moment | null = null;
  let held = false;

  const future = svg("rect", { class: "future" });
  const nowLine = svg("line", { class: "now" });
  const [left, right] = [svg("text", { "text-anchor": "end" }, strings.past), svg("text", {}, strings.ahead)];
  const ghosts = [svg("path", { class: "ghost" }), svg("path", { class: "ghost lstm" })] as const;
  const reach = svg("path", { class: "reach" });
  const past = svg("path", { class: "past" });
  const lines = Object.fromEntries(NAMES.map((name) => [name, svg("path", { class: name })])) as Record<LineName, SVGPathElement>;
  const labels = Object.fromEntries(
    NAMES.map((name) => [name, svg("text", { class: name }, strings.lines(name, series))]),
  ) as Record<LineName, SVGTextElement>;
  const grip = svg("g", {}, svg("circle", { r: 6 }), svg("path", { class: "grip", d: "M-4-11l4-4l4 4M-4 11l4 4l4-4" }));
  const band = svg("path", { class: "band" });

  const day = series.start === null || series.minutes > 1440 ? 0 : 1440 / series.minutes;
  /** Where the steps have dates: the first days of months, three or four of them. */
  const months = ([from, to]: Range): number[] => {
    const month = (step: number): number => new Date(series.dates?.[step] ?? 0).getUTCMonth();
    const last = Math.min(Math.floor(to), series.length - 1);
    const firsts: number[] = [];
    for (let step = Math.max(1, Math.ceil(from)); step <= last; step += 1) if (month(step) !== month(step - 1)) firsts.push(step);
    return firsts.filter((_, at) => at % Math.ceil(firsts.length / 4) === 0);
  };
  /** Midnights, or where there are no dates, whole seasons before and after now. */
  const days = (domain: Range, range: Range): Scale => {
    if (series.dates) return Object.assign(linear(domain, range), { ticks: () => months(domain) });
    const stride = day || (series.season > 1 ? series.season : horizon);
    const begin = day ? Math.ceil(-(((series.start ?? 0) / 60_000) % 1440) / series.minutes) : (moment?.now ?? 0);
    const ticks = (count: number): number[] => {
      const most = (domain[1] - domain[0]) / stride;
      const wide = stride * ([1, 2, 4, 7, 14, 28, 56].find((times) => most / times <= count) ?? 112);
      const first = begin + Math.ceil((domain[0] - begin) / wide) * wide;
      return Array.from({ length: Math.max(0, Math.floor((domain[1] - first) / wide) + 1) }, (_, at) => first + at * wide);
    };
    return Object.assign(linear(domain, range), { ticks });
  };

  const drawn: Chart = chart({
    signal,
    x: {
      domain: [0, 1],
      scale: days,
      room: 64,
      print: (step) => strings.tick(series, step, moment?.now ?? 0),
    },
    y: { domain: [0, 1], title: series.unit, room: 48 },
    height: (width) => (width < 500 ? 280 : 320),
    margin: { top: 26, right: 84, bottom: 24, left: 34 },
    draw: () => paint(),
  });
  const { element, marks } = drawn;
  element.classList.add("lstm-forecast-plot");
  set(element, { role: "slider", tabindex: 0, "aria-label": strings.brush, "aria-valuemin": -reads, "aria-valuemax": -1 });
  marks.append(future, nowLine, left, right, ...ghosts, reach, ...NAMES.map((name) => lines[name]), past);
  marks.append(...NAMES.map((name) => labels[name]), grip, band);

  const path = (values: Float64Array, from: number, before?: number): string => {
    const { x, y } = drawn;
    const points = Array.from(values, (value, at) => [x(from + at), y(value)] as const);
    return linePath(before === undefined ? points : [[x(from - 1), y(before)], ...points]);
  };

  /** Puts the names at the ends of their lines, moved apart where they would touch. */
  const name = ({ now, lines: shown }: Moment): void => {
    const { x, y } = drawn;
    const ends = NAMES.flatMap((each) => {
      const value = shown[each]?.at(-1);
      return value === undefined ? [] : [{ label: labels[each], y: y(value) }];
    }).sort((a, b) => a.y - b.y);
    const [low = 0, high = 0] = y.range;
    let floor = high;
    for (const end of ends) floor = (end.y = Math.max(end.y, floor)) + GAP;
    let roof = low;
    for (const end of ends.reverse()) roof = (end.y = Math.min(end.y, roof)) - GAP;
    for (const { label, y: at } of ends) set(label, { x: x(now + horizon - 1) + 8, y: at + 4 });
  };

  const paint = (): void => {
    if (!moment) return;
    const { now, before, brush } = moment;
    const { x, y } = drawn;
    const [low, high] = y.range;
    const edge = x(now - 0.5);
    set(future, { x: edge, y: high, width: Math.max(0, x.range[1] - edge), height: low - high });
    set(nowLine, { x1: edge, x2: edge, y1: high - 18, y2: low });
    set(left, { x: edge - 8, y: high - 8 });
    set(right, { x: edge + 8, y: high - 8 });
    const last = moment.past[reads - 1];
    const was = before?.past[reads - 1];
    set(past, { d: path(moment.past, now - reads) });
    set(band, { d: past.getAttribute("d") });
    set(ghosts[0], { d: before && path(before.past, now - reads) });
    set(ghosts[1], { d: before && path(before.forecast, now, was) });
    for (const each of NAMES) {
      const values = moment.lines[each];
      const joined = each === "lstm" ? last : each === "truth" ? (was ?? last) : undefined;
      set(lines[each], { d: values && path(values, now, joined) });
      set(labels[each], { visibility: values && values.length > 0 ? null : "hidden" });
    }
    const from = Math.max(0, reads - brush.at - brush.width + 1);
    const to = Math.min(reads, reads - brush.at + brush.width);
    set(reach, { d: path(moment.past.subarray(from, to), now - reads + from) });
    set(grip, { transform: `translate(${x(now - brush.at).toFixed(1)} ${y(moment.past[reads - brush.at] ?? 0).toFixed(1)})` });
    name(moment);
  };

  /** Ends of the axes on which everything can be seen, with room to bend; while the line is held they stay. */
  const fit = (next: Moment): void => {
    const all = [next.past, next.before?.past, ...NAMES.map((each) => next.lines[each])].flatMap((values) =>
      Array.from(values ?? []),
    );
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const [low, high] = drawn.y.domain;
    const span = most - least || 1;
    const roomy = least >= low && most <= high && span > 0.5 * (high - low);
    const [begin, end] = [next.now - reads - 0.5, next.now + horizon - 0.5];
    const x: Range = [begin, end];
    if (drawn.x.domain[0] === begin && roomy) paint();
    else drawn.rescale({ x, y: [least - 0.12 * span, most + 0.16 * span] });
  };

  const stepAt = (clientX: number, clientY: number): readonly [number, number] => {
    const { x, y } = drawn.valueAt(clientX, clientY);
    return [Math.max(1, Math.min(reads, (moment?.now ?? 0) - Math.round(x))), y];
  };
  /** What the hand is off the line by when it takes hold of it. */
  let offset = 0;
  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.target !== band || !moment || event.button !== 0) return;
      held = true;
      const [at, value] = stepAt(event.clientX, event.clientY);
      offset = value - (moment.past[reads - at] ?? 0);
      press();
    },
    { signal },
  );
  draggable(element, {
    signal,
    free: true,
    drag(clientX, clientY) {
      if (!held) return;
      const [at, value] = stepAt(clientX, clientY);
      pull(at, value - offset);
    },
  });
  for (const end of ["pointerup", "pointercancel"]) {
    element.addEventListener(
      end,
      () => {
        held = false;
        if (moment) fit(moment);
      },
      { signal },
    );
  }
  element.addEventListener(
    "pointermove",
    (event) => {
      if (!held && event.target === band && event.pointerType !== "touch") point(stepAt(event.clientX, event.clientY)[0]);
    },
    { signal },
  );

  return {
    element,
    draw(next) {
      moment = next;
      set(element, {
        "aria-valuenow": -next.brush.at,
        "aria-valuetext": strings.brushAt(series, next.now - next.brush.at, next.past[reads - next.brush.at] ?? 0),
      });
      if (held) paint();
      else fit(next);
    },
  };
}
