/** What an output of a network depends on: the gradient of its log-probability with respect to each token; as lstm_edu/saliency.py. */
import { softmax } from "./activations";
import { backward } from "./backward";
import type { Dense } from "./layers";
import { type LSTM, type LSTMRecord, stateBefore } from "./lstm";
import { logits, type Network, plainOf, type Reading } from "./model";
import { addBack } from "./products";

/** A network that reads a text through LSTMs to a softmax: the way back leads through each of its layers. */
export interface Way {
  readonly network: Network;
  readonly layers: readonly LSTM[];
  readonly dense: Dense;
}

/** The way back through a network, or an Error in a reader's words. */
export function wayBack(network: Network): Way {
  const { layers, dense } = plainOf(network);
  if (!network.text || dense.activation !== "softmax") {
    throw new Error("This figure needs a network that reads a text and ends in a softmax.");
  }
  return { network, layers, dense };
}

/** One number a token; those before `reached` are not known yet. */
export interface Saliency {
  /** Gradient times embedding, signed. */
  readonly product: Float64Array;
  /** The gradient's length. */
  readonly norm: Float64Array;
  readonly reached: number;
}

/** So many steps are gone back at once: what a frame has time for in an LSTM of 128 units. */
const STEPS = 64;

/**
 * Goes back from an output at step `time` to the first token, and stops to rest after every so many steps: what is
 * known by then is exact, and will not change.
 */
export function* saliencyOf(
  way: Way,
  reading: Reading,
  time: number,
  output: number,
  pace = STEPS,
): Generator<Saliency, undefined> {
  const { network, layers, dense } = way;
  const width = layers[0]?.inputs ?? 0;
  const product = new Float64Array(time + 1);
  const norm = new Float64Array(time + 1);
  // ∂ log p / ∂z, and from there to the last layer's h.
  const z = softmax(logits(network, reading, time)).map((p, at) => (at === output ? 1 : 0) - p);
  const last = layers.length - 1;
  /** What comes back to each layer's last state from later steps, or from the output. */
  const carried: { h: Float64Array; c: Float64Array }[] = layers.map(({ units }) => ({
    h: new Float64Array(units),
    c: new Float64Array(units),
  }));
  addBack(carried[last]?.h ?? z, z, dense.kernel);

  for (let stop = time + 1; stop > 0; stop -= pace) {
    const start = Math.max(0, stop - pace);
    let above: Float64Array | null = null;
    for (let at = last; at >= 0; at -= 1) {
      const [layer, record, x] = [layers[at] as LSTM, reading.records[at] as LSTMRecord, reading.inputs[at] as Float64Array];
      const { units, inputs } = layer;
      const part = (values: Float64Array): Float64Array => values.subarray(start * units, stop * units);
      const dh: Float64Array = above ?? new Float64Array((stop - start) * units);
      const dc = new Float64Array(dh.length);
      const before = carried[at] as { h: Float64Array; c: Float64Array };
      before.h.forEach((value, unit) => (dh[dh.length - units + unit] = (dh[dh.length - units + unit] ?? 0) + value));
      dc.set(before.c, dc.length - units);
      const zero = new Float64Array(units);
      const gradients = backward(
        layer,
        x.subarray(start * inputs, stop * inputs),
        stateBefore(record.h, zero, start),
        stateBefore(record.c, zero, start),
        { i: part(record.i), f: part(record.f), g: part(record.g), o: part(record.o), c: part(record.c), h: part(record.h) },
        dh,
        null,
        dc,
        false,
      );
      carried[at] = { h: gradients.h0, c: gradients.c0 };
      above = gradients.x;
    }
    above?.forEach((slope, at) => {
      const t = start + Math.floor(at / width);
      product[t] = (product[t] as number) + slope * (reading.x[start * width + at] as number);
      norm[t] = (norm[t] as number) + slope ** 2;
    });
    for (let t = start; t < stop; t += 1) norm[t] = Math.sqrt(norm[t] as number);
    yield { product, norm, reached: start };
  }
}
