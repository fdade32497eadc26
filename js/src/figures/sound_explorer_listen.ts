/** A network that listens: what it makes of frames, and what it would have answered after each of them. */
import { ACTIVATIONS, functionOf, softmax } from "../activations";
import { isGRU, merged } from "../layers";
import { type LSTM, type LSTMRecord, run } from "../lstm";
import { answer, type Network, readModel, readNumbers } from "../model";
import { addProduct } from "../products";
import type { Quantity } from "../shared/run";
import { type Frames, readSounds, type Sounds } from "./sound_explorer_sounds";
import { fieldsOf } from "../tensor";

export interface Heard {
  readonly frames: number;
  /** After each frame, as if it were the last. */
  readonly answers: readonly Float64Array[];
  /** The number of the likeliest label at the end, and the frame from which on it stays that. */
  readonly best: number;
  readonly decided: number;
  /** A gate or state of each layer, `(frames, units)`, in the order of the recording. */
  of(layer: number, quantity: Quantity): Float64Array;
}

export interface Listener {
  readonly sounds: Sounds;
  readonly labels: readonly string[];
  /** The layers: their numbers of units, and which read from the end. */
  readonly layers: readonly { readonly units: number; readonly backward: boolean }[];
  hear(x: Frames): Heard;
}

export const largest = (values: Float64Array): number => values.reduce((best, p, at) => (p > (values[best] ?? p) ? at : best), 0);

/** Frames of so many numbers from the last to the first. */
function turned(x: Float64Array, width: number): Float64Array {
  const frames = x.length / width;
  const back = new Float64Array(x.length);
  for (let at = 0; at < frames; at += 1) back.set(x.subarray(at * width, (at + 1) * width), (frames - 1 - at) * width);
  return back;
}

/** A network and recordings that fit on one another, or an Error that says why they do not. */
export function openListener(model: unknown, given: unknown): Listener {
  const network: Network = readModel(model);
  const { features, labels, names, recurrent, head } = network;
  const cells = network.cells.filter((cell): cell is LSTM => !isGRU(cell));
  const chooses = head[head.length - 1]?.activation === "softmax";
  if (network.text || network.task !== "text" || network.pooled || !chooses || cells.length < network.cells.length) {
    throw new Error(`“${network.title}” is no listener; expected LSTMs that read numbers and answer once.`);
  }
  const sounds = readSounds(given ?? fieldsOf(model, "The model")["recordings"], features.length, labels.length);
  const [there, back] = cells;
  const merge = recurrent[0]?.merge ?? null;

  /** Both directions after each frame: what is read forwards goes on, what is read backwards begins anew. */
  const alone = cells.length === 2 && there && back && merge ? { there, back, merge } : null;
  const onTheWay = (x: Frames, frames: number, forward: LSTMRecord): Float64Array[] => {
    if (!alone) throw new Error("There are not two directions.");
    const { units } = alone.back;
    const zero = new Float64Array(units);
    const reversed = turned(x, features.length);
    return Array.from({ length: frames }, (_, t) => {
      const { h } = run(alone.back, reversed.subarray((frames - 1 - t) * features.length), zero, zero);
      const z = [forward.h.subarray(t * units, (t + 1) * units), h.subarray(-units)] as const;
      return head.reduce(
        (input, { kernel, bias, activation }) => {
          const sum = Float64Array.from(bias);
          addProduct(sum, input, kernel);
          return activation === "softmax" ? softmax(sum) : sum.map(functionOf(ACTIVATIONS, activation));
        },
        merged(alone.merge, ...z),
      );
    });
  };

  return {
    sounds,
    labels,
    layers: cells.map(({ units }, at) => ({ units, backward: names[at]?.backward === true })),
    hear(x) {
      const reading = readNumbers(network, x);
      const frames = reading.time;
      const records = reading.records as readonly LSTMRecord[];
      const first = records[0];
      const answers =
        alone && first ? onTheWay(x, frames, first) : Array.from({ length: frames }, (_, t) => answer(network, reading, t));
      const best = largest(answers[frames - 1] ?? new Float64Array(1));
      let decided = frames - 1;
      while (decided > 0 && largest(answers[decided - 1] ?? new Float64Array(1)) === best) decided -= 1;
      return {
        frames,
        answers,
        best,
        decided,
        of(layer, quantity) {
          const values = records[layer]?.[quantity] ?? new Float64Array(0);
          return names[layer]?.backward ? turned(values, cells[layer]?.units ?? 1) : values;
        },
      };
    },
  };
}
