import { describe, expect, it } from "vitest";
import { ACTIVATIONS, sigmoid, softmax, UNDONE } from "./activations";
import { type LSTM, run, sums } from "./lstm";

/** One input, one unit; blocks i, f, g, o. */
const layer: LSTM = {
  inputs: 1,
  units: 1,
  kernel: Float64Array.of(0.5, -1, 2, 0.25),
  recurrentKernel: Float64Array.of(1, 0.5, -1, 2),
  bias: Float64Array.of(0, 1, 0, -1),
  activation: Math.tanh,
  recurrentActivation: sigmoid,
};

describe("run", () => {
  const x = Float64Array.of(1, -2, 0.5);
  const record = run(layer, x, Float64Array.of(0.3), Float64Array.of(-0.7));

  it("computes the six equations in the order i, f, g, o", () => {
    const i = sigmoid(0.5 + 0.3);
    const f = sigmoid(-1 + 0.15 + 1);
    const g = Math.tanh(2 - 0.3);
    const o = sigmoid(0.25 + 0.6 - 1);
    const c = f * -0.7 + i * g;
    const first = [record.i, record.f, record.g, record.o, record.c, record.h].map((values) => values[0]);
    [i, f, g, o, c, o * Math.tanh(c)].forEach((value, at) => expect(first[at]).toBeCloseTo(value, 14));
  });

  it("gives the same where the beginning is known already", () => {
    const other = run(layer, Float64Array.of(1, -2, 9), Float64Array.of(0.3), Float64Array.of(-0.7));
    const again = run(layer, x, Float64Array.of(0.3), Float64Array.of(-0.7), other, 2);
    expect(again).toEqual(record);
  });

  it("takes a gate's sum apart", () => {
    const parts = sums(layer, Float64Array.of(1), Float64Array.of(0.3), 0);
    expect(parts.f).toEqual({ x: -1, h: 0.15, b: 1, z: 1 - 1 + 0.15 });
    expect(sigmoid(parts.o.z)).toBeCloseTo(record.o[0] as number, 14);
  });
});

describe("activations", () => {
  it.each(Object.entries(UNDONE))("%s is undone", (name, undo) => {
    for (const z of [-2, -0.3, 0, 0.7, 3]) expect(undo(ACTIVATIONS[name]?.(z) ?? Number.NaN)).toBeCloseTo(z, 12);
  });

  it("neither overflow nor lose themselves far out", () => {
    expect([sigmoid(1e4), sigmoid(-1e4), sigmoid(-700)]).toEqual([1, 0, Math.exp(-700)]);
    expect([...softmax(Float64Array.of(1e4, 1e4, -1e4))]).toEqual([0.5, 0.5, 0]);
  });

  it("are those of the Python half", () => {
    const at = (name: string, z: number): number | undefined => ACTIVATIONS[name]?.(z);
    expect([at("hard_sigmoid", 1.5), at("softsign", -3), at("relu", -1), at("linear", 4)]).toEqual([0.75, -0.75, 0, 4]);
    expect(at("elu", -1)).toBeCloseTo(Math.exp(-1) - 1, 15);
  });
});
