/** The MemoryTask as a reader sees and works it. */
import type { Instrument, InstrumentOptions } from "../instrument";
import { LANES, streams } from "../learner";
import { choiceRow, setIdle, textButton } from "../shared/buttons";
import { html, set, write } from "../shared/dom";
import { figureFoot } from "../shared/foot";
import { listenToKeys, NO_SHORTCUTS } from "../shared/keys";
import { liveRegion } from "../shared/live";
import { numberChip } from "../shared/number_chip";
import { sentence } from "../shared/sentence";
import { slider } from "../shared/slider";
import type { Value } from "../shared/steer";
import { type Example, TASKS } from "../tasks";
import { board } from "./memory_task_board";
import { laneView, outcome } from "./memory_task_lane";
import { type LaneState, race, type Race } from "./memory_task_race";
import { rowPicture } from "./memory_task_row";
import { LAGS, SEEDS, type State, TASK_NAMES } from "./memory_task_state";
import type { MemoryTaskStrings } from "./memory_task_strings";

/** Ends of the lanes, in sequences: the first that holds all that was seen. */
const ENDS = [1000, 2000, 5000, 10_000, 20_000, 40_000, 60_000];
/** How long a race goes on that nobody can see. */
const UNSEEN_MS = 10_000;
const NOT_BEGUN: LaneState = { means: [], solved: false, answer: null };

export function memoryTaskView(options: InstrumentOptions<State, MemoryTaskStrings>): Instrument<State> {
  const { strings, signal, original } = options;
  let state = original;
  let rows = streams(0)[2];
  let example: Example = { x: new Float64Array(0), target: 0 };
  let now: Race | null = null;
  /** Why nothing goes on, where something did. */
  let halt = "";
  const announced = new Set<string>();

  const live = liveRegion(signal);
  const valueOf = (key: "lag" | "seed", label: string, [least, most]: readonly [number, number], step: number): Value => ({
    label,
    least,
    most,
    step,
    fine: 1,
    get: () => state[key],
    change: (wish) => move({ ...state, [key]: Math.round(Math.max(least, Math.min(most, wish))) }),
    take: (number) => move({ ...state, [key]: Math.round(number) }),
  });
  const told = sentence(strings.refused);
  /** Why they cannot learn here. */
  const message = html("p", { class: "lstm-message", role: "alert", hidden: true });

  const tasks = choiceRow(
    strings.task,
    TASK_NAMES.map((name) => ({ label: strings.tasks[name], tone: "h" })),
    (index) => move({ ...state, task: TASK_NAMES[index] ?? "adding" }),
    signal,
  );
  const lagValue = valueOf("lag", strings.lagLabel, LAGS, 5);
  const lag = slider({ value: lagValue, signal, caption: strings.lag, complain: told.complaintOf(lagValue) });
  const seedValue = valueOf("seed", strings.seedLabel, SEEDS, 1);
  const seed = numberChip({ value: seedValue, signal, perPixel: 0.1, complain: told.complaintOf(seedValue) });
  const picture = rowPicture(strings.letters, signal);

  const startButton = textButton(strings.start, { signal, press: () => toggle() });
  startButton.classList.add("lstm-play");
  const againButton = textButton(strings.again, { signal, press: () => begin() });
  const anotherButton = textButton(strings.another, { signal, press: () => another() });
  const status = html("span", { class: "lstm-caption" });
  const lossName = html("span", {});
  const lanes = LANES.map((lane) => laneView(lane, strings, signal));
  const why = html("p", { class: "lstm-caption" });
  const results = board(strings, signal);
  const foot = figureFoot({
    strings,
    signal,
    address: () => options.address(state),
    reset: () => {
      move(original);
      begin();
    },
  });

  const element = html(
    "div",
    { class: "lstm-ui lstm-memory-task", role: "group", "aria-label": strings.title, [NO_SHORTCUTS]: "true" },
    html(
      "div",
      { class: "lstm-choose" },
      tasks.element,
      lag.element,
      html(
        "span",
        { class: "lstm-seed" },
        html("span", { class: "lstm-caption", "aria-hidden": "true" }, strings.seed),
        seed.element,
      ),
    ),
    html("div", {}, html("div", { class: "lstm-bar" }, ...told.elements, anotherButton), picture.element),
    html("div", { class: "lstm-bar" }, startButton, againButton, status),
    message,
    html(
      "div",
      { class: "lstm-lanes" },
      html(
        "div",
        { class: "lstm-lane lstm-caption", "aria-hidden": "true" },
        html("span", {}),
        html("span", {}, lossName, " ", strings.lossOver),
        html("span", { class: "lstm-says" }, strings.answers),
      ),
      ...lanes.map((lane) => lane.element),
    ),
    why,
    results.element,
    foot,
    live.element,
  );

  const lanesNow = (): readonly LaneState[] => now?.lanes ?? LANES.map(() => NOT_BEGUN);
  const draw = (): void => {
    const { task } = state;
    const all = lanesNow();
    const most = Math.max(...all.map(({ means }) => means.length * TASKS[task].batch));
    const end = ENDS.find((value) => value >= most) ?? most;
    lanes.forEach((lane, index) => lane.show(all[index] ?? NOT_BEGUN, example, end));
    all.forEach((lane, index) => {
      const name = LANES[index];
      if (!name || announced.has(name) || !(lane.solved || lane.means.length >= TASKS[task].most)) return;
      announced.add(name);
      live.say(strings.told(strings.lanes[name], outcome(strings, task, lane)));
      results.enter(state, all);
    });
    const running = now?.running ?? false;
    const over = now?.over ?? false;
    write(startButton, running ? strings.pause : now && !over ? strings.goOn : strings.start);
    setIdle(startButton, over);
    setIdle(againButton, !now);
    write(status, running ? strings.running : over ? strings.over : halt || (now ? strings.paused : strings.idle));
    set(element, { "data-state": running ? "running" : over ? "over" : now ? "paused" : "idle" });
  };

  const pause = (reason: string): void => {
    if (!now?.running) return;
    now.pause();
    halt = reason;
    draw();
  };
  const toggle = (): void => {
    if (now?.over) return;
    if (now?.running) {
      pause(strings.paused);
      live.say(strings.paused);
      return;
    }
    now ??= race({
      ...state,
      x: example.x,
      changed: draw,
      failed(reason) {
        begin();
        set(message, { hidden: false });
        write(message, strings.failed(reason));
      },
    });
    now.run();
    draw();
    if (now?.running) live.say(strings.running);
  };
  const another = (): void => {
    example = TASKS[state.task].draw(state.lag, rows);
    picture.show(state.task, example);
    const { x, target } = example;
    if (state.task === "latch") told.tell(strings.row.latch(target));
    else {
      const [a = 0, b = 0] = [...x.keys()].filter((at) => at % 2 === 1 && x[at] === 1).map((at) => x[at - 1]);
      told.tell(strings.row.adding(a, b, target));
    }
    now?.look(x);
    draw();
  };
  /** Clears the lanes, and stands ready to start. */
  const begin = (): void => {
    now?.end();
    now = null;
    halt = "";
    announced.clear();
    set(message, { hidden: true });
    rows = streams(state.seed)[2];
    for (const lane of lanes) lane.begin(state.task);
    another();
  };

  const show = (next: State): void => {
    state = next;
    tasks.choose(TASK_NAMES.indexOf(state.task));
    lag.show(String(state.lag));
    seed.show(String(state.seed));
    write(lossName, strings.loss[state.task]);
    write(why, `${strings.why[state.task]} ${strings.settings}`);
    begin();
  };
  const move = (next: State): void => {
    if (TASK_NAMES.includes(next.task) && next.task === state.task && next.lag === state.lag && next.seed === state.seed) return;
    show(next);
    options.moved(next);
  };

  listenToKeys(element, { " ": toggle }, signal);
  document.addEventListener("visibilitychange", () => document.hidden && pause(strings.away), { signal });
  if (typeof IntersectionObserver !== "undefined") {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (!entry?.isIntersecting) timer = setTimeout(() => pause(strings.away), UNSEEN_MS);
    });
    observer.observe(element);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      observer.disconnect();
    });
  }
  signal.addEventListener("abort", () => now?.end());

  return { element, show, announce: () => live.say(told.text) };
}
