/** Bends of the past: bells of a height and a width, laid over the line one upon the other. */
import { fitting, type Setting } from "../settings";

export interface Bend {
  /** How many steps before now its middle is; 1 is the last one. */
  readonly at: number;
  /** How many steps to either side it reaches nought. */
  readonly width: number;
  readonly height: number;
}

export const WIDEST = 96;
const MOST = 40;
const ONE = /^\d{1,4},\d{1,2},-?\d{1,9}(\.\d{1,6})?$/;

export const NONE = "none";

export function readBends(text: string): readonly Bend[] {
  if (text === NONE) return [];
  return text.split(";").map((each) => {
    const [at = 0, width = 1, height = 0] = each.split(",").map(Number);
    return { at, width, height };
  });
}

export function writeBends(bends: readonly Bend[]): string {
  return bends.map(({ at, width, height }) => `${at},${width},${height}`).join(";") || NONE;
}

/** "12,8,3.5;40,6,-2": step before now, width, height of each bend in turn; or "none". */
export const BENDS: Setting = fitting(1000, (text) => {
  const each = text.split(";");
  const fits = ({ at, width }: Bend): boolean => at >= 1 && width >= 1 && width <= WIDEST;
  return text === NONE || (each.length <= MOST && each.every((one) => ONE.test(one)) && readBends(text).every(fits));
});

/** One more bend; where there are as many as an address holds, in place of the last. */
export function withBend(bends: readonly Bend[], bend: Bend): readonly Bend[] {
  return [...bends.slice(0, MOST - 1), bend];
}

/** The share of its height that a bend has at a step. */
export function bell({ at, width }: Pick<Bend, "at" | "width">, step: number): number {
  const share = Math.abs(step - at) / width;
  return share < 1 ? (1 + Math.cos(Math.PI * share)) / 2 : 0;
}

/** A past as bends leave it. */
export function bent(past: Float64Array, bends: readonly Bend[]): Float64Array {
  return past.map((value, index) => bends.reduce((sum, bend) => sum + bend.height * bell(bend, past.length - index), value));
}
