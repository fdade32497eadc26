/** What a SaliencyText shows, as numbers; pure. */
import type { Model } from "../anywidget";
import { MOST } from "../limits";
import { answer, encode, read, readModel, type Reading } from "../model";
import { type Saliency, saliencyOf, wayBack } from "../saliency";
import { choice, integer, text } from "../settings";
import type { Extent, Source } from "../source";

export const MEASURES = ["product", "norm"] as const;
/** Outputs that are found anew at each step. */
export const FOLLOWED = ["likeliest", "real"] as const;

export interface SaliencyPosition {
  readonly time: number;
  /** One of `FOLLOWED`, or an output by its name. */
  readonly output: string;
  readonly measure: (typeof MEASURES)[number];
}

export const SETTINGS = { time: integer(0, MOST - 1), output: text(40), measure: choice(...MEASURES) };

export interface SaliencyRun extends Extent {
  readonly unit: string;
  readonly tokens: readonly string[];
  readonly labels: readonly string[];
  /** Whether the outputs are what may come next. */
  readonly speaks: boolean;
  /** What comes next in the text, as an output; −1 where nothing does, or where the network does not speak of it. */
  real(time: number): number;
  /** The probability of each output. */
  answer(time: number): Float64Array;
  /** Goes back from an output at a step, so many steps at a time. */
  saliency(time: number, output: number): Generator<Saliency, undefined>;
}

/** A network that reads texts; a recorded run holds no weights to go back through. */
export function saliencySource(traits: Model): Source<SaliencyRun> {
  const model = traits.get("model");
  if (!model) throw new Error("There is no network here, and without its weights no way leads back to the text.");
  const network = readModel(model);
  const way = wayBack(network);
  let earlier: Reading | null = null;
  return {
    readsText: true,
    runOf(line) {
      const reading = read(network, encode(network, line), earlier);
      earlier = reading;
      return {
        time: reading.time,
        units: 1,
        unit: network.text?.unit ?? "",
        tokens: reading.ids.map((id) => network.vocabulary[id] ?? ""),
        labels: network.labels,
        speaks: network.task === "next",
        real: (time) => (network.task === "next" ? (reading.ids[time + 1] ?? -1) : -1),
        answer: (time) => answer(network, reading, time),
        saliency: (time, output) => saliencyOf(way, reading, time, output),
      };
    },
  };
}

/** A position with an output that the network has. */
export function fit(position: SaliencyPosition, { labels }: SaliencyRun): SaliencyPosition {
  const known = labels.includes(position.output) || FOLLOWED.some((each) => each === position.output);
  return known ? position : { ...position, output: "likeliest" };
}

/** Outputs from the likeliest to the least likely. */
export function ranked(p: Float64Array): number[] {
  return Array.from(p.keys()).sort((a, b) => (p[b] as number) - (p[a] as number));
}

/** The number of the output that a position asks for. */
export function asked({ time, output }: SaliencyPosition, run: SaliencyRun, likeliest: number): number {
  const found = output === "real" ? run.real(time) : output === "likeliest" ? -1 : run.labels.indexOf(output);
  return found < 0 ? likeliest : found;
}

/** The steps of the largest values of a sign, the largest first; those below a tenth of the largest of all do not count. */
export function strongest(values: Float64Array, sign: 1 | -1, most: number): number[] {
  const least = 0.1 * values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return Array.from(values.keys())
    .filter((at) => sign * (values[at] as number) > least)
    .sort((a, b) => sign * ((values[b] as number) - (values[a] as number)))
    .slice(0, most);
}
