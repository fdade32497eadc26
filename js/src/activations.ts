/** The functions that squash, by Keras' names; the same formulas as in lstm_edu/activations.py. */

export type Activation = (z: number) => number;

/** 1 / (1 + e^−z), written so that no exponent can overflow. */
export function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
}

export const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  sigmoid,
  tanh: Math.tanh,
  linear: (z) => z,
  relu: (z) => Math.max(z, 0),
  hard_sigmoid: (z) => Math.min(1, Math.max(0, z / 6 + 0.5)),
  softsign: (z) => z / (1 + Math.abs(z)),
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
};

/** Back from an activation's value to its z, for those that can be undone: relu and hard_sigmoid map many z to one value. */
export const UNDONE: Readonly<Record<string, Activation>> = {
  sigmoid: (y) => Math.log(y) - Math.log1p(-y),
  tanh: Math.atanh,
  linear: (y) => y,
  softsign: (y) => y / (1 - Math.abs(y)),
  elu: (y) => (y > 0 ? y : Math.log1p(y)),
};

/** The slope of each, from its value, as in lstm_edu/activations.py: that is all that the record of a run keeps. */
export const SLOPES: Readonly<Record<string, Activation>> = {
  sigmoid: (y) => y * (1 - y),
  tanh: (y) => 1 - y * y,
  linear: () => 1,
  relu: (y) => (y > 0 ? 1 : 0),
  hard_sigmoid: (y) => (y > 0 && y < 1 ? 1 / 6 : 0),
  softsign: (y) => (1 - Math.abs(y)) ** 2,
  elu: (y) => (y > 0 ? 1 : y + 1),
};

/** The slope that belongs to an activation of the table. */
export function slopeOf(activation: Activation): Activation {
  return functionOf(SLOPES, Object.keys(ACTIVATIONS).find((name) => ACTIVATIONS[name] === activation) ?? "");
}

/** A name as it stands in drawings and equations: "σ", "hard_σ", "tanh"; as lstm_edu.plotting.anatomy has it. */
export function signOf(name: string): string {
  return name.replace("sigmoid", "σ");
}

/** The function of a name; one that knows no value where the table has none. */
export function functionOf(table: Readonly<Record<string, Activation>>, name: string): Activation {
  return (Object.hasOwn(table, name) ? table[name] : undefined) ?? (() => Number.NaN);
}

/** Probabilities from logits; the largest is subtracted first, so that no exponent is above 0. */
export function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((most, z) => Math.max(most, z), Number.NEGATIVE_INFINITY);
  const powers = logits.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
