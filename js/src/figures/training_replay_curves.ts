/** Two plots over the steps of a training with one cursor to drag: the loss, and how closely each unit follows a signal. */
import { type Chart, chart, linePath, retitle } from "../shared/chart";
import { html, set, svg, write } from "../shared/dom";
import { draggable } from "../shared/drag";
import { fixed, niceLimit } from "../shared/format";
import type { Quantity } from "../shared/run";
import { log, type Range, type Scale } from "../shared/scale";
import { FOUND, foundAt, type Training } from "./training_replay_state";
import type { TrainingReplayStrings } from "./training_replay_strings";

/** Where the step before the first stands on an axis of powers. */
const NOUGHT = 0.5;
/** Lines of text need so much. */
const APART = 13;
const MARGIN = { right: 104, left: 34, top: 24 };

/** Steps on a scale of powers, with a place for nought. */
function stepScale(domain: Range, range: Range): Scale {
  const powers = log(domain, range);
  const ticks = (count: number): number[] => [...(domain[0] === NOUGHT ? [0] : []), ...powers.ticks(count)];
  return Object.assign((step: number) => powers(Math.max(step, NOUGHT)), { invert: powers.invert, domain, range, ticks });
}

/** Places of labels: those that would touch are pushed down. */
export function apart(places: readonly number[]): number[] {
  const found = [...places];
  let above = Number.NEGATIVE_INFINITY;
  for (const [at, place] of [...places.entries()].sort(([, a], [, b]) => a - b))
    found[at] = above = Math.max(place, above + APART);
  return found;
}

export interface CurvesOptions {
  readonly strings: TrainingReplayStrings;
  readonly signal: AbortSignal;
  choose(snapshot: number): void;
}

export interface Curves {
  /** A slider to a screen reader; its arrow keys are the figure's own. */
  readonly loss: HTMLElement;
  readonly agreement: HTMLElement;
  setTraining(training: Training): void;
  /** Draws how closely each unit's quantity follows a signal, one unit before the others. */
  setAgreement(gate: Quantity, signal: number, unit: number): void;
  setSnapshot(snapshot: number, spoken: string): void;
}

export function curves({ strings, signal, choose }: CurvesOptions): Curves {
  let training: Training | null = null;
  let [gate, wanted, unit, now] = ["h" as Quantity, 0, 0, 0];

  const path = (name: string): SVGPathElement => svg("path", { class: name });
  const [seen, unseen, others, own] = [path("training"), path("validation"), path("others"), path("own")];
  const [yardsticks, labels] = [svg("g", { class: "lstm-yardsticks" }), svg("g", { class: "lstm-labels" })];
  const half = svg("line");
  const found = svg("g", { class: "found" }, svg("circle", { r: 5 }), svg("text"));
  const name = svg("text", { class: "own" });
  const cursor = (): SVGGElement => svg("g", {}, svg("line", { class: "lstm-cursor" }), svg("circle", { r: 4.5 }));
  const [lossCursor, agreementCursor] = [cursor(), cursor()];

  const across = (plot: Chart, k: number): number => plot.x(training?.steps[k] ?? 0);
  const lineOf = (plot: Chart, valueAt: (k: number) => number): string =>
    linePath((training?.steps ?? []).map((_, k) => [across(plot, k), plot.y(valueAt(k))] as const));
  const r2 = (k: number, each: number): number => (training?.r(gate, k, wanted, each) ?? 0) ** 2;
  const level = (plot: Chart, value: number): Record<string, number> => {
    const y = plot.y(value);
    return { x1: plot.x.range[0], x2: plot.x.range[1], y1: y, y2: y };
  };
  const place = (plot: Chart, mark: SVGGElement, value: number): void => {
    set(mark, { transform: `translate(${across(plot, now).toFixed(1)} 0)` });
    set(mark.children[0] as Element, { y1: plot.y.range[1] - 4, y2: plot.y.range[0] });
    set(mark.children[1] as Element, { cy: plot.y(value).toFixed(1) });
  };
  const placeBoth = (): void => {
    place(loss, lossCursor, training?.validation[now] ?? 0);
    place(agreement, agreementCursor, r2(now, unit));
  };

  const drawLoss = (plot: Chart): void => {
    if (!training) return;
    const { validation, training: learnt, baselines } = training;
    set(unseen, { d: lineOf(plot, (k) => validation[k] ?? 0) });
    set(seen, { d: learnt ? lineOf(plot, (k) => learnt[k] ?? 0) : "" });
    yardsticks.replaceChildren(...baselines.map(([, nats]) => svg("line", level(plot, nats))));
    const named = [
      { kind: "validation", name: strings.validation, nats: validation.at(-1) ?? 0 },
      ...(learnt ? [{ kind: "training", name: strings.training, nats: learnt.at(-1) ?? 0 }] : []),
      ...baselines.map(([name, nats]) => ({ kind: "yardstick", name, nats })),
    ];
    const heights = apart(named.map(({ nats }) => plot.y(nats)));
    const x = plot.x.range[1] + 8;
    labels.replaceChildren(
      ...named.map(({ kind, name }, at) => svg("text", { class: kind, x, y: (heights[at] ?? 0) + 4 }, name)),
    );
    placeBoth();
  };
  const drawAgreement = (plot: Chart): void => {
    if (!training || training.signals.length === 0) return;
    const [end, last] = [plot.x.range[1], training.steps.length - 1];
    set(others, { d: Array.from({ length: training.units }, (_, each) => lineOf(plot, (k) => r2(k, each))).join("") });
    set(own, { d: lineOf(plot, (k) => r2(k, unit)) });
    set(half, level(plot, FOUND));
    set(name, { x: end + 8, y: plot.y(r2(last, unit)) + 4 });
    write(name, `${strings.unit} ${unit}`);
    const first = foundAt(training, gate, wanted, unit);
    set(found, { visibility: first === null ? "hidden" : null });
    if (first !== null) {
      const [x, text] = [across(plot, first), found.children[1] as Element];
      set(found, { transform: `translate(${x.toFixed(1)} ${plot.y(r2(first, unit)).toFixed(1)})` });
      // The line comes from below, so there is room at the upper left.
      const left = x > plot.x.range[0] + 100;
      set(text, { x: left ? -10 : 10, y: left ? -4 : 16, "text-anchor": left ? "end" : "start" });
      write(text, strings.found(training.steps[first] ?? 0));
    }
    placeBoth();
  };

  const x = { domain: [NOUGHT, 1] as Range, scale: stepScale, print: (step: number) => fixed(step, 0) };
  const common = { signal, height: 178 };
  const loss = chart({
    ...common,
    x,
    y: { domain: [0, 1], title: strings.nats },
    margin: { ...MARGIN, bottom: 20 },
    draw: drawLoss,
  });
  const agreement = chart({
    ...common,
    x: { ...x, title: strings.batches },
    y: { domain: [0, 1], title: " " },
    margin: MARGIN,
    draw: drawAgreement,
  });
  loss.marks.append(yardsticks, seen, unseen, labels, lossCursor);
  agreement.marks.append(
    svg("g", { class: "lstm-yardsticks" }, half),
    others,
    own,
    svg("g", { class: "lstm-labels" }, name),
    found,
    agreementCursor,
  );

  const held = (plot: Chart, attributes: Record<string, string | number>): HTMLElement => {
    const node = html("div", { class: "lstm-replay-curves", ...attributes }, plot.element);
    draggable(node, {
      signal,
      drag(clientX, clientY) {
        const at = plot.x(plot.valueAt(clientX, clientY).x);
        const distances = (training?.steps ?? []).map((_, k) => Math.abs(across(plot, k) - at));
        const nearest = distances.indexOf(Math.min(...distances));
        if (nearest !== now) choose(nearest);
      },
    });
    return node;
  };
  const slider = held(loss, { role: "slider", tabindex: 0, "aria-label": strings.cursor, "aria-valuemin": 1 });
  const below = held(agreement, {});

  return {
    loss: slider,
    agreement: below,
    setTraining(next) {
      training = next;
      const { steps, validation, training: learnt, baselines } = next;
      const domain: Range = [Math.max(steps[0] ?? 0, NOUGHT), Math.max(steps.at(-1) ?? 1, 1)];
      const most = Math.max(...validation, ...(learnt ?? []), ...baselines.map(([, nats]) => nats));
      set(slider, { "aria-valuemax": steps.length });
      loss.rescale({ x: domain, y: [0, niceLimit(most)] });
      agreement.rescale({ x: domain });
    },
    setAgreement(...chosen) {
      [gate, wanted, unit] = chosen;
      set(below, { "data-tone": gate });
      retitle(agreement, "y", strings.explained(gate, training?.signals[wanted]?.name ?? ""));
      drawAgreement(agreement);
    },
    setSnapshot(snapshot, spoken) {
      now = snapshot;
      set(slider, { "aria-valuenow": snapshot + 1, "aria-valuetext": spoken });
      placeBoth();
    },
  };
}
