/** Every text of the LiveModel. */
import { COMMON } from "../common_strings";
import type { StringTable } from "../shared/strings";

const { keys, copy, copied, notCopied, reset, refused } = COMMON.en;

const english = {
  title: "A trained network that reads what you type",
  tokens: { space: "space", lineBreak: "line break", tab: "tab", nothing: "nothing" },
  type: "Type anything",
  reads: (unit: string): string => `The network reads every ${unit}.`,
  original: "Original text",

  coloured: "coloured by",
  unit: "unit",
  fewer: "Unit below",
  more: "Unit above",
  layers: "Layer",
  states: { c: "cell state c", h: "hidden state h" } as Readonly<Record<string, string>>,
  backward: "reads from the end",

  next: (unit: string): string => `Next ${unit}, the network believes`,
  classes: { text: "So far it says", steps: "Here it says" } as Readonly<Record<string, string>>,
  really: (token: string, p: string, rank: number): string => `Really: ${token}, ${p}, likeliest but ${rank - 1}`,
  reallyFirst: (token: string): string => `Really: ${token}, as it believed`,
  atEnd: "Press one to write it.",
  decided: (label: string, token: string, place: number, unit: string): string =>
    place === 1
      ? `${label} from the first ${unit} on.`
      : `Its mind is made up at ${token}, ${unit} ${place}: ${label} from there on.`,
  deciding: "Reading every beginning of this text…",

  inside: (unit: number, token: string): string => `Unit ${unit} at ${token}`,
  quantities: {
    i: "input gate",
    f: "forget gate",
    g: "candidate",
    o: "output gate",
    c: "cell state",
    h: "hidden state",
    update: "update gate",
    reset: "reset gate",
    candidate: "candidate",
  } as Readonly<Record<string, string>>,
  symbols: { update: "z", reset: "r", candidate: "ĥ" } as Readonly<Record<string, string>>,

  writing: "Let the network write on",
  writeOn: "Write on",
  stop: "Stop",
  writeOne: (unit: string): string => `Write one ${unit}`,
  another: "Another",
  takeBack: "Take back",
  temperature: "temperature",
  seed: "seed",
  refused,

  all: (units: number, state: string): string => `All units (${units}) over the text: ${state}`,
  cursor: "Unit and token",
  spoken: (token: string, place: number, count: number, unit: number, state: string, value: string): string =>
    `${token}, ${place} of ${count}; unit ${unit}, ${state} ${value}.`,

  ...{ keys, copy, copied, notCopied, reset },
  keyList: [
    ["← →", "previous, next token"],
    ["↑ ↓", "unit above, below"],
    ["Home End", "first, last token"],
  ] as readonly (readonly string[])[],
  legend: (title: string, padded: boolean): string =>
    `${title}. The caret in the text chooses the step; the colour behind a token is the unit's state after it, from orange (negative) to purple (positive). ` +
    "Bars are what the network believes; the thin line below a bar is what is drawn from at this temperature, which divides the logits. The same text, seed and temperature go on alike." +
    (padded ? " It was trained on texts filled up with padding, which its mask skips; here a text is read as it is." : ""),
};

export type LiveModelStrings = typeof english;

export const STRINGS: StringTable<LiveModelStrings> = { en: english };
