import { describe, expect, it } from "vitest";
import { sigmoid } from "./activations";
import { backward } from "./backward";
import { recurrentWeights } from "./initializers";
import { conveyed, hearingOfLSTM, hearingOfRNN } from "./jacobians";
import { run } from "./lstm";
import { random } from "./random";
import { runRNN } from "./rnn";
import { spectralNorm } from "./spectral";

const [UNITS, INPUTS, STEPS] = [5, 3, 14];
const zeros = new Float64Array(UNITS);

function networks(seed: number, scale = 1) {
  const from = random(seed);
  const x = Float64Array.from({ length: STEPS * INPUTS }, () => from.normal());
  const scaled = (blocks: number) => {
    const weights = recurrentWeights(INPUTS, UNITS, blocks, "keras", from);
    return { ...weights, recurrentKernel: weights.recurrentKernel.map((weight) => scale * weight), inputs: INPUTS, units: UNITS };
  };
  return {
    x,
    rnn: { ...scaled(1), activation: Math.tanh },
    lstm: { ...scaled(4), activation: Math.tanh, recurrentActivation: sigmoid },
  };
}

describe("spectralNorm", () => {
  it("is the most that a matrix stretches", () => {
    expect(spectralNorm(Float64Array.of(3, 0, 0, -4), 2)).toBeCloseTo(4, 14);
    expect(spectralNorm(Float64Array.of(0, 0, 1, 0), 2)).toBeCloseTo(1, 14);
    expect(spectralNorm(Float64Array.of(-7), 1)).toBe(7);
    expect(spectralNorm(new Float64Array(9), 3)).toBe(0);
    // Singular values that are equal, and nearly so.
    expect(spectralNorm(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3)).toBeCloseTo(1, 14);
    expect(spectralNorm(Float64Array.of(1, 0, 0, 0, 1 + 1e-9, 0, 0, 0, 1), 3)).toBeCloseTo(1 + 1e-9, 13);
    // Of ones: the root of rows times columns.
    expect(spectralNorm(new Float64Array(144).fill(1), 12)).toBeCloseTo(12, 13);
  });

  it("is that of the transpose, and no less than any image's length", () => {
    const from = random(4);
    for (let size = 1; size < 20; size += 1) {
      const matrix = Float64Array.from({ length: size * size }, () => from.normal());
      const turned = matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] as number);
      const norm = spectralNorm(matrix, size);
      expect(spectralNorm(turned, size) / norm).toBeCloseTo(1, 12);
      for (let row = 0; row < size; row += 1) {
        expect(Math.hypot(...matrix.subarray(row * size, (row + 1) * size))).toBeLessThanOrEqual(norm * (1 + 1e-12));
      }
    }
  });
});

describe("what the last step hears", () => {
  it("is what backpropagation brings back, entry by entry", () => {
    const { lstm, x } = networks(1);
    const record = run(lstm, x, zeros, zeros);
    const heard = hearingOfLSTM(lstm, record);
    const jacobians = Array.from({ length: STEPS }, () => new Float64Array(UNITS * UNITS));
    for (let unit = 0; unit < UNITS; unit += 1) {
      const dc = new Float64Array(STEPS * UNITS);
      dc[(STEPS - 1) * UNITS + unit] = 1;
      const { c } = backward(lstm, x, zeros, zeros, record, null, null, dc);
      jacobians.forEach((jacobian, t) => jacobian.set(c.subarray(t * UNITS, (t + 1) * UNITS), unit * UNITS));
    }
    jacobians.forEach((jacobian, t) => expect(10 ** (heard[t] as number) / spectralNorm(jacobian, UNITS)).toBeCloseTo(1, 11));
    expect(heard[STEPS - 1]).toBe(0);
  });

  it("is the forget gates' product where nothing goes through h", () => {
    const { lstm, rnn, x } = networks(2, 0);
    const record = run(lstm, x, zeros, zeros);
    const kept = conveyed(record, UNITS);
    hearingOfLSTM(lstm, record).forEach((power, t) => expect(power).toBeCloseTo(kept[t] as number, 12));
    expect(hearingOfRNN(rnn, runRNN(rnn, x, zeros))[0]).toBe(-Infinity);
  });

  it("goes on where no number is small or large enough", () => {
    const rnn = { inputs: 1, units: 1, kernel: Float64Array.of(0), bias: Float64Array.of(0), activation: Math.tanh };
    for (const weight of [1e-9, 1e9]) {
      const heard = hearingOfRNN({ ...rnn, recurrentKernel: Float64Array.of(weight) }, new Float64Array(200));
      expect(heard[0]).toBeCloseTo(199 * Math.log10(weight), 8);
    }
  });
});
