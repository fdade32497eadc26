/** The task as a picture: one row, step by step, and what is to be said at its end. */
import { html, set, svg, watchWidth } from "../shared/dom";
import { fixed } from "../shared/format";
import type { Example, TaskName } from "../tasks";

const HEIGHT = 90;
const FLOOR = 70;
/** The longest bar, and where noise has its nought. */
const TALL = 46;
const MIDDLE = 44;
/** Room for the answer at the right end. */
const END = 88;
const START = 6;

export interface RowPicture {
  readonly element: HTMLElement;
  show(task: TaskName, example: Example): void;
}

export function rowPicture(letters: readonly string[], signal: AbortSignal): RowPicture {
  const ground = svg("line", { class: "ground" });
  const bars = svg("path", { class: "bars" });
  const marked = svg("path", { class: "marked" });
  const marks = svg("path", { class: "marks" });
  const labels = [0, 1].map(() => svg("text", { "text-anchor": "middle" }));
  const arrow = svg("path", { class: "arrow" });
  const answer = svg("text", { class: "answer", y: MIDDLE + 8 });
  const drawing = svg(
    "svg",
    { height: HEIGHT, "aria-hidden": "true" },
    ...[ground, bars, marked, marks, ...labels, arrow, answer],
  );
  const element = html("div", { class: "lstm-row" }, drawing);
  let width = 720;
  let shown: readonly [TaskName, Example] | null = null;

  const draw = (): void => {
    if (!shown) return;
    const [task, { x, target }] = shown;
    const inputs = task === "adding" ? 2 : 3;
    const lag = x.length / inputs;
    const pitch = (width - START - END) / lag;
    const thick = Math.max(1, Math.min(16, pitch * 0.62));
    const at = (t: number): number => START + (t + 0.5) * pitch;
    const bar = (t: number, from: number, size: number): string =>
      `M${(at(t) - thick / 2).toFixed(1)} ${from}v${(-size).toFixed(1)}h${thick.toFixed(1)}V${from}z`;
    let [plain, strong, signs] = ["", "", ""];
    const told: (readonly [number, string])[] = [];
    const zero = task === "adding" ? FLOOR : MIDDLE;
    for (let t = 0; t < lag; t += 1) {
      if (task === "adding") {
        const size = (x[2 * t] ?? 0) * TALL;
        if (x[2 * t + 1] === 0) plain += bar(t, zero, size);
        else {
          strong += bar(t, zero, size);
          signs += `M${at(t).toFixed(1)} ${FLOOR + 4}l6 9h-12z`;
          told.push([t, fixed(x[2 * t] ?? 0, 2)]);
        }
      } else if (t > 0) plain += bar(t, zero, Math.max(-TALL, Math.min(TALL, 15 * (x[3 * t + 2] ?? 0))));
    }
    set(drawing, { width, viewBox: `0 0 ${width} ${HEIGHT}`, "data-task": task });
    set(ground, { x1: START, x2: width - END, y1: zero, y2: zero });
    set(bars, { d: plain });
    set(marked, { d: strong });
    set(marks, { d: signs });
    // Two numbers that stand close go a little apart.
    const places = told.map(([t]) => at(t));
    const gap = 40 - ((places[1] ?? 0) - (places[0] ?? 0));
    labels.forEach((label, index) => {
      const [t, text] = told[index] ?? [0, ""];
      const aside = gap > 0 ? (index === 0 ? -gap / 2 : gap / 2) : 0;
      const place = Math.max(START + 14, Math.min(width - END - 14, at(t) + aside));
      set(label, { x: task === "adding" ? place : Math.max(at(0), START + 8), y: task === "adding" ? 15 : MIDDLE + 8 });
      label.textContent = task === "adding" ? text : index === 0 ? (letters[target] ?? "") : "";
    });
    set(arrow, { d: `M${width - END + 8} ${MIDDLE}h14m-5-4 5 4-5 4` });
    set(answer, { x: width - END + 32 });
    answer.textContent = task === "adding" ? fixed(target, 2) : (letters[target] ?? "");
  };
  watchWidth(element, signal, (wide) => {
    width = wide;
    draw();
  });
  return {
    element,
    show(task, example) {
      shown = [task, example];
      draw();
    },
  };
}
