/** Where the reader stands, and the moves from there; pure, so that keys, buttons and links all mean the same. */

/** Time and unit from 0; step 0 is the whole cell, 1 to 5 the steps of the algorithm. */
export interface Position {
  readonly time: number;
  readonly unit: number;
  readonly step: number;
}

/** How many time steps and units there are. */
export interface Extent {
  readonly time: number;
  readonly units: number;
}

export const STEPS = 5;

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, Math.round(value)));

/** The position nearest to a wish that exists in this run. */
export function clamped(wish: Position, extent: Extent): Position {
  return {
    time: within(wish.time, extent.time),
    unit: within(wish.unit, extent.units),
    step: within(wish.step, STEPS + 1),
  };
}

export function atTime(position: Position, time: number, extent: Extent): Position {
  return clamped({ ...position, time }, extent);
}

export function atUnit(position: Position, unit: number, extent: Extent): Position {
  return clamped({ ...position, unit }, extent);
}

export function atStep(position: Position, step: number, extent: Extent): Position {
  return clamped({ ...position, step }, extent);
}

/**
 * The slow walk, forward (1) or back (−1): through the five steps of this character and on into the next. From the
 * whole cell it enters at the first step (going back: the last). At the ends of the text it stays.
 */
export function walked(position: Position, by: 1 | -1, extent: Extent): Position {
  const { time, step } = position;
  if (step === 0) return { ...position, step: by > 0 ? 1 : STEPS };
  const inside = step + by;
  if (inside >= 1 && inside <= STEPS) return { ...position, step: inside };
  const next = time + by;
  if (next < 0 || next >= extent.time) return position;
  return { ...position, time: next, step: by > 0 ? 1 : STEPS };
}

/** One beat of play: a character at a time, or, inside a character, a step at a time. Null at the end. */
export function played(position: Position, extent: Extent): Position | null {
  const next = position.step === 0 ? atTime(position, position.time + 1, extent) : walked(position, 1, extent);
  return next.time === position.time && next.step === position.step ? null : next;
}
