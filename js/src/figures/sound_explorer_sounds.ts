/** The recordings of a SoundExplorer and what edits make of them, as lstm_edu.sounds has it. */
import { fitting, type Setting } from "../settings";
import { fieldsOf, readTensor } from "../tensor";

export const MOST_FRAMES = 60;
const MOST_RECORDINGS = 100;
/** What must be left between the cuts. */
export const LEAST_FRAMES = 3;
const MOST_COVERS = 16;
const COVER = /^(\d{1,3})-(\d{1,3})$/;

/** Frames one after the other, each of `features` numbers, the first of them its loudness. */
export type Frames = Float64Array;

export interface Sounds {
  readonly features: number;
  readonly sequences: readonly Frames[];
  readonly labels: readonly number[];
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface Edits {
  readonly recording: number;
  /** Blended in by `share` per cent. */
  readonly other: number;
  readonly share: number;
  readonly covers: string;
  /** Frames cut off at either end. */
  readonly head: number;
  readonly tail: number;
  /** Per cent. */
  readonly stretch: number;
  readonly direction: string;
}

export const NONE = "none";
type Span = readonly [first: number, last: number];

function spansOf(text: string): readonly Span[] | null {
  if (text === NONE) return [];
  const found = text.split(";").map((part): Span | null => {
    const [, first, last] = COVER.exec(part) ?? [];
    return first === undefined ? null : [Number(first), Number(last)];
  });
  const fits = found.every((span, at) => span && span[0] <= span[1] && (at === 0 || (found[at - 1]?.[1] ?? 0) + 1 < span[0]));
  return fits && found.length <= MOST_COVERS ? (found as Span[]) : null;
}

/** "3-7;10-12": spans of frames from 0, in rising order; or "none". */
export const COVERS: Setting = fitting(140, (text) => spansOf(text) !== null);

/** Of each of so many frames whether it is covered. */
export function readCovers(text: string, frames: number): boolean[] {
  const spans = spansOf(text) ?? [];
  return Array.from({ length: frames }, (_, at) => spans.some(([first, last]) => at >= first && at <= last));
}

export function writeCovers(covered: readonly boolean[]): string {
  const spans: string[] = [];
  covered.forEach((is, at) => {
    if (!is || covered[at - 1]) return;
    const end = covered.indexOf(false, at);
    spans.push(`${at}-${(end < 0 ? covered.length : end) - 1}`);
  });
  return spans.slice(0, MOST_COVERS).join(";") || NONE;
}

function whole(value: unknown, what: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${what} is ${String(value).slice(0, 40)}; expected a whole number from ${least} to ${most}.`);
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value) && value.length >= 1 && value.length <= MOST_RECORDINGS) return value;
  throw new Error(`The ${what} of the recordings are not a list of 1 to ${MOST_RECORDINGS}.`);
}

/** Recordings for a network of so many features and labels, or an Error that says why they are none. */
export function readSounds(data: unknown, features: number, labels: number): Sounds {
  const given = fieldsOf(data, "The recordings");
  const { values, shape } = readTensor(given["values"], [null, features], "The recordings");
  const lengths = listOf(given["lengths"], "lengths").map((each) => whole(each, "A length", LEAST_FRAMES, MOST_FRAMES));
  const said = listOf(given["labels"], "labels").map((each) => whole(each, "A label", 0, labels - 1));
  if (lengths.reduce((sum, each) => sum + each, 0) !== shape[0] || said.length !== lengths.length) {
    throw new Error("The lengths, the labels and the frames of the recordings do not fit together.");
  }
  const scale = (name: "mean" | "std"): readonly number[] => {
    const found = listOf(given[name], name);
    const fits = (each: unknown): each is number => Number.isFinite(each) && (name === "mean" || Number(each) > 0);
    if (found.length === features && found.every(fits)) return found;
    throw new Error(`The ${name} of the recordings does not hold ${features} numbers that can scale them.`);
  };
  let at = 0;
  const sequences = lengths.map((length) => values.slice(at * features, (at += length) * features));
  return { features, sequences, labels: said, mean: scale("mean"), std: scale("std") };
}

/** A recording in so many frames: on straight lines between its own. */
function stretched(x: Frames, features: number, frames: number): Frames {
  const had = x.length / features;
  if (had === frames) return x;
  const pace = (had - 1) / Math.max(1, frames - 1);
  return Float64Array.from({ length: frames * features }, (_, k) => {
    const place = Math.floor(k / features) * pace;
    const low = Math.min(Math.floor(place), had - 1);
    const part = place - low;
    const of = (frame: number): number => x[Math.min(frame, had - 1) * features + (k % features)] as number;
    return (1 - part) * of(low) + part * of(low + 1);
  });
}

export interface Edited {
  /** The whole recording, blended and covered. */
  readonly whole: Frames;
  /** What is left of it, stretched and turned: what is read. */
  readonly read: Frames;
}

export function edited({ sequences, features }: Sounds, edits: Edits): Edited {
  const { recording, other, share, covers, head, tail, stretch, direction } = edits;
  const own = sequences[recording] ?? new Float64Array(features);
  const frames = own.length / features;
  const [keep, blend] = [1 - share / 100, share / 100];
  const guest = share > 0 ? stretched(sequences[other] ?? own, features, frames) : own;
  const whole = share > 0 ? own.map((value, k) => keep * value + blend * (guest[k] as number)) : own.slice();
  let quietest = 0;
  for (let at = 1; at < frames; at += 1) {
    if ((whole[at * features] as number) < (whole[quietest * features] as number)) quietest = at;
  }
  const quiet = whole.slice(quietest * features, (quietest + 1) * features);
  readCovers(covers, frames).forEach((is, at) => {
    if (is) whole.set(quiet, at * features);
  });
  const left = whole.slice(head * features, (frames - tail) * features);
  const lasting = Math.max(1, Math.floor((left.length / features) * (stretch / 100) + 0.5));
  const read = stretched(left, features, lasting);
  if (direction !== "backwards") return { whole, read };
  return {
    whole,
    read: read.map((_, k) => read[(lasting - 1 - Math.floor(k / features)) * features + (k % features)] as number),
  };
}

/** Frames as the network reads them. */
export function scaled({ features, mean, std }: Sounds, frames: Frames): Frames {
  return frames.map((value, k) => (value - (mean[k % features] as number)) / (std[k % features] as number));
}
