/** The race: a worker for each lane, all asked to go on at the same pace. */
import { type Lane, LANES } from "../learner";
import { TASKS, type TaskName } from "../tasks";

/** The script of the workers, as a function or its text: esbuild.mjs says which. */
declare const MEMORY_TASK_WORKER: unknown;

/** What a worker is asked: train until so many batches, then answer this row. */
export interface Request {
  readonly task: TaskName;
  readonly lag: number;
  readonly seed: number;
  readonly lane: Lane;
  readonly until: number;
  readonly x: Float64Array;
}

/** What it says: the mean loss after each batch that it has trained on since, and its answer. */
export interface Report {
  readonly means: readonly number[];
  readonly solved: boolean;
  readonly answer: number;
}

export interface LaneState {
  /** Mean of the last losses after each batch. */
  readonly means: readonly number[];
  readonly solved: boolean;
  /** To the row that is looked at; null before the first. */
  readonly answer: number | null;
}

export interface Race {
  readonly lanes: readonly LaneState[];
  readonly running: boolean;
  /** Whether every lane has solved the task or had its time. */
  readonly over: boolean;
  run(): void;
  pause(): void;
  /** Asks for an answer to another row. */
  look(x: Float64Array): void;
  end(): void;
}

export interface RaceOptions {
  readonly task: TaskName;
  readonly lag: number;
  readonly seed: number;
  readonly x: Float64Array;
  /** Called at most once a frame. */
  changed(): void;
  /** A worker could not start, or has given up. */
  failed(reason: string): void;
}

/** A worker is asked every so many milliseconds, and no lane is let further ahead of the last one than so many batches. */
const EVERY_MS = 50;
const PACE = 4;

export function race(options: RaceOptions): Race {
  const { task, lag, seed, changed, failed } = options;
  const { most } = TASKS[task];
  let { x } = options;
  let running = false;
  let frame = 0;
  let stale = false;
  const state = LANES.map(() => ({ means: [] as number[], solved: false, answer: null as number | null }));
  const asked: (number | null)[] = LANES.map(() => null);
  const last = LANES.map(() => Number.NEGATIVE_INFINITY);
  const isOver = (lane: LaneState): boolean => lane.solved || lane.means.length >= most;

  const end = (): void => {
    running = false;
    cancelAnimationFrame(frame);
    for (const worker of workers) worker.terminate();
  };
  const start = (index: number): Worker => {
    const worker = new Worker(sourceUrl());
    worker.addEventListener("message", ({ data }: MessageEvent<Report>) => {
      const lane = state[index];
      if (!lane) return;
      lane.means.push(...data.means);
      lane.solved = data.solved;
      lane.answer = data.answer;
      asked[index] = null;
      stale = true;
      if (state.every(isOver)) running = false;
      wake();
    });
    worker.addEventListener("error", (event) => {
      end();
      failed(event.message || "");
    });
    return worker;
  };
  const workers: Worker[] = [];

  const ask = (index: number, until: number, now: number): void => {
    const lane = LANES[index];
    if (!lane) return;
    asked[index] = last[index] = now;
    const request: Request = { task, lag, seed, lane, until, x };
    workers[index]?.postMessage(request);
  };
  const tick = (now: number): void => {
    frame = 0;
    if (stale) changed();
    stale = false;
    if (!running) return;
    const slowest = Math.min(...state.filter((lane) => !isOver(lane)).map(({ means }) => means.length));
    const until = Math.min(most, slowest + PACE);
    state.forEach((lane, index) => {
      const due = asked[index] === null && now - (last[index] ?? 0) >= EVERY_MS;
      if (due && !isOver(lane) && lane.means.length < until) ask(index, until, now);
    });
    wake();
  };
  const wake = (): void => {
    frame ||= requestAnimationFrame(tick);
  };

  return {
    lanes: state,
    get running() {
      return running;
    },
    get over() {
      return state.every(isOver);
    },
    run() {
      try {
        if (workers.length === 0) workers.push(...LANES.map((_, index) => start(index)));
      } catch (error) {
        failed(String(error));
        return;
      }
      running = true;
      wake();
    },
    pause() {
      running = false;
    },
    look(next) {
      x = next;
      if (!running) workers.forEach((_, index) => ask(index, state[index]?.means.length ?? 0, 0));
    },
    end,
  };
}

let url = "";
/** The worker as an address that also works where the page is a file. */
function sourceUrl(): string {
  url ||= URL.createObjectURL(new Blob([`(${String(MEMORY_TASK_WORKER)})()`], { type: "text/javascript" }));
  return url;
}
