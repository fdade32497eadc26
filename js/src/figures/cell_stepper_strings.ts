/** Every text of the CellStepper. */
import { fixed, probability, signed } from "../shared/format";
import type { StringTable } from "../shared/strings";
import type { Moment } from "./cell_stepper_moment";
import { unitSearchEnglish } from "./unit_search_strings";

const english = {
  search: unitSearchEnglish,
  state: "State",
  title: "Stepper through an LSTM cell",

  transport: "Move through the text",
  first: "First",
  previous: "Previous",
  play: "Play",
  pause: "Pause",
  next: "Next",
  last: "Last",
  position: "Position in the text",
  ofCount: (time: number, count: number): string => `${time + 1} / ${count}`,

  tokens: { space: "space", lineBreak: "line break", tab: "tab", nothing: "nothing" },
  text: "Text, tinted by the unit's cell state",
  textCaption: (unit: number): string => `tinted by tanh(c) of unit ${unit}`,
  /** Where the reader stands, among characters, longer tokens, or steps that have no tokens. */
  character: (time: number, count: number, token: string): string => `character ${time + 1} of ${count}, ${token}`,
  token: (time: number, count: number, token: string): string => `token ${time + 1} of ${count}, ${token}`,
  timeStep: (time: number, count: number): string => `time step ${time + 1} of ${count}`,

  expects: "expects next",
  expected: (token: string, chance: number): string => `It expects ${token} next (${probability(chance)}).`,
  outcome: (real: { token: string; probability: number; rank: number } | null): string =>
    real === null ? "the text ends here" : `comes: ${real.token}, guess ${real.rank} (${probability(real.probability)})`,

  gates: { i: "input", f: "forget", g: "candidate", o: "output" },
  kept: "what is kept",
  written: "what is written",
  shown: "what is shown",
  rows: {
    x: { symbol: "W x", caption: "from the input" },
    h: { symbol: "U h_−1", caption: "from all units" },
    b: { symbol: "b", caption: "bias" },
    z: { symbol: "z", caption: "their sum" },
  },
  sumUnknown: "before the gate",

  steps: "Step of the algorithm",
  stepNames: ["whole cell", "input gate", "forget gate", "cell state", "output gate", "hidden state"],
  /** Where there is little room. */
  stepShort: ["whole", "input", "forget", "cell", "output", "hidden"],
  walk: "Next step of the algorithm",
  explained: [
    (m: Moment, unit: number): string =>
      `Unit ${unit} keeps ${fixed(m.f)} of its old state ${signed(m.cBefore)}, writes ${fixed(m.i)} of the candidate ${signed(m.g)}, and shows ${fixed(m.o)} of what it then holds.`,
    (m: Moment): string => `The candidate proposes ${signed(m.g)}; the input gate lets in ${fixed(m.i)} of it.`,
    (m: Moment): string => `The forget gate keeps ${fixed(m.f)} of what the unit held, ${signed(m.cBefore)}.`,
    (m: Moment): string => `Kept ${signed(m.kept)} and written ${signed(m.written)} make the new state ${signed(m.c)}.`,
    (m: Moment): string => `The output gate is ready to show ${fixed(m.o)} of the state.`,
    (m: Moment): string => `The other units see ${signed(m.h)}: at the next time step it feeds their gates, and its own.`,
  ],
  carried: "This step is masked: state and output are carried over unchanged, whatever the gates say.",
  code: "In lstm_step",

  units: "Unit",
  unitsCaption: (count: number): string =>
    count === 1 ? "its one cell state at this step" : `all ${count} cell states at this step; choose one`,
  unit: (unit: number): string => `unit ${unit}`,
  unitValue: (unit: number, value: number): string => `unit ${unit}, cell state ${signed(value)}`,
  fewer: "Previous unit",
  more: "Next unit",
  line: "The unit's cell state over the text",
  lineCaption: (unit: number): string => `c and h of unit ${unit} over the whole text`,

  tint: "tanh(c)",

  type: "Type your own line",
  original: "Original text",

  keys: "Keys",
  keyList: [
    ["← →", "one back, one on in the text"],
    ["↑ ↓", "next, previous unit"],
    ["Shift + ← →", "walk through the five steps, and on in the text; mark a stretch while units are sought"],
    ["1 – 5", "a step of the algorithm"],
    ["0", "the whole cell"],
    ["Space", "play, pause"],
    ["Home End", "the text's beginning, its end"],
  ],
  legend:
    "A line is as wide as the number that it carries; a hollow one is negative. Tints are tanh(c): from orange (−1) over the ground (0) to purple (+1). The drawing rounds to three decimals; an equation gives its terms as many as the result needs to come out.",
  copy: "Copy link to this state",
  copied: "Link copied",
  notCopied: "The browser did not let the link be copied. Here it is:",
  reset: "Reset",
} as const;

/** Literal types widened, so that another language may say it in its own words. */
type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => R
    : { readonly [K in keyof T]: Widened<T[K]> };

export type CellStepperStrings = Widened<typeof english>;

export const STRINGS: StringTable<CellStepperStrings> = { en: english };
