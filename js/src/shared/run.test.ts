import { describe, expect, it } from "vitest";
import { checkRun, type Run, valueAt, valueBefore } from "./run";

function run(time: number, units: number, change: Partial<Run> = {}): Run {
  const values = (): Float64Array => new Float64Array(time * units).fill(0.5);
  const state = (): Float64Array => new Float64Array(units).fill(0.25);
  const all = { i: values(), f: values(), g: values(), o: values(), c: values(), h: values(), h0: state(), c0: state() };
  return { time, units, tokens: null, ...all, ...change };
}

describe("checkRun", () => {
  it("passes a good run through", () => {
    const good = run(3, 2);
    expect(checkRun(good)).toBe(good);
  });

  it.each([
    ["no step", run(0, 2), /at least one time step.*0/],
    ["no unit", run(3, 0), /at least one unit.*0/],
    ["a wrong length", run(3, 2, { f: new Float64Array(5) }), /f holds 5 values.*3 steps × 2 units = 6/],
    ["NaN", run(3, 2, { c: Float64Array.of(0, 0, 0, Number.NaN, 0, 0) }), /c is NaN at step 2, unit 1/],
    ["infinity", run(1, 1, { h: Float64Array.of(Number.POSITIVE_INFINITY) }), /h is Infinity at step 1, unit 0/],
    ["a wrong initial state", run(3, 2, { c0: new Float64Array(3) }), /c0 holds 3 values, expected 2/],
    ["NaN in it", run(3, 1, { h0: Float64Array.of(Number.NaN) }), /h0 holds a value that is not a finite number/],
    ["a token too few", run(3, 2, { tokens: ["a", "b"] }), /2 tokens for 3 time steps/],
  ])("tells of %s", (_, bad, message) => {
    expect(() => checkRun(bad)).toThrow(message);
  });
});

describe("values", () => {
  it("finds the state before a step, and before the first", () => {
    const c = Float64Array.of(1, 2, 3, 4);
    const two = run(2, 2, { c });
    expect(valueAt(two, "c", 1, 0)).toBe(3);
    expect(valueBefore(two, "c", 1, 1)).toBe(2);
    expect(valueBefore(two, "c", 0, 1)).toBe(0.25);
  });
});
