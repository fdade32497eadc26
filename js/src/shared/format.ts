/** Numbers as the figures print them: fixed decimals, a real minus sign, never a negative nought. */

export const MINUS = "−";

/** `fixed(-0.58)` is "−0.580"; a value that rounds to nought has no sign. */
export function fixed(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : `${MINUS}∞`;
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** As `fixed`, with a plus before what is above nought: "+0.560", "0.000", "−0.197". */
export function signed(value: number, digits = 3): string {
  const text = fixed(value, digits);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** As a term of a product or sum: a negative number stands in brackets. */
export function term(value: number, digits = 3): string {
  const text = fixed(value, digits);
  return text.startsWith(MINUS) ? `(${text})` : text;
}

/** A probability in two decimals; what is smaller than a hundredth says so. */
export function probability(value: number): string {
  return value > 0 && value < 0.01 ? "<0.01" : fixed(value, 2);
}

const RAISED: Readonly<Record<string, string>> = { ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].entries()), "-": "⁻" };

/**
 * A number of any size in about `digits` figures: "0.1050", "3.72·10⁻⁴⁴". What is hardly less than one says by how
 * much, "1 − 2.1·10⁻⁹", for it is not 1.
 */
export function ofAnySize(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return fixed(value);
  const [size, sign, less] = value < 0 ? [-value, MINUS, "+"] : [value, "", MINUS];
  if (Number.isInteger(size) && size < 1e4) return sign + String(size);
  const rest = 1 - size;
  if (rest > 0 && Number(size.toPrecision(digits)) === 1) return `${sign}1 ${less} ${ofAnySize(rest, digits - 1)}`;
  if (size >= 1e-3 && size < 1e4) return sign + size.toPrecision(digits);
  const [mantissa = "", power = ""] = size.toExponential(Math.max(1, digits - 2)).split("e");
  return `${sign}${mantissa}·10${raised(power)}`;
}

const raised = (power: string): string => power.replace(/./g, (digit) => RAISED[digit] ?? "");

/** A number too small or too large to be one here, from its decimal logarithm: "3.7·10⁻³⁴⁸". */
export function powerOfTen(logarithm: number): string {
  const power = Math.floor(logarithm);
  return `${(10 ** (logarithm - power)).toFixed(1)}·10${raised(String(power))}`;
}

/** The number that a reader reads: `value` at `digits` decimals. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}

/** How many decimals the terms of an equation need, so that the printed terms give the printed result. */
export interface Precision {
  readonly result: number;
  readonly terms: number;
}

/**
 * Finds the precision at which an equation can be checked by hand: the result with `digits` decimals, and its terms
 * with the fewest decimals (one more at least) from which the same printed result comes out. Where none does, because
 * the terms do not give the result, the terms have one decimal more.
 */
export function checkable(
  terms: readonly number[],
  result: number,
  evaluate: (terms: readonly number[]) => number,
  digits = 3,
): Precision {
  const printed = rounded(result, digits);
  for (let more = digits + 1; more <= digits + 6; more += 1) {
    if (rounded(evaluate(terms.map((value) => rounded(value, more))), digits) === printed) return { result: digits, terms: more };
  }
  return { result: digits, terms: digits + 1 };
}

/** The smallest of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, … not below `value`: the end of a scale that a reader can name. */
export function niceLimit(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8]) {
    if (value <= step * power * (1 + 1e-12)) return step * power;
  }
  return 10 * power;
}
