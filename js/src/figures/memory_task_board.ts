/** The table of who has solved which lag, kept while the page is open. */
import { LANES } from "../learner";
import { textButton } from "../shared/buttons";
import { html, set } from "../shared/dom";
import { TASKS } from "../tasks";
import { outcome } from "./memory_task_lane";
import type { LaneState } from "./memory_task_race";
import type { State } from "./memory_task_state";
import type { MemoryTaskStrings } from "./memory_task_strings";

export interface Board {
  readonly element: HTMLElement;
  /** Enters how the lanes of a race stand; a race that is entered again replaces its row. */
  enter(state: State, lanes: readonly LaneState[]): void;
}

export function board(strings: MemoryTaskStrings, signal: AbortSignal): Board {
  const rows = new Map<string, HTMLTableRowElement>();
  const body = html("tbody");
  const head = [strings.task, strings.lag, strings.seed, ...LANES.map((lane) => strings.lanes[lane])];
  const clear = textButton(strings.clear, {
    signal,
    press() {
      rows.clear();
      body.replaceChildren();
      set(element, { hidden: true });
    },
  });
  const element = html(
    "div",
    { class: "lstm-board", hidden: true },
    html(
      "table",
      {},
      html("caption", {}, strings.board),
      html("thead", {}, html("tr", {}, ...head.map((name) => html("th", { scope: "col" }, name)))),
      body,
    ),
    clear,
  );
  return {
    element,
    enter(state, lanes) {
      const { task, lag, seed } = state;
      const cells = lanes.map((lane) => {
        const over = lane.solved || lane.means.length >= TASKS[task].most;
        const text = !over
          ? strings.none
          : lane.solved
            ? strings.count(lane.means.length * TASKS[task].batch)
            : outcome(strings, task, lane);
        return html("td", { "data-solved": lane.solved }, text);
      });
      const key = `${task} ${lag} ${seed}`;
      const row = rows.get(key) ?? html("tr");
      row.replaceChildren(
        html("th", { scope: "row" }, strings.tasks[task]),
        html("td", {}, String(lag)),
        html("td", {}, String(seed)),
        ...cells,
      );
      if (!rows.has(key)) body.append(row);
      rows.set(key, row);
      set(element, { hidden: false });
    },
  };
}
