/** What an InitExplorer can be set to, the network that follows from it, and what its gates do at first. */
import { sigmoid } from "../activations";
import { recurrentWeights, type Scheme, SCHEMES, type Weights } from "../initializers";
import { type LSTM, type LSTMRecord, run } from "../lstm";
import { random } from "../random";
import { choice, integer, number, type Setting } from "../settings";
import { rounded } from "../shared/format";

export interface State {
  readonly scheme: Scheme;
  readonly gain: number;
  readonly forget_bias: number;
  readonly units: number;
  readonly input_dim: number;
  readonly seed: number;
}
export type Amount = Exclude<keyof State, "scheme">;

/** Ends, and how many decimals a hand sets. */
export const BOUNDS: Readonly<Record<Amount, { readonly least: number; readonly most: number; readonly digits: number }>> = {
  gain: { least: 0.25, most: 4, digits: 2 },
  forget_bias: { least: -3, most: 6, digits: 2 },
  units: { least: 4, most: 96, digits: 0 },
  input_dim: { least: 1, most: 128, digits: 0 },
  seed: { least: 0, most: 9999, digits: 0 },
};

const setting = (key: Amount): Setting => (BOUNDS[key].digits ? number : integer)(BOUNDS[key].least, BOUNDS[key].most);
export const SETTINGS: Readonly<Record<keyof State, Setting>> = {
  scheme: choice(...SCHEMES),
  gain: setting("gain"),
  forget_bias: setting("forget_bias"),
  units: setting("units"),
  input_dim: setting("input_dim"),
  seed: setting("seed"),
};

/** A number that a hand gives, within its bounds. */
export function settled(key: Amount, value: number): number {
  const { least, most, digits } = BOUNDS[key];
  return rounded(Math.max(least, Math.min(most, value)), digits);
}

/** The forget bias that a scheme brings along. */
export const ownForgetBias = (scheme: Scheme): number => (scheme === "keras" ? 1 : 0);

/** How many steps the network reads: as many as make about 4096 values a gate. */
export const stepsFor = (units: number): number => Math.min(256, Math.max(32, Math.ceil(4096 / units)));

/** Weights and input, `(steps, input_dim)`, as they are drawn, before gain and forget bias. */
export interface Drawn extends Weights {
  readonly x: Float64Array;
}

/** Draws in the order of Python's `InitExplorer`: the weights, then the input. */
export function drawn({ scheme, units, input_dim, seed }: State): Drawn {
  const from = random(seed);
  const weights = recurrentWeights(input_dim, units, 4, scheme, from, scheme === "keras" ? 0 : null);
  return { ...weights, x: Float64Array.from({ length: stepsFor(units) * input_dim }, from.normal) };
}

/** Weights times the gain; the biases stay as they are. */
export function scaled<W extends Weights>(weights: W, gain: number): W {
  const times = (values: Float64Array): Float64Array => values.map((value) => gain * value);
  return { ...weights, kernel: times(weights.kernel), recurrentKernel: times(weights.recurrentKernel) };
}

/** The network of weights that have been scaled, with a forget bias added. */
export function networkOf(weights: Weights, units: number, forgetBias: number): LSTM {
  const { kernel, recurrentKernel } = weights;
  const bias = weights.bias.map((value, at) => value + (at >= units && at < 2 * units ? forgetBias : 0));
  const inputs = kernel.length / (4 * units);
  return { inputs, units, kernel, recurrentKernel, bias, activation: Math.tanh, recurrentActivation: sigmoid };
}

/** What the network does with its input, from the zero state. */
export function firstRun(layer: LSTM, x: Float64Array): LSTMRecord {
  const zero = new Float64Array(layer.units);
  return run(layer, x, zero, zero);
}

/** Steps after which half of the cell state is left: of each unit, and from the mean of ln f over all of them. */
export function halfLives(f: Float64Array, units: number): { readonly all: number; readonly each: Float64Array } {
  const sums = new Float64Array(units);
  f.forEach((value, at) => (sums[at % units] = (sums[at % units] ?? 0) + Math.log(value)));
  const life = (sum: number, count: number): number => (sum < 0 ? (-Math.LN2 * count) / sum : Infinity);
  return {
    all: life(
      sums.reduce((total, sum) => total + sum, 0),
      f.length,
    ),
    each: sums.map((sum) => life(sum, f.length / units)),
  };
}

export interface Spread {
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
}

export function spread(values: Float64Array): Spread {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** Quantiles, between two values in proportion, as NumPy has them. */
export function quantiles(values: Float64Array, ...shares: readonly number[]): number[] {
  const sorted = values.slice().sort();
  return shares.map((share) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    return below + (place % 1) * ((sorted[Math.ceil(place)] ?? below) - below);
  });
}

/** How the entries of a matrix are spread in theory: an evenly filled stretch, or a bell; both before the gain. */
export interface Theory {
  /** Standard deviation. */
  readonly deviation: number;
  /** Where the density ends, or is too small to be seen. */
  readonly reach: number;
  /** The density at w, of its greatest. */
  density(w: number): number;
}

const even = (limit: number): Theory => ({
  deviation: limit / Math.sqrt(3),
  reach: limit,
  density: (w) => (Math.abs(w) <= limit ? 1 : 0),
});

export function theory(scheme: Scheme, recurrent: boolean, { units, input_dim }: State): Theory {
  const [rows, columns] = [recurrent ? units : input_dim, 4 * units];
  if (scheme === "normal") {
    return { deviation: 0.05, reach: 0.18, density: (w) => Math.exp(-0.5 * (w / 0.05) ** 2) };
  }
  if (scheme === "orthogonal" || (scheme === "keras" && recurrent)) {
    // One coordinate of a point on the sphere in n dimensions.
    const n = Math.max(rows, columns);
    const deviation = 1 / Math.sqrt(n);
    return { deviation, reach: Math.min(1, 3.6 * deviation), density: (w) => Math.max(0, 1 - w * w) ** ((n - 3) / 2) };
  }
  if (scheme === "keras") return even(Math.sqrt(6 / (rows + columns)));
  return even(scheme === "torch" ? 1 / Math.sqrt(units) : 0.05);
}

/** The forget bias at which the forget gate's value would move from `now` to `wish`, were the rest of z to stay. */
export function biasFor(bias: number, now: number, wish: number): number {
  const z = (f: number): number => Math.log(f) - Math.log1p(-f);
  return bias + z(Math.max(1e-6, Math.min(1 - 1e-9, wish))) - z(now);
}

/** Which share of the values lies in each of equal stretches from `low` to `high`. */
export function histogram(values: Float64Array, low: number, high: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const scale = bins / (high - low);
  for (const value of values) {
    const bin = Math.floor((value - low) * scale);
    const own = value === high ? bins - 1 : bin;
    if (own >= 0 && own < bins) counts[own] = (counts[own] ?? 0) + 1;
  }
  return counts.map((count) => count / values.length);
}
