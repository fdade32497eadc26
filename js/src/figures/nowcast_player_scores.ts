/** How well each forecast does, step by step ahead: lines with their names, and a cursor. */
import { chart, linePath, retitle } from "../shared/chart";
import { html, set, svg } from "../shared/dom";
import { niceLimit } from "../shared/format";
import { type Answer, type Method, METHODS } from "./nowcast_player_rain";
import type { MeasureName, NowcastPlayerStrings } from "./nowcast_player_strings";

const APART = 14;

export interface ScoreLines {
  readonly element: HTMLElement;
  draw(answers: Readonly<Partial<Record<Method, Answer>>>, measure: MeasureName, ahead: number, storm: boolean): void;
  /** Steps ahead, 0 before the forecasts begin. */
  mark(step: number): void;
}

/** Places of labels, none nearer to another than a line of text. */
function apart(places: readonly number[]): number[] {
  const found = [...places];
  let above = Number.NEGATIVE_INFINITY;
  for (const [at, place] of [...places.entries()].sort(([, a], [, b]) => a - b))
    found[at] = above = Math.max(place, above + APART);
  return found;
}

export function scoreLines(strings: NowcastPlayerStrings, signal: AbortSignal): ScoreLines {
  const lines = METHODS.map((name) => svg("path", { class: name }));
  const names = METHODS.map((name) => svg("text", { class: name }, strings.names[name]));
  const dots = METHODS.map((name) => svg("circle", { class: name, r: 3.5 }));
  const cursor = svg("line", { class: "lstm-cursor" });
  let values: readonly (readonly number[])[] = METHODS.map(() => []);
  let [ahead, now] = [1, 0];

  const place = (): void => {
    const { x, y } = plot;
    set(cursor, { x1: x(now), x2: x(now), y1: y.range[1], y2: y.range[0], visibility: now > 0 ? null : "hidden" });
    dots.forEach((dot, k) => {
      const value = values[k]?.[now - 1];
      set(dot, { visibility: value === undefined ? "hidden" : null, cx: x(now), cy: value === undefined ? 0 : y(value) });
    });
  };
  const redraw = (): void => {
    const { x, y } = plot;
    values.forEach((list, k) =>
      set(lines[k] as Element, { d: linePath(list.map((value, at) => [x(at + 1), y(value)] as const)) }),
    );
    const ends = apart(values.map((list) => y(list.at(-1) ?? 0)));
    names.forEach((name, k) =>
      set(name, { x: x.range[1] + 8, y: (ends[k] ?? 0) + 4, visibility: values[k]?.length ? null : "hidden" }),
    );
    place();
  };
  const whole = (value: number): string => (Number.isInteger(value) ? String(value) : "");
  const plot = chart({
    signal,
    x: { domain: [1, 6], title: " ", print: whole, room: 44 },
    y: { domain: [0, 0.02], title: " " },
    height: 150,
    margin: { right: 84, left: 44, top: 24 },
    draw: redraw,
  });
  plot.marks.append(
    cursor,
    svg("g", { class: "lstm-nowcast-lines" }, ...lines, ...dots),
    svg("g", { class: "lstm-nowcast-names" }, ...names),
  );
  return {
    element: html("div", { class: "lstm-nowcast-scores" }, plot.element),
    draw(answers, measure, steps, storm) {
      ahead = steps;
      values = METHODS.map((name) => answers[name]?.scores[measure] ?? []);
      const most = measure === "csi" ? 1 : niceLimit(Math.max(1e-4, ...values.flat()));
      retitle(plot, "y", strings.measured[measure]);
      retitle(plot, "x", strings.stepsAhead(storm));
      plot.rescale({ x: [1, ahead], y: [0, most] });
    },
    mark(step) {
      now = step;
      place();
    },
  };
}
