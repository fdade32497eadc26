/** Every text of the Translator. */
import { COMMON } from "../common_strings";
import { probability } from "../shared/format";
import type { Quantity } from "../shared/run";
import type { StringTable } from "../shared/strings";

const { keys, copy, copied, notCopied, reset } = COMMON.en;
const list = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(", ");

const english = {
  ...{ keys, copy, copied, notCopied, reset },
  title: "A translator at work",
  type: "Type English, as a button or a menu would say it",
  original: "Original text",
  unknown: (words: readonly string[]): string =>
    `It has never learned ${list(words)}, and reads “[unknown]” there. Where it would write “[unknown]” in turn, the word that it looks at most is copied.`,
  languages: { chinese: "Chinese", french: "French" } as Readonly<Record<string, string>>,
  codes: { chinese: "zh", french: "fr" } as Readonly<Record<string, string>>,

  beam: "hypotheses kept",
  beams: (beam: number): string => (beam === 1 ? "1, greedy" : String(beam)),
  source: "it looks at",
  written: (language: string): string => `it writes, in ${language}`,
  writtenLabel: "Token that is written",
  place: (time: number, count: number, token: string): string => `token ${time + 1} of ${count}, ${token}`,
  transport: "Move through the translation",
  first: "First token",
  previous: "Token before",
  play: "Play",
  pause: "Pause",
  next: "Next token",
  last: "Last token",
  end: "end",
  copying: "[copy]",
  copiedToken: (token: string): string => `${token}, copied`,

  expects: "what comes next, it thinks",
  outcome: (rank: number): string =>
    rank === 1
      ? ""
      : rank > 1
        ? `It took its choice no. ${rank}: the whole is likelier so.`
        : "It took one that is not among these.",
  matrix: "where it looked: a row for each token written, a column for each word read",
  matrixLabel: "Row of the attention: token written",
  gates: (units: number): string => `the decoder's ${units} units at this step`,
  gatesLabel: (means: string): string => `Means over all units: ${means}`,
  quantities: {
    i: "input gate",
    f: "forget gate",
    g: "candidate",
    o: "output gate",
    c: "cell state",
    h: "hidden state",
  } as Readonly<Record<Quantity, string>>,
  told: (token: string, p: number, word: string, share: number): string =>
    `It writes ${token}, ${probability(p)}, and looks most at ${word}, ${probability(share)}.`,
  whole: (text: string, logP: string, tokens: number): string => `${text}: ${logP} nats a token over ${tokens} tokens.`,
  quoted: (token: string): string => `“${token}”`,

  keyList: [
    ["← →", "the token before, the next one"],
    ["Home End", "first, last"],
    ["Space", "play, pause"],
    ["1 … 5", "how many hypotheses are kept"],
  ] as readonly (readonly string[])[],
  legend:
    "The shares of a row of the matrix add up to one; the stronger a cell’s tone, the more of the context came from that word. The units: gates in their own colours from 0 to 1; candidate, cell and hidden state orange below nought, purple above. Greedy takes the likeliest token at each step; with more hypotheses the translation with the highest mean log-probability per token is taken.",
};

export type TranslatorStrings = typeof english;

export const STRINGS: StringTable<TranslatorStrings> = { en: english };
