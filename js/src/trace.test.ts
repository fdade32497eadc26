import { describe, expect, it } from "vitest";
import { exportedTrace, packed } from "./test_network";
import { readTrace } from "./trace";

describe("readTrace", () => {
  it("reads what Python writes", () => {
    const run = readTrace(exportedTrace());
    expect([run.time, run.units, run.tokens?.[3]]).toEqual([4, 2, "\n"]);
    expect(run.c[5]).toBe(Math.sin(7 * 5 + 8));
    expect(readTrace({ ...exportedTrace(), tokens: null }).tokens).toBeNull();
  });

  it("knows its activations; sigmoid and tanh where they are not told", () => {
    expect(readTrace(exportedTrace()).activations).toEqual({ i: "sigmoid", f: "sigmoid", g: "tanh", o: "sigmoid" });
    const told = { ...exportedTrace(), activation: "softsign", recurrent_activation: "hard_sigmoid" };
    expect(readTrace(told).activations).toMatchObject({ f: "hard_sigmoid", g: "softsign" });
  });

  it.each<[string, unknown, RegExp]>([
    ["a list", [], /The trace is a list/],
    ["another format", { ...exportedTrace(), format: "x" }, /format x/],
    ["no time", { ...exportedTrace(), time: 0 }, /time is 0/],
    ["a time that is a text", { ...exportedTrace(), time: "4" }, /time is 4; expected a whole number/],
    ["more units than there are", { ...exportedTrace(), units: 1e9 }, /holds 64 bytes/],
    ["fewer tokens", { ...exportedTrace(), tokens: ["a"] }, /1 tokens for 4 time steps/],
    ["tokens that are no texts", { ...exportedTrace(), tokens: [1, 2, 3, 4] }, /tokens are not a list of texts/],
    ["an activation without a name", { ...exportedTrace(), activation: 3 }, /activation is a number; expected a name/],
    ["a state cut short", { ...exportedTrace(), c: packed([1])["data"] }, /The trace's c holds 8 bytes/],
    ["NaN", { ...exportedTrace(), h0: packed([0, Number.NaN])["data"] }, /h0 holds a value that is not a finite number/],
  ])("refuses %s", (_, trace, message) => {
    expect(() => readTrace(trace)).toThrow(message);
  });
});
