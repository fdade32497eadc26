/** The lines of a GradientFlow over the steps back, with a point on each network's own to pull it by. */
import { type Chart, chart, linePath } from "../shared/chart";
import { html, set, svg, write } from "../shared/dom";
import { linear, type Range } from "../shared/scale";
import type { Value } from "../shared/steer";
import { handle } from "./gradient_flow_handle";
import { arrange, type Label } from "./gradient_flow_labels";
import { type Fate, fateOf, LIMIT, type Network } from "./gradient_flow_state";
import type { GradientFlowStrings } from "./gradient_flow_strings";

export interface Series {
  readonly name: string;
  /** Name of its colour, and its pattern: a second cue. */
  readonly tone: string;
  readonly dash?: string;
  /** Whose parameter its point moves. */
  readonly pull?: { readonly network: Network; readonly value: Value };
}

export interface PlotOptions {
  readonly strings: GradientFlowStrings;
  readonly signal: AbortSignal;
  readonly series: readonly Series[];
  /** The reader pulls a network's line towards a power of ten at so many steps back. */
  pull(network: Network, back: number, power: number): void;
}

export interface Plot {
  readonly element: HTMLElement;
  /** Draws each line; `length` steps fill the width. */
  draw(hearings: readonly Float64Array[], length: number): void;
  tell(fates: Readonly<Record<Network, Fate>>): void;
}

/** Powers of ten at the ends of the axis, and how those that it names are written. */
const [LEAST, MOST]: Range = [-9, 6];
const POWERS = ["10⁻⁹", "10⁻⁶", "10⁻³", "1", "10³", "10⁶"];
/** Where nothing arrives, far below the axis. */
const NOTHING = -1000;

const powers = (domain: Range, range: Range) =>
  Object.assign(linear(domain, range), { ticks: () => POWERS.map((_, at) => 3 * at + LEAST) });
const within = (low: number, high: number, value: number): number => Math.max(low, Math.min(high, value));

export function plot({ strings, signal, series, pull }: PlotOptions): Plot {
  let hearings: readonly Float64Array[] = [];
  let length = 0;
  /** What the reader holds now, and at how many steps back. */
  let held: { readonly network: Network; readonly back: number } | null = null;

  const text = (kind: string, tone?: string): SVGTextElement => svg("text", { class: kind, "data-tone": tone });
  const zones = (["lost", "explodes"] as const).map((zone) => ({
    ground: svg("rect", { class: zone }),
    name: text("zone"),
    said: strings[zone],
  }));
  const drawn: Chart = chart({
    signal,
    height: (width) => (width < 560 ? 300 : 352),
    margin: { left: 42, right: 10, top: 26, bottom: 36 },
    x: { domain: [1, 0], title: strings.horizontal, grid: false },
    y: { domain: [LEAST, MOST], title: strings.vertical, scale: powers, print: (value) => POWERS[(value - LEAST) / 3] ?? "" },
    draw: () => paint(),
  });
  const marks = series.map(({ name, tone, dash, pull: by }) => {
    const point =
      by &&
      handle({
        ...by,
        tone,
        signal,
        pull(clientX, clientY) {
          const { x, y } = drawn.valueAt(clientX, clientY);
          held = { network: by.network, back: within(1, length - 1, Math.round(x)) };
          pull(by.network, held.back, within(LEAST, MOST, y));
        },
        release() {
          held = null;
          paint();
        },
      });
    return {
      name,
      by,
      point,
      line: svg("path", { "data-tone": tone, "stroke-dasharray": dash }),
      drop: svg("line", { class: "drop", "data-tone": tone }),
      end: svg("circle", { "data-tone": tone, r: point ? 0 : 3.5 }),
      label: text("name", tone),
      exit: text("exit", tone),
    };
  });
  // What leaves the plot is cut off at its edge.
  const window_ = svg("svg", {}, svg("g", { class: "lines" }, ...marks.map(({ line }) => line)));
  drawn.marks.append(
    ...zones.map(({ ground }) => ground),
    ...marks.map(({ drop }) => drop),
    window_,
    ...marks.flatMap(({ end, exit, label }) => [end, exit, label]),
    ...zones.map(({ name }) => name),
  );
  const element = html("div", { class: "lstm-flow-plot" }, drawn.element, ...marks.flatMap(({ point }) => point?.element ?? []));

  /** The power of ten at so many steps back, at which a line can be drawn; NaN where there is none. */
  const at = (hearing: Float64Array, back: number): number => Math.max(NOTHING, hearing[hearing.length - 1 - back] ?? Number.NaN);

  /** Draws one line and its point, and returns what there is to be written beside it. */
  const lay = ({ name, by, point, line, drop, end, label, exit }: (typeof marks)[number], hearing: Float64Array): Label[] => {
    const { x, y } = drawn;
    const [floor, top] = y.range as [number, number];
    set(line, { d: linePath(Array.from({ length }, (_, back): [number, number] => [x(back), y(at(hearing, back))])) });
    const fate = fateOf(hearing);
    const back = by && held?.network === by.network ? held.back : Math.min(fate.back, length - 1);
    const power = back === fate.back ? fate.power : at(hearing, back);
    const [px, py] = [x(back), y(within(LEAST, MOST, power))];
    set(end, { cx: px.toFixed(1), cy: py.toFixed(1) });
    point?.move(px, py);
    const crosses = point && fate.kind !== "all";
    set(drop, { x1: px.toFixed(1), x2: px.toFixed(1), y1: py.toFixed(1), y2: crosses ? floor : py.toFixed(1) });
    const alone = name === strings.names.conveyor;
    const own: Label = { node: label, text: alone ? name : strings.label(name, fate), x: px, y: py, optional: alone };

    // Where it leaves the plot for good, how far it goes on.
    const first = at(hearing, Math.min(length, hearing.length) - 1);
    if (!point || within(LEAST, MOST, first) === first) {
      write(exit, "");
      return [own];
    }
    const inside = (step: number): boolean => (first < 0 ? at(hearing, step) >= LEAST : at(hearing, step) <= MOST);
    let gone = 0;
    while (inside(gone)) gone += 1;
    const beyond = strings.beyond(hearing[hearing.length - length] as number);
    return [own, { node: exit, text: beyond, x: x(gone), y: first < 0 ? floor + 2 : top - 12, optional: true }];
  };

  const paint = (): void => {
    const { x, y } = drawn;
    const [left, right] = x.range;
    const [floor, top] = y.range;
    const [width, height] = [right - left, floor - top];
    if (length === 0 || width < 2) return;
    set(window_, { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}` });
    const edges = [
      [y(-LIMIT), floor],
      [top, y(LIMIT)],
    ] as const;
    const places = [floor + 1, top + 5];
    const names = zones.map(({ ground, name, said }, zone): Label => {
      const [begin, end] = edges[zone] as (typeof edges)[number];
      set(ground, { x: left, y: begin, width, height: end - begin });
      return { node: name, text: said, x: right + 6, y: places[zone] as number, optional: true };
    });
    const named = marks.map((mark, index) => lay(mark, hearings[index] as Float64Array));
    const heights = hearings.map((hearing) => (across: number): number => {
      const back = x.invert(across);
      const [near, next] = [at(hearing, Math.floor(back)), at(hearing, Math.ceil(back))];
      return y(near + (back - Math.floor(back)) * (next - near));
    });
    // First those with a point to pull, the forget gates' where there is room.
    const [alone = [], ...others] = named;
    const labels = [...others.flat(), ...names, ...alone];
    for (const { node, text: said } of labels) write(node, said);
    arrange(labels, heights, { left, right: right + 8, top, bottom: floor });
  };

  return {
    element,
    draw(next, steps) {
      hearings = next;
      const longer = steps !== length;
      length = steps;
      if (longer) drawn.rescale({ x: [steps - 1, 0] });
      else paint();
    },
    tell(fates) {
      for (const { by, point } of marks) if (by) point?.tell(strings.heard(String(by.value.get()), fates[by.network]));
    },
  };
}
