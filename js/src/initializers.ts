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

/** So many numbers; a loop, which takes a third as long as `Float64Array.from`. */
function numbers(count: number, draw: () => number): Float64Array {
  const values = new Float64Array(count);
  for (let at = 0; at < count; at += 1) values[at] = draw();
  return values;
}

export const normal =
  (scale = 0.05): Draw =>
  (rows, columns, from) =>
    numbers(rows * columns, () => scale * from.normal());

/** Even in [−limit, limit). */
export const uniform =
  (limit = 0.05): Draw =>
  (rows, columns, from) =>
    numbers(rows * columns, () => limit * (2 * from.uniform() - 1));

/** Glorot and Bengio (2010): Keras' default. */
export const glorotUniform: Draw = (rows, columns, from) => uniform(Math.sqrt(6 / (rows + columns)))(rows, columns, from);

/**
 * Rows (or columns, if they are fewer) orthonormal, by Gram and Schmidt on a normal draw (Saxe et al. 2013): what
 * Python's QR decomposition makes of the same draw.
 */
export const orthogonal: Draw = (rows, columns, from) => {
  const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const drawn = transposed(normal(1)(length, count, from), length, count);
  const vectors = Array.from({ length: count }, (_, at) => drawn.subarray(at * length, (at + 1) * length));
  const none = new Float64Array(length);
  vectors.forEach((own, at) => {
    for (let pass = 0; pass < 2; pass += 1) {
      const before = dot(own, own);
      // Two at a time, which takes half as long.
      for (let k = 0; k < at; k += 2) subtractProjections(own, vectors[k] ?? none, (k + 1 < at ? vectors[k + 1] : none) ?? none);
      // What rounding left of the others matters only where little is left of the vector; then a second pass takes it
      // away, and twice is enough (Giraud et al. 2005).
      if (2 * dot(own, own) > before) break;
    }
    const norm = Math.sqrt(dot(own, own));
    own.forEach((value, index) => (own[index] = value / norm));
  });
  return rows < columns ? drawn : transposed(drawn, count, length);
};

/** A matrix of so many rows and columns, turned over. */
function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) turned[column * rows + row] = values[row * columns + column] as number;
  }
  return turned;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at += 1) total += (a[at] as number) * (b[at] as number);
  return total;
}

/** Takes from a vector what lies along two unit vectors that are orthogonal to each other. */
function subtractProjections(from: Float64Array, one: Float64Array, other: Float64Array): void {
  let [alongOne, alongOther] = [0, 0];
  for (let at = 0; at < from.length; at += 1) {
    const value = from[at] as number;
    alongOne += value * (one[at] as number);
    alongOther += value * (other[at] as number);
  }
  for (let at = 0; at < from.length; at += 1) {
    from[at] = (from[at] as number) - alongOne * (one[at] as number) - alongOther * (other[at] as number);
  }
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
