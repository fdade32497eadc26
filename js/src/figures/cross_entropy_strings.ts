/** Every text of the CrossEntropy. */
import type { StringTable } from "../shared/strings";
import type { Mode } from "./cross_entropy_state";

const english = {
  title: "What a prediction costs",
  question: "“Alas, poor Y…” Which letter comes next? Press one to make it the right one.",
  classes: ["a", "e", "i", "o", "u"],

  mode: "Drag",
  modes: { probabilities: "probabilities", logits: "logits" } as Readonly<Record<Mode, string>>,
  smoothing: "label smoothing",
  step: "One step against the gradient",

  target: (letter: string): string => `${letter} is right`,
  q: (letter: string): string => `predicted probability q of ${letter}`,
  logit: (letter: string): string => `logit z of ${letter}`,
  loss: "loss, in nats",
  bits: "in bits",
  entropy: "entropy of p",
  divergence: "divergence",
  product: (letter: string, p: string, surprise: string, term: string): string => `${letter}: ${p} × ${surprise} = ${term}`,
  lossMark: "loss",
  entropyMark: "entropy",

  predicted: "predicted q",
  wanted: "target p",
  heads: ["", "", "z", "", "q", "q − p", "−p ln q"],
  axis: "−ln q, in nats",

  hard: (letter: string, q: string, loss: string, bits: string): string =>
    `${letter} is right, and was given ${q}. The loss is −ln ${q} = ${loss} nats, ${bits} bits: the area below.`,
  soft: (loss: string, entropy: string, divergence: string): string =>
    `All areas together are the loss, ${loss} nats. The entropy of the target, ${entropy}, is there whatever is predicted; the rest, ${divergence}, is how far q is from p.`,
  infinite: (letter: string): string =>
    `${letter} was given 0, and −ln 0 is infinite: no number is large enough for this mistake.`,
  rounded: (letter: string, loss: string): string =>
    `${letter} was given so little that q is 0 in 64 bits. Computed from the logits the loss is ${loss} all the same; from q it would be infinite.`,

  keyList: [
    ["← →", "on a bar: a hundredth less, more; on a logit a tenth"],
    ["Shift + ← →", "a tenth of that"],
    ["Page ↑ ↓", "ten times that"],
    ["Home End", "the least, the most"],
    ["Enter", "on a number: type it (or double-click it)"],
  ],
  legend:
    "Each rectangle is one term: as high as p, as wide as −ln q. All heights together are 1, so the area, the loss, is the mean width: the upright line. Grey is −ln p, which nothing can save; orange comes on top of it; a dashed outline is saved.",
};

export type CrossEntropyStrings = typeof english;

export const STRINGS: StringTable<CrossEntropyStrings> = { en: english };
