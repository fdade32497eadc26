/** Every text of the GateExplorer. */
import { fixed, signed } from "../shared/format";
import type { Gate } from "../shared/run";
import type { StringTable } from "../shared/strings";
import type { Input, Moment, Part, Preset } from "./gate_explorer_state";

const gates: Readonly<Record<Gate, string>> = { i: "input gate", f: "forget gate", g: "candidate", o: "output gate" };
const parts: Readonly<Record<Part, string>> = { w: "weight W", u: "weight U", b: "bias b" };
const inputs: Readonly<Record<Input, string>> = {
  x: "input x",
  h: "hidden state h of the step before",
  c: "cell state c of the step before",
};

const english = {
  title: "One unit of an LSTM at one step",

  presets: "Let the unit",
  presetNames: { remember: "remember", overwrite: "overwrite", forget: "forget", hide: "hide" } as Readonly<
    Record<Preset, string>
  >,

  hint: "Drag a point, a knob, or any number.",

  inputs,
  captions: { x: "input", h: "hidden state before", c: "cell state before" } as Readonly<Record<Input, string>>,
  gates,
  weight: (part: Part, gate: Gate): string => `${parts[part]} of the ${gates[gate]}`,
  curve: (gate: Gate): string => `${gates[gate]}, along its curve: its bias`,
  curveValue: (gate: Gate, bias: string, z: string, value: string): string => `bias ${bias}, z ${z}, ${gate} ${value}`,

  of: "of",
  kept: "kept",
  written: "written",
  state: "sum",
  shown: "shown",
  explained: (m: Moment): string =>
    `It keeps ${fixed(m.f)} of its old state ${signed(m.before)}, writes ${fixed(m.i)} of the candidate ${signed(m.g)}, and so holds ${signed(m.c)}; it shows ${fixed(m.o)} of tanh(c): ${signed(m.h)}.`,

  equations: "The step in numbers; drag or type one",
  refused: (label: string, text: string, least: string, most: string): string =>
    `“${text}” does not fit the ${label}: type a number from ${least} to ${most}.`,

  keys: "Keys",
  keyList: [
    ["← →", "a tenth less, more"],
    ["Shift + ← →", "a hundredth less, more"],
    ["Page ↑ ↓", "one more, less"],
    ["Home End", "the least, the most"],
    ["Enter", "type the number (or double-click it)"],
    ["Esc", "leave it as it was"],
  ],
  legend:
    "Under each curve, z as the sum of W·x, U·h₋₁ and b: each bar begins where the last one ends. On the right, an outline is the whole (the old state, the candidate, tanh(c)), and its filled part what the gate lets through.",
  copy: "Copy link to this state",
  copied: "Link copied",
  notCopied: "The browser did not let the link be copied. Here it is:",
  reset: "Reset",
};

export type GateExplorerStrings = typeof english;

export const STRINGS: StringTable<GateExplorerStrings> = { en: english };
