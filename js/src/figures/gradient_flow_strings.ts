/** Every text of the GradientFlow. */
import { ofAnySize, powerOfTen } from "../shared/format";
import type { StringTable } from "../shared/strings";
import type { Fate, Key, Preset } from "./gradient_flow_state";

const steps = (count: number): string => `${count} ${count === 1 ? "step" : "steps"}`;
/** A norm from its logarithm. */
const size = (power: number): string => {
  if (power === -Infinity) return "nothing";
  return Math.abs(power) < 3 ? ofAnySize(10 ** power, 2) : powerOfTen(power);
};
const verdict = ({ kind, heard }: Fate): string =>
  ({ lost: `hears ${steps(heard)} back`, explodes: `explodes ${steps(heard)} back`, all: `hears all ${steps(heard)}` })[kind];

const english = {
  title: "How much of each step the last step still hears",

  presets: "Try",
  presetNames: {
    keras: ["start as Keras", "start"],
    vanish: ["vanish"],
    explode: ["explode"],
    shut: ["forget bias 0", "bias 0"],
    open: ["forget bias 3", "bias 3"],
  } as Readonly<Record<Preset, readonly [label: string, short?: string]>>,
  another: "New weights",

  names: { rnn: "RNN", lstm: "LSTM", conveyor: "forget gates alone" },
  labels: {
    scale: "scale of the recurrent weights",
    forget_bias: "bias of the LSTM’s forget gate",
    length: "length of the text, in characters",
  } as Readonly<Record<Key, string>>,
  captions: { scale: "scale", forget_bias: "forget bias", length: "length" } as Readonly<Record<Key, string>>,
  handle: { rnn: "RNN’s line: scale of the recurrent weights", lstm: "LSTM’s line: bias of its forget gate" },
  heard: (value: string, fate: Fate): string => `${value}, ${verdict(fate)}`,
  /** Beside a line. */
  label: (name: string, { kind, heard }: Fate): string =>
    ({ lost: `${name}: ${steps(heard)}`, explodes: `${name} explodes at ${heard}`, all: `${name}: all ${heard}` })[kind],
  beyond: (power: number): string => `${power < 0 ? "↓" : "↑"} ${size(power)}`,
  vertical: "How much of a step arrives at the last one",
  horizontal: "steps back",
  lost: "lost: less than 10⁻³",
  explodes: "explodes: more than 10³",
  told: (rnn: Fate, lstm: Fate, first: Readonly<Record<"rnn" | "lstm" | "conveyor", number>>): string =>
    `The RNN ${verdict(rnn)}: of step 1, ${size(first.rnn)} arrives. The LSTM ${verdict(lstm)}: of step 1, ${size(first.lstm)} arrives; its forget gates alone would let ${size(first.conveyor)} through.`,
  refused: (label: string, text: string, least: string, most: string): string =>
    `“${text}” does not fit the ${label}: type a number from ${least} to ${most}.`,

  keys: "Keys",
  keyList: [
    ["← →", "on a point or a number: a tenth less, more"],
    ["Shift + ← →", "a hundredth less, more"],
    ["Enter", "type the number (or double-click it)"],
  ],
  legend:
    "Each line is a spectral norm, the most that a small change at one step is stretched on its way to the last. Both networks have 12 units and weights as Keras draws them, and read the text a character a step, each as 8 random numbers. A letter is as dark as its line is high, and gone below 10⁻³.",
  copy: "Copy link to this state",
  copied: "Link copied",
  notCopied: "The browser did not let the link be copied. Here it is:",
  reset: "Reset",
};

export type GradientFlowStrings = typeof english;

export const STRINGS: StringTable<GradientFlowStrings> = { en: english };
