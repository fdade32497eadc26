/** The step's arithmetic as a picture: the old state as far as f keeps it, i·g added, their sum, and what o shows of its tanh. */
import { html, set, svg, watchWidth, write } from "../shared/dom";
import { fixed, signed } from "../shared/format";
import { mathSvg } from "../shared/maths";
import type { Moment } from "./gate_explorer_state";
import type { GateExplorerStrings } from "./gate_explorer_strings";

export interface Picture {
  readonly element: HTMLElement;
  print(moment: Moment): void;
  /** Draws on an axis from −limit to limit; called for every frame of a glide. */
  draw(moment: Moment, limit: number): void;
}

const TOP = 44;
const LEFT = 24;
/** Of the whole, as high as the curves beside it; lower where it stands alone under them. */
const HEIGHT = { beside: 382, alone: 290 };
/** Of the lines of text under the columns. */
const FOOT = 52;

/** A column: an outline that is the whole, and the part of it that a gate lets through. */
interface Column {
  readonly tone: "c" | "g" | "h";
  readonly symbol: string;
  /** The gate that opens it, with the whole that it opens onto. */
  readonly gate?: "f" | "i" | "o";
  readonly whole?: readonly [before: string, symbol: string, after: string];
  readonly caption: "kept" | "written" | "state" | "shown";
  /** Where it begins, how far its filled part reaches, and how far the whole. */
  span(m: Moment): readonly [from: number, part: number, whole: number];
}

const COLUMNS: readonly Column[] = [
  { tone: "c", symbol: "f·c_−1", gate: "f", whole: ["", "c_−1", ""], caption: "kept", span: (m) => [0, m.kept, m.before] },
  { tone: "g", symbol: "i·g", gate: "i", whole: ["", "g", ""], caption: "written", span: (m) => [m.kept, m.c, m.kept + m.g] },
  { tone: "c", symbol: "c", caption: "state", span: (m) => [0, m.c, m.c] },
  { tone: "h", symbol: "h", gate: "o", whole: ["tanh(", "c", ")"], caption: "shown", span: (m) => [0, m.h, m.squashed] },
];

/** The sizes that the picture has to hold. */
export const extent = (m: Moment): number =>
  Math.max(1, ...COLUMNS.flatMap(({ span }) => span(m)).map((value) => Math.abs(value)));

/** "of tanh(c)": what a gate opens onto. */
function wholeOf(of: string, [before, symbol, after]: readonly [string, string, string]): SVGTextElement {
  const upright = (text: string): SVGTSpanElement => svg("tspan", { class: "upright" }, text);
  const text = mathSvg(symbol, { "text-anchor": "middle", y: 31 });
  text.prepend(svg("tspan", { class: "of" }, `${of} `), upright(before));
  text.append(upright(after));
  return text;
}

export function picture(strings: GateExplorerStrings, signal: AbortSignal): Picture {
  let width = 0;
  let bottom = HEIGHT.beside - FOOT;
  let scale = 0;
  let last: Moment | null = null;

  const lines = [1, 0, -1].map((value) => ({
    value,
    line: svg("line", { class: value === 0 ? "nought" : "hairline" }),
    tick: svg("text", { class: "tick", x: LEFT - 6, "text-anchor": "end" }, fixed(value, 0)),
  }));
  const columns = COLUMNS.map((column) => {
    const whole = svg("rect", { class: "whole", rx: 2 });
    const part = svg("rect", { class: "part", rx: 2 });
    const end = svg("line", { class: "end" });
    const open = svg("tspan", {});
    const gate = svg("text", { class: "opening", "text-anchor": "middle", y: 14 });
    if (column.gate) gate.append(svg("tspan", { class: "lstm-symbol" }, column.gate), " ", open);
    const onto = column.whole ? [wholeOf(strings.of, column.whole)] : [];
    const symbol = mathSvg(column.symbol, { "text-anchor": "middle" });
    const number = svg("text", { class: "number strong", "text-anchor": "middle" });
    const caption = svg("text", { class: "caption", "text-anchor": "middle" }, strings[column.caption]);
    const foot = [symbol, number, caption];
    const texts = [gate, ...onto, ...foot];
    const element = svg(
      "g",
      { "data-tone": column.tone },
      whole,
      part,
      end,
      svg("g", { "data-tone": column.gate ?? column.tone }, gate),
      ...texts.slice(1),
    );
    return { column, element, whole, part, end, open, number, foot, texts };
  });
  /** From each column's end to where the next one begins. */
  const steps = [0, 1, 2].map(() => svg("line", { class: "step" }));

  const drawing = svg(
    "svg",
    { "aria-hidden": "true" },
    ...lines.flatMap(({ line, tick }) => [line, tick]),
    ...steps,
    ...columns.map(({ element }) => element),
  );
  const element = html("div", { class: "lstm-arithmetic", role: "img" }, drawing);

  const pitch = (): number => (width - LEFT) / COLUMNS.length;
  const centre = (index: number): number => LEFT + pitch() * (index + 0.5);
  const bar = (): number => Math.min(44, pitch() * 0.62);
  const y = (value: number): number => (TOP + bottom - (value / scale) * (bottom - TOP)) / 2;

  const draw = (m: Moment): void => {
    for (const { value, line, tick } of lines) {
      set(line, { y1: y(value).toFixed(2), y2: y(value).toFixed(2) });
      set(tick, { y: (y(value) + 4).toFixed(2) });
    }
    columns.forEach(({ column, whole, part, end }) => {
      const [from, to, all] = column.span(m);
      for (const [rect, reach] of [
        [whole, all],
        [part, to],
      ] as const) {
        const [a, b] = [y(from), y(reach)];
        set(rect, { y: Math.min(a, b).toFixed(2), height: Math.abs(a - b).toFixed(2) });
      }
      set(end, { y1: y(to).toFixed(2), y2: y(to).toFixed(2) });
    });
    const levels = [m.kept, m.c, m.squashed];
    steps.forEach((step, index) => {
      const at = levels[index] ?? 0;
      set(step, { y1: y(index === 2 ? m.c : at).toFixed(2), y2: y(at).toFixed(2) });
    });
  };

  watchWidth(
    element,
    signal,
    (wide) => {
      width = wide;
      const alone = drawing.parentElement?.parentElement?.clientWidth === width;
      const height = alone ? HEIGHT.alone : HEIGHT.beside;
      bottom = height - FOOT;
      set(drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
      for (const { line } of lines) set(line, { x1: LEFT, x2: width });
      columns.forEach(({ whole, part, end, foot, texts }, index) => {
        const [x, half] = [centre(index), bar() / 2];
        for (const rect of [whole, part]) set(rect, { x: x - half, width: 2 * half });
        set(end, { x1: x - half, x2: x + half });
        for (const text of texts) set(text, { x });
        foot.forEach((text, row) => set(text, { y: bottom + 18 + 17 * row }));
      });
      steps.forEach((step, index) => set(step, { x1: centre(index) + bar() / 2, x2: centre(index + 1) - bar() / 2 }));
      if (last) draw(last);
    },
    240,
  );

  return {
    element,
    print(m) {
      const numbers = [m.kept, m.written, m.c, m.h];
      columns.forEach(({ column, open, number }, index) => {
        write(number, signed(numbers[index] ?? 0));
        if (column.gate) write(open, fixed(m[column.gate]));
      });
      set(element, { "aria-label": strings.explained(m) });
    },
    draw(m, limit) {
      last = m;
      scale = limit;
      draw(m);
    },
  };
}
