/** Reads and runs the networks that Python's `ExportedModel.to_dict` writes. */
import { ACTIVATIONS, functionOf, softmax } from "./activations";
import { goneOn } from "./growing";
import { type GRURecord, runGRU } from "./gru";
import { type Cell, type CellNames, type Dense, isGRU, type Layers, merged, nameOf, readLayers } from "./layers";
import { type LSTM, type LSTMRecord, run, stateBefore, sums } from "./lstm";
import { addProduct } from "./products";
import type { Expectation, Run } from "./shared/run";
import { fieldsOf, type Tensor } from "./tensor";
import { encodePieces, pieces, readVocabulary, type Vocabulary } from "./vocabulary";

const FORMATS = ["lstm_edu.model/1", "lstm_edu.model/2"];

export interface Network extends Layers {
  readonly name: string;
  readonly title: string;
  /** What texts are made of; null where the network reads numbers. */
  readonly text: Vocabulary | null;
  /** Its tokens; none where the network reads numbers. */
  readonly vocabulary: readonly string[];
  /** The names of the numbers of a step; none where it reads a text. */
  readonly features: readonly string[];
  /** The names of the outputs; of a language model, its vocabulary. */
  readonly labels: readonly string[];
  /** All recurrent cells, lowest first, a Bidirectional's two one after the other. */
  readonly cells: readonly Cell[];
  readonly names: readonly CellNames[];
  /** Whether what it says at a step depends on no later step. */
  readonly causal: boolean;
  /** "next": which token follows; "steps": something of each step; "text": something of the whole. */
  readonly task: "next" | "steps" | "text";
}

export type CellRecord = LSTMRecord | GRURecord;

/** What a network did with a text or a series. */
export interface Reading {
  /** Of a text; none of a series. */
  readonly ids: readonly number[];
  readonly time: number;
  /** What the first layer was given, `(time, width)`. */
  readonly x: Float64Array;
  /** What each cell was given and did, in the order in which it read: the backward half of a Bidirectional from the end. */
  readonly inputs: readonly Float64Array[];
  readonly records: readonly CellRecord[];
  /** What the last recurrent layer gave at each step, `(time, outputs)`, in the order of the text. */
  readonly top: Float64Array;
}

function namesOf(value: unknown, what: string): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((name) => nameOf(name, `One of the model's ${what}`));
  throw new Error(`The model's ${what} are not a list of names.`);
}

/** An exported model as a network that can be run, or an Error that says what does not fit. */
export function readModel(data: unknown): Network {
  const model = fieldsOf(data, "The model");
  const format = String(model["format"]);
  if (!FORMATS.includes(format)) throw new Error(`The model has format ${format}; expected ${FORMATS.join(" or ")}.`);
  const numeric = model["input"] === "numbers";
  const features = namesOf(model["features"], "features");
  if (numeric && features.length === 0) throw new Error("The model reads numbers, but names no features.");
  const unit = numeric ? "step" : nameOf(model["unit"], "The model's unit");
  const first: unknown = Array.isArray(model["layers"]) ? model["layers"][0] : null;
  const padded = typeof first === "object" && first !== null && "mask_zero" in first && first.mask_zero === true;
  const text = numeric ? null : readVocabulary(model, unit, padded);
  const layers = readLayers(model["layers"], text ? text.tokens.length : null, features.length);

  const { recurrent, head, pooled } = layers;
  const last = head[head.length - 1];
  const outputs = last?.bias.length ?? 0;
  const causal = recurrent.every(({ merge }) => merge === null);
  const given = namesOf(model["labels"], "labels");
  const speaks = given.length === 0 && causal && last?.activation === "softmax" && outputs === text?.tokens.length;
  const both = outputs === 1 && last?.activation === "sigmoid" && given.length === 2;
  if (!speaks && !both && given.length !== outputs) {
    throw new Error(`The model has ${outputs} outputs and ${given.length} labels; expected one each.`);
  }
  return {
    ...layers,
    name: nameOf(model["name"], "The model's name"),
    title: nameOf(model["title"], "The model's title"),
    text,
    vocabulary: text?.tokens ?? [],
    features,
    labels: speaks ? text.tokens : given,
    cells: recurrent.flatMap(({ cells }) => cells),
    names: recurrent.flatMap(({ names }) => names),
    causal,
    task: speaks ? "next" : recurrent[recurrent.length - 1]?.sequences === true && !pooled ? "steps" : "text",
  };
}

/** The layers of a network that is nothing but LSTMs with one Dense on top, or an Error. */
export function plainOf(network: Network): { embeddings: Tensor | null; layers: readonly LSTM[]; dense: Dense } {
  const layers = network.cells.filter((cell) => !isGRU(cell));
  const [dense] = network.head;
  const plain = dense && network.head.length === 1 && !network.pooled && network.causal && layers.length === network.cells.length;
  if (!plain) throw new Error("The network has other layers than LSTMs and one Dense on top, which this figure cannot read.");
  return { embeddings: network.embeddings, layers, dense };
}

/** The numbers of a text's tokens, with the marker before the one that is `marked`; throws `UnknownToken`. */
export function encode(network: Network, text: string, marked: number | null = null): number[] {
  if (!network.text) throw new Error("The network reads numbers, not a text.");
  const ids = encodePieces(network.text, pieces(network.text, text));
  const marker = network.text.marker ?? null;
  if (marked !== null && (marker === null || !(marked in ids))) throw new Error(`No token ${marked} can be marked.`);
  if (marked !== null && marker !== null) ids.splice(marked, 0, marker);
  return ids;
}

/** The steps of a series from the last to the first. */
function reversed(series: Float64Array, width: number): Float64Array {
  const turned = new Float64Array(series.length);
  for (let at = 0; at < series.length; at += width) turned.set(series.subarray(at, at + width), series.length - width - at);
  return turned;
}

function runCell(cell: Cell, x: Float64Array, earlier: CellRecord | null, known: number): CellRecord {
  if (isGRU(cell)) return runGRU(cell, x, earlier as GRURecord | null, known);
  const zero = new Float64Array(cell.units);
  return run(cell, x, zero, zero, earlier as LSTMRecord | null, known);
}

/** How many entries two lists have in common before they differ. */
function common(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
  return at;
}

/** Reads vectors from the zero state; the first `known` are those of an `earlier` reading, and not computed again. */
function readVectors(
  network: Network,
  x: Float64Array,
  width: number,
  ids: readonly number[],
  earlier: Reading | null = null,
  known = 0,
): Reading {
  let same = known;
  const inputs: Float64Array[] = [];
  const records: CellRecord[] = [];
  const step = (cell: Cell, given: Float64Array, before: CellRecord | null): Float64Array => {
    const record = runCell(cell, given, before, same);
    inputs.push(given);
    records.push(record);
    return record.h;
  };
  let top = x;
  for (const { cells, merge } of network.recurrent) {
    const [forward, backward] = cells as [Cell, Cell?];
    const given = top;
    top = step(forward, given, earlier?.records[records.length] ?? null);
    if (!backward || merge === null) continue;
    // What is read from the end changes with every further step.
    same = 0;
    const { units } = forward;
    const back = reversed(step(backward, reversed(given, forward.inputs), null), units);
    const steps = Array.from({ length: back.length / units }, (_, t) => {
      const row = (h: Float64Array): Float64Array => h.subarray(t * units, (t + 1) * units);
      return merged(merge, row(records[records.length - 2]?.h ?? back), row(back));
    });
    top = Float64Array.from(steps.flatMap((row) => Array.from(row)));
  }
  return { ids, time: x.length / width, x, inputs, records, top };
}

/** Reads tokens from the zero state. */
export function read(network: Network, ids: readonly number[], earlier: Reading | null = null): Reading {
  const { embeddings } = network;
  if (!embeddings) throw new Error("The network reads numbers, not a text.");
  const width = embeddings.shape[1] ?? 0;
  const known = earlier ? common(ids, earlier.ids) : 0;
  const x = goneOn(earlier?.x ?? null, known * width, ids.length * width);
  for (let t = known; t < ids.length; t += 1) {
    const id = ids[t] as number;
    x.set(embeddings.values.subarray(id * width, (id + 1) * width), t * width);
  }
  return readVectors(network, x, width, ids, earlier, known);
}

/** Reads a series of numbers, `(time, features)`, from the zero state. */
export function readNumbers(network: Network, x: Float64Array, earlier: Reading | null = null): Reading {
  const width = network.features.length;
  if (network.embeddings || x.length === 0 || x.length % width !== 0) {
    throw new Error(`${x.length} numbers are no steps of ${network.embeddings ? "a text" : `${width} features`}.`);
  }
  const known = earlier ? Math.floor(common(x, earlier.x) / width) : 0;
  return readVectors(network, x, width, [], earlier, known);
}

/** What the head is given at step `t`. */
function summary(network: Network, { top, records, time }: Reading, t: number): Float64Array {
  const width = top.length / time;
  if (network.pooled) {
    const mean = new Float64Array(width);
    for (let at = 0; at < (t + 1) * width; at += 1)
      mean[at % width] = (mean[at % width] as number) + (top[at] as number) / (t + 1);
    return mean;
  }
  const { merge = null, sequences = true } = network.recurrent[network.recurrent.length - 1] ?? {};
  if (merge === null || sequences) return top.slice(t * width, (t + 1) * width);
  const [forward, backward] = records.slice(-2).map(({ h }) => h.subarray(-h.length / time)) as [Float64Array, Float64Array];
  return merged(merge, forward, backward);
}

/** What the last layer gives at step `t` before its activation. Where later steps count, those up to `t` are read anew. */
export function logits(network: Network, reading: Reading, t: number): Float64Array {
  const { causal, task, head } = network;
  if (!causal && task === "text" && t < reading.time - 1) {
    const width = reading.x.length / reading.time;
    const shorter = readVectors(network, reading.x.subarray(0, (t + 1) * width), width, []);
    return logits(network, shorter, t);
  }
  return head.reduce(
    (given, { kernel, bias }, at) => {
      const before = head[at - 1];
      const z = bias.slice();
      addProduct(z, before ? given.map(functionOf(ACTIVATIONS, before.activation)) : given, kernel);
      return z;
    },
    summary(network, reading, t),
  );
}

/** What the network answers at step `t`; where it answers for the whole, as if the text ended there. */
export function answer(network: Network, reading: Reading, t: number): Float64Array {
  const last = network.head[network.head.length - 1]?.activation ?? "";
  const z = logits(network, reading, t);
  return last === "softmax" ? softmax(z) : z.map(functionOf(ACTIVATIONS, last));
}

/** The probability of each token of the vocabulary to follow step `t`. */
export const probabilities = answer;

/** The tokens with their probabilities, the likeliest first. */
export function expectationsOf(network: Network, p: Float64Array): Expectation[] {
  return Array.from(p, (probability, id) => ({ token: network.vocabulary[id] ?? "", probability })).sort(
    (a, b) => b.probability - a.probability,
  );
}

/** One LSTM's part of a reading, as the figures look at it; what a reader may never ask for is computed when asked. */
export function runOf(network: Network, reading: Reading, index: number): Run {
  const [layer, record, x, names] = [network.cells[index], reading.records[index], reading.inputs[index], network.names[index]];
  if (!layer || !record || !x || !names) {
    throw new Error(`The model has ${network.cells.length} recurrent layers; there is no number ${index}.`);
  }
  if (isGRU(layer)) throw new Error(`Layer “${names.name}” is a GRU, which has neither a cell state nor an LSTM's gates.`);
  const { inputs, units } = layer;
  const zero = new Float64Array(units);
  const tokens = reading.ids.map((id) => network.vocabulary[id] ?? "");
  const gate = names.recurrentActivation;
  return {
    ...(record as LSTMRecord),
    time: reading.time,
    units,
    activations: { i: gate, f: gate, g: names.activation, o: gate },
    tokens: tokens.length === 0 ? null : names.backward ? tokens.reverse() : tokens,
    h0: zero,
    c0: zero,
    parts: (t, unit) => sums(layer, x.subarray(t * inputs, (t + 1) * inputs), stateBefore(record.h, zero, t), unit),
    ...(network.task === "next" ? { expects: (t: number) => expectationsOf(network, answer(network, reading, t)) } : {}),
  };
}
