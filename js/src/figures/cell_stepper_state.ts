/** Where the reader stands, and the moves from there; pure, so that keys, buttons and links all mean the same. */
import type { Marking } from "../unit_search";

/** Time and unit from 0; step 0 is the whole cell, 1 to 5 the steps of the algorithm. */
export interface Position {
  readonly time: number;
  readonly unit: number;
  readonly step: number;
}

/** What units can be searched by, beside the position. */
export interface Search extends Position, Marking {
  /** Which state says whether a unit is on. */
  readonly of: State;
}

export const STATES = ["c", "h"] as const;
export type State = (typeof STATES)[number];

/** How many time steps and units there are. */
export interface Extent {
  readonly time: number;
  readonly units: number;
}

export const STEPS = 5;

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, Math.round(value)));

/** The position nearest to a wish that exists in this run. */
export function clamped<P extends Position>(wish: P, extent: Extent): P {
  return {
    ...wish,
    time: within(wish.time, extent.time),
    unit: within(wish.unit, extent.units),
    step: within(wish.step, STEPS + 1),
  };
}

export function atTime<P extends Position>(position: P, time: number, extent: Extent): P {
  return clamped({ ...position, time }, extent);
}

export function atUnit<P extends Position>(position: P, unit: number, extent: Extent): P {
  return clamped({ ...position, unit }, extent);
}

export function atStep<P extends Position>(position: P, step: number, extent: Extent): P {
  return clamped({ ...position, step }, extent);
}

/**
 * The slow walk, forward (1) or back (−1): through the five steps of this character and on into the next. From the
 * whole cell it enters at the first step (going back: the last). At the ends of the text it stays.
 */
export function walked<P extends Position>(position: P, by: 1 | -1, extent: Extent): P {
  const { time, step } = position;
  if (step === 0) return { ...position, step: by > 0 ? 1 : STEPS };
  const inside = step + by;
  if (inside >= 1 && inside <= STEPS) return { ...position, step: inside };
  const next = time + by;
  if (next < 0 || next >= extent.time) return position;
  return { ...position, time: next, step: by > 0 ? 1 : STEPS };
}

/** One beat of play: a character at a time, or, inside a character, a step at a time. Null at the end. */
export function played<P extends Position>(position: P, extent: Extent): P | null {
  const next = position.step === 0 ? atTime(position, position.time + 1, extent) : walked(position, 1, extent);
  return next.time === position.time && next.step === position.step ? null : next;
}
