/** Tasks with a long lag: what stands early in a row decides the answer at its end. The same as in lstm_edu/long_lag.py. */
import type { Random } from "./random";

export interface Example {
  /** The row, `(lag, inputs)`. */
  readonly x: Float64Array;
  /** The number to say at the end of it, or the class. */
  readonly target: number;
}

export interface Task {
  /** Numbers at each step of a row. */
  readonly inputs: number;
  /** 1 for a number, whose error is squared; else the number of classes, of which cross-entropy asks for the right one. */
  readonly outputs: number;
  /** The loss of whoever knows nothing and says the best one can: the mean, or that all classes are as likely. */
  readonly ignorance: number;
  readonly units: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Batches after which a network has had its time. */
  readonly most: number;
  draw(lag: number, from: Random): Example;
}

/** Two numbers in a row are marked, one in each half: add them (Hochreiter & Schmidhuber 1997, section 5.4). */
const adding: Task = {
  inputs: 2,
  outputs: 1,
  ignorance: 1 / 6,
  units: 32,
  batch: 20,
  learningRate: 5e-3,
  most: 3000,
  draw(lag, from) {
    const x = new Float64Array(2 * lag);
    for (let t = 0; t < lag; t += 1) x[2 * t] = from.uniform();
    const half = Math.floor(lag / 2);
    const marked = [from.integer(half), half + from.integer(lag - half)];
    let target = 0;
    for (const t of marked) {
      x[2 * t + 1] = 1;
      target += x[2 * t] as number;
    }
    return { x, target };
  },
};

/** The first symbol is one of two, then comes noise: say at the end which one it was. */
const latch: Task = {
  inputs: 3,
  outputs: 2,
  ignorance: Math.log(2),
  units: 16,
  batch: 16,
  learningRate: 1e-2,
  most: 1500,
  draw(lag, from) {
    const x = new Float64Array(3 * lag);
    const target = from.integer(2);
    x[target] = 1;
    for (let t = 1; t < lag; t += 1) x[3 * t + 2] = from.normal();
    return { x, target };
  },
};

export const TASKS = { adding, latch } as const;
export type TaskName = keyof typeof TASKS;
