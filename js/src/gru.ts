/** The GRU (Cho et al. 2014), as Keras computes it; the same as `GRU` and `ResetFirstGRU` in Python. */
import type { Activation } from "./activations";
import { goneOn } from "./growing";
import { stateBefore } from "./lstm";
import { addProduct } from "./products";

export interface GRU {
  readonly inputs: number;
  readonly units: number;
  /** W, `(inputs, 3·units)`: blocks update, reset, candidate. */
  readonly kernel: Float64Array;
  /** U, `(units, 3·units)`. */
  readonly recurrentKernel: Float64Array;
  /** b where x enters, `(3·units)`. */
  readonly bias: Float64Array;
  /** b′ where h enters, `(3·units)`; noughts where the reset gate comes first. */
  readonly recurrentBias: Float64Array;
  /** Whether the reset gate acts on U·h₋₁ (Keras' default) or on h₋₁ itself (as Cho et al. had it). */
  readonly resetAfter: boolean;
  readonly activation: Activation;
  readonly recurrentActivation: Activation;
}

/** What a GRU did over a sequence, each `(time, units)`. */
export interface GRURecord {
  readonly update: Float64Array;
  readonly reset: Float64Array;
  readonly candidate: Float64Array;
  readonly h: Float64Array;
}

/** One step, written into `record` at `t`. */
function step(layer: GRU, x: Float64Array, h0: Float64Array, record: GRURecord, t: number): void {
  const { units, kernel, recurrentKernel, activation, recurrentActivation } = layer;
  const h = stateBefore(record.h, h0, t);
  const ofX = Float64Array.from(layer.bias);
  addProduct(ofX, x, kernel);
  const ofH = Float64Array.from(layer.recurrentBias);
  addProduct(ofH, h, recurrentKernel);
  const gate = (block: number) => (_: number, unit: number) =>
    recurrentActivation((ofX[block * units + unit] as number) + (ofH[block * units + unit] as number));
  const [update, reset] = [h.map(gate(0)), h.map(gate(1))];
  if (!layer.resetAfter) {
    ofH.fill(0);
    addProduct(
      ofH,
      h.map((value, unit) => value * (reset[unit] as number)),
      recurrentKernel,
    );
  }
  for (let unit = 0; unit < units; unit += 1) {
    const at = t * units + unit;
    const [z, r] = [update[unit] as number, reset[unit] as number];
    const heard = ofH[2 * units + unit] as number;
    const candidate = activation((ofX[2 * units + unit] as number) + (layer.resetAfter ? r * heard : heard));
    record.update[at] = z;
    record.reset[at] = r;
    record.candidate[at] = candidate;
    record.h[at] = z * (h[unit] as number) + (1 - z) * candidate;
  }
}

/** Reads a sequence x, `(time, inputs)`, from the zero state; `earlier` and `known` as in `run` of an LSTM. */
export function runGRU(layer: GRU, x: Float64Array, earlier: GRURecord | null = null, known = 0): GRURecord {
  const { inputs, units } = layer;
  const steps = x.length / inputs;
  const array = (name: keyof GRURecord): Float64Array => goneOn(earlier?.[name] ?? null, known * units, steps * units);
  const record: GRURecord = { update: array("update"), reset: array("reset"), candidate: array("candidate"), h: array("h") };
  const zero = new Float64Array(units);
  for (let t = earlier ? known : 0; t < steps; t += 1) step(layer, x.subarray(t * inputs, (t + 1) * inputs), zero, record, t);
  return record;
}
