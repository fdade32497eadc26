import { describe, expect, it } from "vitest";
import { ACTIVATIONS } from "./activations";
import { backward, type LSTMGradients } from "./backward";
import { type LSTM, run } from "./lstm";

const INPUTS = 2;
const UNITS = 3;
const STEPS = 4;

/** Numbers without a pattern that an error could hide in. */
const wave = (length: number, phase: number): Float64Array =>
  Float64Array.from({ length }, (_, at) => 0.8 * Math.sin(5 * at + phase));

const layerOf = (activation: string, gates: string): LSTM => ({
  inputs: INPUTS,
  units: UNITS,
  kernel: wave(INPUTS * 4 * UNITS, 1),
  recurrentKernel: wave(UNITS * 4 * UNITS, 2),
  bias: wave(4 * UNITS, 3),
  activation: ACTIVATIONS[activation] as (z: number) => number,
  recurrentActivation: ACTIVATIONS[gates] as (z: number) => number,
});

const x = wave(STEPS * INPUTS, 4);
const h0 = wave(UNITS, 5);
const c0 = wave(UNITS, 6);
const dh = wave(STEPS * UNITS, 7);
const dc = wave(STEPS * UNITS, 8);

/** A loss whose gradient from above is dh and dc. */
function loss(layer: LSTM): number {
  const record = run(layer, x, h0, c0);
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
  return dot(record.h, dh) + dot(record.c, dc);
}

/** dL/d of each number of an array, by moving it a little both ways. */
const moved = (array: Float64Array, layer: LSTM): number[] =>
  Array.from(array, (value, at) => {
    const [above, below] = [1e-6, -1e-6].map((step) => {
      array[at] = value + step;
      return loss(layer);
    }) as [number, number];
    array[at] = value;
    return (above - below) / 2e-6;
  });

describe("backward", () => {
  it.each(Object.keys(ACTIVATIONS).map((name) => [name, name === "hard_sigmoid" ? name : "sigmoid"]))(
    "with %s and gates of %s agrees with small changes",
    (activation, gates) => {
      const layer = layerOf(activation, gates);
      const gradients = backward(layer, x, h0, c0, run(layer, x, h0, c0), dh, null, dc);
      const arrays = { x, h0, c0, kernel: layer.kernel, recurrentKernel: layer.recurrentKernel, bias: layer.bias };
      for (const [name, array] of Object.entries(arrays)) {
        const exact = gradients[name as keyof LSTMGradients];
        moved(array, layer).forEach((slope, at) => expect(exact[at], `${name}[${at}]`).toBeCloseTo(slope, 7));
      }
    },
  );

  it("leaves the last state with what comes from above alone", () => {
    const layer = layerOf("tanh", "sigmoid");
    const { h } = backward(layer, x, h0, c0, run(layer, x, h0, c0), dh);
    expect(h.subarray(-UNITS)).toEqual(dh.subarray(-UNITS));
  });

  it("adds the weights of a second run to those of the first, and keeps the rest apart", () => {
    const layer = layerOf("tanh", "sigmoid");
    const record = run(layer, x, h0, c0);
    const once = backward(layer, x, h0, c0, record, dh);
    const twice = backward(layer, x, h0, c0, record, dh, backward(layer, x, h0, c0, record, dh));
    twice.bias.forEach((value, at) => expect(value).toBeCloseTo(2 * (once.bias[at] as number), 12));
    expect([twice.x, twice.h, twice.c, twice.h0, twice.c0]).toEqual([once.x, once.h, once.c, once.h0, once.c0]);
  });
});
