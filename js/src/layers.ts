/** The layers of an exported network: unpacked, and checked to fit on one another. */
import { ACTIVATIONS, type Activation } from "./activations";
import type { GRU } from "./gru";
import type { LSTM } from "./lstm";
import { type Fields, fieldsOf, readTensor, type Tensor } from "./tensor";

export type Cell = LSTM | GRU;
export const isGRU = (cell: Cell): cell is GRU => "resetAfter" in cell;

/** How the two directions of a Bidirectional become one. */
const MERGES = {
  concat: null,
  sum: (a: number, b: number) => a + b,
  mul: (a: number, b: number) => a * b,
  ave: (a: number, b: number) => (a + b) / 2,
} as const;
export type Merge = keyof typeof MERGES;

export interface CellNames {
  /** "lstm", or "both/forward" inside a Bidirectional. */
  readonly name: string;
  readonly kind: "LSTM" | "GRU";
  readonly backward: boolean;
  /** By Keras' names. */
  readonly activation: string;
  readonly recurrentActivation: string;
}

export interface Recurrent {
  /** One, or the forward and the backward one of a Bidirectional. */
  readonly cells: readonly Cell[];
  readonly names: readonly CellNames[];
  readonly merge: Merge | null;
  /** Whether it answers at each step, or at the end alone. */
  readonly sequences: boolean;
  /** How many numbers it gives. */
  readonly outputs: number;
}

export interface Dense {
  /** `(inputs, outputs)`. */
  readonly kernel: Float64Array;
  /** `(outputs)`. */
  readonly bias: Float64Array;
  /** By Keras' name: "softmax", or one that acts on each number by itself. */
  readonly activation: string;
}

export interface Layers {
  readonly embeddings: Tensor | null;
  readonly padded: boolean;
  readonly recurrent: readonly Recurrent[];
  /** Whether the mean over the steps goes to the head. */
  readonly pooled: boolean;
  /** Dense layers; the last one answers. */
  readonly head: readonly Dense[];
}

export function nameOf(value: unknown, what: string): string {
  if (typeof value === "string" && value.length <= 200) return value;
  throw new Error(`${what} is no short text.`);
}

/** The vectors of both directions made one. */
export function merged(how: Merge, a: Float64Array, b: Float64Array): Float64Array {
  const join = MERGES[how];
  return join ? a.map((value, at) => join(value, b[at] as number)) : Float64Array.of(...a, ...b);
}

const titleOf = (layer: Fields): string => `layer “${nameOf(layer["name"], "The name of a layer")}”`;

function activationOf(layer: Fields, key: string): string {
  const name = layer[key];
  if (typeof name === "string" && Object.hasOwn(ACTIVATIONS, name)) return name;
  throw new Error(`${titleOf(layer)} has ${key} ${String(name)}; expected ${Object.keys(ACTIVATIONS).join(", ")}.`);
}

/** A function that reads the weights of a layer by name. */
export function weightsOf(layer: Fields): (name: string, ...shape: (number | null)[]) => Tensor {
  const weights = fieldsOf(layer["weights"], `The weights of ${titleOf(layer)}`);
  return (name, ...shape) => readTensor(weights[name], shape, `The ${name} of ${titleOf(layer)}`);
}

function readCell(layer: Fields, inputs: number): Cell {
  const weight = weightsOf(layer);
  const recurrent = weight("recurrent_kernel", null, null);
  const [units = 0, columns] = recurrent.shape;
  const isLSTM = layer["type"] === "LSTM";
  if (!isLSTM && layer["type"] !== "GRU")
    throw new Error(`${titleOf(layer)} is a ${String(layer["type"])}; expected LSTM or GRU.`);
  const width = (isLSTM ? 4 : 3) * units;
  if (columns !== width) throw new Error(`The recurrent_kernel of ${titleOf(layer)} is not (units, ${width / units}·units).`);
  const common = {
    inputs,
    units,
    kernel: weight("kernel", inputs, width).values,
    recurrentKernel: recurrent.values,
    activation: ACTIVATIONS[activationOf(layer, "activation")] as Activation,
    recurrentActivation: ACTIVATIONS[activationOf(layer, "recurrent_activation")] as Activation,
  };
  if (isLSTM) return { ...common, bias: weight("bias", width).values };
  if (layer["reset_after"] === false) {
    return { ...common, resetAfter: false, bias: weight("bias", width).values, recurrentBias: new Float64Array(width) };
  }
  const both = weight("bias", 2, width).values;
  return { ...common, resetAfter: true, bias: both.slice(0, width), recurrentBias: both.slice(width) };
}

/** Unpacks a recurrent layer that reads vectors of this width. */
export function readRecurrent(layer: Fields, inputs: number): Recurrent {
  const both = layer["type"] === "Bidirectional";
  const halves = both
    ? ["forward", "backward"].map((way) => fieldsOf(layer[way], `The ${way} half of ${titleOf(layer)}`))
    : [layer];
  const cells = halves.map((half) => readCell(half, inputs));
  const merge = both ? String(layer["merge_mode"]) : null;
  if (merge !== null && !Object.hasOwn(MERGES, merge)) {
    throw new Error(`${titleOf(layer)} has merge_mode ${merge}; expected ${Object.keys(MERGES).join(", ")}.`);
  }
  const [units = 0, others = units] = cells.map((cell) => cell.units);
  if (units !== others) throw new Error(`The halves of ${titleOf(layer)} have ${units} and ${others} units; expected as many.`);
  if (!both && layer["go_backwards"] === true) {
    throw new Error(`${titleOf(layer)} goes backwards; expected a layer that reads from the first step, or a Bidirectional.`);
  }
  return {
    cells,
    names: halves.map((half, at) => ({
      name: nameOf(layer["name"], "The name of a layer") + (both ? (at === 0 ? "/forward" : "/backward") : ""),
      kind: half["type"] as "LSTM" | "GRU",
      backward: at === 1,
      activation: activationOf(half, "activation"),
      recurrentActivation: activationOf(half, "recurrent_activation"),
    })),
    merge: merge as Merge | null,
    sequences: (both ? halves[0] : layer)?.["return_sequences"] === true,
    outputs: merge === "concat" ? 2 * units : units,
  };
}

function readDense(layer: Fields, inputs: number, isLast: boolean): Dense {
  const weight = weightsOf(layer);
  const kernel = weight("kernel", inputs, null);
  const outputs = kernel.shape[1] ?? 0;
  const activation = isLast && layer["activation"] === "softmax" ? "softmax" : activationOf(layer, "activation");
  return { kernel: kernel.values, bias: weight("bias", outputs).values, activation };
}

/** Unpacks the layers of a network that reads so many tokens, or so many numbers a step. */
export function readLayers(data: unknown, tokens: number | null, features: number): Layers {
  if (!Array.isArray(data)) throw new Error("The model's layers are not a list.");
  const layers = data.map((layer, index) => fieldsOf(layer, `Layer ${index} of the model`));
  const types = layers.map((layer) => String(layer["type"]));
  const order = `${tokens === null ? "" : "Embedding "}((LSTM|GRU|Bidirectional) )+(GlobalAveragePooling1D )?(Dense )+`;
  if (!new RegExp(`^${order}$`).test(types.join(" ") + " ")) {
    const expected = `${tokens === null ? "" : "Embedding, "}LSTM, GRU or Bidirectional, Dense`;
    throw new Error(`The model's layers are ${types.join(", ") || "none"}; expected ${expected}.`);
  }
  const of = (...kinds: string[]): Fields[] => layers.filter(({ type }) => kinds.includes(String(type)));
  const [embedding] = of("Embedding");
  const embeddings = embedding ? weightsOf(embedding)("embeddings", tokens, null) : null;
  let width = embeddings?.shape[1] ?? features;
  const recurrent = of("LSTM", "GRU", "Bidirectional").map((layer) => {
    const found = readRecurrent(layer, width);
    width = found.outputs;
    return found;
  });
  const pooled = of("GlobalAveragePooling1D").length > 0;
  const stepless = recurrent.findIndex(({ sequences }) => !sequences);
  if (stepless >= 0 && (pooled || stepless < recurrent.length - 1)) {
    const name = recurrent[stepless]?.names[0]?.name ?? "";
    throw new Error(`Layer “${name}” returns its last step only; the layer above it needs every step.`);
  }
  const dense = of("Dense");
  const head = dense.map((layer, at) => {
    const found = readDense(layer, width, at === dense.length - 1);
    width = found.bias.length;
    return found;
  });
  return { embeddings, padded: embedding?.["mask_zero"] === true, recurrent, pooled, head };
}
