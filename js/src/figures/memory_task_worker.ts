/**
 * One lane of the MemoryTask, in a worker: trains while the page draws. It is asked for a stretch at a time and answers
 * once, so that it rests as soon as nobody asks.
 */
import { learner, type Learner, WINDOW } from "../learner";
import { TASKS } from "../tasks";
import type { Report, Request } from "./memory_task_race";

/** How long it may train before it answers, so that a slow one is heard of too. */
const LONGEST_MS = 45;

export function learnOnRequest(): void {
  let own: Learner | null = null;
  let batches = 0;
  let solved = false;
  addEventListener("message", ({ data }: MessageEvent<Request>) => {
    const { task, lag, lane, seed, until, x } = data;
    own ??= learner(task, lag, lane, seed);
    const means: number[] = [];
    const begin = performance.now();
    while (!solved && batches < until && performance.now() - begin < LONGEST_MS) {
      const mean = own.train();
      means.push(mean);
      batches += 1;
      solved = batches >= WINDOW && mean <= TASKS[task].ignorance / 10;
    }
    const report: Report = { means, solved, answer: own.answer(x) };
    postMessage(report);
  });
}
