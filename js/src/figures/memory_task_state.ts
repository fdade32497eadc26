/** What a MemoryTask can be set to. */
import { choice, integer, type Setting } from "../settings";
import { type TaskName, TASKS } from "../tasks";

export interface State {
  readonly task: TaskName;
  readonly lag: number;
  readonly seed: number;
}

export const TASK_NAMES = Object.keys(TASKS) as TaskName[];
export const LAGS = [5, 200] as const;
export const SEEDS = [0, 9999] as const;

export const SETTINGS: Readonly<Record<keyof State, Setting>> = {
  task: choice(...TASK_NAMES),
  lag: integer(...LAGS),
  seed: integer(...SEEDS),
};
