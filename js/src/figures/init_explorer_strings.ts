/** Every text of the InitExplorer. */
import type { Scheme } from "../initializers";
import { fixed, signed } from "../shared/format";
import type { StringTable } from "../shared/strings";
import type { Amount } from "./init_explorer_state";

/** A number of steps, to three digits. */
export const steps = (count: number): string => fixed(count, Math.max(0, 2 - Math.max(0, Math.floor(Math.log10(count)))));

const english = {
  title: "How an LSTM begins, and how far it remembers so",
  schemes: "Draw the weights as",
  schemeNames: {
    keras: "Keras",
    torch: "PyTorch",
    normal: "normal",
    uniform: "uniform",
    orthogonal: "orthogonal",
  } as Readonly<Record<Scheme, string>>,
  again: "Draw again",
  hint: "Drag a knob: the spread of the weights, the hump of f, the half of the memory.",
  amounts: {
    gain: "scale of the weights",
    forget_bias: "forget bias",
    units: "units",
    input_dim: "inputs",
    seed: "seed",
  } as Readonly<Record<Amount, string>>,

  kernel: "from the input",
  recurrent: "from the units",
  gates: { f: "forget gate", i: "input", g: "candidate", o: "output" },
  spread: (deviation: number): string => `± ${fixed(deviation, deviation < 0.1 ? 3 : 2)}`,
  mean: (mean: number, sign: boolean): string => (sign ? signed : fixed)(mean, 2),
  gainBy: (symbol: string): string => `scale of the weights, by the spread of ${symbol}`,
  gainValue: (gain: string, deviation: string): string => `times ${gain}, standard deviation ${deviation}`,
  biasByGate: "forget bias, by the forget gate's mean",
  biasByMemory: "forget bias, by the half of the memory",
  biasValue: (bias: string, mean: number, half: number): string =>
    `forget bias ${bias}, mean of f ${fixed(mean)}, half is left after ${steps(half)} steps`,

  steps: "steps",
  half: (half: number): string => `half is left after ${steps(half)} steps`,
  halfShort: (half: number): string => `½ after ${steps(half)} steps`,
  more: (times: number): string => `+1: × ${fixed(times, 1)}`,
  told: (bias: number, mean: number, low: number, high: number, half: number, next: number): string =>
    `With the forget bias at ${signed(bias, 2)}, f begins at ${fixed(mean)} on the average, eight in ten values between ${fixed(low)} and ${fixed(high)}: half of what a unit holds is left after ${steps(half)} steps, a tenth after ${steps(half * Math.log2(10))}. One more on the bias would make it ${steps(next)}, ${fixed(next / half, 1)} times as many.`,
  refusedWhole: (label: string, text: string, least: string, most: string): string =>
    `“${text}” does not fit the ${label}: type a whole number from ${least} to ${most}.`,

  keyList: [
    ["← →", "less, more"],
    ["Shift + ← →", "a tenth of that"],
    ["Page ↑ ↓", "ten times that"],
    ["Home End", "the least, the most"],
    ["Enter", "on a number: type it"],
  ],
  legend:
    "Grey: the weights that were drawn, and as a line the density they come from; the knob stands at the standard deviation. Below, the gates of this very network on random input, N(0, 1), over all units and steps. At the bottom, what is left of a cell state after n steps: each small mark is the half of one unit; each number above is a forget bias, where half would be left if f stayed at σ(b).",
};

export type InitExplorerStrings = typeof english;

export const STRINGS: StringTable<InitExplorerStrings> = { en: english };
