/** How weights begin, as `lstm_edu.initializers` has it. Matrices are row-major. */
import type { Random } from "./random";

export const SCHEMES = ["keras", "torch", "normal", "uniform", "orthogonal"] as const;
export type Scheme = (typeof SCHEMES)[number];

export interface Weights {
  readonly kernel: Float64Array;
  readonly recurrentKernel: Float64Array;
  readonly bias: Float64Array;
}

type Draw = (rows: number, columns: number, from: Random) => Float64Array;

export const normal =
  (scale = 0.05): Draw =>
  (rows, columns, from) =>
    Float64Array.from({ length: rows * columns }, () => scale * from.normal());

/** Even in [−limit, limit). */
export const uniform =
  (limit = 0.05): Draw =>
  (rows, columns, from) =>
    Float64Array.from({ length: rows * columns }, () => limit * (2 * from.uniform() - 1));

/** Glorot and Bengio (2010): Keras' default. */
export const glorotUniform: Draw = (rows, columns, from) => uniform(Math.sqrt(6 / (rows + columns)))(rows, columns, from);

/** Rows (or columns, if they are fewer) orthonormal, by Gram and Schmidt on a normal draw (Saxe et al. 2013). */
export const orthogonal: Draw = (rows, columns, from) => {
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const drawn = normal(1)(count, length, from);
  const vector = (at: number): Float64Array => drawn.subarray(at * length, (at + 1) * length);
  for (let at = 0; at < count; at += 1) {
    const own = vector(at);
    // Twice is enough: the second pass takes away what rounding left of the first (Giraud et al. 2005).
    for (let pass = 0; pass < 2; pass += 1) {
      for (let before = 0; before < at; before += 1) subtractProjection(own, vector(before));
    }
    const norm = Math.sqrt(dot(own, own));
    own.forEach((value, index) => (own[index] = value / norm));
  }
  if (rows <= columns) return drawn;
  return Float64Array.from({ length: rows * columns }, (_, at) => drawn[(at % columns) * rows + Math.floor(at / columns)] ?? 0);
};

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at += 1) total += (a[at] as number) * (b[at] as number);
  return total;
}

function subtractProjection(from: Float64Array, unit: Float64Array): void {
  const share = dot(from, unit);
  for (let at = 0; at < from.length; at += 1) from[at] = (from[at] as number) - share * (unit[at] as number);
}

/**
 * Kernel (inputs, blocks·units), recurrent kernel (units, blocks·units) and bias (blocks·units) of a recurrent layer.
 * `forgetBias` is for an LSTM, whose blocks are i, f, g, o; null leaves the scheme its own.
 */
export function recurrentWeights(
  inputs: number,
  units: number,
  blocks: number,
  scheme: Scheme,
  from: Random,
  forgetBias: number | null = null,
): Weights {
  const width = blocks * units;
  const limited = uniform(1 / Math.sqrt(units));
  const draws: Record<Scheme, readonly [Draw, Draw]> = {
    keras: [glorotUniform, orthogonal],
    torch: [limited, limited],
    normal: [normal(), normal()],
    uniform: [uniform(), uniform()],
    orthogonal: [orthogonal, orthogonal],
  };
  const [draw, drawRecurrent] = draws[scheme];
  const kernel = draw(inputs, width, from);
  const recurrentKernel = drawRecurrent(units, width, from);
  // PyTorch has two biases, which are added up.
  const bias = scheme === "torch" ? limited(1, width, from) : new Float64Array(width);
  if (scheme === "torch") limited(1, width, from).forEach((value, at) => (bias[at] = (bias[at] ?? 0) + value));
  const forget = forgetBias ?? (scheme === "keras" && blocks === 4 ? 1 : null);
  if (forget !== null) bias.fill(forget, units, 2 * units);
  return { kernel, recurrentKernel, bias };
}
