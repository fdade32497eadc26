/** SIMULATED rain, as lstm_edu/rain.py has it: cells that a wind carries, each growing and fading in its own time. */
import { random } from "./random";

export const GRID = 32;
export const PAST = 6;
export const AHEAD = 6;
const CELLS = 8;
const FULL = 100;
const REACH = 22;
const FASTEST = 1.6;
const [PLACED_WIDTH, PLACED_RAIN, FOR_EVER] = [2.5, 30, 1000];

/** Pixels right and pixels down. */
export type Vector = readonly [right: number, down: number];

export interface Cell {
  /** Where its middle is at the last frame that is read. */
  readonly at: Vector;
  /** How much faster than the wind it goes. */
  readonly own: Vector;
  readonly width: number;
  /** Its greatest rain in mm/h, the step at which it has that, and for how many it lasts. */
  readonly rain: number;
  readonly peak: number;
  readonly lasting: number;
}

export interface Scene {
  readonly wind: Vector;
  readonly cells: readonly Cell[];
}

export function scene(seed: number): Scene {
  const { uniform } = random(seed);
  const between = (low: number, high: number): number => low + (high - low) * uniform();
  const speed = between(0.3, FASTEST);
  const angle = between(0, 2 * Math.PI);
  const middle = (GRID - 1) / 2;
  const place = (): number => between(middle - REACH, middle + REACH);
  const cells = Array.from({ length: CELLS }, () => ({
    at: [place(), place()] as const,
    own: [between(-0.12, 0.12), between(-0.12, 0.12)] as const,
    width: between(1.5, 3.5),
    rain: Math.exp(between(Math.log(4), Math.log(60))),
    peak: between(-4, PAST + AHEAD + 4),
    lasting: between(3, 7),
  }));
  return { wind: [speed * Math.cos(angle), speed * Math.sin(angle)], cells };
}

/** A cell that a reader places: it goes with the wind and does not change. */
export function placed(at: Vector): Cell {
  return { at, own: [0, 0], width: PLACED_WIDTH, rain: PLACED_RAIN, peak: 0, lasting: FOR_EVER };
}

const level = (rain: number): number => Math.log1p(rain) / Math.log1p(FULL);
export const levelOf = level;
/** Rain in mm/h from its level. */
export const millimetres = (of: number): number => Math.expm1(of * Math.log1p(FULL));

/** The levels of a scene, a map `(GRID, GRID)` a frame. */
export function rainLevels({ wind, cells }: Scene): Float64Array[] {
  return Array.from({ length: PAST + AHEAD }, (_, time) => {
    const map = new Float64Array(GRID * GRID);
    const since = time - (PAST - 1);
    for (const { at, own, width, rain, peak, lasting } of cells) {
      const strength = rain * Math.exp(-((time - peak) ** 2) / (2 * lasting ** 2));
      const [across, along] = ([0, 1] as const).map((axis) => {
        const middle = at[axis] + since * (wind[axis] + own[axis]);
        return Float64Array.from({ length: GRID }, (_, place) => Math.exp(-((place - middle) ** 2) / (2 * width ** 2)));
      }) as [Float64Array, Float64Array];
      for (let y = 0, k = 0; y < GRID; y += 1) {
        const share = strength * (along[y] as number);
        for (let x = 0; x < GRID; x += 1, k += 1) map[k] = (map[k] as number) + share * (across[x] as number);
      }
    }
    return map.map(level);
  });
}
