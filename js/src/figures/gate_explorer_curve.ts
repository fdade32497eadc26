/** A gate: its curve with the point where the unit stands, and below it the sum z that put it there, on the same axis. */
import { sigmoid } from "../activations";
import { html, set, svg, watchWidth, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { fixed, rounded, signed } from "../shared/format";
import { mathSvg } from "../shared/maths";
import type { Gate, Sum } from "../shared/run";
import { steer, type Value } from "../shared/steer";

export interface CurveOptions {
  readonly gate: Gate;
  readonly name: string;
  /** The bias, which a drag along the curve moves. */
  readonly value: Value;
  readonly signal: AbortSignal;
  describe(bias: string, z: string, value: string): string;
  /** The reader takes hold of the point, or lets go of it. */
  held(holds: boolean): void;
}

export interface Curve {
  readonly element: HTMLElement;
  print(value: number, sum: Sum): void;
  /** Draws where the unit stands, on an axis from −limit to limit; called for every frame of a glide. */
  draw(value: number, sum: Sum, limit: number): void;
}

/** In pixels: the plot, and the rows of the sum under it. */
const TOP = 30;
const HEIGHT = 66;
const FLOOR = TOP + HEIGHT;
const ROW = 17;
const ROWS = [FLOOR + 22, FLOOR + 22 + ROW, FLOOR + 22 + 2 * ROW, FLOOR + 25 + 3 * ROW] as const;
const BOTTOM = ROWS[3] + 10;
/** What stands beside the axis: symbols to its left, numbers to its right; less where the whole is narrow. */
const GUTTERS = { wide: [36, 58], narrow: [30, 54] } as const;
const NARROW = 190;
const SAMPLES = 72;

/** Of the terms of z, in the order of the rows. */
const TERMS = [
  { symbol: "W x", tone: "x" },
  { symbol: "U h_−1", tone: "h" },
  { symbol: "b", tone: null },
] as const;

/** The terms and their sum at the fewest decimals, three at least, at which the printed terms add up to the printed sum. */
export function printedSum({ x, h, b, z }: Sum): string[] {
  let digits = 3;
  const adds = (): boolean => {
    const terms = [x, h, b].reduce((total, term) => total + rounded(term, digits), 0);
    return rounded(terms, digits) === rounded(z, digits);
  };
  while (digits < 9 && !adds()) digits += 1;
  return [x, h, b, z].map((value) => signed(value, digits));
}

export function curve(options: CurveOptions): Curve {
  const { gate, name, value, signal } = options;
  const squash = gate === "g" ? Math.tanh : sigmoid;
  const least = gate === "g" ? -1 : 0;
  const middle = (least + 1) / 2;
  let width = 0;
  let [left, right]: readonly [number, number] = GUTTERS.wide;
  let limit = 4;
  let last: readonly [number, Sum] | null = null;

  const y = (now: number): number => FLOOR - ((now - least) / (1 - least)) * HEIGHT;
  const x = (z: number): number => left + ((z / limit + 1) / 2) * (width - left - right);

  const hairline = (): SVGLineElement => svg("line", { class: "hairline" });
  const [ceiling, ground, upright] = [hairline(), hairline(), hairline()];
  const path = svg("path", { class: "curve" });
  const drop = svg("line", { class: "drop" });
  const across = svg("line", { class: "drop" });
  const halo = svg("circle", { class: "halo", r: 13 });
  const point = svg("circle", { class: "point", r: 6.5 });
  const tube = svg("rect", { class: "tube", y: TOP, width: 7, height: HEIGHT, rx: 2 });
  const level = svg("rect", { class: "level", width: 7, rx: 2 });
  const number = svg("text", { class: "number strong", "text-anchor": "end" });
  const ticks = [least, 1].map((at) => svg("text", { class: "tick", y: y(at) + 4, "text-anchor": "end" }, fixed(at, 0)));
  /** Where the axis of z ends. */
  const zEnds = [-1, 1].map((side) => {
    const mark = svg("text", { class: "tick", y: FLOOR + 12, "text-anchor": side < 0 ? "start" : "end" });
    return { side, mark };
  });
  const rows = [...TERMS.map(({ symbol, tone }) => ({ symbol, tone })), { symbol: "z", tone: null }].map((term, row) => {
    const at = ROWS[row] ?? 0;
    const bar = svg("rect", { class: row === 3 ? "bar sum" : "bar", y: at - 4.5, height: 9, rx: 1.5 });
    const printed = svg("text", { class: row === 3 ? "number strong" : "number", y: at + 4.5, "text-anchor": "end" });
    const element = svg("g", { "data-tone": term.tone ?? gate }, bar, mathSvg(term.symbol, { x: 0, y: at + 4.5 }), printed);
    return { element, bar, printed };
  });
  const rule = svg("line", { class: "hairline", y1: ROWS[3] - 11, y2: ROWS[3] - 11 });

  const drawing = svg(
    "svg",
    { height: BOTTOM, "aria-hidden": "true" },
    ceiling,
    ground,
    upright,
    ...ticks,
    ...zEnds.map(({ mark }) => mark),
    rule,
    tube,
    level,
    ...rows.map(({ element }) => element),
    drop,
    across,
    path,
    halo,
    point,
    mathSvg(gate, { class: "lstm-symbol letter", x: 0, y: 17 }),
    svg("text", { class: "caption", x: 17, y: 17 }, name),
    number,
  );
  const element = html("div", { class: "lstm-curve", "data-tone": gate }, drawing);
  const tell = steer(element, { role: "slider", value, signal });

  const draw = (now: number, sum: Sum): void => {
    const [px, py] = [x(sum.z), y(now)];
    set(point, { cx: px.toFixed(2), cy: py.toFixed(2) });
    set(halo, { cx: px.toFixed(2), cy: py.toFixed(2) });
    set(drop, { x1: px.toFixed(2), x2: px.toFixed(2), y1: py.toFixed(2), y2: ROWS[3] - 4.5 });
    set(across, { x1: px.toFixed(2), x2: width - right + 6, y1: py.toFixed(2), y2: py.toFixed(2) });
    const base = gate === "g" ? y(middle) : FLOOR;
    set(level, { y: Math.min(py, base).toFixed(2), height: Math.abs(py - base).toFixed(2) });
    const ends = [0, sum.x, sum.x + sum.h, sum.z];
    rows.forEach(({ bar }, row) => {
      const [from = 0, to = 0] = row === 3 ? [0, sum.z] : [ends[row], ends[row + 1]];
      set(bar, { x: x(Math.min(from, to)).toFixed(2), width: Math.max(1.5, Math.abs(x(to) - x(from))).toFixed(2) });
    });
  };
  const drawAxes = (): void => {
    for (const { side, mark } of zEnds) {
      set(mark, { x: x(side * limit) });
      write(mark, fixed(side * limit, 0));
    }
    const steps = Array.from({ length: SAMPLES + 1 }, (_, step) => -limit + (2 * limit * step) / SAMPLES);
    set(path, { d: `M${steps.map((z) => `${x(z).toFixed(1)} ${y(squash(z)).toFixed(2)}`).join("L")}` });
  };
  watchWidth(
    element,
    signal,
    (wide) => {
      width = wide;
      set(drawing, { width, viewBox: `0 0 ${width} ${BOTTOM}` });
      [left, right] = width < NARROW ? GUTTERS.narrow : GUTTERS.wide;
      const [from, to] = [left, width - right];
      for (const mark of ticks) set(mark, { x: left - 6 });
      set(ceiling, { x1: from, x2: to, y1: TOP, y2: TOP });
      set(ground, { x1: from, x2: to, y1: y(0), y2: y(0) });
      set(upright, { x1: x(0), x2: x(0), y1: TOP, y2: ROWS[3] + 6 });
      set(rule, { x1: 0, x2: width });
      for (const rect of [tube, level]) set(rect, { x: to + 6 });
      set(number, { x: width, y: 17 });
      for (const { printed } of rows) set(printed, { x: width });
      drawAxes();
      if (last) draw(...last);
    },
    220,
  );

  // A drag moves the point along the curve: the bias makes up what the rest of the sum leaves.
  draggable(element, {
    signal,
    drag(clientX) {
      if (!last) return;
      const begin = element.getBoundingClientRect().left + left;
      const share = (clientX - begin) / Math.max(1, width - left - right);
      const z = (2 * Math.max(0, Math.min(1, share)) - 1) * limit;
      const [, sum] = last;
      value.change(z - sum.x - sum.h);
    },
  });
  element.addEventListener("pointerdown", () => options.held(true), { signal });
  for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => options.held(false), { signal });

  return {
    element,
    print(now, sum) {
      const printed = printedSum(sum);
      rows.forEach((row, index) => write(row.printed, printed[index] ?? ""));
      const text = gate === "g" ? signed(now) : fixed(now);
      write(number, text);
      tell(options.describe(signed(sum.b, 2), printed[3] ?? "", text));
    },
    draw(now, sum, scale) {
      last = [now, sum];
      if (scale !== limit) {
        limit = scale;
        drawAxes();
      }
      draw(now, sum);
    },
  };
}
