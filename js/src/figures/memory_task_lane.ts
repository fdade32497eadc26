/** One lane: its network's name, its loss on a log axis, and its answer beside the truth. */
import { type Lane, LANES } from "../learner";
import { chart, linePath } from "../shared/chart";
import { html, set, svg, write } from "../shared/dom";
import { mathHtml } from "../shared/maths";
import { log } from "../shared/scale";
import { type Example, type TaskName, TASKS } from "../tasks";
import type { LaneState } from "./memory_task_race";
import type { MemoryTaskStrings } from "./memory_task_strings";

/** The largest answer that the gauge has room for. */
const LARGEST = { adding: 2, latch: 1 } as const;
/** How far above knowing nothing a first guess may be. */
const HIGHEST = { adding: 8, latch: 2 } as const;

export interface LaneView {
  readonly element: HTMLElement;
  /** Another race: another task, or from the start. */
  begin(task: TaskName): void;
  /** How far it is; `end` is where the axis of all lanes ends, in sequences. */
  show(state: LaneState, example: Example, end: number): void;
}

/** The text of how a lane fared. */
export function outcome(strings: MemoryTaskStrings, task: TaskName, { means, solved }: LaneState): string {
  const { batch, most } = TASKS[task];
  const seen = means.length * batch;
  return solved ? strings.solved(seen) : means.length >= most ? strings.unsolved(seen) : strings.seen(seen);
}

export function laneView(lane: Lane, strings: MemoryTaskStrings, signal: AbortSignal): LaneView {
  const isLast = lane === LANES.at(-1);
  let task: TaskName = "adding";
  let means: readonly number[] = [];
  let isSolved = false;

  const curve = svg("path", { class: "curve" });
  const dot = svg("circle", { r: 4 });
  const levels = [strings.ignorant, strings.solvedAt].map((name) => ({
    line: svg("line", { class: "level" }),
    label: svg("text", { "text-anchor": "end" }, name),
  }));
  const plot = chart({
    signal,
    x: { domain: [0, 1000], title: isLast ? strings.sequences : "", print: isLast ? strings.count : () => "" },
    y: { domain: [0.01, 1], scale: log, grid: false, room: 24, print: (value) => String(Number(value.toPrecision(1))) },
    height: isLast ? 116 : 84,
    margin: { top: 6, right: 6, bottom: isLast ? 38 : 6, left: 36 },
    draw: () => draw(),
  });
  plot.marks.append(...levels.flatMap(({ line, label }) => [line, label]), curve, dot);

  const draw = (): void => {
    const { x, y } = plot;
    const { batch, ignorance } = TASKS[task];
    levels.forEach(({ line, label }, index) => {
      const height = y(ignorance / 10 ** index);
      set(line, { x1: x.range[0], x2: x.range[1], y1: height, y2: height });
      set(label, { x: x.range[1], y: height - 4 });
    });
    const [floor, ceiling] = y.domain;
    const stride = Math.max(1, Math.ceil(means.length / (x.range[1] - x.range[0])));
    const place = (at: number): readonly [number, number] => [
      x((at + 1) * batch),
      y(Math.min(ceiling, Math.max(floor, means[at] ?? Number.NaN))),
    ];
    const points = means.flatMap((_, at) => (at % stride === 0 ? [place(at)] : []));
    const end = place(means.length - 1);
    set(curve, { d: linePath(means.length > 0 ? [...points, end] : []) });
    const [cx, cy] = means.length > 0 ? end : [0, 0];
    set(dot, { cx: cx.toFixed(1), cy: cy.toFixed(1), visibility: cy === 0 ? "hidden" : null, "data-solved": isSolved });
  };

  const status = html("span", { class: "lstm-caption" });
  const truth = html("i", { class: "truth" });
  const needle = html("i", { class: "needle" });
  const gauge = html("div", { class: "lstm-gauge", role: "img" }, needle, truth);
  const said = html("span", { class: "lstm-number" });
  const name = html("span", { class: "lstm-strong" }, strings.short[lane]);
  if (lane !== "rnn") {
    const bias = html("span", { class: "lstm-math", "data-tone": "f" }, ...mathHtml("b_f"), ` = ${lane.slice(-1)}`);
    name.append(" ", bias);
  }
  const element = html(
    "div",
    {
      class: "lstm-lane",
      role: "group",
      "aria-label": strings.lanes[lane],
      "data-lane": lane,
      "data-tone": lane === "rnn" ? "h" : "c",
    },
    html("div", { class: "lstm-lane-name" }, name, status),
    plot.element,
    html("div", { class: "lstm-says" }, gauge, said),
  );
  const percent = (value: number): string => `${Math.max(0, Math.min(100, (100 * value) / LARGEST[task]))}%`;

  return {
    element,
    begin(next) {
      task = next;
      const { ignorance } = TASKS[task];
      plot.rescale({ x: [0, 1000], y: [ignorance / 20, ignorance * HIGHEST[task]] });
    },
    show(state, { target }, end) {
      means = state.means;
      isSolved = state.solved;
      if (plot.x.domain[1] !== end) plot.rescale({ x: [0, end] });
      else draw();
      write(status, means.length > 0 ? outcome(strings, task, state) : "");
      const { answer } = state;
      truth.style.bottom = percent(target);
      set(needle, { hidden: answer === null });
      needle.style.bottom = percent(answer ?? 0);
      const text = answer === null ? "" : strings.says[task](answer);
      write(said, text);
      set(gauge, { "aria-label": strings.answer(text, strings.truth[task](target)) });
      set(element, {
        "data-batches": means.length,
        "data-loss": means.at(-1),
        "data-answer": answer,
        "data-solved": state.solved,
      });
    },
  };
}
