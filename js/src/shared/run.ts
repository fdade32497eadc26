/** One run of an LSTM layer over one sequence, as the figures look at it. */

export type Gate = "i" | "f" | "g" | "o";
export type Quantity = Gate | "c" | "h";

export const GATES: readonly Gate[] = ["i", "f", "g", "o"];
export const QUANTITIES: readonly Quantity[] = ["i", "f", "g", "o", "c", "h"];

/** What leads from z to a gate, to g, where nothing else is told; by Keras' names. */
export const USUAL_ACTIVATIONS: Readonly<Record<Gate, string>> = { i: "sigmoid", f: "sigmoid", g: "tanh", o: "sigmoid" };

/** A gate's pre-activation z as the sum it is: W·x + U·h₋₁ + b. */
export interface Sum {
  readonly x: number;
  readonly h: number;
  readonly b: number;
  readonly z: number;
}

/** A guess at the next token. */
export interface Expectation {
  readonly token: string;
  readonly probability: number;
}

/** Values are row-major, `(time, units)`; `h0` and `c0` hold one value a unit. */
export interface Run extends Readonly<Record<Quantity, Float64Array>> {
  readonly time: number;
  readonly units: number;
  readonly tokens: readonly string[] | null;
  readonly h0: Float64Array;
  readonly c0: Float64Array;
  /** Where they are not the usual ones. */
  readonly activations?: Readonly<Record<Gate, string>>;
  /** Only where the weights are known. */
  parts?(time: number, unit: number): Readonly<Record<Gate, Sum>>;
  /** Every token with its probability, the likeliest first; only where a model speaks. */
  expects?(time: number): readonly Expectation[];
}

/** The value of one quantity at one step of one unit. */
export function valueAt(run: Run, quantity: Quantity, time: number, unit: number): number {
  return run[quantity][time * run.units + unit] ?? Number.NaN;
}

/** The state before a step: that of the step before, or the initial one. */
export function valueBefore(run: Run, quantity: "c" | "h", time: number, unit: number): number {
  if (time > 0) return valueAt(run, quantity, time - 1, unit);
  return (quantity === "c" ? run.c0 : run.h0)[unit] ?? Number.NaN;
}

/** Throws an `Error` that a reader can act on where a run is empty, misshapen or holds something that is no number. */
export function checkRun(run: Run): Run {
  const { time, units } = run;
  if (!Number.isInteger(time) || time < 1) throw new Error(`A trace needs at least one time step; this one has ${time}.`);
  if (!Number.isInteger(units) || units < 1) throw new Error(`A trace needs at least one unit; this one has ${units}.`);
  for (const quantity of QUANTITIES) {
    const values = run[quantity];
    if (values.length !== time * units) {
      const wanted = `${time} steps × ${units} units = ${time * units}`;
      throw new Error(`The trace's ${quantity} holds ${values.length} values, expected ${wanted}.`);
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      const where = `step ${Math.floor(bad / units) + 1}, unit ${bad % units}`;
      throw new Error(`The trace's ${quantity} is ${values[bad]} at ${where}; a figure needs finite numbers.`);
    }
  }
  for (const name of ["h0", "c0"] as const) {
    const values = run[name];
    if (values.length !== units)
      throw new Error(`The trace's ${name} holds ${values.length} values, expected ${units}, one a unit.`);
    if (!values.every(Number.isFinite)) throw new Error(`The trace's ${name} holds a value that is not a finite number.`);
  }
  if (run.tokens && run.tokens.length !== time) {
    throw new Error(`The trace has ${run.tokens.length} tokens for ${time} time steps; it needs one a step.`);
  }
  return run;
}
