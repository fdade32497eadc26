/** Every text of the WordTagger. */
import { COMMON } from "../common_strings";
import type { StringTable } from "../shared/strings";

const { keys, copy, copied, notCopied, reset, refused } = COMMON.en;

const english = {
  title: "What a network says of each word",
  examples: "Choose a text",
  own: "Your own text",
  type: "Type your own",
  original: "Original text",
  words: "Words of the text",
  marked: "predicate",
  place: (word: string, place: number, count: number, marked: boolean, unknown: boolean, label: string, p: string): string =>
    `${word}, word ${place} of ${count}${marked ? ", predicate" : ""}${unknown ? ", unknown to the network" : ""}; ${label} ${p}.`,
  hint: { marker: "Click a word to make it the predicate.", plain: "Point at a word." },
  told: (word: string | null, stretches: readonly string[]): string =>
    `${word === null ? "" : `Asked about “${word}”: `}${stretches.join("; ") || "nothing"}.`,
  stretch: (label: string, text: string, p: string): string => `${label} “${text}” ${p}`,
  unknown: (list: readonly string[]): string =>
    `${list.length === 1 ? "One word that the network has never seen is" : `${list.length} words that the network has never seen are`} dotted and read as “unknown”: ${list.map((word) => `“${word}”`).join(", ")}.`,

  gold: "As annotated",
  agree: (right: number, count: number): string =>
    right === count ? `all ${count} words alike` : `${right} of ${count} words alike; the others are underlined twice`,

  selections: "What is kept",
  selectionNames: { threshold: "by probability", words: "best words", sentences: "best sentences" } as Readonly<
    Record<string, string>
  >,
  threshold: "kept from",
  best: { words: "words", sentences: "sentences" } as Readonly<Record<string, string>>,
  kept: (kept: number, count: number): string => `Kept: ${kept} of ${count} words`,
  nothing: "Nothing is that probable.",
  reference: "Written by its author",
  refused,

  at: (word: string, place: number, count: number): string => `“${word}”, word ${place} of ${count}`,
  before: "Previous word",
  after: "Next word",
  mark: (word: string): string => `Make “${word}” the predicate`,
  isMarked: "This is the predicate",

  unit: "unit",
  fewer: "Unit below",
  more: "Unit above",
  layers: "Direction",
  ways: { forward: "forward", backward: "backward" } as Readonly<Record<string, string>>,
  read: { forward: "from the start", backward: "from the end" } as Readonly<Record<string, string>>,
  quantities: {
    i: "input",
    f: "forget",
    g: "candidate",
    o: "output",
    c: "cell",
    h: "hidden",
  } as Readonly<Record<string, string>>,
  all: (units: number, way: string): string => `All units (${units}) over the text: cell state c, ${way}`,

  ...{ keys, copy, copied, notCopied, reset },
  keyList: [
    ["← →", "previous, next word"],
    ["Home End", "first, last word"],
    ["↑ ↓", "unit above, below"],
  ] as readonly (readonly string[])[],
  markKey: ["Enter", "make the word the predicate"] as readonly string[],
  legend: {
    labels: (title: string, marker: boolean): string =>
      `${title}. A bracket holds neighbouring words with the same likeliest label; its number is the mean of their probabilities.${
        marker ? " The predicate is marked by a token of its own, which is read before it." : ""
      }`,
    keeps: (title: string): string =>
      `${title}. The stronger a word’s tint, the more probable that it is kept; kept words are bold and underlined. A line above: the author’s own summary has the word.`,
  },
};

export type WordTaggerStrings = typeof english;

export const STRINGS: StringTable<WordTaggerStrings> = { en: english };
