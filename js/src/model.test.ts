import { describe, expect, it } from "vitest";
import { encode, probabilities, read, readModel, runOf, UnknownToken } from "./model";
import { checkRun } from "./shared/run";
import { exportedModel, lstmLayer, packed, wave } from "./test_network";

type Loose = Record<string, unknown>;

/** The model with one thing changed, at a path such as "layers.1.weights.kernel". */
function changed(path: string, value: unknown): Loose {
  const model = structuredClone(exportedModel());
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const place = keys.reduce<Loose>((at, key) => at[key] as Loose, model);
  place[last] = value;
  return model;
}

describe("a network", () => {
  const network = readModel(exportedModel());
  const reading = read(network, encode(network, "ab ba"));

  it("runs and can be looked at", () => {
    const shown = checkRun(runOf(network, reading, 0));
    expect([shown.time, shown.units, shown.tokens]).toEqual([5, 3, ["a", "b", " ", "b", "a"]]);
    const parts = shown.parts?.(2, 1);
    expect(1 / (1 + Math.exp(-(parts?.f.z ?? 0)))).toBeCloseTo(shown.f[7] as number, 14);
  });

  it("expects something after each token, the likeliest first", () => {
    const guesses = runOf(network, reading, 0).expects?.(4) ?? [];
    expect(guesses.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 14);
    expect(guesses.map(({ probability }) => probability)).toEqual([...probabilities(network, reading, 4)].sort((a, b) => b - a));
  });

  it("computes only what is new in a text, and comes to the same", () => {
    const longer = read(network, encode(network, "ab bb"), reading);
    expect(longer).toEqual(read(network, encode(network, "ab bb")));
    expect(read(network, encode(network, "a"), reading).records[0]?.c.length).toBe(3);
  });

  it("says which token it does not know, and where", () => {
    expect(() => encode(network, "ab😀")).toThrow(UnknownToken);
    expect(() => encode(network, "ab😀")).toThrow("“😀”, number 3");
  });

  it("takes layers upon layers", () => {
    const model = exportedModel();
    (model["layers"] as unknown[]).splice(2, 0, lstmLayer(3, 3));
    const stacked = readModel(model);
    expect(checkRun(runOf(stacked, read(stacked, [0, 1]), 1)).units).toBe(3);
    expect(() => runOf(stacked, read(stacked, [0, 1]), 2)).toThrow("2 LSTM layers");
  });
});

describe("a hostile model is refused with a reason", () => {
  it.each<[string, unknown, RegExp]>([
    ["nothing", null, /The model is null/],
    ["a text", "model", /The model is string/],
    ["another format", changed("format", "onnx"), /format onnx/],
    ["no vocabulary", changed("vocabulary", undefined), /vocabulary/],
    ["an empty vocabulary", changed("vocabulary", []), /vocabulary/],
    ["numbers for tokens", changed("vocabulary", [1, 2, 3]), /vocabulary/],
    ["a token named twice", changed("vocabulary", ["a", "a", "b"]), /twice/],
    ["no layers", changed("layers", 3), /not a list/],
    ["other layers", changed("layers.1.type", "GRU"), /Embedding, GRU, Dense; expected Embedding, LSTM, Dense/],
    ["a title that is no text", changed("title", { toString: "boo" }), /title/],
    ["a layer that goes backwards", changed("layers.1.go_backwards", true), /backwards/],
    ["a layer that only ends", changed("layers.1.return_sequences", false), /last step only/],
    ["an activation from Object", changed("layers.1.activation", "toString"), /activation toString/],
    ["another ending", changed("layers.2.activation", "sigmoid"), /activation sigmoid; expected softmax/],
    ["no weights", changed("layers.1.weights", null), /weights of layer “lstm” is null/],
    ["a recurrent kernel of no layout", changed("layers.1.weights.recurrent_kernel", wave(3, 9)), /not \(units, 4·units\)/],
    ["a kernel for other inputs", changed("layers.1.weights.kernel", wave(5, 12)), /kernel of layer “lstm” has shape \(5, 12\)/],
    ["a bias too short", changed("layers.1.weights.bias", wave(4)), /bias/],
    ["NaN in the weights", changed("layers.1.weights.bias", packed(Array(12).fill(Number.NaN))), /finite/],
    ["embeddings of other tokens", changed("layers.0.weights.embeddings", wave(4, 2)), /embeddings/],
    ["an ending of another width", changed("layers.2.weights.kernel", wave(2, 3)), /kernel of layer “dense”/],
    ["a shape without data", changed("layers.1.weights.kernel.shape", [2, 1e9]), /shape/],
    ["numbers of Object's own", JSON.parse('{"__proto__": {"format": "lstm_edu.model/1"}}'), /format undefined|format lstm/],
  ])("%s", (_, model, message) => {
    expect(() => readModel(model)).toThrow(message);
  });
});
