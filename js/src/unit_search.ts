/** Which units are on exactly at a marked stretch of the steps; the same arithmetic as lstm_edu.measures.units_on. */
import { MOST } from "./limits";
import { choice, integer, number } from "./settings";
import type { Run } from "./shared/run";

/** What is looked for: a stretch as a slice of the steps (−1 and −1: none), and when a unit counts as on. */
export interface Marking {
  readonly mark_start: number;
  readonly mark_stop: number;
  readonly threshold: number;
  readonly direction: string;
}

export const UNMARKED: Marking = { mark_start: -1, mark_stop: -1, threshold: 0.5, direction: "above" };

export const DIRECTIONS: readonly string[] = ["above", "below"];

/** The settings of a figure in which units can be searched for; the bounds are those of lstm_edu/figures/search.py. */
export const MARKING = {
  mark_start: integer(-1, MOST - 1),
  mark_stop: integer(-1, MOST),
  threshold: number(-1e6, 1e6),
  direction: choice(...DIRECTIONS),
};

/** Where a unit is on, held against the stretch. */
export interface Found {
  readonly unit: number;
  /** On at every step of the stretch, off at the step just before it and at the one just after. */
  readonly exact: boolean;
  /** The steps both marked and on, divided by those that are one or the other. */
  readonly overlap: number;
  /** At how many steps of the stretch it is on, and at how many others. */
  readonly inside: number;
  readonly outside: number;
  /** Wherever it is on: each run of steps as [start, stop]. */
  readonly places: readonly (readonly [number, number])[];
}

export function isMarked({ mark_start, mark_stop }: Marking): boolean {
  return 0 <= mark_start && mark_start < mark_stop;
}

/** A position with all of its marking: what an older state lacks is filled in, a stretch that the run has not is taken off. */
export function fitMarking<P extends Marking>(position: P, run: Run): P {
  const given = Object.fromEntries(Object.entries(position).filter(([, value]) => value !== undefined)) as P;
  const whole = { ...UNMARKED, ...given };
  return isMarked(whole) && whole.mark_stop <= run.time ? whole : { ...whole, mark_start: -1, mark_stop: -1 };
}

/** All units, `values` being `(time, units)`: exact ones first, each part by falling overlap. */
export function unitsOn(values: Float64Array, units: number, marking: Marking): Found[] {
  const { mark_start: start, mark_stop: stop, threshold, direction } = marking;
  const time = values.length / units;
  const side = direction === "below" ? -1 : 1;
  const found = Array.from({ length: units }, (_, unit): Found => {
    const places: [number, number][] = [];
    let [inside, outside] = [0, 0];
    let last: [number, number] | null = null;
    for (let t = 0; t < time; t += 1) {
      if (side * (values[t * units + unit] as number) <= side * threshold) {
        last = null;
        continue;
      }
      if (t >= start && t < stop) inside += 1;
      else outside += 1;
      if (last) last[1] = t + 1;
      else places.push((last = [t, t + 1]));
    }
    const exact = places.some(([from, to]) => from === start && to === stop);
    return { unit, exact, overlap: inside / (stop - start + outside), inside, outside, places };
  });
  return found.sort((a, b) => Number(b.exact) - Number(a.exact) || b.overlap - a.overlap || a.unit - b.unit);
}

/** What the units are sorted by: their overlap, 1 more where they are exact; nought while nothing is marked. */
export function likenessKeys(found: readonly Found[] | null, units: number): Float64Array {
  const keys = new Float64Array(units);
  for (const { unit, exact, overlap } of found ?? []) keys[unit] = overlap + Number(exact);
  return keys;
}
