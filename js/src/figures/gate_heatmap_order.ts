/** In which order the units stand, and how wide the scale of each quantity is; pure. */
import { gateScale, type Scale, signedScale } from "../shared/colour_scale";
import type { Quantity, Run } from "../shared/run";
import { niceLimit } from "../shared/format";
import { tintLimit } from "../shared/tint";

export type Sort = "index" | "mean" | "half-life" | "activity" | "likeness";

export const SORTS: readonly Sort[] = ["index", "mean", "half-life", "activity", "likeness"];

/** Per unit, the mean of a quantity over time. */
function means(values: Float64Array, units: number): Float64Array {
  const sums = new Float64Array(units);
  values.forEach((value, at) => {
    sums[at % units] = (sums[at % units] as number) + value;
  });
  return sums.map((sum) => (sum * units) / values.length);
}

/** Per unit, the standard deviation of a quantity over time. */
function deviations(values: Float64Array, units: number): Float64Array {
  const mean = means(values, units);
  const squares = values.map((value, at) => (value - (mean[at % units] as number)) ** 2);
  return means(squares, units).map(Math.sqrt);
}

/** After how many steps half of each unit's memory is left: ln ½ / mean ln f, as in lstm_edu.measures. */
export function halfLives(f: Float64Array, units: number): Float64Array {
  const logarithms = f.map((value) => Math.log(Math.abs(value)));
  return means(logarithms, units).map((mean) => (mean < 0 ? Math.log(0.5) / mean : Number.POSITIVE_INFINITY));
}

/** What the units are sorted by: one number a unit; likeness to a marked stretch is another matter (`likenessKeys`). */
export function sortKeys(run: Run, quantity: Quantity, sort: Sort): Float64Array {
  if (sort === "mean") return means(run[quantity], run.units);
  if (sort === "activity") return deviations(run[quantity], run.units);
  if (sort === "half-life") return halfLives(run.f, run.units);
  return Float64Array.from({ length: run.units }, (_, unit) => unit);
}

/** Row → unit: as they are, or the greatest first; equal ones keep their order. */
export function rowOrder(keys: Float64Array, sort: Sort): number[] {
  const units = Array.from(keys, (_, unit) => unit);
  if (sort === "index") return units;
  return units.sort((a, b) => {
    const [left, right] = [keys[a] as number, keys[b] as number];
    return left === right ? a - b : right - left;
  });
}

/** The scale on which a quantity is drawn: gates from 0 to 1, the candidate and the output to ±1, the state as far as it needs. */
export function scaleOf(run: Run, quantity: Quantity): Scale {
  const values = run[quantity];
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  const isGate = quantity === "i" || quantity === "f" || quantity === "o";
  // Other activations than the sigmoid may leave 0…1.
  if (isGate && least >= 0 && most <= 1) return gateScale(quantity);
  return signedScale(tintLimit(values), Math.max(-least, most));
}

/** The scale of one unit's bars: its own where the scale of all would leave them flat. */
export function rowScale(scale: Scale, values: readonly number[]): Scale {
  if (scale.low >= 0) return scale;
  return signedScale(niceLimit(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
}
