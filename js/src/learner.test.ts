import { describe, expect, it } from "vitest";
import { type Lane, learner, LANES, WINDOW } from "./learner";
import { adam, clipByNorm } from "./optimizer";
import { random } from "./random";
import { TASKS, type TaskName } from "./tasks";

const curve = (task: TaskName, lag: number, lane: Lane, seed: number, batches: number): number[] => {
  const own = learner(task, lag, lane, seed);
  return Array.from({ length: batches }, () => own.train());
};

describe("the tasks", () => {
  it("mark one number in each half, and ask for their sum", () => {
    for (const lag of [5, 8, 200]) {
      const { x, target } = TASKS.adding.draw(lag, random(lag));
      const marks = Array.from({ length: lag }, (_, t) => t).filter((t) => x[2 * t + 1] === 1);
      expect(marks).toHaveLength(2);
      expect(marks.map((t) => Number(t >= Math.floor(lag / 2)))).toEqual([0, 1]);
      expect(target).toBe(marks.reduce((sum, t) => sum + (x[2 * t] as number), 0));
    }
  });

  it("begin with a letter, and go on with noise", () => {
    const from = random(1);
    const rows = Array.from({ length: 200 }, () => TASKS.latch.draw(9, from));
    for (const { x, target } of rows) {
      expect([x[target], x[1 - target], x[2]]).toEqual([1, 0, 0]);
      for (let t = 1; t < 9; t += 1) expect([x[3 * t], x[3 * t + 1]]).toEqual([0, 0]);
    }
    const share = rows.filter(({ target }) => target === 1).length / rows.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it("are worth what knowing nothing costs", () => {
    const from = random(2);
    const errors = Array.from({ length: 20_000 }, () => (TASKS.adding.draw(6, from).target - 1) ** 2);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length / TASKS.adding.ignorance).toBeCloseTo(1, 1);
  });
});

describe("a learner", () => {
  it.each(LANES)("on %s draws the same curve from the same seed", (lane) => {
    const first = curve("adding", 6, lane, 3, 8);
    expect(curve("adding", 6, lane, 3, 8)).toEqual(first);
    expect(curve("adding", 6, lane, 4, 8)).not.toEqual(first);
  });

  it("does not mind who looks at its answers", () => {
    const own = learner("latch", 6, "lstm1", 0);
    const looked = Array.from({ length: 5 }, () => {
      own.answer(TASKS.latch.draw(6, random(9)).x);
      return own.train();
    });
    expect(looked).toEqual(curve("latch", 6, "lstm1", 0, 5));
  });

  it("tells the mean of its last batches", () => {
    const means = curve("adding", 5, "rnn", 0, WINDOW + 1);
    const sums = means.map((mean, at) => mean * Math.min(at + 1, WINDOW));
    const first = means[0] as number;
    // What the window lets go is the first loss; what it takes in must be one that can be.
    expect((sums[WINDOW] as number) - (sums[WINDOW - 1] as number) + first).toBeGreaterThan(0);
  });

  it("learns to say which letter it was", () => {
    const own = learner("latch", 6, "lstm1", 0);
    let mean = 1;
    for (let batch = 0; batch < 60 && mean > TASKS.latch.ignorance / 10; batch += 1) mean = own.train();
    expect(mean).toBeLessThan(TASKS.latch.ignorance / 10);
    for (let row = 0; row < 20; row += 1) {
      const { x, target } = TASKS.latch.draw(6, random(100 + row));
      expect(Math.round(own.answer(x))).toBe(target);
    }
  });
});

describe("Adam", () => {
  it("takes a first step of its learning rate, whatever the gradient", () => {
    const weight = Float64Array.of(1, 1);
    adam([weight], 0.1)([Float64Array.of(1e-3, -50)]);
    expect(weight[0]).toBeCloseTo(0.9, 5);
    expect(weight[1]).toBeCloseTo(1.1, 5);
  });

  it("gets gradients that are no longer than the limit, and point where they did", () => {
    const gradients = [Float64Array.of(3), Float64Array.of(4)];
    expect(clipByNorm(gradients, 1)).toBe(5);
    [0.6, 0.8].forEach((value, at) => expect(gradients[at]?.[0]).toBeCloseTo(value, 14));
    expect(clipByNorm(gradients, 2)).toBeCloseTo(1, 15);
    expect(gradients[0]?.[0]).toBeCloseTo(0.6, 14);
  });
});
