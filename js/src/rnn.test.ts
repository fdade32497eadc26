import { describe, expect, it } from "vitest";
import { ACTIVATIONS } from "./activations";
import { backwardRNN, type RNN, runRNN } from "./rnn";

const wave = (length: number, phase: number): Float64Array =>
  Float64Array.from({ length }, (_, at) => 0.8 * Math.sin(5 * at + phase));

const [inputs, units, steps] = [2, 3, 5];
const x = wave(steps * inputs, 4);
const h0 = wave(units, 5);
const dh = wave(steps * units, 6);
const layerOf = (activation: string): RNN => ({
  inputs,
  units,
  kernel: wave(inputs * units, 1),
  recurrentKernel: wave(units * units, 2),
  bias: wave(units, 3),
  activation: ACTIVATIONS[activation] as (z: number) => number,
});

describe("a plain recurrent network", () => {
  it("computes h = tanh(x·W + h₋₁·U + b)", () => {
    const one: RNN = {
      ...layerOf("tanh"),
      inputs: 1,
      units: 1,
      kernel: Float64Array.of(2),
      recurrentKernel: Float64Array.of(-1),
    };
    const h = runRNN({ ...one, bias: Float64Array.of(0.5) }, Float64Array.of(1, -3), Float64Array.of(0.25));
    const first = Math.tanh(2 - 0.25 + 0.5);
    expect([...h]).toEqual([first, Math.tanh(-6 - first + 0.5)]);
  });

  it.each(Object.keys(ACTIVATIONS))("goes back through %s as small changes say", (activation) => {
    const layer = layerOf(activation);
    const loss = (): number => runRNN(layer, x, h0).reduce((sum, value, at) => sum + value * (dh[at] as number), 0);
    const gradients = backwardRNN(layer, x, h0, runRNN(layer, x, h0), dh);
    const { kernel, recurrentKernel, bias } = layer;
    for (const [name, array] of Object.entries({ x, h0, kernel, recurrentKernel, bias })) {
      array.forEach((value, at) => {
        const [above, below] = [1e-6, -1e-6].map((step) => {
          array[at] = value + step;
          return loss();
        }) as [number, number];
        array[at] = value;
        expect(gradients[name as "x"][at], `${name}[${at}]`).toBeCloseTo((above - below) / 2e-6, 7);
      });
    }
  });

  it("adds the weights of a second run to those of the first", () => {
    const layer = layerOf("tanh");
    const h = runRNN(layer, x, h0);
    const once = backwardRNN(layer, x, h0, h, dh);
    const twice = backwardRNN(layer, x, h0, h, dh, backwardRNN(layer, x, h0, h, dh));
    twice.bias.forEach((value, at) => expect(value).toBeCloseTo(2 * (once.bias[at] as number), 12));
    expect([twice.x, twice.h, twice.h0]).toEqual([once.x, once.h, once.h0]);
  });
});
