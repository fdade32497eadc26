/** Every number that the drawing and the equations show for one unit at one step. */
import { ACTIVATIONS, functionOf, UNDONE } from "../activations";
import { GATES, USUAL_ACTIVATIONS, valueAt, valueBefore, type Gate, type Run, type Sum } from "../shared/run";

export interface Moment {
  readonly i: number;
  readonly f: number;
  readonly g: number;
  readonly o: number;
  readonly c: number;
  readonly h: number;
  readonly cBefore: number;
  readonly hBefore: number;
  /** f·c₋₁ */
  readonly kept: number;
  /** i·g */
  readonly written: number;
  /** tanh(c), or what another activation makes of c. */
  readonly squashed: number;
  /** What leads from z to each gate. */
  readonly activations: Readonly<Record<Gate, string>>;
  /** Pre-activations: as sums where the weights are known, else z alone, undone from the gate; NaN where that cannot be. */
  readonly z: Readonly<Record<Gate, number>>;
  readonly sums: Readonly<Record<Gate, Sum>> | null;
  /** True where the step was masked: state and output were carried over, and no gate had a say. */
  readonly carried: boolean;
}

/** Gathers the numbers of one unit at one step. */
export function momentOf(run: Run, time: number, unit: number): Moment {
  const [i, f, g, o] = GATES.map((gate) => valueAt(run, gate, time, unit)) as [number, number, number, number];
  const c = valueAt(run, "c", time, unit);
  const h = valueAt(run, "h", time, unit);
  const cBefore = valueBefore(run, "c", time, unit);
  const hBefore = valueBefore(run, "h", time, unit);
  const sums = run.parts?.(time, unit) ?? null;
  const activations = run.activations ?? USUAL_ACTIVATIONS;
  const undone = (gate: Gate, value: number): number => functionOf(UNDONE, activations[gate])(value);
  const z = sums
    ? { i: sums.i.z, f: sums.f.z, g: sums.g.z, o: sums.o.z }
    : { i: undone("i", i), f: undone("f", f), g: undone("g", g), o: undone("o", o) };
  const squash = functionOf(ACTIVATIONS, activations.g)(c);
  // Of an activation that the table does not have, what it made of c is known from h.
  const squashed = Number.isNaN(squash) ? h / (o || 1) : squash;
  const kept = f * cBefore;
  const written = i * g;
  const carried = c === cBefore && h === hBefore && Math.abs(kept + written - c) > 1e-4;
  return { i, f, g, o, c, h, cBefore, hBefore, kept, written, squashed, activations, z, sums, carried };
}
