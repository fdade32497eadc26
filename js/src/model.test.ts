import { describe, expect, it } from "vitest";
import { answer, encode, plainOf, probabilities, read, readModel, readNumbers, runOf } from "./model";
import { checkRun } from "./shared/run";
import { exportedModel, lstmLayer, packed, wave } from "./test_network";
import { UnknownToken } from "./vocabulary";

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

/** Two LSTMs, the lower of which answers at its end alone. */
function endsBelow(): Loose {
  const model = changed("layers.1.return_sequences", false);
  (model["layers"] as unknown[]).splice(2, 0, lstmLayer(3, 3));
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
    expect(read(network, encode(network, "a"), reading).records[0]?.h.length).toBe(3);
  });

  it("says which token it does not know, and where", () => {
    expect(() => encode(network, "ab😀")).toThrow(UnknownToken);
    expect(() => encode(network, "ab😀")).toThrow("“😀”, character 3");
  });

  it("takes layers upon layers", () => {
    const model = exportedModel();
    (model["layers"] as unknown[]).splice(2, 0, lstmLayer(3, 3));
    const stacked = readModel(model);
    expect(checkRun(runOf(stacked, read(stacked, [0, 1]), 1)).units).toBe(3);
    expect(() => runOf(stacked, read(stacked, [0, 1]), 2)).toThrow("2 recurrent layers");
  });
});

describe("networks for other tasks", () => {
  /** Two numbers a step, through one LSTM of 3 units. */
  const numeric = {
    ...exportedModel(),
    ...{ format: "lstm_edu.model/2", input: "numbers", features: ["a", "b"], labels: ["next"] },
    layers: [
      lstmLayer(2, 3),
      { type: "Dense", name: "dense", activation: "linear", weights: { kernel: wave(3, 1), bias: wave(1) } },
    ],
  };

  it("reads numbers, and computes only what is new", () => {
    const network = readModel(numeric);
    const x = Float64Array.of(1, 2, 3, 4, 5, 6);
    const reading = readNumbers(network, x);
    expect([network.task, reading.time, network.labels]).toEqual(["steps", 3, ["next"]]);
    const other = Float64Array.of(1, 2, 3, 4, -1, 6);
    const dragged = readNumbers(network, other, reading);
    expect(dragged).toEqual(readNumbers(network, other));
    expect(answer(network, dragged, 1)).toEqual(answer(network, reading, 1));
    expect(answer(network, dragged, 2)).not.toEqual(answer(network, reading, 2));
    expect(() => readNumbers(network, x.subarray(1))).toThrow("5 numbers are no steps of 2 features");
    expect(() => encode(network, "ab")).toThrow("reads numbers");
    expect(plainOf(network).embeddings).toBeNull();
  });

  it("answers for a whole text as if it ended at a step", () => {
    const both = {
      type: "Bidirectional",
      name: "both",
      merge_mode: "concat",
      forward: lstmLayer(2, 3),
      backward: lstmLayer(2, 3),
    };
    const dense = { type: "Dense", name: "dense", activation: "sigmoid", weights: { kernel: wave(6, 2), bias: wave(2) } };
    for (const half of [both.forward, both.backward]) half["return_sequences"] = false;
    const model = { ...exportedModel(), labels: ["this", "that"] };
    model["layers" as keyof typeof model] = [(exportedModel()["layers"] as never[])[0], both, dense] as never;
    const network = readModel(model);
    expect([network.task, network.causal]).toEqual(["text", false]);
    const whole = read(network, [0, 1, 2, 1]);
    expect(answer(network, whole, 1)).toEqual(answer(network, read(network, [0, 1]), 1));
    expect(runOf(network, whole, 1).tokens).toEqual(["b", " ", "b", "a"]);
    expect(() => plainOf(network)).toThrow("other layers than LSTMs");
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
    ["other layers", changed("layers.1.type", "Conv1D"), /Embedding, Conv1D, Dense; expected Embedding, LSTM, GRU/],
    [
      "a GRU with an LSTM's weights",
      changed("layers.1.type", "GRU"),
      /recurrent_kernel of layer “lstm” is not \(units, 3·units\)/,
    ],
    ["a title that is no text", changed("title", { toString: "boo" }), /title/],
    ["a layer that goes backwards", changed("layers.1.go_backwards", true), /backwards/],
    ["a layer that only ends, below another", endsBelow(), /“lstm” returns its last step only/],
    ["outputs without names", changed("layers.2.activation", "sigmoid"), /3 outputs and 0 labels/],
    ["labels that are no names", changed("labels", [1, 2, 3]), /labels/],
    ["an unknown token that is none", changed("unknown", 7), /unknown is 7/],
    ["another way to standardise", changed("standardize", "toString"), /standardize is "toString"/],
    ["an activation from Object", changed("layers.1.activation", "toString"), /activation toString/],
    ["an ending of Object's", changed("layers.2.activation", "valueOf"), /activation valueOf/],
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
