/** What a NowcastPlayer plays: the frames that the reader has chosen, and the forecasts of them. */
import { advected, csi, type Forecast, type Frames, meanSquare, motion, type Nowcasts, THRESHOLD } from "../nowcast";
import { AHEAD, type Cell, GRID, levelOf, PAST, placed, rainLevels, scene, type Vector } from "../rain";
import { fitting, type Setting } from "../settings";

export const SOURCES = ["simulated", "storm"] as const;
export const MEASURES = ["error", "csi"] as const;
/** As the Python half names them, in the order in which they are drawn. */
export const METHODS = ["network", "persistence", "advection"] as const;
export type Method = (typeof METHODS)[number];

export const OWN = "own";
export const NONE = "none";
/** Pixels a step. */
export const STRONGEST = 2;
const MOST_PLACED = 24;
const [LEAST_PLACE, MOST_PLACE] = [-20, 51];
const PAIR = /^(-?\d{1,2}(?:\.\d)?),(-?\d{1,2}(?:\.\d)?)$/;

function pair(text: string, least: number, most: number): Vector | null {
  const [, right, down] = PAIR.exec(text) ?? [];
  const found = [Number(right), Number(down)] as const;
  return right !== undefined && found.every((each) => each >= least && each <= most) ? found : null;
}
const write = ([right, down]: Vector): string => `${right.toFixed(1)},${down.toFixed(1)}`.replace(/-0\.0/g, "0.0");
const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** "own", the wind of the scene; or "1.2,-0.4": pixels to the right and down a step. */
export const WIND: Setting = fitting(12, (text) => text === OWN || pair(text, -STRONGEST, STRONGEST) !== null);

/** The wind that fits best: with one decimal, no stronger than it may be. */
export const writeWind = ([right, down]: Vector): string =>
  write([clamp(right, -STRONGEST, STRONGEST), clamp(down, -STRONGEST, STRONGEST)]);

/** "none", or "12.0,8.5;20.0,3.0": where cells stand at the last frame that is read. */
export const CELLS: Setting = fitting(300, (text) => {
  const each = text.split(";");
  return text === NONE || (each.length <= MOST_PLACED && each.every((one) => pair(one, LEAST_PLACE, MOST_PLACE)));
});

export function readCells(text: string): readonly Vector[] {
  if (text === NONE) return [];
  return text.split(";").map((one) => pair(one, LEAST_PLACE, MOST_PLACE) ?? [0, 0]);
}

/** One more cell; the first goes where there are too many, or where the text would be too long. */
export function withCell(text: string, [right, down]: Vector): string {
  const cells = [...readCells(text), [clamp(right, LEAST_PLACE, MOST_PLACE), clamp(down, LEAST_PLACE, MOST_PLACE)] as const];
  return writeCells(cells.slice(-MOST_PLACED));
}

export const writeCells = (cells: readonly Vector[]): string => cells.map(write).join(";") || NONE;

export interface Choice {
  readonly rain: string;
  readonly seed: number;
  readonly wind: string;
  readonly cells: string;
  /** Which window of the storm, from 0. */
  readonly hour: number;
}

export interface Played {
  /** All frames, those that are read and those that come. */
  readonly truth: Frames;
  readonly past: number;
  readonly ahead: number;
  /** Of a scene; null of the storm. */
  readonly wind: Vector | null;
}

export const windowsOf = ({ storm }: Nowcasts): number => storm.frames.maps.length - storm.past - storm.ahead + 1;

/** The hour of the storm that is seen last, as "2018-09-14 10:00". */
export function lastSeen({ storm }: Nowcasts, window: number): string {
  const begins = new Date(`${storm.begins.replace(" ", "T")}:00Z`).getTime();
  return new Date(begins + (window + storm.past - 1) * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

export function played(nowcasts: Nowcasts, { rain, seed, wind, cells, hour }: Choice): Played {
  const { storm } = nowcasts;
  if (rain === "storm") {
    const maps = storm.frames.maps.slice(hour, hour + storm.past + storm.ahead);
    return { truth: { ...storm.frames, maps }, past: storm.past, ahead: storm.ahead, wind: null };
  }
  const drawn = scene(seed);
  const blown = pair(wind, -STRONGEST, STRONGEST) ?? drawn.wind;
  const all: readonly Cell[] = [...drawn.cells, ...readCells(cells).map(placed)];
  const maps = rainLevels({ wind: blown, cells: all });
  return { truth: { height: GRID, width: GRID, maps }, past: PAST, ahead: AHEAD, wind: blown };
}

export interface Scores {
  /** At each step ahead. */
  readonly error: readonly number[];
  readonly csi: readonly number[];
}

export interface Answer {
  /** Maps of every step ahead. */
  readonly maps: readonly Float64Array[];
  readonly scores: Scores;
}

export function answered({ truth, past }: Played, maps: readonly Float64Array[]): Answer {
  const threshold = levelOf(THRESHOLD);
  const coming = truth.maps.slice(past);
  const each = (measure: (found: Float64Array, truth: Float64Array) => number): number[] =>
    maps.map((map, k) => measure(map, coming[k] as Float64Array));
  return { maps, scores: { error: each(meanSquare), csi: each((found, was) => csi(found, was, threshold)) } };
}

/** The frames that are read. */
export const readFrames = ({ truth, past }: Played): Frames => ({ ...truth, maps: truth.maps.slice(0, past) });

/** What needs no network. */
export function simple(now: Played): Readonly<Record<Exclude<Method, "network">, Answer>> & { readonly motion: Vector } {
  const read = readFrames(now);
  const found = motion(read);
  const last = read.maps.at(-1) as Float64Array;
  return {
    motion: found,
    persistence: answered(now, Array<Float64Array>(now.ahead).fill(last)),
    advection: answered(now, advected(read, found, now.ahead)),
  };
}

/** Milliseconds that a frame of the screen may spend on a forecast. */
const SLICE = 7;

/** A forecast to be made of what is played. */
export interface Job {
  readonly of: Played;
  readonly steps: Generator<Forecast, Forecast>;
}

/**
 * Takes the steps of forecasts, a few a frame of the screen. One that is under way is brought to its end before the
 * latest wish is begun, so that a dragging hand sees forecasts follow.
 */
export function worker(done: (job: Job, found: Forecast) => void, signal: AbortSignal): (job: Job) => void {
  let [now, next]: (Job | null)[] = [null, null];
  const stills = typeof requestAnimationFrame !== "function";
  const go = (): void => {
    const begun = performance.now();
    while (now && !signal.aborted && (stills || performance.now() - begun < SLICE)) {
      const { value, done: ended } = now.steps.next();
      if (!ended) continue;
      const job = now;
      [now, next] = [next ?? null, null];
      done(job, value);
    }
    if (now && !signal.aborted && !stills) requestAnimationFrame(go);
  };
  return (job) => {
    const idle = !now;
    if (idle) now = job;
    else next = job;
    if (idle && stills) go();
    else if (idle) requestAnimationFrame(go);
  };
}
