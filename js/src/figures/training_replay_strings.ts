/** Every text of the TrainingReplay. */
import { COMMON } from "../common_strings";
import { fixed, probability } from "../shared/format";
import type { Quantity } from "../shared/run";
import type { StringTable } from "../shared/strings";

const count = (value: number): string => value.toLocaleString("en");

const english = {
  ...COMMON.en,
  title: "A training, step by step",
  transport: "Move through the training",
  first: "Before the first batch",
  previous: "Earlier",
  play: "Play",
  pause: "Pause",
  next: "Later",
  last: "After the last batch",
  cursor: "Snapshot of the training",
  at: (step: number, nats: number): string => `after ${count(step)} batches: loss ${fixed(nats)}`,
  nats: "loss, nats per character",
  batches: "batches, on a scale of powers",
  training: "training",
  validation: "validation",

  signal: "Which unit follows",
  explained: (gate: string, signal: string): string => `r² of “${signal}” and each unit’s ${gate}`,
  found: (step: number): string => `from batch ${count(step)}`,
  unit: "unit",
  units: (gate: string | null): string =>
    gate === null
      ? "h of all units at this character"
      : `all units: how their ${gate} follows (purple) or mirrors it (orange), r`,
  follows: (unit: number, gate: string, r: number, signal: string): string =>
    `Unit ${unit}: its ${gate} ${r < 0 ? "mirrors" : "follows"} “${signal}” with r = ${fixed(r, 2)} here, r² = ${fixed(r * r, 2)}. `,
  lasts: (step: number | null): string =>
    step === null ? "In the end it explains less than half." : `From batch ${count(step)} on it explains more than half.`,
  tried: (each: number, signals: number): string =>
    `For each of ${signals} signals, the best of ${count(each)} gates and states, chosen on other texts than r is measured on.`,

  quantities: {
    i: "input gate",
    f: "forget gate",
    g: "candidate",
    o: "output gate",
    c: "cell state",
    h: "hidden state",
  } as Readonly<Record<Quantity, string>>,
  row: "signal",
  text: "Character of the text",
  tokens: { space: "space", lineBreak: "line break", tab: "tab", nothing: "nothing" },
  character: (unit: number, time: number, of: number, token: string, gate: string, value: number): string =>
    `unit ${unit}, character ${time + 1} of ${of}, ${token}: ${gate} ${fixed(value)}`,
  expects: "expects next",
  outcome: (real: { token: string; probability: number; rank: number } | null): string =>
    real === null ? "the text ends here" : `comes: ${real.token}, guess ${real.rank} (${probability(real.probability)})`,
  writes: "It would go on:",
  type: "Type your own line",
  original: "Original text",

  keyList: [
    ["← →", "earlier, later; on the text: by character"],
    ["Home End", "first, last"],
    ["↑ ↓", "unit before, after"],
    ["Space", "play, pause"],
    ["i f g o c h", "choose a gate or state"],
  ] as readonly (readonly string[])[],
  legend:
    "The weights are known at the snapshots only, and the cursor stops at these. Gates run from the ground (shut) to full colour (open), candidate and states from orange (negative) to purple (positive).",
};

export type TrainingReplayStrings = typeof english;

export const STRINGS: StringTable<TrainingReplayStrings> = { en: english };
