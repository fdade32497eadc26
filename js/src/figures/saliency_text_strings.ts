/** Every text of the SaliencyText. */
import { COMMON } from "../common_strings";
import { probability, signed } from "../shared/format";
import type { StringTable } from "../shared/strings";

const { keys, copy, copied, notCopied, reset } = COMMON.en;
const list = (parts: readonly (readonly [string, number])[]): string =>
  parts.map(([token, value]) => `“${token}” ${signed(value, 2)}`).join(", ");

const english = {
  ...{ keys, copy, copied, notCopied, reset },
  title: "What an expectation depends on",
  tokens: { space: "space", lineBreak: "line break", tab: "tab", nothing: "nothing" },
  type: "Type your own line",
  original: "Original text",
  text: "Text",
  place: (time: number, count: number, token: string, unit: string): string => `${unit} ${time + 1} of ${count}, ${token}`,

  outputs: "Explain",
  followed: { likeliest: "the likeliest", real: "what really comes" } as Readonly<Record<string, string>>,
  measures: "Measure",
  measureNames: { product: "signed", norm: "size" } as Readonly<Record<string, string>>,
  expects: "expected next",
  says: "says so far",
  hint: "Point at a character or at a bar; a click holds it.",
  guess: (token: string, p: number, real: boolean): string =>
    `${token}, probability ${probability(p)}${real ? ", really next" : ""}`,
  told: (
    token: string,
    p: number,
    supports: readonly (readonly [string, number])[],
    opposes: readonly (readonly [string, number])[],
  ): string =>
    `“${token}”, ${probability(p)}. ${[
      supports.length ? `For it speak ${list(supports)}` : "",
      opposes.length ? `${supports.length ? "against" : "Against"} it ${list(opposes)}` : "",
    ]
      .filter(Boolean)
      .join("; ")}.`,
  toldSize: (token: string, p: number, hangs: readonly (readonly [string, number])[]): string =>
    `“${token}”, ${probability(p)}. It hangs most on ${list(hangs)}.`,

  keyList: [
    ["← →", "previous, next character"],
    ["Home End", "first, last"],
    ["↑ ↓", "another expectation"],
    ["a letter", "that letter, with the focus on the bars"],
  ] as readonly (readonly string[])[],
  legend:
    "Signed: with e the embedding of a character and g the gradient of log p with respect to it, g · e, by how much log p would change, to first order, were e added once more; bars upwards and purple speak for the output, downwards and orange against it. Size: ‖g‖, the most that a small step of e could change log p. All of it is exact; beyond 64 characters back it follows in the next frames.",
};

export type SaliencyTextStrings = typeof english;

export const STRINGS: StringTable<SaliencyTextStrings> = { en: english };
