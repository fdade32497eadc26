/** The LSTM itself: one step, one run, and one gate's sum taken apart. Matrices are row-major, gate blocks in the order i, f, g, o. */
import type { Activation } from "./activations";
import { goneOn } from "./growing";
import { addProduct } from "./products";
import type { Gate, Sum } from "./shared/run";

export interface LSTM {
  readonly inputs: number;
  readonly units: number;
  /** W, `(inputs, 4·units)`. */
  readonly kernel: Float64Array;
  /** U, `(units, 4·units)`. */
  readonly recurrentKernel: Float64Array;
  /** b, `(4·units)`. */
  readonly bias: Float64Array;
  /** Of the candidate and of the state as it is shown. */
  readonly activation: Activation;
  /** Of the three gates. */
  readonly recurrentActivation: Activation;
}

/** What an LSTM did over a sequence, each `(time, units)`. */
export interface LSTMRecord {
  readonly i: Float64Array;
  readonly f: Float64Array;
  readonly g: Float64Array;
  readonly o: Float64Array;
  readonly c: Float64Array;
  readonly h: Float64Array;
}

export function emptyRecord(steps: number, units: number): LSTMRecord {
  const array = (): Float64Array => new Float64Array(steps * units);
  return { i: array(), f: array(), g: array(), o: array(), c: array(), h: array() };
}

/** The state before step `t`, `(units,)`: of the step before, or the initial one. */
export function stateBefore(states: Float64Array, initial: Float64Array, t: number): Float64Array {
  const units = initial.length;
  return t === 0 ? initial : states.subarray((t - 1) * units, t * units);
}

/**
 * One step: from the input x and the states before it to the gates and the states after it, written into `record` at `t`.
 * `z` is where it computes; whoever takes many steps may lend it room.
 */
export function step(
  layer: LSTM,
  x: Float64Array,
  h0: Float64Array,
  c0: Float64Array,
  record: LSTMRecord,
  t: number,
  z = new Float64Array(4 * layer.units),
): void {
  const { units, kernel, recurrentKernel, bias, activation, recurrentActivation } = layer;
  const h = stateBefore(record.h, h0, t);
  const c = stateBefore(record.c, c0, t);

  z.set(bias);
  addProduct(z, x, kernel);
  addProduct(z, h, recurrentKernel);

  for (let unit = 0; unit < units; unit += 1) {
    const at = t * units + unit;
    const i = recurrentActivation(z[unit] as number);
    const f = recurrentActivation(z[units + unit] as number);
    const g = activation(z[2 * units + unit] as number);
    const o = recurrentActivation(z[3 * units + unit] as number);
    const cell = f * (c[unit] as number) + i * g;
    record.i[at] = i;
    record.f[at] = f;
    record.g[at] = g;
    record.o[at] = o;
    record.c[at] = cell;
    record.h[at] = o * activation(cell);
  }
}

/**
 * Reads a sequence x, `(time, inputs)`, into a record. The first `known` steps are taken from `earlier`, a record of a
 * sequence that begins alike, so that a reader who types at the end of a line waits for one step only.
 */
export function run(
  layer: LSTM,
  x: Float64Array,
  h0: Float64Array,
  c0: Float64Array,
  earlier: LSTMRecord | null = null,
  known = 0,
): LSTMRecord {
  const { inputs, units } = layer;
  const steps = x.length / inputs;
  const array = (name: keyof LSTMRecord): Float64Array => goneOn(earlier?.[name] ?? null, known * units, steps * units);
  const record = { i: array("i"), f: array("f"), g: array("g"), o: array("o"), c: array("c"), h: array("h") };
  const z = new Float64Array(4 * units);
  for (let t = earlier ? known : 0; t < steps; t += 1) {
    step(layer, x.subarray(t * inputs, (t + 1) * inputs), h0, c0, record, t, z);
  }
  return record;
}

/** What feeds one unit's gates: the pre-activations as the sums that they are, W·x + U·h₋₁ + b. */
export function sums(layer: LSTM, x: Float64Array, h: Float64Array, unit: number): Readonly<{ [G in Gate]: Sum }> {
  const { units, kernel, recurrentKernel, bias } = layer;
  const dot = (vector: Float64Array, matrix: Float64Array, column: number): number =>
    vector.reduce((total, value, row) => total + value * (matrix[row * 4 * units + column] as number), 0);
  const sum = (block: number): Sum => {
    const column = block * units + unit;
    const parts = { x: dot(x, kernel, column), h: dot(h, recurrentKernel, column), b: bias[column] as number };
    return { ...parts, z: parts.b + parts.x + parts.h };
  };
  return { i: sum(0), f: sum(1), g: sum(2), o: sum(3) };
}
