/** What a GateExplorer can be set to, and the one step of one unit that follows from it. */
import { ACTIVATIONS, sigmoid } from "../activations";
import { emptyRecord, type LSTM, step, sums } from "../lstm";
import { number, type Setting } from "../settings";
import { rounded } from "../shared/format";
import { GATES, type Gate, type Sum } from "../shared/run";

export type Part = "w" | "u" | "b";
export type Weight = `${Gate}_${Part}`;
export type Input = "x" | "h" | "c";
export type Key = Input | Weight;
/** The state: every number that a reader can take hold of. */
export type State = Readonly<Record<Key, number>>;

export const INPUTS: readonly Input[] = ["x", "h", "c"];
export const PARTS: readonly Part[] = ["w", "u", "b"];
export const KEYS: readonly Key[] = [...INPUTS, ...GATES.flatMap((gate) => PARTS.map((part) => `${gate}_${part}` as const))];

/** How far a number reaches to either side of nought. */
export const reach = (key: Key): number => ({ x: 2, h: 1, c: 3 })[key as Input] ?? 8;

export const SETTINGS = Object.fromEntries(KEYS.map((key) => [key, number(-reach(key), reach(key))])) as Record<Key, Setting>;

/** Biases that make a unit do one thing. */
export const PRESETS = {
  remember: { i_b: -6, f_b: 6 },
  overwrite: { i_b: 6, f_b: -6 },
  forget: { i_b: -6, f_b: -6 },
  hide: { o_b: -6 },
} as const satisfies Record<string, Partial<State>>;
export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

/** A preset: the author's weights with its biases; the inputs stay where the reader has them. */
export function withPreset(preset: Preset, { x, h, c }: State, original: State): State {
  return { ...original, ...PRESETS[preset], x, h, c };
}

export const sameState = (one: State, other: State): boolean => KEYS.every((key) => one[key] === other[key]);

/** A number that a hand gives: a hundredth, within its bounds. */
export function settled(key: Key, value: number): number {
  return rounded(Math.max(-reach(key), Math.min(reach(key), value)), 2);
}

/** All that the figure shows. */
export interface Moment extends Readonly<Record<Gate, number>> {
  readonly sums: Readonly<Record<Gate, Sum>>;
  readonly before: number;
  /** f·c₋₁ */
  readonly kept: number;
  /** i·g */
  readonly written: number;
  readonly c: number;
  /** tanh(c) */
  readonly squashed: number;
  readonly h: number;
}

/** Takes the step, with the arithmetic that the figures over a run use. */
export function momentOf(state: State): Moment {
  const four = (part: Part): Float64Array => Float64Array.from(GATES, (gate) => state[`${gate}_${part}`]);
  const layer: LSTM = {
    inputs: 1,
    units: 1,
    kernel: four("w"),
    recurrentKernel: four("u"),
    bias: four("b"),
    activation: ACTIVATIONS["tanh"] ?? Math.tanh,
    recurrentActivation: sigmoid,
  };
  const [x, h0, c0] = INPUTS.map((key) => Float64Array.of(state[key])) as [Float64Array, Float64Array, Float64Array];
  const record = emptyRecord(1, 1);
  step(layer, x, h0, c0, record, 0);
  const at = (values: Float64Array): number => values[0] ?? Number.NaN;
  const [i, f, g, o, c, h] = [record.i, record.f, record.g, record.o, record.c, record.h].map(at) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const before = state.c;
  return { i, f, g, o, c, h, before, kept: f * before, written: i * g, squashed: Math.tanh(c), sums: sums(layer, x, h0, 0) };
}
