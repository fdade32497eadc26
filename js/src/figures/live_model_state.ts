/** What the LiveModel shows, as numbers; pure. */
import type { Model } from "../anywidget";
import { softmax } from "../activations";
import { MOST } from "../limits";
import { answer, type CellRecord, encode, logits, type Network, read, readModel, type Reading } from "../model";
import { random } from "../random";
import { integer, number } from "../settings";
import type { Extent, Source } from "../source";
import { pieces, type Piece, written } from "../vocabulary";

export interface LivePosition {
  readonly time: number;
  readonly unit: number;
  /** Which recurrent cell, lowest first. */
  readonly layer: number;
  readonly temperature: number;
  readonly seed: number;
}

export const TEMPERATURE = { least: 0.1, most: 2 };
export const SEEDS = 999_999;

export const SETTINGS = {
  time: integer(0, MOST - 1),
  unit: integer(0, MOST - 1),
  layer: integer(0, MOST - 1),
  temperature: number(TEMPERATURE.least, TEMPERATURE.most),
  seed: integer(0, SEEDS),
};

export interface LiveRun extends Extent {
  readonly network: Network;
  readonly reading: Reading;
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Which tokens can be written; of a network that says what comes next. */
  readonly writable: readonly boolean[];
  /** The answers found so far, by step. */
  readonly answers: (Float64Array | undefined)[];
}

/** A network that reads texts; what two texts have in common is read once. */
export function liveSource(traits: Model): Source<LiveRun> {
  const network = readModel(traits.get("model"));
  const { text: vocabulary, cells } = network;
  if (!vocabulary) throw new Error("This figure reads texts; its network reads numbers.");
  const units = Math.max(...cells.map((cell) => cell.units));
  const spoken = network.task === "next" ? vocabulary.tokens : [];
  const writable = spoken.map((_, id) => written(vocabulary, "", id) !== null);
  let earlier: LiveRun | null = null;
  return {
    readsText: true,
    runOf(text) {
      const reading = read(network, encode(network, text), earlier?.reading ?? null);
      const differs = reading.ids.findIndex((id, t) => id !== earlier?.reading.ids[t]);
      // An answer so far needs no step that comes later, unless each step is answered from both sides.
      const known =
        network.causal || network.task === "text" ? earlier?.answers.slice(0, differs < 0 ? reading.time : differs) : null;
      earlier = {
        network,
        reading,
        text,
        pieces: pieces(vocabulary, text),
        writable,
        answers: known ?? [],
        time: reading.time,
        units,
      };
      return earlier;
    },
  };
}

/** A position with a unit and a layer that the network has. */
export function fit(position: LivePosition, { network: { cells } }: LiveRun): LivePosition {
  const layer = Math.min(position.layer, cells.length - 1);
  return { ...position, layer, unit: Math.min(position.unit, (cells[layer]?.units ?? 1) - 1) };
}

/** The answer at a step, computed once. */
export function answerAt(run: LiveRun, t: number): Float64Array {
  return (run.answers[t] ??= answer(run.network, run.reading, t));
}

/** The share of each label, 0 to 1; of a single sigmoid with two labels, that of both. Null where the answers are no shares. */
export function sharesOf({ network }: LiveRun, y: Float64Array): readonly number[] | null {
  const last = network.head[network.head.length - 1]?.activation;
  if (last !== "softmax" && last !== "sigmoid") return null;
  const [p = 0] = y;
  return y.length < network.labels.length ? [1 - p, p] : Array.from(y);
}

/** Whether one label wins: so with softmax, and with a single sigmoid between two labels. */
export function competes({ network: { head, labels } }: LiveRun): boolean {
  const last = head[head.length - 1];
  return last?.activation === "softmax" || (last?.activation === "sigmoid" && last.bias.length < labels.length);
}

/** The label with the greatest share. */
export const winnerOf = (shares: readonly number[]): number => shares.indexOf(Math.max(...shares));

/** The step from which on the label that wins at the end has won without a break. */
export function decision(winners: readonly number[]): number {
  const last = winners[winners.length - 1];
  let t = winners.length - 1;
  while (t > 0 && winners[t - 1] === last) t -= 1;
  return t;
}

/** Probabilities at a temperature: it divides the logits. */
export const softened = (z: Float64Array, temperature: number): Float64Array => softmax(z.map((value) => value / temperature));

/** Which of the probabilities `uniform`, even in [0, 1), falls on; as in Python's `ExportedModel.sample`. */
export function draw(p: Float64Array, uniform: number): number {
  const total = p.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  const found = p.findIndex((share) => (sum += share) > uniform * total);
  return found < 0 ? p.length - 1 : found;
}

/** What follows step `t` at a temperature; tokens that cannot be written never do. */
export function nextShares(run: LiveRun, t: number, temperature: number): Float64Array {
  const p = softened(logits(run.network, run.reading, t), temperature);
  return p.map((share, id) => (run.writable[id] ? share : 0));
}

/** The number that decides what is drawn behind so many tokens: the same text and seed go on alike, by steps or in a run. */
export function uniformAt(seed: number, tokens: number): number {
  const numbers = random(seed);
  for (let k = 0; k < tokens; k += 1) numbers.uniform();
  return numbers.uniform();
}

/** The text with one token drawn behind it. */
export function writtenOn(run: LiveRun, { temperature, seed }: LivePosition): string | null {
  const { text: vocabulary } = run.network;
  const id = draw(nextShares(run, run.time - 1, temperature), uniformAt(seed, run.time));
  return vocabulary && written(vocabulary, run.text, id);
}

/** One quantity of a cell over the text, `(time, units)`, in the order of the text. */
export function series(run: LiveRun, layer: number, name: string): Float64Array {
  const record = run.reading.records[layer] as (CellRecord & Readonly<Record<string, Float64Array>>) | undefined;
  const values = record?.[name] ?? new Float64Array();
  if (!run.network.names[layer]?.backward) return values;
  const units = values.length / run.time;
  return values.map((_, at) => values[(run.time - 1 - Math.floor(at / units)) * units + (at % units)] as number);
}

/** What a cell carries from step to step: c of an LSTM, h of a GRU. */
export const stateName = (run: LiveRun, layer: number): "c" | "h" => (run.network.names[layer]?.kind === "GRU" ? "h" : "c");
