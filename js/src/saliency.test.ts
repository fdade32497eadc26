import { describe, expect, it } from "vitest";
import { answer, encode, type Network, read, readModel, readNumbers } from "./model";
import { saliencyOf, wayBack } from "./saliency";
import { exportedModel, lstmLayer, wave } from "./test_network";

const LINE = "ab ba ab bab";
/** Two LSTMs, one on the other. */
const deep = (): Network => {
  const model = exportedModel();
  const [embedding, , dense] = model["layers"] as unknown[];
  const upper = { ...lstmLayer(3, 3), name: "upper" };
  return readModel({ ...model, layers: [embedding, lstmLayer(2, 3), upper, dense] });
};
const all = (network: Network, time: number, output: number, pace?: number) =>
  Array.from(saliencyOf(wayBack(network), read(network, encode(network, LINE)), time, output, pace));
const logP = (network: Network, x: Float64Array, time: number, output: number): number => {
  // Read as numbers, so that what stands for a token can be moved.
  const numeric: Network = { ...network, embeddings: null, features: ["one", "two"] };
  return Math.log(answer(network, readNumbers(numeric, x), time)[output] ?? Number.NaN);
};

describe("saliency", () => {
  it.each([0, 5, 11])("is the gradient of log p, at step %i", (time) => {
    const network = deep();
    const { x } = read(network, encode(network, LINE));
    for (const output of [0, 2]) {
      const found = all(network, time, output).at(-1);
      for (let t = 0; t <= time; t += 1) {
        const slopes = [0, 1].map((part) => {
          const moved = (by: number): Float64Array => x.map((value, at) => value + (at === 2 * t + part ? by : 0));
          return (logP(network, moved(1e-5), time, output) - logP(network, moved(-1e-5), time, output)) / 2e-5;
        });
        const [one = 0, two = 0] = slopes;
        expect(found?.norm[t]).toBeCloseTo(Math.hypot(one, two), 8);
        expect(found?.product[t]).toBeCloseTo(one * (x[2 * t] ?? 0) + two * (x[2 * t + 1] ?? 0), 8);
      }
    }
  });

  it("comes out the same at any pace, and what is known stays", () => {
    const network = deep();
    const whole = all(network, 11, 1, 64);
    expect(whole.map(({ reached }) => reached)).toEqual([0]);
    const parts: number[] = [];
    for (const { product, reached } of saliencyOf(wayBack(network), read(network, encode(network, LINE)), 11, 1, 5)) {
      parts.push(reached);
      for (let t = reached; t < 12; t += 1) expect(product[t]).toBeCloseTo(whole[0]?.product[t] ?? Number.NaN, 12);
    }
    expect(parts).toEqual([7, 2, 0]);
  });

  it("needs a text and a softmax", () => {
    const model = exportedModel();
    const [embedding, lstm] = model["layers"] as unknown[];
    const weights = { kernel: wave(3, 2), bias: wave(2) };
    const other = { type: "Dense", name: "dense", activation: "sigmoid", weights };
    const labelled = { ...model, labels: ["yes", "no"], layers: [embedding, lstm, other] };
    expect(() => wayBack(readModel(labelled))).toThrow("reads a text and ends in a softmax");
  });
});
