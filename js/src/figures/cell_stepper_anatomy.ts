/** The anatomy of the cell for one unit at one step: vessels, pipes, nodes, and a number at every arrow. */
import { signOf } from "../activations";
import { set, svg } from "../shared/dom";
import { glide } from "../shared/motion";
import { GATES, type Gate } from "../shared/run";
import { type FeedStrings, feeds } from "./cell_stepper_feeds";
import { type LabelStrings, labels } from "./cell_stepper_labels";
import { type Layout, layoutFor } from "./cell_stepper_layout";
import type { Moment } from "./cell_stepper_moment";
import { node } from "./cell_stepper_node";
import { FLOW_MS, type Pipe, pipe } from "./cell_stepper_pipe";
import { type Vessel, vessel } from "./cell_stepper_vessel";

export interface AnatomyStrings extends FeedStrings, LabelStrings {
  readonly gates: Readonly<Record<Gate, string>>;
}

export interface AnatomyOptions {
  readonly strings: AnatomyStrings;
  readonly signal: AbortSignal;
  /** The reader pressed a part that belongs to this step of the algorithm. */
  choose(step: number): void;
}

/** A moment, and what it is measured against. */
export interface Scene {
  readonly moment: Moment;
  /** Where the scale of the state ends: a pipe for the state is as wide as its share of it. */
  readonly stateEnd: number;
  /** What a screen reader hears. */
  readonly label: string;
}

export interface Anatomy {
  readonly element: SVGSVGElement;
  resize(width: number): void;
  show(scene: Scene): void;
  setStep(step: number): void;
}

/** The step of the algorithm at which each gate is made, and the one at which it is used: it is lit at both. */
const MADE: Readonly<Record<Gate, number>> = { i: 1, g: 1, f: 2, o: 4 };
const USED: Readonly<Record<Gate, number>> = { i: 3, g: 3, f: 3, o: 5 };

export function anatomy(options: AnatomyOptions): Anatomy {
  const { strings, signal } = options;
  const element = svg("svg", { class: "lstm-anatomy", role: "img", "data-step": 0 });

  const vessels: Readonly<Record<Gate, Vessel>> = {
    i: vessel("i", strings.gates.i),
    f: vessel("f", strings.gates.f),
    g: vessel("g", strings.gates.g),
    o: vessel("o", strings.gates.o),
  };
  const gatePipes: Readonly<Record<Gate, Pipe>> = { i: pipe("i"), f: pipe("f"), g: pipe("g"), o: pipe("o") };
  const pipes = {
    before: pipe("state"),
    kept: pipe("state"),
    written: pipe("state"),
    after: pipe("state"),
    branch: pipe("state"),
    out: pipe("h"),
  };
  const tips = { c: svg("path", { class: "tip" }), h: svg("path", { class: "tip", "data-tone": "h" }) };
  const nodes = { forget: node("×", 17), add: node("+", 17), write: node("×", 14), squash: node(""), show: node("×", 14) };
  const sums = feeds(strings);
  const numbers = labels(strings);

  /** A part that is lit at the steps named in `on`; pressing it chooses the first of them. */
  const part = (on: string, ...children: Element[]): SVGGElement => {
    const group = svg("g", { class: "part", "data-on": on }, ...children);
    group.addEventListener("click", () => options.choose(Number(on[0])), { signal });
    return group;
  };
  /** Nodes keep their ground where they step back, so that no pipe shows through. */
  const joints = (on: string, ...children: Element[]): SVGGElement => {
    const group = part(on, ...children);
    group.classList.add("joints");
    return group;
  };
  const both = (gate: Gate): string => `${MADE[gate]} ${USED[gate]}`;
  element.append(
    part("1 2 4", sums.buses),
    ...GATES.map((gate) => part(`${MADE[gate]}`, sums.columns[gate])),
    ...GATES.map((gate) => part(both(gate), gatePipes[gate].element)),
    part("3", pipes.before.element, pipes.kept.element, pipes.written.element),
    part("3 5", pipes.after.element, tips.c),
    part("5", pipes.branch.element, pipes.out.element, tips.h),
    joints("3", nodes.forget.element, nodes.add.element, nodes.write.element),
    joints("5", nodes.squash.element, nodes.show.element),
    ...GATES.map((gate) => part(both(gate), vessels[gate].element)),
    part("3", ...numbers.groups.update),
    part("3 5", ...numbers.groups.state),
    part("5", ...numbers.groups.output),
  );

  /** At each step, the pipes in the order in which the data runs through them. */
  const flows: readonly (readonly (readonly Pipe[])[])[] = [
    [],
    [[gatePipes.i, gatePipes.g]],
    [[gatePipes.f]],
    [[pipes.before, gatePipes.f, gatePipes.i, gatePipes.g], [pipes.kept, pipes.written], [pipes.after]],
    [[gatePipes.o]],
    [[pipes.branch, gatePipes.o], [pipes.out]],
  ];

  let layout: Layout = layoutFor(720, true);
  let shown: Scene | null = null;

  /** Sets the head of an arrow on a pipe that runs out of the drawing. */
  const point = (head: SVGPathElement, y: number, width: number): void => {
    const half = Math.max(5, width / 2 + 2.5);
    const { to } = layout.conveyor;
    set(head, { d: `M${to - 9} ${(y - half).toFixed(1)}L${to} ${y}L${to - 9} ${(y + half).toFixed(1)}Z` });
  };
  /** Values as `measures` lists them, at any moment of a glide. */
  const draw = ([
    i = 0,
    f = 0,
    g = 0,
    o = 0,
    before = 0,
    kept = 0,
    written = 0,
    c = 0,
    squashed = 0,
    h = 0,
  ]: readonly number[]): void => {
    const gates = { i, f, g, o };
    for (const gate of GATES) {
      vessels[gate].fill(gates[gate], layout);
      gatePipes[gate].fill(gates[gate], layout.pipe);
    }
    pipes.before.fill(before, layout.pipe);
    pipes.kept.fill(kept, layout.pipe);
    pipes.written.fill(written, layout.pipe);
    pipes.branch.fill(squashed, layout.pipe);
    point(tips.h, layout.show.y, pipes.out.fill(h, layout.pipe));
    // The branch leaves from the conveyor's lower edge, so that the two never overlap.
    const width = pipes.after.fill(c, layout.pipe);
    const edge = layout.conveyor.y + width / 2;
    pipes.branch.lay(`M${layout.tanh.x} ${edge.toFixed(1)}V${layout.show.y}`);
    point(tips.c, layout.conveyor.y, width);
    set(tips.c, { "data-sign": c < 0 ? "negative" : "positive" });
  };
  const motion = glide(draw, signal);
  const measures = ({ moment, stateEnd }: Scene): number[] => {
    const { i, f, g, o, cBefore, kept, written, c, squashed, h } = moment;
    return [i, f, g, o, cBefore / stateEnd, kept / stateEnd, written / stateEnd, c / stateEnd, squashed, h];
  };

  const place = (): void => {
    const { column, conveyor, forget, add, write, show, vessel: box, width, height } = layout;
    set(element, { viewBox: `0 0 ${width} ${height}`, width, height });
    for (const gate of GATES) vessels[gate].place(layout);
    sums.place(layout);
    numbers.place(layout);
    for (const name of ["forget", "add", "write", "show"] as const) nodes[name].place(layout[name], layout.node);
    nodes.squash.place(layout.tanh, 1);
    const end = conveyor.to;
    pipes.before.lay(`M${conveyor.from} ${conveyor.y}H${forget.x}`);
    pipes.kept.lay(`M${forget.x} ${conveyor.y}H${add.x}`);
    pipes.after.lay(`M${add.x} ${conveyor.y}H${end - 7}`);
    pipes.written.lay(`M${write.x} ${write.y}V${add.y}`);
    pipes.out.lay(`M${show.x} ${show.y}H${end - 7}`);
    gatePipes.f.lay(`M${column.f} ${box.top}V${forget.y}`);
    gatePipes.i.lay(`M${column.i} ${box.top}V${write.y}H${write.x}`);
    gatePipes.g.lay(`M${column.g} ${box.top}V${write.y}H${write.x}`);
    gatePipes.o.lay(`M${column.o} ${box.top}V${show.y}`);
  };

  return {
    element,
    resize(width) {
      layout = layoutFor(width, shown?.moment.sums !== null);
      place();
      if (!shown) return;
      sums.show(shown.moment, layout);
      motion.jump(measures(shown));
    },
    show(scene) {
      const { moment } = scene;
      const summed = moment.sums !== null;
      if (shown === null || (shown.moment.sums !== null) !== summed) {
        layout = layoutFor(layout.width, summed);
        for (const gate of GATES) vessels[gate].setSquash(signOf(moment.activations[gate]));
        nodes.squash.rename(signOf(moment.activations.g));
        place();
      }
      shown = scene;
      for (const gate of GATES) vessels[gate].print(moment[gate]);
      numbers.print(moment);
      sums.show(moment, layout);
      set(element, { "aria-label": scene.label });
      motion.to(measures(scene));
    },
    setStep(step) {
      set(element, { "data-step": step });
      for (const [order, stage] of (flows[step] ?? []).entries()) {
        for (const each of stage) each.flow(order * FLOW_MS);
      }
    },
  };
}
