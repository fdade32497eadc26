/** Reads and runs the networks that Python's `ExportedModel.to_dict` writes: Embedding, one or more LSTMs, Dense with softmax. */
import { ACTIVATIONS, type Activation, softmax } from "./activations";
import { addProduct, type LSTM, type LSTMRecord, run, stateBefore, sums } from "./lstm";
import type { Expectation, Run } from "./shared/run";
import { fieldsOf, readTensor, type Tensor } from "./tensor";

const FORMAT = "lstm_edu.model/1";

export interface Network {
  readonly name: string;
  readonly title: string;
  /** What a token is: "character". */
  readonly unit: string;
  readonly vocabulary: readonly string[];
  /** `(tokens, width)`. */
  readonly embeddings: Tensor;
  /** Lowest first. */
  readonly layers: readonly LSTM[];
  readonly dense: { readonly kernel: Float64Array; readonly bias: Float64Array };
}

/** What a network did with a text: the record of each LSTM, lowest first. */
export interface Reading {
  readonly ids: readonly number[];
  readonly records: readonly LSTMRecord[];
}

/** A token that the network has never seen; `position` counts from 0. */
export class UnknownToken extends Error {
  constructor(
    readonly token: string,
    readonly position: number,
  ) {
    super(`The network does not know “${token}”, number ${position + 1} of the text.`);
  }
}

function nameOf(value: unknown, what: string): string {
  if (typeof value === "string" && value.length <= 200) return value;
  throw new Error(`${what} is no short text.`);
}

function vocabularyOf(value: unknown): readonly string[] {
  const fits = Array.isArray(value) && value.length > 0 && value.every((token) => typeof token === "string");
  if (!fits) throw new Error("The model's vocabulary is not a list of texts.");
  if (new Set(value).size !== value.length) throw new Error("The model's vocabulary names a token twice.");
  return value;
}

function activationOf(layer: Readonly<Record<string, unknown>>, key: string, what: string): Activation {
  const name = layer[key];
  const found = typeof name === "string" && Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  if (found) return found;
  throw new Error(`${what} has ${key} ${String(name)}; expected ${Object.keys(ACTIVATIONS).join(", ")}.`);
}

function readLSTM(layer: Readonly<Record<string, unknown>>, inputs: number, what: string): LSTM {
  if (layer["go_backwards"] !== false || layer["return_sequences"] !== true) {
    throw new Error(`${what} goes backwards or returns its last step only; expected a layer that answers at each step in turn.`);
  }
  const weights = fieldsOf(layer["weights"], `The weights of ${what}`);
  const recurrent = readTensor(weights["recurrent_kernel"], [null, null], `The recurrent_kernel of ${what}`);
  const units = recurrent.shape[0] ?? 0;
  if (recurrent.shape[1] !== 4 * units) throw new Error(`The recurrent_kernel of ${what} is not (units, 4·units).`);
  return {
    inputs,
    units,
    kernel: readTensor(weights["kernel"], [inputs, 4 * units], `The kernel of ${what}`).values,
    recurrentKernel: recurrent.values,
    bias: readTensor(weights["bias"], [4 * units], `The bias of ${what}`).values,
    activation: activationOf(layer, "activation", what),
    recurrentActivation: activationOf(layer, "recurrent_activation", what),
  };
}

/** An exported model as a network that can be run, or an Error that says what does not fit. */
export function readModel(data: unknown): Network {
  const model = fieldsOf(data, "The model");
  if (model["format"] !== FORMAT) throw new Error(`The model has format ${String(model["format"])}; expected ${FORMAT}.`);
  const vocabulary = vocabularyOf(model["vocabulary"]);
  const layers = model["layers"];
  if (!Array.isArray(layers)) throw new Error("The model's layers are not a list.");
  const all = layers.map((layer, index) => fieldsOf(layer, `Layer ${index} of the model`));
  const types = all.map((layer) => String(layer["type"]));
  const fits =
    types.length > 2 && types.every((type, at) => type === (at === 0 ? "Embedding" : at < types.length - 1 ? "LSTM" : "Dense"));
  if (!fits) throw new Error(`The model's layers are ${types.join(", ") || "none"}; expected Embedding, LSTM, Dense.`);
  const title = (at: number): string => `layer “${nameOf(all[at]?.["name"], `The name of layer ${at}`)}”`;
  const weights = (at: number): Readonly<Record<string, unknown>> =>
    fieldsOf(all[at]?.["weights"], `The weights of ${title(at)}`);

  const embeddings = readTensor(weights(0)["embeddings"], [vocabulary.length, null], `The embeddings of ${title(0)}`);
  let width = embeddings.shape[1] ?? 0;
  const recurrent = all.slice(1, -1).map((layer, index) => {
    const found = readLSTM(layer, width, title(index + 1));
    width = found.units;
    return found;
  });
  const last = all.length - 1;
  if (all[last]?.["activation"] !== "softmax") {
    throw new Error(`${title(last)} has activation ${String(all[last]?.["activation"])}; expected softmax.`);
  }
  return {
    name: nameOf(model["name"], "The model's name"),
    title: nameOf(model["title"], "The model's title"),
    unit: nameOf(model["unit"], "The model's unit"),
    vocabulary,
    embeddings,
    layers: recurrent,
    dense: {
      kernel: readTensor(weights(last)["kernel"], [width, vocabulary.length], `The kernel of ${title(last)}`).values,
      bias: readTensor(weights(last)["bias"], [vocabulary.length], `The bias of ${title(last)}`).values,
    },
  };
}

/** The numbers of a text's tokens; throws `UnknownToken`. */
export function encode(network: Network, text: string): number[] {
  const numbers = new Map(network.vocabulary.map((token, id) => [token, id]));
  return [...text].map((token, position) => {
    const id = numbers.get(token);
    if (id === undefined) throw new UnknownToken(token, position);
    return id;
  });
}

/** What stands for each token as the first LSTM's x, `(time, width)`. */
function embed({ embeddings }: Network, ids: readonly number[]): Float64Array {
  const width = embeddings.shape[1] ?? 0;
  const x = new Float64Array(ids.length * width);
  ids.forEach((id, t) => x.set(embeddings.values.subarray(id * width, (id + 1) * width), t * width));
  return x;
}

/** How many tokens two texts have in common from their beginning. */
function commonStart(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((id, at) => id !== b[at]);
  return differs < 0 ? a.length : differs;
}

/** Reads tokens from the zero state; what an `earlier` reading has in common with this one is not computed again. */
export function read(network: Network, ids: readonly number[], earlier: Reading | null = null): Reading {
  const known = earlier ? commonStart(ids, earlier.ids) : 0;
  let x = embed(network, ids);
  const records = network.layers.map((layer, index) => {
    const zero = new Float64Array(layer.units);
    const record = run(layer, x, zero, zero, earlier?.records[index] ?? null, known);
    x = record.h;
    return record;
  });
  return { ids, records };
}

/** The probability of each token of the vocabulary to follow step `t`. */
export function probabilities(network: Network, reading: Reading, t: number): Float64Array {
  const last = network.layers.length - 1;
  const units = network.layers[last]?.units ?? 0;
  const logits = Float64Array.from(network.dense.bias);
  addProduct(logits, reading.records[last]?.h.subarray(t * units, (t + 1) * units) ?? logits, network.dense.kernel);
  return softmax(logits);
}

/** One LSTM's part of a reading, as the figures look at it; what a reader may never ask for is computed when asked. */
export function runOf(network: Network, reading: Reading, index: number): Run {
  const layer = network.layers[index];
  const record = reading.records[index];
  if (!layer || !record) throw new Error(`The model has ${network.layers.length} LSTM layers; there is no number ${index}.`);
  const { inputs, units } = layer;
  const x = reading.records[index - 1]?.h ?? embed(network, reading.ids);
  const zero = new Float64Array(units);
  return {
    ...record,
    time: reading.ids.length,
    units,
    tokens: reading.ids.map((id) => network.vocabulary[id] ?? ""),
    h0: zero,
    c0: zero,
    parts: (t, unit) => sums(layer, x.subarray(t * inputs, (t + 1) * inputs), stateBefore(record.h, zero, t), unit),
    expects: (t): readonly Expectation[] =>
      Array.from(probabilities(network, reading, t), (probability, id) => ({
        token: network.vocabulary[id] ?? "",
        probability,
      })).sort((a, b) => b.probability - a.probability),
  };
}
