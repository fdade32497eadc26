/** What an ActivationPlot can be set to, and what follows: value and slope, and what each formula gives as it is written. */
import { ACTIVATIONS, functionOf, SLOPES } from "../activations";
import { choice, number } from "../settings";
import { fixed, rounded } from "../shared/format";

/** Those that have a lower and an upper end. */
export const NAMES = ["sigmoid", "tanh", "hard_sigmoid", "softsign"] as const;
export type Name = (typeof NAMES)[number];

export interface State extends Readonly<Record<"activation", Name>> {
  readonly z: number;
}

/** How far the axis reaches. */
export const FAR = 10_000;
export const SETTINGS = { activation: choice(...NAMES), z: number(-FAR, FAR) };

export const valueOf = (name: Name, z: number): number => functionOf(ACTIVATIONS, name)(z);
export const slopeAt = (name: Name, z: number): number => functionOf(SLOPES, name)(valueOf(name, z));

/** What an arrow key is worth: finer where the axis is linear. */
export const stepAt = (z: number): number => {
  const size = Math.abs(z);
  return size < 6 ? 0.1 : size < 100 ? 1 : size < 1000 ? 10 : 100;
};

const digitsAt = (z: number): number => (Math.abs(z) < 6 ? 2 : Math.abs(z) < 100 ? 1 : 0);

/** A number that a hand gives, as fine as the axis is there. */
export function settled(z: number): number {
  return rounded(Math.max(-FAR, Math.min(FAR, z)), digitsAt(z));
}

/** z with the decimals that it has, and those that a hand gives it. */
export function printedZ(z: number): string {
  const decimals = String(z).split(".")[1]?.length ?? 0;
  return fixed(z, Math.min(6, Math.max(digitsAt(z), decimals)));
}

/** The floating-point numbers: how each result is rounded, and where e to a power overflows. */
export const PRECISIONS = [
  { name: "float64", round: (x: number): number => x, overflow: Math.log(Number.MAX_VALUE) },
  { name: "float32", round: Math.fround, overflow: Math.log(3.4028234663852886e38) },
] as const;
export type Precision = (typeof PRECISIONS)[number];

type Round = (x: number) => number;

/** The formulas of those with a power of e: that power, the value naive and stable, the slope naive and stable. */
export const FORMULAS: Readonly<Partial<Record<Name, readonly string[]>>> = {
  sigmoid: ["e^{−z}", "1 / (1 + e^{−z})", "e^{min(z, 0)} / (1 + e^{−|z|})", "e^{−z} / (1 + e^{−z})^{2}", "y (1 − y)"],
  tanh: ["e^{|z|}", "(e^{z} − e^{−z}) / (e^{z} + e^{−z})", "±(1 − e^{−2|z|}) / (1 + e^{−2|z|})", "1 − y^{2}", "1 − y^{2}"],
};

/** What they give, computed as they are written; each operation is rounded by `r`. */
export function results(name: Name, z: number, r: Round): readonly number[] {
  const exp = (power: number): number => r(Math.exp(power));
  const size = Math.abs(z);
  if (name === "sigmoid") {
    const sum = r(1 + exp(-z));
    const y = r((z >= 0 ? 1 : exp(-size)) / r(1 + exp(-size)));
    return [exp(-z), r(1 / sum), y, r(exp(-z) / r(sum * sum)), r(y * r(1 - y))];
  }
  const naive = r(r(exp(z) - exp(-z)) / r(exp(z) + exp(-z)));
  // 1 − e^−2|z| in one go, lest small z lose their digits.
  const less = r(-Math.expm1(-2 * size));
  const y = r((Math.sign(z) * less) / r(2 - less));
  return [exp(size), naive, y, r(1 - r(naive * naive)), r(1 - r(y * y))];
}

/** Whether a naive formula's power of e overflows at z. */
export function overflows(name: Name, z: number, { overflow }: Precision): boolean {
  return name === "tanh" ? Math.abs(z) > overflow : name === "sigmoid" && z < -overflow;
}

/** The decimal logarithm of the slope on paper, far out, where e^−|z| is nothing beside 1. */
export function slopeOnPaper(name: Name, z: number): number {
  return (name === "tanh" ? Math.log(4) - 2 * Math.abs(z) : -Math.abs(z)) / Math.LN10;
}
