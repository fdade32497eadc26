/** What a GradientFlow can be set to, the two networks that this makes, and what their last step hears. */
import { sigmoid } from "../activations";
import { recurrentWeights } from "../initializers";
import { conveyed, hearingOfLSTM, hearingOfRNN } from "../jacobians";
import { run } from "../lstm";
import { random } from "../random";
import { runRNN } from "../rnn";
import { integer, number } from "../settings";
import { rounded } from "../shared/format";

export interface State {
  /** What the recurrent weights of both networks are multiplied by. */
  readonly scale: number;
  readonly forget_bias: number;
  /** How many characters of the text are read. */
  readonly length: number;
  readonly seed: number;
}
export type Network = "rnn" | "lstm";
/** Those that are dragged. */
export type Key = "scale" | "forget_bias" | "length";

export const BOUNDS = {
  scale: { least: 0, most: 3, step: 0.1, fine: 0.01 },
  forget_bias: { least: -2, most: 6, step: 0.1, fine: 0.01 },
  length: { least: 2, most: 200, step: 1, fine: 1 },
} as const;
export const LAST_SEED = 9999;
export const SETTINGS = {
  scale: number(BOUNDS.scale.least, BOUNDS.scale.most),
  forget_bias: number(BOUNDS.forget_bias.least, BOUNDS.forget_bias.most),
  length: integer(BOUNDS.length.least, BOUNDS.length.most),
  seed: integer(0, LAST_SEED),
} as const;

/** The weights and the forget bias of each. */
export const PRESETS = {
  keras: { scale: 1, forget_bias: 1 },
  vanish: { scale: 0.5, forget_bias: 1 },
  explode: { scale: 3, forget_bias: 1 },
  shut: { scale: 1, forget_bias: 0 },
  open: { scale: 1, forget_bias: 3 },
} as const satisfies Record<string, Partial<State>>;
export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

/** As near as a hand puts it: a hundredth, and whole steps. */
export function settled(key: Key, wish: number): number {
  const { least, most } = BOUNDS[key];
  return rounded(Math.max(least, Math.min(most, wish)), key === "length" ? 0 : 2);
}

/** What is read, a character a step: Hamlet, Act 3, Scene 1. As in lstm_edu/figures/gradient_flow.py. */
export const TEXT = [
  "To be, or not to be, that is the question: Whether 'tis nobler in the mind to suffer The slings and arrows of",
  "outrageous fortune, Or to take arms against a sea of troubles, And, by opposing, end them.",
].join(" ");
export const UNITS = 12;
/** Each character is so many numbers from the standard normal distribution. */
const FEATURES = 8;

/** The numbers of the text, and the weights as Keras draws them; of one seed. */
function drawn(seed: number) {
  const from = random(seed);
  const vectors = new Map<string, Float64Array>();
  const x = new Float64Array(TEXT.length * FEATURES);
  [...TEXT].forEach((character, t) => {
    const vector = vectors.get(character) ?? Float64Array.from({ length: FEATURES }, () => from.normal());
    vectors.set(character, vector);
    x.set(vector, t * FEATURES);
  });
  const rnn = recurrentWeights(FEATURES, UNITS, 1, "keras", from);
  return { x, rnn, lstm: recurrentWeights(FEATURES, UNITS, 4, "keras", from) };
}

/** Keeps the last answer, for as long as the question is the same. */
function remembered<A extends readonly unknown[], R>(answer: (...given: A) => R): (...given: A) => R {
  let last: { readonly given: A; readonly found: R } | null = null;
  return (...given) => {
    if (!last?.given.every((value, at) => value === given[at])) last = { given, found: answer(...given) };
    return last.found;
  };
}

/** log₁₀ of how much of each step arrives at the last, the last step at the end. */
export interface Flow {
  readonly rnn: Float64Array;
  readonly lstm: Float64Array;
  /** Along the LSTM's cell state alone. */
  readonly conveyor: Float64Array;
}

/** A function that answers what the last step hears, and computes anew only what has changed. */
export function listener(): (state: State) => Flow {
  const draw = remembered(drawn);
  const sized = (seed: number, which: Network, scale: number, length: number) => {
    const { [which]: weights, x } = draw(seed);
    const recurrentKernel = weights.recurrentKernel.map((weight) => scale * weight);
    const layer = { ...weights, recurrentKernel, inputs: FEATURES, units: UNITS, activation: Math.tanh };
    return { layer, x: x.subarray(0, length * FEATURES), zeros: new Float64Array(UNITS) };
  };
  const rnn = remembered((seed: number, length: number, scale: number) => {
    const { layer, x, zeros } = sized(seed, "rnn", scale, length);
    return hearingOfRNN(layer, runRNN(layer, x, zeros));
  });
  const lstm = remembered((seed: number, length: number, scale: number, forgetBias: number) => {
    const { layer, x, zeros } = sized(seed, "lstm", scale, length);
    const bias = layer.bias.slice().fill(forgetBias, UNITS, 2 * UNITS);
    const whole = { ...layer, bias, recurrentActivation: sigmoid };
    const record = run(whole, x, zeros, zeros);
    return { lstm: hearingOfLSTM(whole, record), conveyor: conveyed(record, UNITS) };
  });
  return ({ seed, length, scale, forget_bias }) => ({
    rnn: rnn(seed, length, scale),
    ...lstm(seed, length, scale, forget_bias),
  });
}

/** Below it a step is lost, above its inverse the gradient explodes; as a power of ten. */
export const LIMIT = 3;

/** What becomes of the gradient on its way back. */
export interface Fate {
  readonly kind: "lost" | "explodes" | "all";
  /** Steps back that are heard, before it is lost or explodes. */
  readonly heard: number;
  /** Where the line crosses the limit, in steps back between two steps, or the first step; and at which power of ten. */
  readonly back: number;
  readonly power: number;
}

export function fateOf(hearing: Float64Array): Fate {
  const last = hearing.length - 1;
  const at = (back: number): number => hearing[last - back] as number;
  for (let back = 1; back <= last; back += 1) {
    const [before, now] = [at(back - 1), at(back)];
    if (Math.abs(now) <= LIMIT) continue;
    const power = now < 0 ? -LIMIT : LIMIT;
    const share = Number.isFinite(now) ? (power - before) / (now - before) : 0;
    return { kind: now < 0 ? "lost" : "explodes", heard: back - 1, back: back - 1 + share, power };
  }
  return { kind: "all", heard: last, back: last, power: at(last) };
}

/**
 * The state in which a network's line comes nearer to a point: `power` at so many steps back. Where the memory fades
 * evenly, by a factor a step (the scale times a slope, or the forget gate), one move puts it there; elsewhere a hand
 * that goes on pulling gets there.
 */
export function pulled(state: State, which: Network, hearing: Float64Array, back: number, power: number): number {
  const now = hearing[hearing.length - 1 - back] as number;
  const factor = 10 ** ((power - Math.max(now, -300)) / back);
  if (which === "rnn") return settled("scale", Math.max(state.scale, 0.01) * factor);
  const f = Math.max(1e-6, Math.min(1 - 1e-6, sigmoid(state.forget_bias) * factor));
  return settled("forget_bias", Math.log(f / (1 - f)));
}
